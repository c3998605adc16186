import Equilibria
import Foundation
import Games
import Mathematics

/// `bench CASE FILE…` solves the games of files and prints, for each, a line of JSON with the median
/// processor time of a run and what is needed to see that the answer is right.
@main
struct Bench {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let name = arguments.first, arguments.count > 1 else {
      print("usage: bench CASE FILE…")
      exit(64)
    }
    if name == "resolve" {
      try resolve(arguments.dropFirst().map { try text($0) })
      return
    }
    for file in arguments.dropFirst() {
      let (seconds, answer) = try measure(name, try text(file))
      report(seconds, answer)
    }
  }

  private static func text(_ file: String) throws -> String {
    try String(contentsOf: URL(filePath: file), encoding: .utf8)
  }

  private static func report(_ seconds: Double, _ answer: String) {
    print("{\"seconds\": \(seconds), \(answer)}")
  }

  private static func measure(
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
      return (seconds, "\"regret\": \(found.regret)")
    case "lemke-howson-exact":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = try CPUTime.measure { try LemkeHowson().equilibrium(of: game) }
      let certificate = try StrategicVerifier.certificate(of: found.profile, in: game)
      return (seconds, "\"regret\": \(certificate.regret.doubleValue)")
    case "zero-sum":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = try CPUTime.measure { try ZeroSumStrategic().solveNumerically(game) }
      return (seconds, "\"value\": \(found.value)")
    case "pure":
      let game = try GambitStrategicReader.game(from: text)
      let (seconds, found) = CPUTime.measure { PureEquilibria.all(of: game) }
      return (seconds, "\"count\": \(found.count)")
    case "logit":
      let table = PayoffTable(try GambitStrategicReader.game(from: text))
      let (seconds, found) = try CPUTime.measure { try StrategicLogitPath(table).limit() }
      return (
        seconds,
        "\"regret\": \(found.regret), \"profile\": \(found.profile.probabilities)"
      )
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
      var verifier = Verifier(tree: game.tree)
      let certificate = verifier.certificate(for: assessment, of: game)
      return (seconds, "\"regret\": \(certificate.maximumRegret)")
    case "sequence-lp":
      let (seconds, found) = try CPUTime.measure {
        try ZeroSumSequenceForm().solveNumerically(game)
      }
      return (seconds, "\"value\": \(found.value)")
    case "sequence-lp-exact":
      let (seconds, found) = try CPUTime.measure {
        try ZeroSumSequenceForm().solve(game, numbers: .decimals)
      }
      return (seconds, "\"value\": \(found.value.doubleValue), \"exact\": \"\(found.value)\"")
    case "sequence-lemke":
      let (seconds, found) = try CPUTime.measure { try SequenceLemke().equilibrium(of: game) }
      return (seconds, "\"regret\": \(found.regret)")
    case "sequence-lemke-exact":
      let (seconds, found) = try CPUTime.measure {
        try SequenceLemke(numbers: .decimals).exactEquilibrium(of: game)
      }
      return (seconds, "\"value\": \(found.certificate.values[0].doubleValue)")
    default:
      print("there is no case '\(name)'")
      exit(64)
    }
  }

  /// One structure, compiled once, with the numbers of one file after another.
  private static func resolve(_ texts: [String]) throws {
    let games = try texts.map { try GambitExtensiveReader.game(from: $0) }
    let solver = try SequentialSolver(tree: games[0].tree)
    var workspace = solver.makeWorkspace()
    var verifier = Verifier(tree: games[0].tree)
    var certified = 0
    let start = CPUTime.now
    for game in games {
      let result = solver.solve(game, workspace: &workspace)
      if result.failure == nil, verifier.certificate(for: result.assessment, of: game).holds {
        certified += 1
      }
    }
    report(
      (CPUTime.now - start) / Double(games.count),
      "\"games\": \(games.count), \"certified\": \(certified)")
  }
}
