import Foundation
import Scenarios
import Testing

/// Inputs with which fuzzing once found something, or seemed to.
@Suite("Fuzzed texts")
struct FuzzRegressionTests {
  @Test("Each goes the whole way without a trap, and says why where it ends early")
  func inputs() throws {
    let folder = ScenarioTestSupport.tests.appending(path: "Data/fuzz")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(names.count >= 6)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      var limits = GameCompiler.Limits()
      limits.nodes = 2_000
      limits.depth = 100
      let result = ScenarioTestSupport.read(bytes, game: limits)
      #expect(result.game != nil || !result.errors.isEmpty, "\(name)")
      let source = SourceText(bytes: bytes)
      for diagnostic in result.diagnostics { #expect(!diagnostic.text(in: source).isEmpty) }
      let (formatted, diagnostics) = ScenarioFormatter.format(source.text, file: name)
      if diagnostics.isEmpty {
        #expect(ScenarioFormatter.format(formatted, file: name).text == formatted, "\(name)")
      } else {
        #expect(formatted == source.text, "\(name)")
      }
    }
  }

  @Test("The seed that uses every construct is right in every respect")
  func everyConstruct() throws {
    let url = ScenarioTestSupport.tests.appending(path: "Data/fuzz/every-construct.yaml")
    let result = ScenarioTestSupport.read(try String(contentsOf: url, encoding: .utf8))
    #expect(result.codes == [])
    #expect(result.game != nil)
  }
}
