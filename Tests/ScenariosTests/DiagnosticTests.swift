import Foundation
import Scenarios
import Testing

/// What is said about scenarios with something wrong in them.
@Suite("Diagnostics")
struct DiagnosticTests {
  static let groups: [(title: String, cases: [DiagnosticCase])] = [
    ("The text and its shape", DiagnosticCase.syntax),
    ("What is declared", DiagnosticCase.model),
    ("Formulas", DiagnosticCase.formulas),
    ("The story told to its end", DiagnosticCase.games),
  ]

  @Test("Each fault is reported at its place, with a remedy, and nothing else is")
  func everyFault() {
    for one in Self.groups.flatMap(\.cases) {
      let result = ScenarioTestSupport.read(one.text)
      #expect(result.codes == one.expected, "\(one.name)")
      for diagnostic in result.diagnostics {
        #expect(diagnostic.remedy?.isEmpty == false, "\(one.name): \(diagnostic.message)")
      }
    }
  }

  @Test("The words are those that were approved")
  func words() throws {
    var transcript = ""
    for group in Self.groups {
      transcript += "==== \(group.title)\n"
      for one in group.cases {
        let result = ScenarioTestSupport.read(one.text)
        transcript += "\n-- \(one.name)\n"
        transcript += SyntaxTestSupport.rendered(result.diagnostics, one.text)
      }
      transcript += "\n"
    }
    try ScenarioTestSupport.compare(transcript, withGolden: "diagnostics.txt")
  }

  @Test("The small scenario that the faults are put into has none")
  func baseIsClean() {
    let result = ScenarioTestSupport.read(SmallScenario.text())
    #expect(result.codes == [])
    #expect(result.game != nil)
  }
}
