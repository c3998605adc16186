import Equilibria
import Foundation
import Games
import Testing

/// Published models with known equilibria, by rational arithmetic, and their logit equilibria.
struct PublishedModel: Decodable, Sendable {
  struct Equilibrium: Decodable, Sendable {
    var name: String
    var selected: Bool
    var strategy: [String: [String: Double]]
    var onPath: [String]
    var beliefs: [String: [Double]]
    var outcomes: [String: Double]
    var payoffs: [String: Double]
    /// As fractions.
    var exactStrategy: [String: [String: String]]
    var exactPayoffs: [String: String]

    enum CodingKeys: String, CodingKey {
      case name, selected, strategy, beliefs, outcomes, payoffs
      case onPath = "on_path"
      case exactStrategy = "strategy_exact"
      case exactPayoffs = "payoffs_exact"
    }
  }

  struct Logit: Decodable, Sendable {
    var lam: Double
    var strategy: [String: [String: Double]]
  }

  var file: String
  var multiplicity: String
  var equilibria: [Equilibrium]
  var logit: [Logit]?

  enum CodingKeys: String, CodingKey {
    case file, multiplicity, equilibria
    case logit = "logit_qre"
  }

  private struct Document: Decodable {
    var models: [String: PublishedModel]
  }

  /// All models by name.
  static let all: [String: PublishedModel] = {
    do {
      let file = TestData.folder.appending(path: "models/expected.json")
      return try JSONDecoder().decode(Document.self, from: Data(contentsOf: file)).models
    } catch {
      Issue.record("the models cannot be read: \(error)")
      return [:]
    }
  }()

  /// The listed probabilities as a flat vector.
  static func flat(_ strategy: [String: [String: Double]], in tree: GameTree) -> [Double] {
    tree.informationSets.flatMap { set in
      set.actions.map { strategy[set.label]?[$0] ?? 0 }
    }
  }
}

@Suite("Published models")
struct PublishedModelTests {
  /// Log trembles near a profile under which beliefs are near those listed. Actions of
  /// probability 0 tremble in orders of 1e-8; orders are sought until the listed beliefs come out.
  static func witness(
    for equilibrium: PublishedModel.Equilibrium, of game: ExtensiveGame, probabilities: [Double]
  ) -> [Double]? {
    let tree = game.tree
    var rare: [Int] = []
    for action in probabilities.indices where probabilities[action] == 0 { rare.append(action) }
    var generator = SeededGenerator(state: 1)
    for attempt in 0..<20_000 {
      var logs = probabilities.map { $0 > 0 ? log($0) : -20 }
      for action in rare where attempt > 0 {
        logs[action] = -20 * Double(Int.random(in: 1...4, using: &generator))
      }
      let evaluation = ReferenceEvaluation(
        game: game, probabilities: probabilities, logTrembles: logs)
      let agrees = tree.informationSets.allSatisfy { set in
        guard let listed = equilibrium.beliefs[set.label] else { return true }
        return zip(listed, evaluation.beliefs(at: set)).allSatisfy { abs($0 - $1) < 1e-6 }
      }
      if agrees { return logs }
    }
    return nil
  }

  @Test("Every listed equilibrium is accepted", arguments: PublishedModel.all.keys.sorted())
  func acceptsListed(name: String) throws {
    let model = try #require(PublishedModel.all[name])
    let game = try TestData.game("models/" + model.file)
    var verifier = Verifier(tree: game.tree)
    for equilibrium in model.equilibria {
      // Listed to ten decimals: made to add up, by the likeliest action.
      var probabilities = PublishedModel.flat(equilibrium.strategy, in: game.tree)
      for set in game.tree.informationSets {
        let sum = set.actionRange.reduce(0) { $0 + probabilities[$1] }
        for action in set.actionRange { probabilities[action] /= sum }
      }
      let trembles = try #require(
        PublishedModelTests.witness(for: equilibrium, of: game, probabilities: probabilities),
        "\(equilibrium.name): no trembles give the listed beliefs")
      let certificate = verifier.certificate(
        for: Assessment(profile: BehaviorProfile(probabilities), logTrembles: trembles),
        of: game)
      #expect(certificate.holds, "\(equilibrium.name): \(certificate)")
      let evaluation = ReferenceEvaluation(
        game: game, probabilities: probabilities, logTrembles: trembles)
      for (player, label) in game.tree.players.enumerated() {
        let listed = try #require(equilibrium.payoffs[label])
        #expect(abs(evaluation.value(of: 0, for: player) - listed) < 1e-8)
      }
    }
  }

  @Test(
    "The solver's equilibrium is certified and has listed play where play is unique",
    arguments: PublishedModel.all.keys.sorted())
  func solves(name: String) throws {
    let model = try #require(PublishedModel.all[name])
    let game = try TestData.game("models/" + model.file)
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    let result = solver.solve(game, workspace: &workspace)
    #expect(result.failure == nil)
    var verifier = Verifier(tree: game.tree)
    #expect(verifier.certificate(for: result.assessment, of: game).holds)
    if !model.multiplicity.hasPrefix("unique") { return }
    let listed = try #require(model.equilibria.first)
    let probabilities = result.assessment.profile.probabilities
    let expected = PublishedModel.flat(listed.strategy, in: game.tree)
    let outcomeAlone = model.multiplicity.hasSuffix("outcome")
    if !outcomeAlone {
      for set in game.tree.informationSets
      where model.multiplicity == "unique_sequential" || listed.onPath.contains(set.label) {
        for action in set.actionRange {
          #expect(abs(probabilities[action] - expected[action]) < 1e-8, "\(set.label)")
        }
      }
    }
    var outcomes: [String: Double] = [:]
    let evaluation = ReferenceEvaluation(
      game: game, probabilities: probabilities, logTrembles: result.assessment.logTrembles)
    for (outcome, probability) in evaluation.outcomes() {
      let name = outcome.split(separator: "#").first.map(String.init) ?? outcome
      outcomes[name, default: 0] += probability
    }
    for (outcome, probability) in outcomes {
      #expect(abs(probability - (listed.outcomes[outcome] ?? 0)) < 1e-8, "\(outcome)")
    }
  }

  @Test(
    "Listed logit equilibria at λ = 1 and 5 are found", arguments: PublishedModel.all.keys.sorted())
  func logit(name: String) throws {
    let model = try #require(PublishedModel.all[name])
    let game = try TestData.game("models/" + model.file)
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    for listed in model.logit ?? [] {
      let result = solver.logitEquilibrium(
        of: game, lambda: listed.lam, normalized: false, workspace: &workspace)
      #expect(result.failure == nil)
      let expected = PublishedModel.flat(listed.strategy, in: game.tree)
      for (found, probability) in zip(result.assessment.profile.probabilities, expected) {
        // Listed to eight decimals.
        #expect(abs(found - probability) < 1.5e-8)
      }
    }
  }

  @Test(
    "The logit limit of Kydd's trust and reassurance games is mistrust, against payoff dominance",
    arguments: ["kydd2005_trust", "kydd2000_reassurance"])
  func kydd(name: String) throws {
    let model = try #require(PublishedModel.all[name])
    let game = try TestData.game("models/" + model.file)
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    let result = solver.solve(game, workspace: &workspace)
    let evaluation = ReferenceEvaluation(
      game: game, probabilities: result.assessment.profile.probabilities,
      logTrembles: result.assessment.logTrembles)
    let dominant = try #require(model.equilibria.first { $0.selected })
    for (player, label) in game.tree.players.enumerated() {
      let listed = try #require(dominant.payoffs[label])
      #expect(evaluation.value(of: 0, for: player) < listed - 0.01)
    }
    if let mistrust = model.equilibria.first(where: { $0.name == "mistrust" }) {
      let expected = PublishedModel.flat(mistrust.strategy, in: game.tree)
      for (found, probability) in zip(result.assessment.profile.probabilities, expected) {
        #expect(abs(found - probability) < 1e-8)
      }
    }
  }

  @Test("The seed scenario's games are solved and certified", arguments: ["iran", "common"])
  func seed(name: String) throws {
    let game = try TestData.game("seed/seed-\(name).efg")
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    let result = solver.solve(game, workspace: &workspace)
    #expect(result.failure == nil)
    var verifier = Verifier(tree: game.tree)
    let certificate = verifier.certificate(for: result.assessment, of: game)
    #expect(certificate.holds)
    #expect(certificate.maximumRegret <= 1e-9)
  }
}

/// A small generator for tests.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
