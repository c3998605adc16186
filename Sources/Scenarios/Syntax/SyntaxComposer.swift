internal import Yams

/// Hands a checked text to the YAML parser and turns what comes back into our own nodes and words.
/// The only place that knows the parser.
struct SyntaxComposer {
  /// What the parser said.
  enum Outcome {
    /// A node, or `nil` for a text without any.
    case node(SyntaxNode?)
    /// A key that stands twice; the parser names no more than the first of the two.
    case duplicate(line: Int, scalarColumn: Int)
    /// The text cannot be parsed.
    case failure(code: String, place: Place?, message: String, remedy: String)
    /// More nodes or more depth than allowed.
    case tooMany, tooDeep(Place)
  }

  let limits: SyntaxLimits
  /// Length in characters of the token that begins at a place.
  let lengths: [Place: Int]
  private var columns: ColumnCounter
  private var count = 0

  init(source: SourceText, limits: SyntaxLimits, lengths: [Place: Int]) {
    self.limits = limits
    self.lengths = lengths
    columns = ColumnCounter(source: source)
  }

  private struct LimitError: Error {
    /// `nil` if there are too many nodes.
    var deepPlace: Place?
  }

  /// Parses a text. It must have passed the checks on size, depth, aliases and tags.
  mutating func compose(_ bytes: [UInt8]) -> Outcome {
    do {
      let text = String(decoding: bytes, as: UTF8.self)
      guard let root = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
        return .node(nil)
      }
      count = 0
      return .node(try convert(root, depth: 1))
    } catch let error as LimitError {
      return error.deepPlace.map { .tooDeep($0) } ?? .tooMany
    } catch let error as YamlError {
      return outcome(of: error)
    } catch {
      return .failure(
        code: "yaml", place: nil, message: "this text cannot be read as YAML",
        remedy: "compare it with a scenario that works (entente new)")
    }
  }

  private mutating func convert(_ node: Node, depth: Int) throws -> SyntaxNode {
    count += 1
    let place = place(of: node.mark)
    guard count <= limits.nodes else { throw LimitError() }
    guard depth <= limits.depth + 1 else { throw LimitError(deepPlace: place) }
    let content: SyntaxNode.Content
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      content = .scalar(text: scalar.string, isQuoted: !isPlain)
    case .sequence(let sequence):
      var items: [SyntaxNode] = []
      items.reserveCapacity(sequence.count)
      for item in sequence { items.append(try convert(item, depth: depth + 1)) }
      content = .sequence(items)
    case .mapping(let mapping):
      var entries: [SyntaxEntry] = []
      for (key, value) in mapping {
        let key = try convert(key, depth: depth + 1)
        entries.append(SyntaxEntry(key: key, value: try convert(value, depth: depth + 1)))
      }
      content = .mapping(entries)
    case .alias:
      content = .scalar(text: String(SyntaxMask.scalar), isQuoted: false)
    }
    return SyntaxNode(place: place, length: lengths[place] ?? 1, content: content)
  }

  private mutating func place(of mark: Mark?) -> Place {
    guard let mark else { return Place(line: 1, column: 1) }
    return columns.place(line: mark.line, scalarColumn: mark.column)
  }

  // MARK: Errors

  private mutating func outcome(of error: YamlError) -> Outcome {
    switch error {
    case .duplicatedKeysInMapping(_, let context):
      return .duplicate(line: context.mark.line, scalarColumn: context.mark.column)
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let place = place(of: mark)
      let words = Self.words(for: problem)
      return .failure(code: words.code, place: place, message: words.message, remedy: words.remedy)
    default:
      return .failure(
        code: "yaml", place: nil, message: "this text cannot be read as YAML",
        remedy: "compare it with a scenario that works (entente new)")
    }
  }

  /// Our words for the parser's.
  private static func words(for problem: String) -> (code: String, message: String, remedy: String)
  {
    let known: [(part: String, code: String, message: String, remedy: String)] = [
      (
        "did not find expected key", "indentation",
        "this line does not line up with the lines that it belongs to",
        "indent it by as many spaces as the other keys of its group"
      ),
      (
        "did not find expected '-' indicator", "indentation",
        "this line stands inside a list but is no item of it",
        "begin it with '- ' to add an item, or indent it to continue the item above"
      ),
      (
        "not allowed in this context", "indentation",
        "a key or an item cannot begin here",
        "check the indentation, and put texts that hold a colon in quotes"
      ),
      (
        "could not find expected ':'", "missing-colon",
        "this line is not of the form 'key: value'", "add a colon and a space after the key"
      ),
      (
        "escape", "bad-escape", "'\\' begins an escape here that YAML does not know",
        "use single quotes, in which '\\' means itself, or write '\\\\'"
      ),
      (
        "hexdecimal", "bad-escape", "'\\' begins an escape here that YAML does not know",
        "use single quotes, in which '\\' means itself, or write '\\\\'"
      ),
      (
        "tab character", "tab-indentation", "this line is indented with a tab",
        "indent with spaces, two for each level"
      ),
      (
        "',' or", "missing-comma", "an entry ends here, but neither a comma nor a bracket follows",
        "put a comma between entries, and quotes around texts that hold , : [ ] { or }"
      ),
      (
        "document start", "indentation",
        "the scenario ends before this line, which stands outside it",
        "line it up with the sections above, or remove it"
      ),
      (
        "cannot start any token", "value-start", "a text cannot begin with this character",
        "put the text in quotes"
      ),
    ]
    for entry in known where problem.contains(entry.part) {
      return (entry.code, entry.message, entry.remedy)
    }
    return (
      "yaml", "this cannot be read as YAML: \(problem)",
      "check the quotes, brackets and indentation here and on the line above"
    )
  }
}
