/// Walks a node by a shape and reports every difference in one run.
public struct ShapeChecker {
  private let grammar: Grammar
  private var sink: DiagnosticSink

  /// What is wrong with a node, measured by a grammar.
  public static func check(
    _ node: SyntaxNode, by grammar: Grammar, file: String
  ) -> [Diagnostic] {
    var checker = ShapeChecker(grammar: grammar, sink: DiagnosticSink(file: file))
    checker.check(node, grammar.root, called: "the scenario")
    return checker.sink.diagnostics
  }

  private mutating func check(_ node: SyntaxNode, _ shape: Shape, called name: String) {
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
        reportKind(node, expected: shapes.flatMap(kinds), called: name)
      }
    case .reference(let key):
      if let shape = grammar.definitions[key] { check(node, shape, called: name) }
    default: checkScalar(node, shape, called: name)
    }
  }

  // MARK: Scalars

  private mutating func checkScalar(_ node: SyntaxNode, _ shape: Shape, called name: String) {
    guard case .scalar(let text, _) = node.content else {
      reportKind(node, expected: kinds(of: shape), called: name)
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
      reportKind(node, expected: [.list], called: name)
      return
    }
    if let count, !count.contains(items.count) {
      let wanted =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)" : "at least \(count.lowerBound)"
      sink.error(
        "wrong-count", at: node.place, length: node.length,
        "\(name) has \(Self.counted(items.count, "item")) and needs \(wanted)",
        remedy: items.count < count.lowerBound ? "add what is missing" : "remove what is too much")
    }
    for (index, child) in items.enumerated() {
      check(child, item, called: "item \(index + 1) of \(name)")
    }
  }

  private mutating func checkMapping(
    _ node: SyntaxNode, _ value: Shape, _ about: String, called name: String
  ) {
    guard let entries = node.entries else {
      reportKind(node, expected: [.mapping], called: name, about: about)
      return
    }
    for entry in entries { checkEntry(entry, value) }
  }

  private mutating func checkEntry(_ entry: SyntaxEntry, _ shape: Shape) {
    guard let key = entry.key.text, !entry.key.isUnreadable else { return }
    if key.isEmpty {
      sink.error(
        "missing-key", at: entry.key.place, "there is no name before this colon",
        remedy: "write 'name: value'")
    }
    check(entry.value, shape, called: Self.quote(key))
  }

  // MARK: Records

  private mutating func checkRecord(
    _ node: SyntaxNode, _ record: Record, called name: String, others: [Record] = []
  ) {
    guard let entries = node.entries else {
      if node.isEmpty, record.needsOneOf.isEmpty, !record.fields.contains(where: \.isRequired) {
        return
      }
      reportKind(node, expected: [.mapping], called: name, about: "keys of \(record.noun)")
      return
    }
    for entry in entries {
      guard let key = entry.key.text, !entry.key.isUnreadable else { continue }
      if let field = record.field(key) {
        check(entry.value, field.shape, called: Self.quote(key))
      } else if let rest = record.others {
        checkEntry(entry, rest.shape)
      } else {
        reportUnknown(key, entry, record, others: others, present: entries.compactMap(\.key.text))
      }
    }
    let present = Set(entries.compactMap(\.key.text))
    guard !entries.contains(where: \.key.isUnreadable) else { return }
    for field in record.fields where field.isRequired && !present.contains(field.key) {
      reportMissing(field, node, record, called: name)
    }
    if !record.needsOneOf.isEmpty, present.isDisjoint(with: record.needsOneOf) {
      sink.error(
        "missing-key", at: node.place, length: node.length,
        "\(name) lacks \(Self.listed(record.needsOneOf, "or"))",
        remedy: "add one of them; \(record.noun) needs it")
    }
  }

  private mutating func reportMissing(
    _ field: Field, _ node: SyntaxNode, _ record: Record, called name: String
  ) {
    if case .version(let supported) = field.shape {
      let newest = supported.last ?? 1
      sink.error(
        "missing-version", at: Place(line: 1, column: 1),
        "the file does not say which version of the language it is written in; "
          + "supported: \(Self.numbers(supported))",
        remedy: "write 'entente: \(newest)' as its first line",
        fix: TextEdit(
          place: Place(line: 1, column: 1), length: 0, replacement: "entente: \(newest)\n"))
      return
    }
    let example = field.example.map { ", such as '\(field.key): \($0)'" } ?? ""
    sink.error(
      "missing-key", at: node.place, length: node.length,
      "\(name) lacks '\(field.key)'", remedy: "add '\(field.key):' (\(field.about))\(example)")
  }

  private mutating func reportUnknown(
    _ key: String, _ entry: SyntaxEntry, _ record: Record, others: [Record], present: [String]
  ) {
    if let other = others.first(where: { $0.field(key) != nil }) {
      let markers = other.markers.first.map { " (the kind with '\($0)')" } ?? ""
      sink.error(
        "misplaced-key", at: entry.key.place, length: entry.key.length,
        "\(record.noun) has no '\(key)'",
        remedy:
          "'\(key)' belongs to \(other.noun)\(markers); remove it here or make it one of those")
      return
    }
    // Keys that stand already are no likely meaning of this one, unless it is the same word.
    let keys = record.fields.map(\.key)
    let free = keys.filter { !present.contains($0) }
    let meant = Spelling.suggestion(for: key, among: free)
    let known = "\(record.noun) can have \(Self.listed(keys, "and", limit: 24))"
    sink.error(
      "unknown-key", at: entry.key.place, length: entry.key.length,
      "unknown key '\(SyntaxWords.short(key))'",
      remedy: meant.map { "did you mean '\($0)'?" } ?? known,
      fix: meant.flatMap { word in
        entry.key.length == key.count && entry.key.place.line > 0
          && word.lowercased() == key.lowercased()
          ? TextEdit(place: entry.key.place, length: key.count, replacement: word) : nil
      })
  }

  // MARK: Records of several kinds

  private mutating func checkVariants(
    _ node: SyntaxNode, _ records: [Record], noun: String, called name: String
  ) {
    guard let entries = node.entries else {
      reportKind(node, expected: [.mapping], called: name, about: "keys of \(noun)")
      return
    }
    let keys = entries.compactMap(\.key.text)
    let marked = records.filter { !$0.markers.allSatisfy { !keys.contains($0) } }
    if marked.count > 1 {
      let clash = marked.prefix(2).compactMap { record in record.markers.first(where: keys.contains)
      }
      let place = entries.last { clash.contains($0.key.text ?? "") }?.key
      sink.error(
        "conflicting-keys", at: place?.place ?? node.place, length: place?.length ?? 1,
        "\(Self.listed(clash, "and")) cannot stand together in \(noun)",
        remedy: "keep one of them, and give the other \(noun) of its own")
      return
    }
    if let record = marked.first
      ?? records.first(where: { $0.hints.contains(where: keys.contains) })
    {
      checkRecord(node, record, called: name, others: records)
      return
    }
    reportNoKind(node, records, noun: noun, entries: entries, called: name)
  }

  private mutating func reportNoKind(
    _ node: SyntaxNode, _ records: [Record], noun: String, entries: [SyntaxEntry],
    called name: String
  ) {
    let markers = records.flatMap(\.markers)
    let known = Set(records.flatMap { $0.fields.map(\.key) })
    var isExplained = false
    for entry in entries {
      guard let key = entry.key.text, !entry.key.isUnreadable, !known.contains(key) else {
        continue
      }
      let meant = Spelling.suggestion(for: key, among: markers)
      isExplained = isExplained || meant != nil
      sink.error(
        "unknown-key", at: entry.key.place, length: entry.key.length,
        "unknown key '\(SyntaxWords.short(key))'",
        remedy: meant.map { "did you mean '\($0)'?" }
          ?? "\(noun) needs \(Self.listed(markers, "or"))")
    }
    if !isExplained, !entries.contains(where: \.key.isUnreadable) {
      sink.error(
        "missing-key", at: node.place, length: node.length,
        "\(name) does not say what kind of \(Self.bare(noun)) it is",
        remedy: "add \(Self.listed(markers, "or"))")
    }
  }

  // MARK: Kinds

  /// What a node is at first sight.
  enum Kind: String {
    case scalar = "text"
    case list = "list"
    case mapping = "mapping"
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

  private mutating func reportKind(
    _ node: SyntaxNode, expected: [Kind], called name: String, about: String? = nil
  ) {
    guard !node.isEmpty else {
      sink.error(
        "missing-value", at: node.place, "\(name) is empty",
        remedy: "write \(Self.hint(expected.first ?? .scalar, about: about)); or remove it")
      return
    }
    var names: [String] = []
    for kind in expected where !names.contains("a \(kind.rawValue)") {
      names.append("a \(kind.rawValue)")
    }
    sink.error(
      "wrong-kind", at: node.place, length: node.length,
      "\(name): expected \(names.joined(separator: " or ")), found a \(kind(of: node).rawValue)",
      remedy: "write \(Self.hint(expected.first ?? .scalar, about: about))")
  }

  private static func hint(_ kind: Kind, about: String?) -> String {
    switch kind {
    case .scalar: "a value after the colon, on the same line"
    case .list: "a list, such as [first, second], or one item a line after '- '"
    case .mapping:
      (about.map { "\($0): " } ?? "")
        + "'key: value' on lines of their own, indented, or {key: value}"
    }
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
