import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// A game of `Catalog/` with what is known of it.
struct CatalogGame: Sendable, Decodable, CustomTestStringConvertible {
  struct Answer: Sendable, Decodable {
    var method: String
    var count: Int?
    var complete: Bool?
    var payoffs: [[String]]?
    var components: Int?
    var survive: [String: Int]?
    var refuses: String?
    var correlatedPayoffs: [Double]?
  }

  var slug: String
  var file: String
  var title: String
  var source: String
  var answers: [Answer]

  var testDescription: String { slug }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Catalog")

  /// All games, in the catalog's order.
  static let all: [CatalogGame] = {
    struct Contents: Decodable { var games: [CatalogGame] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let data = try? Data(contentsOf: folder.appending(path: "catalog.json")),
      let contents = try? decoder.decode(Contents.self, from: data)
    else { return [] }
    return contents.games
  }()

  static func text(of file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  var game: GameForm {
    get throws { try GameFile.game(from: CatalogGame.text(of: file), named: file) }
  }
}

@Suite("The catalog")
struct CatalogGamesTests {
  private static var request: SolveRequest {
    var request = SolveRequest()
    request.all = true
    request.limit = WorkLimit(steps: 1_000_000)
    return request
  }

  @Test("It has games, each file names its source, and README lists them all")
  func isWhole() throws {
    #expect(CatalogGame.all.count >= 29)
    let readme = try CatalogGame.text(of: "README.md")
    for game in CatalogGame.all {
      #expect(readme.contains("](\(game.file))"), "\(game.slug)")
      #expect(try CatalogGame.text(of: game.file).contains(game.source), "\(game.slug)")
      #expect(try game.game.title == game.title)
    }
  }

  @Test("What is known of a game is what its methods find", arguments: CatalogGame.all)
  func answers(_ entry: CatalogGame) throws {
    let game = try entry.game
    for answer in entry.answers {
      let place = "\(entry.slug), \(answer.method)"
      if let reason = answer.refuses {
        let error = #expect(throws: MethodError.self, "\(place)") {
          try MethodCatalog.solve(game, method: answer.method, CatalogGamesTests.request)
        }
        #expect(error.map { "\($0)" }?.contains(reason) == true, "\(place)")
        continue
      }
      let solution = try MethodCatalog.solve(
        game, method: answer.method, CatalogGamesTests.request)
      #expect(solution.equilibria.allSatisfy { $0.certificate.holds }, "\(place)")
      if let count = answer.count { #expect(solution.equilibria.count == count, "\(place)") }
      if let complete = answer.complete { #expect(solution.isComplete == complete, "\(place)") }
      if let payoffs = answer.payoffs {
        let found = solution.equilibria.compactMap { $0.exactPayoffs?.map { "\($0)" } }
        #expect(Set(found) == Set(payoffs), "\(place)")
      }
      if let components = answer.components {
        #expect(solution.components?.count == components, "\(place)")
      }
      for (refinement, count) in answer.survive ?? [:] {
        let survivors = solution.equilibria.filter {
          $0.survives.contains { $0.rawValue == refinement }
        }
        #expect(survivors.count == count, "\(place): \(refinement)")
      }
      if let payoffs = answer.correlatedPayoffs {
        #expect(solution.correlated?.payoffs == payoffs, "\(place)")
      }
    }
  }

  @Test(
    "Every method either refuses a game or certifies what it returns", arguments: CatalogGame.all)
  func everyMethod(_ entry: CatalogGame) throws {
    let game = try entry.game
    var request = CatalogGamesTests.request
    request.limit = WorkLimit(steps: 20_000)
    request.exploitability = 1e-2
    for method in MethodCatalog.all {
      guard let solution = try? method.solve(game, request) else { continue }
      let isMeasured = solution.notes.contains { $0.contains("Not converged") }
      for equilibrium in solution.equilibria {
        #expect(equilibrium.certificate.holds || isMeasured, "\(entry.slug), \(method.name)")
      }
    }
  }

  @Test(
    "Every game survives a round trip through every format that holds it",
    arguments: CatalogGame.all)
  func roundTrip(_ entry: CatalogGame) throws {
    let game = try entry.game
    let json = try JSONGameWriter.text(of: game)
    #expect(try GameFile.game(from: json, named: "x.json") == game)
    // Gambit's formats hold ASCII alone: accents in a source do not come back.
    switch game {
    case .strategic(var table):
      table.comment = ""
      let text = GambitStrategicWriter.text(of: table)
      #expect(try GambitStrategicReader.game(from: text) == table)
    case .extensive(var tree):
      tree.comment = ""
      let text = try GambitExtensiveWriter.text(of: tree)
      #expect(try GambitExtensiveReader.game(from: text) == tree)
    }
  }
}
