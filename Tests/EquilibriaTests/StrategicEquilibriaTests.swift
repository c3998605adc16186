import Equilibria
import Foundation
import Games
import Mathematics
import Testing

@Suite("Strategic games: pure equilibria and the verifier")
struct StrategicEquilibriaTests {
  private func regret(_ probabilities: [[Rational]], _ game: StrategicGame) throws -> Rational {
    try StrategicVerifier.certificate(of: MixedProfile(probabilities), in: game).regret
  }

  // MARK: The literature

  @Test("Pure equilibria of games of the literature are those that the literature states")
  func published() throws {
    let cases: [(StrategicGame, [[Int]])] = [
      (StrategicGames.dilemma, [[1, 1]]),
      (StrategicGames.sexes, [[0, 0], [1, 1]]),
      (StrategicGames.pennies, []),
      (StrategicGames.hunt, [[0, 0], [1, 1]]),
      (StrategicGames.hawks, [[1, 0], [0, 1]]),
      (StrategicGames.shapley, []),
      (StrategicGames.gibbons, [[0, 1]]),
      (StrategicGames.nine, [[0, 0, 0], [1, 1, 0], [1, 0, 1], [0, 1, 1]]),
      (
        StrategicGames.minority,
        [[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]]
      ),
      (StrategicGames.location, [[4, 4]]),
    ]
    for (game, expected) in cases {
      let found = PureEquilibria.all(of: game)
      #expect(found == expected, "\(game.title)")
      for profile in found {
        #expect(
          try StrategicVerifier.certificate(of: MixedProfile(pure: profile, of: game), in: game)
            .isNash)
      }
    }
  }

  @Test("Mixed equilibria of the literature have regret exactly 0, and the values it states")
  func mixed() throws {
    let half = Rational(1, 2)
    let third = Rational(1, 3)
    let cases: [(StrategicGame, [[Rational]], [Rational])] = [
      (
        StrategicGames.sexes,
        [[Rational(3, 5), Rational(2, 5)], [Rational(2, 5), Rational(3, 5)]],
        [Rational(1, 5), Rational(1, 5)]
      ),
      (StrategicGames.pennies, [[half, half], [half, half]], [0, 0]),
      (
        StrategicGames.hunt, [[Rational(2, 3), third], [Rational(2, 3), third]], [2, 2]
      ),
      // Prize over cost: half of the animals are hawks.
      (StrategicGames.hawks, [[half, half], [half, half]], [half, half]),
      (
        StrategicGames.shapley, [[third, third, third], [third, third, third]], [third, third]
      ),
      (
        StrategicGames.minority, [[half, half], [half, half], [half, half]],
        [Rational(1, 4), Rational(1, 4), Rational(1, 4)]
      ),
      // The two totally mixed ones of the nine.
      (
        StrategicGames.nine,
        [[Rational(2, 5), Rational(3, 5)], [half, half], [third, Rational(2, 3)]],
        [Rational(5, 2), Rational(8, 3), 3]
      ),
      (
        StrategicGames.nine,
        [[half, half], [Rational(2, 5), Rational(3, 5)], [Rational(1, 4), Rational(3, 4)]],
        [Rational(9, 4), Rational(5, 2), 3]
      ),
    ]
    for (game, probabilities, values) in cases {
      let certificate = try StrategicVerifier.certificate(
        of: MixedProfile(probabilities), in: game)
      #expect(certificate.regrets.allSatisfy { $0 == 0 }, "\(game.title)")
      #expect(certificate.values == values, "\(game.title)")
      // All are played, and all are best replies.
      for player in game.players.indices {
        #expect(certificate.bestReplies(of: player) == Array(game.strategies[player].indices))
      }
    }
  }

  @Test("Selten's horse has the two pure equilibria that Selten discusses")
  func horse() throws {
    let game = try ReducedStrategicForm(of: StrategicGames.horse()).game
    #expect(game.strategies == [["1", "2"], ["1", "2"], ["1", "2"]])
    #expect(PureEquilibria.all(of: game) == [[1, 0, 0], [0, 0, 1]])
    // Selten's second class: 3 plays its first action with at most 1/4.
    for quarter in 0...4 {
      let share = Rational(quarter, 4)
      let regret = try regret([[1, 0], [1, 0], [share, 1 - share]], game)
      #expect((regret == 0) == (quarter <= 1))
    }
    // His first class: 2 goes right with at least a third.
    for part in 0...3 {
      let share = Rational(part, 3)
      let regret = try regret([[0, 1], [share, 1 - share], [1, 0]], game)
      #expect((regret == 0) == (part >= 1))
    }
  }

  // MARK: Against Gambit

  private struct Peer: Decodable {
    var strategies: [Int]
    var last: [String]
    var even: [String]
    var pure: [[String]]
  }

  @Test("Reduced strategic forms and their pure equilibria are Gambit's")
  func gambit() throws {
    let peers = try JSONDecoder().decode(
      [String: Peer].self,
      from: Data(contentsOf: TestData.folder.appending(path: "gambit/pure.json")))
    #expect(peers.count == 51)
    for (path, peer) in peers {
      // Gambit takes the decimals of a file as what they say.
      let game = try ReducedStrategicForm(of: TestData.game(path), numbers: .decimals).game
      #expect(game.strategies.map(\.count) == peer.strategies, "\(path)")
      #expect(game.strategies.map { $0.last } == peer.last, "\(path)")
      let even = game.strategies.map { list in list.map { _ in Rational(1, list.count) } }
      let values = try StrategicVerifier.certificate(of: MixedProfile(even), in: game).values
      for (value, text) in zip(values, peer.even) {
        let exact = try #require(Rational(text))
        #expect(abs((value - exact).doubleValue) <= 1e-13 * (1 + abs(exact.doubleValue)))
      }
      let pure = PureEquilibria.all(of: game).map { profile in
        zip(profile, game.strategies).map { $1[$0] }
      }
      #expect(pure.sorted { $0.lexicographicallyPrecedes($1) } == peer.pure, "\(path)")
    }
  }

  // MARK: Properties

  @Test("Pure equilibria are those of the definition, on games with many ties")
  func bruteForce() throws {
    var found = 0
    for seed in 0..<UInt64(500) {
      let game = StrategicGames.random(seed)
      let expected = StrategicGames.profiles(of: game).filter { profile in
        game.players.indices.allSatisfy { player in
          game.strategies[player].indices.allSatisfy { other in
            var changed = profile
            changed[player] = other
            return game.payoff(player, at: game.index(of: changed))
              <= game.payoff(player, at: game.index(of: profile))
          }
        }
      }
      let pure = PureEquilibria.all(of: game)
      #expect(Set(pure) == Set(expected) && pure.count == expected.count, "seed \(seed)")
      let places = pure.map { game.index(of: $0) }
      #expect(places == places.sorted())
      found += pure.count
      for profile in StrategicGames.profiles(of: game).prefix(200) {
        let mixed = MixedProfile(pure: profile, of: game)
        let isNash = try StrategicVerifier.certificate(of: mixed, in: game).isNash
        #expect(isNash == pure.contains(profile))
      }
    }
    #expect(found > 1000)
  }

  @Test("Regrets are the best deviation's gain, summed over all profiles of the table")
  func regrets() throws {
    for seed in 0..<UInt64(150) {
      let game = StrategicGames.random(seed)
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 41))
      let profile = game.strategies.map { list -> [Rational] in
        let weights = list.map { _ in Int.random(in: 0...4, using: &stream) }
        let total = weights.reduce(0, +)
        return total == 0
          ? list.indices.map { $0 == 0 ? 1 : 0 } : weights.map { Rational($0, total) }
      }
      func value(_ player: Int, _ lists: [[Rational]]) -> Rational {
        (0..<game.profileCount).reduce(Rational(0)) { sum, index in
          let odds = game.players.indices.reduce(Rational(1)) {
            $0 * lists[$1][game.strategy(of: $1, in: index)]
          }
          return sum + odds * game.payoff(player, at: index)
        }
      }
      let certificate = try StrategicVerifier.certificate(of: MixedProfile(profile), in: game)
      for player in game.players.indices {
        let own = value(player, profile)
        let best = game.strategies[player].indices.map { strategy in
          var changed = profile
          changed[player] = game.strategies[player].indices.map { $0 == strategy ? 1 : 0 }
          return value(player, changed)
        }
        #expect(certificate.values[player] == own)
        #expect(certificate.strategyValues[player] == best)
        #expect(certificate.regrets[player] == (best.max() ?? own) - own)
      }
    }
  }

  @Test("The regret of what is no equilibrium is what the deviation gains")
  func knownRegrets() throws {
    #expect(try regret([[1, 0], [1, 0]], StrategicGames.dilemma) == Rational(3, 4))
    #expect(try regret([[1, 0], [0, 1]], StrategicGames.pennies) == 2)
    let third = Rational(1, 3)
    #expect(
      try regret([[third, Rational(2, 3)], [1, 0]], StrategicGames.pennies) == Rational(4, 3))
    // A hair beside the equilibrium is seen.
    let hair = Rational(1, 1 << 60)
    let half = Rational(1, 2)
    #expect(
      try regret([[half + hair, half - hair], [half, half]], StrategicGames.pennies) == hair * 2)
  }

  @Test("What is no profile of the game is refused")
  func refusals() {
    let game = StrategicGames.dilemma
    let cases: [([[Rational]], StrategicVerifier.Defect)] = [
      ([[1, 0]], .players(expected: 2, found: 1)),
      ([[1, 0], [1]], .strategies(player: "Column", expected: 2, found: 1)),
      ([[1, 0], [2, -1]], .negative(player: "Column", strategy: "c1")),
      (
        [[1, 0], [Rational(1, 2), Rational(1, 3)]], .sum(player: "Column", total: Rational(5, 6))
      ),
    ]
    for (probabilities, defect) in cases {
      #expect(throws: defect) {
        try StrategicVerifier.certificate(of: MixedProfile(probabilities), in: game)
      }
      #expect(!"\(defect)".isEmpty)
    }
  }
}
