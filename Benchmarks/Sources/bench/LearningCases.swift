import Equilibria
import Games

/// Regret minimization on games of the library's own generators, by name.
enum LearningCases {
  /// A game that both this library and others generate.
  static func game(_ name: String) throws -> ExtensiveGame? {
    switch name {
    case "kuhn2": try KuhnPoker.game()
    case "kuhn3": try KuhnPoker.game(players: 3)
    case "kuhn4": try KuhnPoker.game(players: 4)
    case "goofspiel4": try Goofspiel.game(cards: 4)
    case "goofspiel5": try Goofspiel.game(cards: 5)
    case "leduc2": try LeducPoker.game()
    case "leduc3": try LeducPoker.game(players: 3)
    case "liars-dice": try LiarsDice.game()
    default: nil
    }
  }

  /// The time of a case and what it found; nil if there is no such case.
  static func measure(
    _ name: String, _ gameName: String
  ) throws -> (seconds: Double, answer: String)? {
    guard let game = try game(gameName) else { return nil }
    switch name {
    case "external-sampling":
      var method = try ExternalSamplingCFR(game, seed: 1)
      method.iterate(times: 1000)
      return (CPUTime.perRun { method.iterate(times: $0) }, "\"nodes\": \(game.tree.nodes.count)")
    case "sweep": return try sweep(game)
    default: break
    }
    let compiled = try CompiledSequenceGame(game)
    switch name {
    case "cfr": return iterations(CFR(compiled), in: game, gameName)
    case "cfr+": return iterations(CFRPlus(compiled), in: game, gameName)
    case "leduc-to-1e-3": return untilClose(CFRPlus(compiled))
    case "leduc-to-1e-3-discounted": return untilClose(DiscountedCFR(compiled))
    default: return nil
    }
  }

  /// An iteration; how far from equilibrium the average is after some, and the time of finding out.
  private static func iterations(
    _ fresh: some SelfPlay, in game: ExtensiveGame, _ gameName: String
  ) -> (seconds: Double, answer: String) {
    var method = fresh
    let uniform = Exploitability(of: method.averageProfile, in: method.game)
    var found = ["\"uniform\": \(uniform.nashConv)"]
    for mark in gameName == "leduc3" ? [10] : [10, 100] {
      method.iterate(times: mark - method.iterations)
      let measured = Exploitability(of: method.averageProfile, in: method.game)
      found.append("\"\(mark)\": \(measured.nashConv)")
    }
    let profile = method.averageProfile
    let look = CPUTime.perRun { times in
      for _ in 0..<times { _ = Exploitability(of: profile, in: method.game) }
    }
    return (
      CPUTime.perRun { method.iterate(times: $0) },
      """
      "nodes": \(game.tree.nodes.count), "nashconv": {\(found.joined(separator: ", "))}, \
      "nashconv-seconds": \(look)
      """
    )
  }

  /// From a fresh start to a NashConv of 1e-3, which is looked at again and again.
  private static func untilClose(_ fresh: some SelfPlay) -> (seconds: Double, answer: String) {
    let goal = LearningGoal(.exploitability(1e-3 / Double(fresh.game.players.count)))
    let (seconds, result) = CPUTime.measure {
      var method = fresh
      return method.run(goal)
    }
    return (
      seconds,
      """
      "iterations": \(result.iterations), \
      "nashconv-reached": \(result.exploitability.nashConv)
      """
    )
  }

  /// A thousand iterations of CFR+ for each of many draws, measured; of which the first has the
  /// game's own payoffs.
  private static func sweep(_ game: ExtensiveGame) throws -> (seconds: Double, answer: String) {
    let draws = 1024
    var payoffs = game.payoffs
    for draw in 1..<draws {
      payoffs += game.payoffs.map { $0 * (1 + Double(draw) / Double(draws)) }
    }
    let method = try BatchedCFRPlus(game)
    let (seconds, result) = try CPUTime.measure {
      try method.solve(payoffs: payoffs, iterations: 1000)
    }
    return (
      seconds / Double(draws),
      "\"nashconv\": {\"1000\": \(result.exploitability(ofDraw: 0).nashConv)}"
    )
  }
}
