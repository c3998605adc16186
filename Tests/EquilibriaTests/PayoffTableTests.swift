import Equilibria
import Games
import Mathematics
import Testing

@Suite("Payoff tables") struct PayoffTableTests {
  @Test("Values and regrets are those that the exact verifier finds")
  func verifier() throws {
    for seed in 0..<400 as Range<UInt64> {
      let game = StrategicGames.random(seed)
      var stream = SplitMix64(seed: seed)
      let profile = MixedProfile(
        game.strategies.map { list in
          var shares = list.map { _ in Rational(Int(stream.next() % 4)) }
          if shares.allSatisfy({ $0 == 0 }) { shares[0] = 1 }
          let total = shares.reduce(.zero, +)
          return shares.map { $0 / total }
        })
      let exact = try StrategicVerifier.certificate(of: profile, in: game)
      let table = PayoffTable(game)
      #expect(table.profileCount == game.profileCount && table.strides == game.strides)
      let regrets = table.regrets(of: NumericProfile(profile))
      for player in game.players.indices {
        let values = table.strategyValues(of: player, against: NumericProfile(profile))
        #expect(values.count == exact.strategyValues[player].count)
        for (value, expected) in zip(values, exact.strategyValues[player]) {
          #expect(abs(value - expected.doubleValue) < 1e-13, "seed \(seed)")
        }
        let regret = exact.regrets[player].doubleValue / table.range(of: player)
        #expect(abs(regrets[player] - regret) < 1e-13, "seed \(seed)")
      }
    }
  }

  @Test("Only the player's own payoffs, and all of its strategies, make its range")
  func ranges() {
    let table = PayoffTable(StrategicGames.dilemma)
    #expect(table.range(of: 0) == 9.75 && table.range(of: 1) == 9.75)
    let even = PayoffTable(StrategicGames.bimatrix("even", [[(3, 1), (3, -1)]]))
    #expect(even.range(of: 0) == 1 && even.range(of: 1) == 2)
  }
}
