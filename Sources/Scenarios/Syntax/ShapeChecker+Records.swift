extension ShapeChecker {
  mutating func checkRecord(
    _ node: SyntaxNode, _ record: Record, called name: String, others: [Record] = []
  ) {
    guard let entries = node.entries else {
      if node.isEmpty, record.needsOneOf.isEmpty, !record.fields.contains(where: \.isRequired) {
        return
      }
      reportKind(node, .record(record), called: name, about: "one of \(Self.listed(record))")
      return
    }
    var isReadable = true
    var meant: Set<String> = []
    let present = Set(entries.compactMap(\.key.text))
    for entry in entries {
      guard let key = entry.key.text, !entry.key.isUnreadable else {
        isReadable = false
        continue
      }
      if let field = record.field(key) {
        check(entry.value, field.shape, called: Self.quote(key))
      } else if let rest = record.others {
        checkEntry(entry, rest.shape)
      } else if let word = reportUnknown(key, entry, record, others: others, present: present) {
        // Checked as what it is meant to be, and not missed as well.
        meant.insert(word)
        if let field = record.field(word) {
          check(entry.value, field.shape, called: Self.quote(word))
        }
      }
    }
    // A key that could not be read may be the one that seems to be missing.
    guard isReadable, !hasGaps else { return }
    meant.formUnion(present)
    for field in record.fields where field.isRequired && !meant.contains(field.key) {
      reportMissing(field, node, record, called: name)
    }
    if !record.needsOneOf.isEmpty, meant.isDisjoint(with: record.needsOneOf) {
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
        fix: node.place.column == 1
          ? TextEdit(
            place: Place(line: node.place.line, column: 1), length: 0,
            replacement: "entente: \(newest)\n") : nil)
      return
    }
    let example = field.example.map { ", such as '\(field.key): \($0)'" } ?? ""
    sink.error(
      "missing-key", at: node.place, length: node.length,
      "\(name) lacks '\(field.key)'", remedy: "add '\(field.key):' (\(field.about))\(example)")
  }

  /// Reports an unknown key and gives the key that was probably meant.
  private mutating func reportUnknown(
    _ key: String, _ entry: SyntaxEntry, _ record: Record, others: [Record], present: Set<String>
  ) -> String? {
    if let other = others.first(where: { $0.field(key) != nil }) {
      let marker = other.markers.first.map { " (the kind with '\($0)')" } ?? ""
      sink.error(
        "misplaced-key", at: entry.key.place, length: entry.key.length,
        "\(record.noun) has no '\(key)'",
        remedy: "'\(key)' belongs to \(other.noun)\(marker); "
          + "remove it here, or make this one of those")
      return nil
    }
    if sink.isFull {
      sink.error(
        "unknown-key", at: entry.key.place, "unknown key '\(SyntaxWords.short(key))'",
        remedy: "look for a misspelling")
      return nil
    }
    // What stands there already is no likely meaning of this key.
    let free = record.fields.map(\.key).filter { !present.contains($0) }
    let word = Spelling.suggestion(for: key, among: free)
    if let word { meanings[entry.key.place] = word }
    let isPlain = entry.key.length == key.count
    sink.error(
      "unknown-key", at: entry.key.place, length: entry.key.length,
      "unknown key '\(SyntaxWords.short(key))'",
      remedy: word.map { "did you mean '\($0)'?" }
        ?? "\(record.noun) can have \(Self.listed(record))",
      fix: word.flatMap {
        isPlain && $0.lowercased() == key.lowercased()
          ? TextEdit(place: entry.key.place, length: key.count, replacement: $0) : nil
      })
    return word
  }

  // MARK: Records of several kinds

  mutating func checkVariants(
    _ node: SyntaxNode, _ records: [Record], noun: String, called name: String
  ) {
    let markers = records.flatMap(\.markers)
    guard let entries = node.entries else {
      reportKind(
        node, .variants(records, noun: noun), called: name, about: Self.listed(markers, "or"))
      return
    }
    let keys = entries.compactMap(\.key.text)
    let marked = records.filter { $0.markers.contains(where: keys.contains) }
    if marked.count > 1 {
      let clash = marked.prefix(2).compactMap { $0.markers.first(where: keys.contains) }
      let key = entries.last { clash.contains($0.key.text ?? "") }?.key ?? node
      sink.error(
        "conflicting-keys", at: key.place, length: key.length,
        "\(Self.listed(clash, "and")) cannot stand together in \(noun)",
        remedy: "keep one of them, and give the other \(noun) of its own")
    } else if let record = marked.first ?? guess(keys, records, markers) {
      checkRecord(node, record, called: name, others: records)
    } else if !hasGaps, !entries.contains(where: \.key.isUnreadable) {
      sink.error(
        "missing-key", at: node.place, length: node.length,
        "\(name) does not say what kind of \(Self.bare(noun)) it is",
        remedy: "add \(Self.listed(markers, "or"))")
    }
  }

  /// The kind that a record without a marker is meant to be: by a misspelled marker, else by other
  /// keys that only one kind has.
  private func guess(_ keys: [String], _ records: [Record], _ markers: [String]) -> Record? {
    let known = Set(records.flatMap { $0.fields.map(\.key) })
    for key in keys where !known.contains(key) {
      if let marker = Spelling.suggestion(for: key, among: markers) {
        return records.first { $0.markers.contains(marker) }
      }
    }
    return records.first { $0.hints.contains(where: keys.contains) }
  }

  static func listed(_ record: Record) -> String {
    listed(record.fields.map(\.key), "and", limit: 24)
  }
}
