import Scenarios
import Testing

@Test("The scenarios with which the language was designed pass without a word")
func referenceScenariosAreClean() throws {
  let references = try SyntaxTestSupport.references()
  #expect(references.count == 9)
  for (name, text) in references {
    let found = SyntaxTestSupport.diagnostics(of: text)
    #expect(found.isEmpty, "\(name): \(SyntaxTestSupport.rendered(found, text))")
  }
}
