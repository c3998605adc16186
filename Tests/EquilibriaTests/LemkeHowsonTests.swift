import Equilibria
import Games
import Mathematics
import Testing

/// Paths of Lemke and Howson that race in floating point, and the exact equilibria they lead to.
@Suite("Lemke and Howson's paths") struct LemkeHowsonTests {
  /// A small game of any shape: one strategy against many, few payoffs with many ties, copies of
  /// rows and columns, and rows that are dominated.
  static func anyShape(_ seed: UInt64) -> Bimatrix {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 51))
    func size() -> Int { Int([1, 2, 2, 3, 3, 4, 4, 5, 6][Int(stream.next() % 9)]) }
    let bound = [1, 2, 3, 5, 100, 1000][Int(stream.next() % 6)]
    var game = Bimatrix(
      rows: size(), columns: size(), seed: SplitMix64.hash(seed, 52), bound: UInt64(bound))
    if stream.next() % 4 == 0 {
      game.first.append(game.first[0])
      game.second.append(game.second[0])
    }
    if stream.next() % 4 == 0 {
      for row in game.first.indices {
        game.first[row].append(game.first[row][0])
        game.second[row].append(game.second[row][0])
      }
    }
    if stream.next() % 4 == 0 {
      game.first.append(game.first[0].map { $0 - 1 })
      game.second.append(game.second[game.second.count - 1])
    }
    return game
  }

  private func apart(_ first: NumericProfile, _ second: NumericProfile) -> Double {
    var largest = 0.0
    for (one, other) in zip(first.probabilities.joined(), second.probabilities.joined()) {
      largest = max(largest, abs(one - other))
    }
    return largest
  }

  @Test("Of games of every shape each path in floating point ends in an equilibrium")
  func regrets() throws {
    for seed in 0..<2000 as Range<UInt64> {
      let game = LemkeHowsonTests.anyShape(seed)
      let table = PayoffTable(game.game)
      for label in 0..<(game.rows + game.columns) {
        let result = try NumericLemkeHowson().equilibrium(of: table, dropping: label)
        #expect(table.regrets(of: result.profile).allSatisfy { $0 <= 1e-13 }, "seed \(seed)")
        #expect(result.profile.probabilities.allSatisfy { abs($0.reduce(0, +) - 1) <= 1e-14 })
      }
      let result = try NumericLemkeHowson().equilibrium(of: table)
      #expect(result.regret <= 1e-13, "seed \(seed)")
    }
  }

  @Test("Of games of every shape the race ends in an exact equilibrium, in one of all when finite")
  func exact() throws {
    var nondegenerate = 0
    for seed in 0..<3000 as Range<UInt64> {
      let game = LemkeHowsonTests.anyShape(seed)
      let result = try LemkeHowson().equilibrium(of: game.game)
      #expect(game.isEquilibrium(result.profile), "seed \(seed)")
      #expect(try LemkeHowson().equilibrium(of: game.game) == result)
      let all = try ExtremeEquilibria(of: game.game)
      if all.isDegenerate { continue }
      nondegenerate += 1
      #expect(all.profiles.contains(result.profile), "seed \(seed)")
      // Without ties the path is what it is in any arithmetic.
      #expect(result.route == .supports, "seed \(seed)")
      let path = try LemkeHowson().equilibrium(of: game.game, dropping: result.label)
      #expect(path.profile == result.profile, "seed \(seed)")
      #expect(path.pathLength == result.pathLength, "seed \(seed)")
      let numeric = try NumericLemkeHowson().equilibrium(of: PayoffTable(game.game))
      #expect(apart(numeric.profile, NumericProfile(result.profile)) <= 1e-12, "seed \(seed)")
    }
    #expect(nondegenerate > 500)
  }

  @Test("Random games of 10 to 30 strategies are solved from label 0, and exactly")
  func middleSizes() throws {
    for size in [10, 15, 20, 25, 30] {
      for seed in 1...3 {
        let game = Bimatrix(
          rows: size, columns: size, seed: UInt64(1000 * size + seed), bound: 100)
        let numeric = try NumericLemkeHowson().equilibrium(
          of: PayoffTable(game.game), dropping: 0)
        #expect(numeric.regret <= 1e-13)
        #expect(game.isEquilibrium(try LemkeHowson().equilibrium(of: game.game).profile))
      }
    }
  }

  @Test("Random games of 100 and 200 strategies are solved to 1e-13, and exactly")
  func largeSizes() throws {
    for size in [100, 200] {
      for seed in 1...5 {
        let game = Bimatrix(
          rows: size, columns: size, seed: UInt64(1000 * size + seed), bound: 100)
        let numeric = try NumericLemkeHowson().equilibrium(
          of: PayoffTable(game.game), limit: WorkLimit(steps: 20_000))
        #expect(numeric.regret <= 1e-13)
        if seed > 2 { continue }
        let exact = try LemkeHowson().equilibrium(of: game.game)
        #expect(try StrategicVerifier.certificate(of: exact.profile, in: game.game).isNash)
      }
    }
  }

  @Test("Where half of the strategies are played the race is about as long as one path")
  func largeSupports() throws {
    for size in [30, 60, 100] {
      let game = Bimatrix(rows: size, columns: size, seed: UInt64(1000 * size + 1), bound: 100)
      let table = PayoffTable(Bimatrix(game.first, game.first.map { $0.map { -$0 } }).game)
      let path = try NumericLemkeHowson().equilibrium(of: table, dropping: 0)
      let race = try NumericLemkeHowson().equilibrium(of: table)
      #expect(race.regret <= 1e-13)
      #expect(race.pivots <= 4 * path.pivots, "size \(size)")
      #expect(race.profile.probabilities[0].filter { $0 > 0 }.count > size / 4)
    }
  }

  @Test("The unit of payoffs and what is common to all of them change nothing")
  func scales() throws {
    // Binary units and shifts are exact; decimal ones are rounded, and may break ties.
    let exact: [(scale: Double, shift: Double)] = [
      (0x1p-40, 0), (0x1p50, 0), (1, 0x1p40), (0x1p40, -0x1p55),
    ]
    let rounded: [(scale: Double, shift: Double)] = [
      (1e-12, 0), (1e-12, 1e-9), (1e15, 0), (1, 1e12), (1e12, -7e15),
    ]
    for seed in 0..<100 as Range<UInt64> {
      let table = PayoffTable(Bimatrix(rows: 6, columns: 5, seed: seed, bound: 1000).game)
      let plain = try NumericLemkeHowson().equilibrium(of: table)
      for (scale, shift) in exact {
        let result = try NumericLemkeHowson().equilibrium(
          of: changed(table, scale: scale, shift: shift))
        #expect(result.profile == plain.profile, "seed \(seed), scale \(scale)")
      }
      for (scale, shift) in rounded {
        let result = try NumericLemkeHowson().equilibrium(
          of: changed(table, scale: scale, shift: shift))
        #expect(result.regret <= 1e-12, "seed \(seed), scale \(scale)")
      }
    }
  }

  private func changed(_ table: PayoffTable, scale: Double, shift: Double) -> PayoffTable {
    let payoffs = table.payoffs.map { list in
      list.map { (payoff: Double) -> Double in payoff * scale + shift }
    }
    return PayoffTable(sizes: table.sizes, payoffs: payoffs)
  }

  @Test("Payoffs that no double tells apart are told apart exactly")
  func hugePayoffs() throws {
    // What 10⁴⁰ adds to each payoff is the same; in floating point all of them are equal.
    let huge = Rational(big: BigInteger.powerOfTen(40), BigInteger(1))
    for seed in 0..<100 as Range<UInt64> {
      let plain = Bimatrix(rows: 3, columns: 4, seed: seed, bound: 50)
      let game = Bimatrix(
        plain.first.map { $0.map { $0 + huge } }, plain.second.map { $0.map { $0 - huge } })
      let result = try LemkeHowson().equilibrium(of: game.game)
      #expect(plain.isEquilibrium(result.profile), "seed \(seed)")
    }
  }

  @Test("In rock, paper, scissors of any odd size all strategies are equally likely")
  func cycles() throws {
    for size in [3, 5, 9, 15, 25, 41] {
      let wins = (0..<size).map { row in
        (0..<size).map { column -> Int in
          let ahead = (row - column + size) % size
          return ahead == 0 ? 0 : ahead <= size / 2 ? 1 : -1
        }
      }
      let game = Bimatrix(wins, wins.map { $0.map { -$0 } })
      let even = Array(repeating: Rational(1, size), count: size)
      let result = try LemkeHowson().equilibrium(of: game.game)
      #expect(result.profile == MixedProfile([even, even]), "size \(size)")
    }
  }

  @Test("Limits stop the race and the path, and say where")
  func limits() throws {
    let game = Bimatrix(rows: 10, columns: 10, seed: 10001, bound: 100).game
    let table = PayoffTable(game)
    #expect(throws: BimatrixError.raceStopped(.steps(3), paths: 0)) {
      try NumericLemkeHowson().equilibrium(of: table, limit: WorkLimit(steps: 3))
    }
    #expect(throws: BimatrixError.raceStopped(.time(steps: 0), paths: 0)) {
      try LemkeHowson().equilibrium(of: game, limit: WorkLimit(seconds: 0))
    }
    let stopped = #expect(throws: BimatrixError.self) {
      try NumericLemkeHowson().equilibrium(of: table, dropping: 3, limit: WorkLimit(steps: 2))
    }
    guard case .pathStopped(.steps(2), label: 3, _) = stopped else {
      Issue.record("\(String(describing: stopped))")
      return
    }
  }

  @Test("What is not a two-player game with numbers is refused")
  func refusals() {
    let game = PayoffTable(sizes: [1, 1], payoffs: [[0], [0]])
    #expect(throws: BimatrixError.noSuchLabel(2, count: 2)) {
      try NumericLemkeHowson().equilibrium(of: game, dropping: 2)
    }
    let alone = PayoffTable(sizes: [2], payoffs: [[0, 1]])
    #expect(throws: BimatrixError.notTwoPlayers(count: 1)) {
      try NumericLemkeHowson().equilibrium(of: alone)
    }
    let empty = PayoffTable(sizes: [2, 0], payoffs: [[], []])
    #expect(throws: BimatrixError.noStrategies(player: "2")) {
      try NumericLemkeHowson().equilibrium(of: empty)
    }
    let broken = PayoffTable(sizes: [2, 2], payoffs: [[0, 1, .nan, 2], [1, 2, 3, 4]])
    #expect(throws: BimatrixError.self) { try NumericLemkeHowson().equilibrium(of: broken) }
  }
}
