import Equilibria
import Foundation
import Games
import Testing

/// What Gambit's agent logit solver finds, with the payoffs of each player divided by their range.
/// `Tests/Data/gambit/README.md` says how the figures were made.
@Suite("Gambit's logit solver")
struct GambitComparisonTests {
  struct Document: Decodable {
    var games: [Entry]
  }

  struct Entry: Decodable {
    struct Point: Decodable {
      var lambda: Double
      var probabilities: [String: [Double]]
    }

    var file: String
    var points: [Point]
    var limit: [String: [Double]]?
  }

  static func entries() throws -> [Entry] {
    let file = TestData.folder.appending(path: "gambit/logit.json")
    return try JSONDecoder().decode(Document.self, from: Data(contentsOf: file)).games
  }

  /// The largest difference over the information sets, and where it is.
  private func distance(
    _ probabilities: [Double], _ table: [String: [Double]], in tree: GameTree,
    reachedBy reach: [Double]? = nil
  ) throws -> (Double, String) {
    var largest = (0.0, "")
    for set in tree.informationSets {
      if let reach, set.nodes.reduce(0, { $0 + reach[$1] }) < 1e-3 { continue }
      let listed = try #require(table[set.displayLabel])
      for (action, probability) in zip(set.actionRange, listed) {
        let difference = abs(probabilities[action] - probability)
        if difference > largest.0 { largest = (difference, set.label) }
      }
    }
    return largest
  }

  @Test("agrees along the path to 1e-6")
  func path() throws {
    let entries = try GambitComparisonTests.entries()
    #expect(entries.count >= 50)
    for entry in entries {
      let game = try TestData.game(entry.file)
      let solver = try SequentialSolver(tree: game.tree)
      var workspace = solver.makeWorkspace()
      for point in entry.points {
        let result = solver.logitEquilibrium(
          of: game, lambda: point.lambda, workspace: &workspace)
        #expect(result.failure == nil)
        let (apart, place) = try distance(
          result.assessment.profile.probabilities, point.probabilities, in: game.tree)
        #expect(apart <= 1e-6, "\(entry.file), λ \(point.lambda), \(place): \(apart)")
      }
    }
  }

  @Test("has the same limit at reached sets, where it meets its own criterion")
  func limit() throws {
    var compared = 0
    for entry in try GambitComparisonTests.entries() {
      guard let limit = entry.limit else { continue }
      let game = try TestData.game(entry.file)
      let result = try RandomGameTests.solve(game)
      #expect(result.failure == nil)
      let profile = result.assessment.profile
      let (apart, place) = try distance(
        profile.probabilities, limit, in: game.tree,
        reachedBy: profile.realization(in: game.tree, odds: game.odds))
      // Gambit stops at a finite λ, where regret is small: mixtures are still a little off.
      #expect(apart <= 1e-5, "\(entry.file), \(place): \(apart)")
      compared += 1
    }
    #expect(compared >= 30)
  }
}
