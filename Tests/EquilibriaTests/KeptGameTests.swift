import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// Games on which something once failed, in the folder `Tests/Data/kept`, which says what. What
/// ``Shrinking`` reports goes there as a file.
@Suite("Kept games")
struct KeptGameTests {
  private static let names: [String] =
    (try? ["efg", "nfg", "json"].flatMap { try TestData.names(in: "kept", ending: ".\($0)") }) ?? []

  @Test("Every method that applies certifies what it finds, and comes to its end", arguments: names)
  func methods(name: String) throws {
    let file = TestData.folder.appending(path: "kept/\(name)")
    let game = try GameFile.game(from: String(contentsOf: file, encoding: .utf8), named: name)
    var request = SolveRequest()
    request.limit = WorkLimit(steps: 20_000)
    request.exploitability = 1e-2
    var applied: Set<String> = []
    for method in MethodCatalog.all {
      for exact in [nil, true, false] {
        request.exact = exact
        do {
          let solution = try MethodCatalog.solve(game, method: method.name, request)
          applied.insert(method.name)
          let isMeasured = solution.notes.contains { $0.contains("Not converged") }
          #expect(
            isMeasured || solution.equilibria.allSatisfy { $0.certificate.holds }, "\(method.name)")
          #expect(solution.correlated?.certificate.holds != false, "\(method.name)")
        } catch MethodError.notApplicable {
          continue
        } catch {
          Issue.record("\(method.name): \(error)")
        }
      }
    }
    #expect(applied.contains("logit") && applied.contains("pure"))
  }

  @Test("There are some")
  func some() {
    #expect(KeptGameTests.names.contains("crisis-stalled-path.efg"))
  }
}
