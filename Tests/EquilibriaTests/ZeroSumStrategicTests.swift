import Equilibria
import Games
import Mathematics
import Testing

@Suite("Constant-sum games in strategic form") struct ZeroSumStrategicTests {
  private func rational(_ rows: [[Int]]) -> [[Rational]] { rows.map { $0.map { Rational($0) } } }

  /// The exact result, which floating point must agree with and the verifier accept.
  private func solve(_ game: StrategicGame) throws -> ZeroSumStrategic.Result {
    let result = try ZeroSumStrategic().solve(game)
    let certificate = try StrategicVerifier.certificate(of: result.profile, in: game)
    #expect(certificate.isNash)
    #expect(certificate.values == [result.value, result.sum - result.value])
    let numeric = try ZeroSumStrategic().solveNumerically(game)
    let scale = 1 + abs(result.value.doubleValue)
    #expect(abs(numeric.value - result.value.doubleValue) <= 1e-9 * scale)
    #expect(numeric.regrets.allSatisfy { $0 <= 1e-9 })
    return result
  }

  @Test("Rock, paper, scissors is fair, and each is played with a third")
  func rockPaperScissors() throws {
    let result = try solve(
      BenchmarkGames.zeroSum(rational([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])))
    let third = Rational(1, 3)
    #expect(result.value == 0)
    #expect(result.profile.probabilities == Array(repeating: [third, third, third], count: 2))
  }

  /// Each shows and guesses fingers; who alone guesses right wins all that are shown.
  private func morra(_ fingers: Int) -> [[Rational]] {
    let moves = (1...fingers).flatMap { shown in (1...fingers).map { (shown, $0) } }
    return moves.map { own in
      moves.map { other in
        let total = Rational(own.0 + other.0)
        return switch (own.1 == other.0, other.1 == own.0) {
        case (true, false): total
        case (false, true): -total
        default: 0
        }
      }
    }
  }

  @Test("Morra with two fingers is fair: show one and guess two with 4/7 to 3/5, else the reverse")
  func twoFingerMorra() throws {
    // Chvátal (1983), Linear Programming, chapter 15.
    let result = try solve(BenchmarkGames.zeroSum(morra(2)))
    #expect(result.value == 0)
    for strategy in result.profile.probabilities {
      #expect(strategy[0] == 0 && strategy[3] == 0)
      #expect(strategy[1] >= Rational(4, 7) && strategy[1] <= Rational(3, 5))
    }
  }

  @Test("Morra with three fingers is fair, and mixes three strategies that sum to four")
  func threeFingerMorra() throws {
    // Williams (1954), The Compleat Strategyst; Dresher (1961): four basic solutions.
    let game = BenchmarkGames.zeroSum(morra(3))
    let result = try solve(game)
    #expect(result.value == 0)
    for strategy in result.profile.probabilities {
      #expect(strategy.indices.allSatisfy { [2, 4, 6].contains($0) || strategy[$0] == 0 })
    }
    for published in [[5, 4, 3], [16, 12, 9], [20, 15, 12], [25, 20, 16]] {
      let total = published.reduce(0, +)
      var strategy = [Rational](repeating: 0, count: 9)
      for (place, share) in zip([2, 4, 6], published) { strategy[place] = Rational(share, total) }
      let profile = MixedProfile([strategy, result.profile.probabilities[1]])
      #expect(try StrategicVerifier.certificate(of: profile, in: game).isNash)
    }
  }

  @Test("Colonel Blotto's four regiments gain 14/9 over Kije's three at two posts")
  func blotto() throws {
    // Ferguson, Game Theory, part II, section 3.5: a post is worth 1 and each captured regiment 1.
    func payoff(_ own: Int, _ other: Int) -> Int {
      own > other ? other + 1 : own < other ? -own - 1 : 0
    }
    let payoffs = (0...4).map { own in
      (0...3).map { other in Rational(payoff(own, other) + payoff(4 - own, 3 - other)) }
    }
    let result = try solve(BenchmarkGames.zeroSum(payoffs))
    #expect(result.value == Rational(14, 9))
    let (four, one) = (Rational(4, 9), Rational(1, 9))
    #expect(result.profile.probabilities[0] == [four, 0, one, 0, four])
    let kije = result.profile.probabilities[1]
    #expect(kije[1] + kije[2] == Rational(8, 9) && kije[0] + kije[3] == one)
  }

  @Test("A magic square is worth the mean of its numbers")
  func magicSquare() throws {
    // Ferguson, Game Theory, part II, exercise 3.7.8: even mixtures make all numbers alike.
    let durer = [[16, 3, 2, 13], [5, 10, 11, 8], [9, 6, 7, 12], [4, 15, 14, 1]]
    #expect(try solve(BenchmarkGames.zeroSum(rational(durer))).value == Rational(17, 2))
  }

  @Test("Constant payoffs and single strategies are their own value")
  func trivial() throws {
    #expect(try solve(BenchmarkGames.zeroSum(rational([[7]]))).value == 7)
    #expect(try solve(BenchmarkGames.zeroSum(rational([[3, 3], [3, 3]]))).value == 3)
    #expect(try solve(BenchmarkGames.zeroSum(rational([[4, -2, 9]]))).value == -2)
    #expect(try solve(BenchmarkGames.zeroSum(rational([[4], [-2], [9]]))).value == 9)
  }

  @Test(
    "Random games have the values that other programs find",
    arguments: [
      (100, 1, 49.5089547776), (100, 2, 50.0729221545), (100, 3, 49.4787548490),
      (300, 1, 49.5958377766),
    ])
  func large(size: Int, instance: Int, value: Double) throws {
    let result = try ZeroSumStrategic().solveNumerically(
      BenchmarkGames.zeroSum(size: size, instance: instance))
    #expect(abs(result.value - value) < 1e-10)
    #expect(result.regrets.allSatisfy { $0 <= 1e-12 })
  }

  /// A game of constant sum with few values, duplicates and dominated strategies.
  private func random(_ seed: UInt64) -> StrategicGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 5))
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &stream) }
    let spread = [1, 4, 50][draw(0...2)]
    let columns = draw(1...7)
    var rows = (0..<draw(1...7)).map { _ in
      (0..<columns).map { _ in Rational(draw(-spread...spread), draw(1...3)) }
    }
    if draw(0...2) == 0 { rows.append(rows[draw(0...(rows.count - 1))]) }
    if draw(0...2) == 0 { rows.append(rows[0].map { $0 - 1 }) }
    let sum = Rational(draw(-5...5))
    return StrategicGames.bimatrix("random", rows.map { $0.map { ($0, sum - $0) } })
  }

  @Test("Values are those of all equilibria, and the roles of the players can be exchanged")
  func agreement() throws {
    for seed in 0..<600 as Range<UInt64> {
      let game = random(seed)
      let result = try solve(game)
      let reversed = StrategicGame(
        title: "reversed", players: ["A", "B"], strategies: game.strategies.reversed()
      ) { profile in
        let index = game.index(of: profile.reversed())
        return [game.payoff(1, at: index), game.payoff(0, at: index)]
      }
      #expect(try solve(reversed).value == result.sum - result.value, "seed \(seed)")
      guard game.profileCount <= 25 else { continue }
      // Any two optimal strategies are an equilibrium (von Neumann & Morgenstern 1944).
      for profile in try ExtremeEquilibria(of: game).profiles {
        let values = try StrategicVerifier.certificate(of: profile, in: game).values
        #expect(values[0] == result.value, "seed \(seed)")
      }
    }
  }

  @Test("Payoffs beyond 10¹⁸ that differ by little are solved in both arithmetics")
  func largePayoffs() throws {
    let base = Rational(big: BigInteger.powerOfTen(18), BigInteger(1))
    let rows = rational([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]).map { $0.map { $0 + base } }
    let game = StrategicGames.bimatrix("large", rows.map { $0.map { ($0, -$0) } })
    #expect(try solve(game).value == base)
    let third = 1.0 / 3
    for strategy in try ZeroSumStrategic().solveNumerically(game).profile.probabilities {
      #expect(strategy.allSatisfy { abs($0 - third) < 1e-12 })
    }
  }

  @Test("What is not of constant sum is refused by name, however small the difference")
  func refusals() throws {
    #expect(
      throws: ZeroSumError.notConstantSum(profile: ["r1", "c0"], sum: -2, expected: 3)
    ) { try ZeroSumStrategic().solve(StrategicGames.sexes) }
    #expect(throws: ZeroSumError.notTwoPlayers(count: 3)) {
      try ZeroSumStrategic().solveNumerically(StrategicGames.nine)
    }
    let tiny = Rational(big: BigInteger(1), BigInteger.powerOfTen(40))
    let game = StrategicGames.bimatrix("nearly", [[(1, 0), (0, 1 + tiny)]])
    #expect(throws: ZeroSumError.self) { try ZeroSumStrategic().solveNumerically(game) }
    let empty = StrategicGame(
      title: "", players: ["A", "B"], strategies: [["x"], []], payoffs: [Rational]())
    #expect(throws: ZeroSumError.noStrategies(player: "B")) {
      try ZeroSumStrategic().solve(empty)
    }
  }

  @Test("The solver stops at its limit")
  func limit() throws {
    let game = BenchmarkGames.zeroSum(size: 30, instance: 1)
    let solver = ZeroSumStrategic(limit: WorkLimit(steps: 3))
    #expect(throws: ZeroSumError.program(.stopped(.steps(3)))) { try solver.solve(game) }
    #expect(throws: ZeroSumError.program(.stopped(.steps(3)))) {
      try solver.solveNumerically(game)
    }
  }
}
