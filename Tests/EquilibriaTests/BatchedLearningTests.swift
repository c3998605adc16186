import Equilibria
import Games
import Mathematics
import Testing

@Suite("Learning of many draws at once")
struct BatchedLearningTests {
  /// A game, with payoffs of its own shape for each of some draws.
  private func draws(of game: ExtensiveGame, count: Int, seed: UInt64) -> [ExtensiveGame] {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 17))
    return (0..<count).map { _ in
      var draw = game
      // Ties stay ties in half of the draws.
      let isScaled = stream.uniform() < 0.5
      let (scale, shift) = (0.5 + stream.uniform(), stream.uniform())
      draw.payoffs = game.payoffs.map { ($0 + shift) * (isScaled ? scale : stream.uniform()) }
      return draw
    }
  }

  private func expectSameAsAlone(
    _ game: ExtensiveGame, _ draws: [ExtensiveGame], iterations: Int, _ name: String
  ) throws {
    let batch = try BatchedCFRPlus(game).solve(
      payoffs: draws.flatMap(\.payoffs), iterations: iterations)
    #expect(batch.count == draws.count && batch.stop == nil)
    for (number, draw) in draws.enumerated() {
      let compiled = try CompiledSequenceGame(draw)
      var alone = CFRPlus(compiled)
      alone.iterate(times: iterations)
      let profile = batch.profile(ofDraw: number)
      #expect(profile == alone.averageProfile, "\(name), draw \(number)")
      let measured = batch.exploitability(ofDraw: number)
      let expected = Exploitability(of: profile, in: compiled)
      #expect(measured.payoffRanges == expected.payoffRanges)
      #expect(measured.bestResponseValues == expected.bestResponseValues, "\(name)")
      let rounding = 1e-13 * (draw.payoffs.map { abs($0) }.max() ?? 0)
      for (one, other) in zip(measured.values, expected.values) {
        #expect(abs(one - other) <= rounding, "\(name), draw \(number)")
      }
    }
  }

  /// Games of one to four players with perfect recall and all that makes trouble.
  @Test("A draw is learned as it is alone, bit for bit, in games of every shape")
  func everyShape() throws {
    for seed in 0..<400 as Range<UInt64> {
      let game = try RandomGames.game(RandomGames.Kind(), seed: seed)
      let draws = draws(of: game, count: 1 + Int(seed % 19), seed: seed)
      try expectSameAsAlone(game, draws, iterations: 60, "seed \(seed)")
    }
  }

  @Test("A draw is learned as it is alone, bit for bit, in published games")
  func published() throws {
    let games = [
      try KuhnPoker.game(), try KuhnPoker.game(players: 3), try Goofspiel.game(),
      try LeducPoker.game(),
    ]
    for game in games {
      let draws = [game] + draws(of: game, count: 8, seed: 3)
      try expectSameAsAlone(game, draws, iterations: 200, game.title)
    }
  }

  /// Kuhn (1950): the first player loses 1/18 of an ante; with stakes and antes s times as high, s
  /// times as much.
  @Test("Stakes multiply the value of Kuhn's poker")
  func stakes() throws {
    let game = try KuhnPoker.game()
    let stakes = (1...20).map { Double($0) / 4 }
    let batch = try BatchedCFRPlus(game).solve(
      payoffs: stakes.flatMap { stake in game.payoffs.map { stake * $0 } }, iterations: 2000)
    for (draw, stake) in stakes.enumerated() {
      let measured = batch.exploitability(ofDraw: draw)
      #expect(measured.relativeGain < 1e-4)
      #expect(abs(measured.values[0] + stake / 18) <= measured.nashConv + 1e-9)
    }
  }

  @Test("Draws beyond the limit are missing, and those that are there are finished")
  func limits() throws {
    let game = try KuhnPoker.game()
    let method = try BatchedCFRPlus(game)
    let payoffs = (0..<20).flatMap { _ in game.payoffs }
    let part = try method.solve(payoffs: payoffs, iterations: 50, limit: WorkLimit(steps: 10))
    #expect(part.count == 16 && part.stop == .steps(16))
    let whole = try method.solve(payoffs: payoffs, iterations: 50)
    #expect(part.profile(ofDraw: 15) == whole.profile(ofDraw: 15))
    #expect(try method.solve(payoffs: []).count == 0)
    let idle = try method.solve(payoffs: game.payoffs, iterations: 0)
    #expect(idle.profile(ofDraw: 0) == BehaviorProfile(centroidOf: game.tree))
  }

  @Test("Columns and games one after the other are the same, whatever fills the last lanes")
  func columns() throws {
    let game = try KuhnPoker.game()
    let draws = draws(of: game, count: 11, seed: 8)
    var columns = Columns(count: game.payoffs.count, draws: draws.count)
    for (number, draw) in draws.enumerated() {
      for (place, payoff) in draw.payoffs.enumerated() { columns[place, number] = payoff }
    }
    for place in game.payoffs.indices { columns[place, draws.count] = .nan }
    let method = try BatchedCFRPlus(game)
    let found = try method.solve(columns, draws: draws.count, iterations: 50)
    #expect(try found == method.solve(payoffs: draws.flatMap(\.payoffs), iterations: 50))
    #expect(try method.solve(columns, draws: 3, iterations: 50).count == 3)
  }

  @Test("What cannot be played is refused with the reason")
  func refused() throws {
    var game = try KuhnPoker.game()
    let method = try BatchedCFRPlus(game)
    var payoffs = game.payoffs + game.payoffs
    payoffs[game.payoffs.count + 5] = .nan
    #expect(throws: LearningError.notFinite(terminal: 2)) { try method.solve(payoffs: payoffs) }
    game.odds[0] = -1
    #expect(throws: LearningError.odds(move: "deal to player 1")) { try BatchedCFRPlus(game) }
  }
}
