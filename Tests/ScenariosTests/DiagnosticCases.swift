/// One tiny scenario for each thing that can be wrong, with all that is said about it.
struct DiagnosticCase {
  /// What is wrong, in a few words.
  var name: String
  var text: String
  /// `line:column code`, in the order of the text.
  var expected: [String]

  init(_ name: String, _ text: String, _ expected: String...) {
    self.name = name
    self.text = text
    self.expected = expected
  }

  /// A small scenario with some sections replaced.
  init(_ name: String, _ changes: [String], _ expected: String...) {
    self.name = name
    text = SmallScenario.text(changes)
    self.expected = expected
  }
}

/// Pieces that many cases share.
extension DiagnosticCase {
  static func story(_ steps: String...) -> String {
    "story:\n" + steps.map { "  - " + $0 + "\n" }.joined().dropLast()
  }
  static let move = "{step: move, by: A, options: [go, stay]}"
  static let reply = "{step: reply, by: B, options: [yes, no]}"
  static func quantity(_ text: String) -> String {
    "quantities: {q: {\(text), source: judgment}}"
  }
  static let due =
    "{text: They help., falls due: move = go, obliges: B, choice: [help, watch]}"
  static let missiles = "{text: Missiles., amount: {from: 0, to: 100, by: 50}}"
}
