import Equilibria
import Foundation
import Games
import Mathematics

/// What is done with a game from a file.
enum FileCases {
  /// The time of a case and what it found, as members of an object of JSON.
  static func measure(
    _ name: String, _ text: String
  ) throws -> (seconds: Double, answer: String) {
    switch name {
    case "read":
      let (seconds, game) = try CPUTime.measure { try GambitExtensiveReader.game(from: text) }
      return (seconds, "\"nodes\": \(game.tree.nodes.count)")
    case "extreme":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = try CPUTime.measure { try ExtremeEquilibria(of: game) }
      return (seconds, "\"count\": \(found.profiles.count)")
    case "lemke-howson":
      let table = PayoffTable(try GambitStrategicReader.game(from: text))
      let (seconds, found) = try CPUTime.measure {
        try NumericLemkeHowson().equilibrium(of: table)
      }
      return (seconds, profile(found.profile))
    case "lemke-howson-exact":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = try CPUTime.measure { try LemkeHowson().equilibrium(of: game) }
      return (seconds, profile(NumericProfile(found.profile)))
    case "zero-sum":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = try CPUTime.measure { try ZeroSumStrategic().solveNumerically(game) }
      return (seconds, "\"value\": \(found.value), " + profile(found.profile))
    case "pure":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = CPUTime.measure { PureEquilibria.all(of: game) }
      return (seconds, "\"count\": \(found.count)")
    case "logit":
      let table = PayoffTable(try GambitStrategicReader.game(from: text))
      let (seconds, found) = try CPUTime.measure { try StrategicLogitPath(table).limit() }
      return (seconds, profile(found.profile))
    default: return try measureTree(name, try GambitExtensiveReader.game(from: text))
    }
  }

  private static func measureTree(
    _ name: String, _ game: ExtensiveGame
  ) throws -> (seconds: Double, answer: String) {
    switch name {
    case "agent-logit":
      let (seconds, assessment) = try CPUTime.measure {
        let solver = try SequentialSolver(tree: game.tree, symbols: GameSymbols(numbersOf: game))
        var workspace = solver.makeWorkspace()
        return solver.solve(game, workspace: &workspace).assessment
      }
      return (seconds, profile(assessment.profile, of: game))
    case "sequence-lp":
      let (seconds, found) = try CPUTime.measure {
        try ZeroSumSequenceForm().solveNumerically(game)
      }
      return (seconds, "\"value\": \(found.value), " + profile(found.profile, of: game))
    case "sequence-lp-exact":
      let (seconds, found) = try CPUTime.measure {
        try ZeroSumSequenceForm().solve(game, numbers: .decimals)
      }
      return (
        seconds,
        "\"value\": \(found.value.doubleValue), \"exact\": \"\(found.value)\", "
          + profile(found.profile.numeric, of: game)
      )
    case "sequence-lemke":
      let (seconds, found) = try CPUTime.measure { try SequenceLemke().equilibrium(of: game) }
      return (seconds, profile(found.profile, of: game))
    case "sequence-lemke-exact":
      let (seconds, found) = try CPUTime.measure {
        try SequenceLemke(numbers: .decimals).exactEquilibrium(of: game)
      }
      return (
        seconds,
        "\"value\": \(found.certificate.values[0].doubleValue), "
          + profile(found.profile.numeric, of: game)
      )
    default:
      print("there is no case '\(name)'")
      exit(64)
    }
  }

  /// By player the probabilities of its strategies.
  private static func profile(_ profile: NumericProfile) -> String {
    "\"profile\": \(profile.probabilities)"
  }

  /// By information set its player, its label and the probabilities of its actions.
  private static func profile(_ profile: BehaviorProfile, of game: ExtensiveGame) -> String {
    let sets = game.tree.informationSets.map { set in
      let odds = profile.probabilities[set.actionRange]
      return "[\"\(game.tree.players[set.player])\", \"\(set.label)\", \(Array(odds))]"
    }
    return "\"profile\": [\(sets.joined(separator: ", "))]"
  }

  /// One structure, compiled once, with the numbers of one file after another. A line for each.
  static func resolve(_ texts: [String]) throws {
    let games = try texts.map { try GambitExtensiveReader.game(from: $0) }
    let solver = try SequentialSolver(tree: games[0].tree)
    var workspace = solver.makeWorkspace()
    var verifier = Verifier(tree: games[0].tree)
    // The first solve makes room that the others use.
    _ = solver.solve(games[0], workspace: &workspace)
    for game in games {
      var times: [Double] = []
      var assessment = Assessment(profile: BehaviorProfile(centroidOf: game.tree), logTrembles: [])
      var isCertified = false
      for _ in 0..<5 {
        let start = CPUTime.now
        let result = solver.solve(game, workspace: &workspace)
        isCertified =
          result.failure == nil && verifier.certificate(for: result.assessment, of: game).holds
        times.append(CPUTime.now - start)
        assessment = result.assessment
      }
      Bench.report(
        times.sorted()[2],
        "\"certified\": \(isCertified), " + profile(assessment.profile, of: game))
    }
  }
}
