/// What the reader says, and what it leaves unsaid because another error explains it.
extension ScenarioReader {
  /// The sections that declare names which others refer to.
  private static let declaring: Set<String> = [
    "parties", "private types", "quantities", "clauses", "story", "define",
  ]
  /// What is wrong with a shape so that names may be lost.
  private static let losing: Set<String> = [
    "missing-key", "missing-value", "wrong-kind", "wrong-count", "bad-name", "conflicting-keys",
    "unknown-key", "missing-space",
  ]

  /// Notes what is wrong already, and whether names may be lost by it.
  mutating func noteDamage(in root: SyntaxNode, _ problems: [Diagnostic]) {
    let errors = problems.filter { $0.severity == .error }
    isDamaged = !errors.isEmpty
    wrongPlaces = Set(errors.compactMap(\.place))
    let entries = root.entries ?? []
    hasLostNames = root.hasGaps || root["story"] == nil || root["parties"] == nil
    if entries.contains(where: { $0.key.isUnreadable }) { hasLostNames = true }
    for (number, entry) in entries.enumerated() {
      guard let key = entry.key.text, ScenarioReader.declaring.contains(key) else { continue }
      // In these sections values hold names, too.
      let isStory = ["story", "private types", "clauses"].contains(key)
      if hidesNames(entry.value, isStory: isStory) { hasLostNames = true }
      // A story may lose names anywhere; the others where the section itself is no mapping.
      let next = number + 1 < entries.count ? entries[number + 1].key.place : nil
      for error in errors where ScenarioReader.losing.contains(error.code) {
        guard let place = error.place else { continue }
        let isInside = place > entry.key.place && (next.map { place < $0 } ?? true)
        let isItself = place == entry.value.place && error.code != "unknown-key"
        if isItself || isStory && isInside { hasLostNames = true }
      }
    }
    if hasLostNames { isDamaged = true }
    if !isDamaged { isDamaged = hasUnreadable(root) }
  }

  private func hidesNames(_ node: SyntaxNode, isStory: Bool) -> Bool {
    if node.isUnreadable { return true }
    if isStory { return hasUnreadable(node) }
    return (node.entries ?? []).contains { entry in
      entry.key.isUnreadable || (entry.value.entries ?? []).contains { $0.key.isUnreadable }
    }
  }

  private func hasUnreadable(_ node: SyntaxNode) -> Bool {
    switch node.content {
    case .scalar: node.isUnreadable
    case .sequence(let items): items.contains(where: hasUnreadable)
    case .mapping(let entries):
      entries.contains { $0.key.isUnreadable || hasUnreadable($0.value) }
    }
  }

  /// The text of a scalar that nothing was said about yet.
  func readable(_ node: SyntaxNode?) -> String? {
    guard let node, let text = node.text, !node.isEmpty, !node.isUnreadable,
      !wrongPlaces.contains(node.place)
    else { return nil }
    return text
  }

  /// Reports an error at a node, unless its shape is wrong already.
  mutating func report(
    _ code: String, at node: SyntaxNode, _ message: String, remedy: String
  ) {
    if wrongPlaces.contains(node.place) || node.isUnreadable { return }
    sink.error(code, at: node.place, length: node.length, message, remedy: remedy)
  }

  /// Reports a name that nothing declares, unless declarations were lost.
  mutating func reportUnknown(
    _ code: String, at node: SyntaxNode, _ message: String, remedy: String
  ) {
    if hasLostNames { return }
    report(code, at: node, message, remedy: remedy)
  }

  mutating func report(_ error: ExpressionError) {
    if error.isConsequence {
      firstConsequence = firstConsequence ?? error
      return noteConsequence()
    }
    let isAboutNames = [
      "unknown-name", "unknown-value", "unknown-clause", "unknown-round", "stray-value",
      "clause-as-value",
    ].contains(error.code)
    if isAboutNames, hasLostNames { return }
    sink.error(
      error.code, at: error.place, length: error.length, error.message, remedy: error.remedy)
  }

  /// What follows from nothing that was reported is reported after all.
  mutating func reportUnexplained(_ problems: [Diagnostic], in root: SyntaxNode) {
    guard let error = firstConsequence, !sink.hasErrors, !root.hasGaps, !hasUnreadable(root),
      !problems.contains(where: { $0.severity == .error })
    else { return }
    sink.error(
      error.code, at: error.place, length: error.length, error.message, remedy: error.remedy)
  }

  /// Something cannot be read because of an error that was reported elsewhere.
  mutating func noteConsequence() { isDamaged = true }

  mutating func report(_ failure: EstimateParser.Failure, at node: SyntaxNode) {
    let source = expressionSource(node)
    sink.error(
      failure.code, at: source.place(of: failure.offset), length: failure.length, failure.message,
      remedy: failure.remedy)
  }

  /// `did you mean …?`, or other advice, given the known names. Once enough is reported nobody
  /// reads it, and it is not worked out.
  func remedy(
    for name: String, among known: @autoclosure () -> [String], else other: ([String]) -> String
  ) -> String {
    if sink.isFull { return "look for a misspelling" }
    let known = known()
    return Spelling.question(for: name, among: known) ?? other(known)
  }
}
