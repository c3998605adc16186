/// Walks a node by a shape and reports every difference in one run.
public struct ShapeChecker {
  let grammar: Grammar
  var sink: DiagnosticSink
  /// Misspelled keys with what they were probably meant to be, by their places.
  var meanings: [Place: String] = [:]
  /// Keys may be missing because they could not be read, which was reported.
  var hasGaps = false

  /// What is wrong with a node, measured by a grammar.
  public static func check(
    _ node: SyntaxNode, by grammar: Grammar, file: String
  ) -> [Diagnostic] {
    mend(node, by: grammar, file: file).diagnostics
  }

  /// What is wrong with a node, and the node with misspelled keys put right where it is clear what
  /// was meant, so that a slip in one key does not make errors of everything below it.
  static func mend(
    _ node: SyntaxNode, by grammar: Grammar, file: String
  ) -> (node: SyntaxNode, diagnostics: [Diagnostic]) {
    var checker = ShapeChecker(grammar: grammar, sink: DiagnosticSink(file: file))
    checker.hasGaps = node.hasGaps
    checker.check(node, grammar.root, called: "the scenario")
    let mended = checker.meanings.isEmpty ? node : checker.mended(node)
    return (mended, checker.sink.diagnostics)
  }

  private func mended(_ node: SyntaxNode) -> SyntaxNode {
    var result = node
    switch node.content {
    case .scalar: break
    case .sequence(let items): result.content = .sequence(items.map(mended))
    case .mapping(let entries):
      result.content = .mapping(
        entries.map { entry in
          var key = entry.key
          if let word = meanings[key.place] { key.content = .scalar(text: word, isQuoted: false) }
          return SyntaxEntry(key: key, value: mended(entry.value))
        })
    }
    return result
  }

  mutating func check(_ node: SyntaxNode, _ shape: Shape, called name: String) {
    guard !node.isUnreadable else { return }
    switch shape {
    case .list(let item, let count): checkList(node, item, count, called: name)
    case .oneOrMore(let item):
      if node.items == nil, !node.isEmpty {
        check(node, item, called: name)
      } else {
        checkList(node, item, nil, called: name)
      }
    case .mapping(let value, let about): checkMapping(node, value, about, called: name)
    case .record(let record): checkRecord(node, record, called: name)
    case .variants(let records, let noun):
      checkVariants(node, records, noun: noun, called: name)
    case .oneOf(let shapes):
      if let shape = choice(among: shapes, for: node) {
        check(node, shape, called: name)
      } else {
        reportKind(node, shape, called: name)
      }
    case .reference(let key):
      if let shape = grammar.definitions[key] { check(node, shape, called: name) }
    default: checkScalar(node, shape, called: name)
    }
  }

  // MARK: Scalars

  private mutating func checkScalar(_ node: SyntaxNode, _ shape: Shape, called name: String) {
    guard case .scalar(let text, _) = node.content else {
      reportKind(node, shape, called: name)
      return
    }
    if node.isEmpty, shape != .remark {
      sink.error(
        "missing-value", at: node.place, "\(name) has no value",
        remedy: "write \(ScalarRules.expectation(shape)) after the colon")
      return
    }
    if let problem = ScalarRules.problem(with: text, as: shape) {
      sink.error(
        problem.code, at: node.place, length: node.length, "\(name): \(problem.message)",
        remedy: problem.remedy)
    }
  }

  // MARK: Lists and mappings

  private mutating func checkList(
    _ node: SyntaxNode, _ item: Shape, _ count: ClosedRange<Int>?, called name: String
  ) {
    guard let items = node.items else {
      reportKind(node, .list(of: item), called: name)
      return
    }
    if let count, !count.contains(items.count) {
      let wanted =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)" : "at least \(count.lowerBound)"
      sink.error(
        "wrong-count", at: node.place, length: node.length,
        "\(name) has \(Self.counted(items.count, "item")) and needs \(wanted)",
        remedy: "write a list of \(wanted), such as \(Self.example(of: count.lowerBound))")
    }
    for (index, child) in items.enumerated() {
      check(child, item, called: Self.label(child) ?? "item \(index + 1) of \(name)")
    }
  }

  private static func example(of count: Int) -> String {
    count < 2 ? "[one]" : "[one, another]"
  }

  /// `step 'answer'` for an item that has a name of its own.
  private static func label(_ item: SyntaxNode) -> String? {
    for (key, noun) in [("step", "step"), ("ask", "question")] {
      if let text = item[key]?.text, !text.isEmpty, item[key]?.isUnreadable == false {
        return "\(noun) \(quote(text))"
      }
    }
    return nil
  }

  private mutating func checkMapping(
    _ node: SyntaxNode, _ value: Shape, _ about: String, called name: String
  ) {
    guard let entries = node.entries else {
      reportKind(node, .mapping(of: value, about: about), called: name, about: about)
      return
    }
    for entry in entries { checkEntry(entry, value) }
  }

  mutating func checkEntry(_ entry: SyntaxEntry, _ shape: Shape) {
    guard let key = entry.key.text, !entry.key.isUnreadable else { return }
    if key.isEmpty {
      sink.error(
        "missing-key", at: entry.key.place, "there is no name before this colon",
        remedy: "write 'name: value'")
    }
    check(entry.value, shape, called: Self.quote(key))
  }

  // MARK: Kinds

  /// What a node is at first sight.
  enum Kind: String {
    case scalar = "a text"
    case list = "a list"
    case mapping = "'key: value' pairs"
  }

  private func kinds(of shape: Shape) -> [Kind] {
    switch shape {
    case .list: [.list]
    case .oneOrMore(let item): kinds(of: item) + [.list]
    case .mapping, .record, .variants: [.mapping]
    case .oneOf(let shapes): shapes.flatMap(kinds)
    case .reference(let key): grammar.definitions[key].map(kinds) ?? []
    default: [.scalar]
    }
  }

  private func kind(of node: SyntaxNode) -> Kind {
    switch node.content {
    case .scalar: .scalar
    case .sequence: .list
    case .mapping: .mapping
    }
  }

  /// The shape that a node is meant to have: of its kind, and if several are, the first record of
  /// which a required key stands there, else the last.
  private func choice(among shapes: [Shape], for node: SyntaxNode) -> Shape? {
    let fitting = shapes.filter { kinds(of: $0).contains(kind(of: node)) }
    let named = fitting.dropLast().first { shape in
      guard case .record(let record) = shape else { return false }
      return record.fields.contains { field in
        guard field.isRequired, let value = node[field.key] else { return false }
        return !value.isEmpty && kinds(of: field.shape).contains(kind(of: value))
      }
    }
    return named ?? fitting.last ?? (node.isEmpty ? shapes.first { $0 == .remark } : nil)
  }

  /// What a shape wants, in words.
  private func descriptions(of shape: Shape) -> [String] {
    switch shape {
    case .list: ["a list"]
    case .oneOrMore(let item): descriptions(of: item) + ["a list"]
    case .mapping, .record, .variants: ["'key: value' pairs"]
    case .oneOf(let shapes): shapes.flatMap(descriptions)
    case .reference(let key): grammar.definitions[key].map(descriptions) ?? []
    default: [ScalarRules.expectation(shape)]
    }
  }

  mutating func reportKind(
    _ node: SyntaxNode, _ shape: Shape, called name: String, about: String? = nil
  ) {
    let remedy =
      switch kinds(of: shape).first {
      case .list: "write a list, such as [first, second], or one item a line after '- '"
      case .mapping:
        "write {key: value}, or 'key: value' on indented lines"
          + (about.map { "; the key is \($0)" } ?? "")
      default: "write the value after the colon, on the same line"
      }
    guard !node.isEmpty else {
      sink.error("missing-value", at: node.place, "\(name) is empty", remedy: remedy)
      return
    }
    if kinds(of: shape).contains(.mapping), case .scalar(let text, false) = node.content,
      let colon = text.firstIndex(of: ":"), SyntaxTraps.spaceAfterColon(in: text) != nil
    {
      let offset = text.distance(from: text.startIndex, to: colon) + 1
      let place = Place(line: node.place.line, column: node.place.column + offset)
      sink.error(
        "missing-space", at: node.place, length: node.length,
        "\(name): '\(SyntaxWords.short(text))' is not of the form 'key: value'",
        remedy: "put a space after the colon",
        fix: node.length == text.count ? TextEdit(place: place, length: 0, replacement: " ") : nil)
      return
    }
    var expected: [String] = []
    for words in descriptions(of: shape) where !expected.contains(words) { expected.append(words) }
    sink.error(
      "wrong-kind", at: node.place, length: node.length,
      "\(name): expected \(expected.joined(separator: " or ")), "
        + "found \(kind(of: node).rawValue)",
      remedy: remedy)
  }

  // MARK: Words

  static func quote(_ key: String) -> String { "'\(SyntaxWords.short(key))'" }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count == 0 ? "no" : String(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  static func numbers(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: ", ")
  }

  /// `'a', 'b' and 'c'`.
  static func listed(_ words: [String], _ conjunction: String, limit: Int = 12) -> String {
    let quoted = words.prefix(limit).map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "nothing" }
    return quoted.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  /// A noun without its article.
  static func bare(_ noun: String) -> String {
    for article in ["a ", "an "] where noun.hasPrefix(article) {
      return String(noun.dropFirst(article.count))
    }
    return noun
  }
}
