import Equilibria
import Games
import Mathematics
import Testing

/// What holds of the equilibria of every two-player game.
@Suite("Bimatrix games at random") struct BimatrixPropertyTests {
  private func small(_ seed: UInt64, largest: UInt64, bound: UInt64) -> Bimatrix {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 1))
    return Bimatrix(
      rows: Int(1 + stream.next() % largest), columns: Int(1 + stream.next() % largest),
      seed: SplitMix64.hash(seed, 2), bound: bound)
  }

  @Test(
    "The list is that of support enumeration, and every path of Lemke and Howson ends in it",
    arguments: [(3, 3, 3000), (3, 2, 500), (4, 3, 60)] as [(UInt64, UInt64, UInt64)])
  func agreement(largest: UInt64, bound: UInt64, games: UInt64) throws {
    for seed in 0..<games {
      let game = small(seed * 7 + bound, largest: largest, bound: bound)
      try Shrinking.expect(game.game, "seed \(seed): the list") { table in
        guard let game = Bimatrix(of: table) else { return true }
        let profiles = try ExtremeEquilibria(of: table).profiles
        let expected = SupportEnumeration.extremeEquilibria(of: game)
        let areEqual = Set(profiles) == expected && profiles.count == expected.count
        let areEquilibria = profiles.allSatisfy(game.isEquilibrium)
        let pathsEndInIt = try (0..<(game.rows + game.columns)).allSatisfy { label in
          let found = try LemkeHowson().equilibrium(
            of: table, dropping: label, limit: WorkLimit(steps: 1000))
          return expected.contains(found.profile)
        }
        return areEqual && areEquilibria && pathsEndInIt
      }
    }
  }

  @Test("Maximal Nash subsets cover the pairs, hold equilibria only, and none contains another")
  func subsets() throws {
    for seed in 0..<1000 as Range<UInt64> {
      let game = small(seed, largest: 5, bound: 2)
      let result = try ExtremeEquilibria(of: game.game)
      let subsets = result.maximalNashSubsets
      var covered: Set<ExtremeEquilibria.Pair> = []
      for subset in subsets {
        for row in subset.rows {
          for column in subset.columns {
            covered.insert(result.pairs.first { $0.row == row && $0.column == column }!)
          }
        }
        func center(_ list: [[Rational]], _ chosen: [Int]) -> [Rational] {
          list[0].indices.map { index in
            chosen.reduce(Rational.zero) { $0 + list[$1][index] } / Rational(chosen.count)
          }
        }
        #expect(
          game.isEquilibrium(
            MixedProfile([
              center(result.rowStrategies, subset.rows),
              center(result.columnStrategies, subset.columns),
            ])), "seed \(seed)")
        let larger = subsets.contains { other in
          other != subset && Set(other.rows).isSuperset(of: subset.rows)
            && Set(other.columns).isSuperset(of: subset.columns)
        }
        #expect(!larger, "seed \(seed)")
      }
      #expect(covered == Set(result.pairs), "seed \(seed)")
      #expect(
        result.components.map(\.subsets.count).reduce(0, +) == subsets.count, "seed \(seed)")
    }
  }

  @Test("A nondegenerate game has an odd number of equilibria, all single (Lemke & Howson 1964)")
  func oddness() throws {
    var nondegenerate = 0
    for seed in 0..<200 as Range<UInt64> {
      let result = try ExtremeEquilibria(of: small(seed, largest: 6, bound: 1000).game)
      if result.isDegenerate { continue }
      nondegenerate += 1
      #expect(result.pairs.count % 2 == 1, "seed \(seed)")
      #expect(result.isFinite, "seed \(seed)")
    }
    #expect(nondegenerate > 100)
  }

  @Test(
    "What a player gets whatever it does changes no equilibrium, however large the numbers",
    arguments: [12, 16, 25, 60])
  func widths(digits: Int) throws {
    let unit = Rational(big: BigInteger.powerOfTen(digits), BigInteger(7))
    for seed in 0..<20 as Range<UInt64> {
      let game = Bimatrix(rows: 5, columns: 4, seed: seed, bound: 4)
      var stream = SplitMix64(seed: seed)
      var changed = game
      for column in 0..<4 {
        let gift = Rational(Int(stream.next() % 1000)) * unit
        for row in 0..<5 { changed.first[row][column] += gift }
      }
      for row in 0..<5 {
        let gift = Rational(Int(stream.next() % 1000)) * unit
        for column in 0..<4 { changed.second[row][column] += gift }
      }
      let plain = try ExtremeEquilibria(of: game.game)
      let result = try ExtremeEquilibria(of: changed.game)
      #expect(result.profiles == plain.profiles, "seed \(seed)")
      #expect(result.maximalNashSubsets == plain.maximalNashSubsets, "seed \(seed)")
      for label in 0..<9 {
        let found = try LemkeHowson().equilibrium(of: changed.game, dropping: label)
        #expect(plain.profiles.contains(found.profile), "seed \(seed), label \(label)")
      }
    }
  }

  @Test("Pivots divisible by large powers of two divide exactly in every width")
  func powersOfTwo() throws {
    for seed in 0..<300 as Range<UInt64> {
      var game = Bimatrix(rows: 3, columns: 3, seed: seed, bound: 61)
      func power(_ exponent: Rational) -> Rational {
        Rational(1 << Int(exponent.doubleValue)) - 1
      }
      game.first = game.first.map { $0.map(power) }
      game.second = game.second.map { $0.map(power) }
      #expect(
        try Set(ExtremeEquilibria(of: game.game).profiles)
          == SupportEnumeration.extremeEquilibria(of: game), "seed \(seed)")
    }
  }

  @Test("More than 64 strategies: dominated columns change nothing")
  func manyLabels() throws {
    let game = Bimatrix(rows: 3, columns: 3, seed: 5, bound: 10)
    var wide = game
    for row in 0..<3 {
      wide.first[row] += Array(repeating: 1, count: 140)
      wide.second[row] += Array(repeating: -1, count: 140)
    }
    let plain = try ExtremeEquilibria(of: game.game).profiles.map(\.probabilities)
    let result = try ExtremeEquilibria(of: wide.game).profiles.map(\.probabilities)
    #expect(result == plain.map { [$0[0], $0[1] + Array(repeating: 0, count: 140)] })
  }

  @Test("The result is the same on repeat, and mirrored when the players change places")
  func repeatAndMirror() throws {
    for seed in 0..<100 as Range<UInt64> {
      let game = small(seed, largest: 6, bound: 4)
      let result = try ExtremeEquilibria(of: game.game)
      #expect(try ExtremeEquilibria(of: game.game) == result)
      func transpose(_ table: [[Rational]]) -> [[Rational]] {
        table[0].indices.map { column in table.map { $0[column] } }
      }
      let mirror = Bimatrix(transpose(game.second), transpose(game.first))
      let mirrored = try ExtremeEquilibria(of: mirror.game)
      #expect(
        Set(mirrored.profiles.map { Array($0.probabilities.reversed()) })
          == Set(result.profiles.map(\.probabilities)))
    }
  }

  @Test("Lemke and Howson's method reaches exact equilibria of games of 30 by 30")
  func largerPaths() throws {
    for seed in 30001...30003 as ClosedRange<UInt64> {
      let game = Bimatrix(rows: 30, columns: 30, seed: seed, bound: 100)
      for label in [0, 29, 59] {
        let result = try LemkeHowson().equilibrium(of: game.game, dropping: label)
        #expect(game.isEquilibrium(result.profile), "seed \(seed), label \(label)")
      }
    }
  }

  @Test("Limits stop both methods, and say where")
  func limits() throws {
    let game = Bimatrix(rows: 10, columns: 10, seed: 10001, bound: 100).game
    #expect(throws: BimatrixError.enumerationStopped(.steps(20))) {
      try ExtremeEquilibria(of: game, limit: WorkLimit(steps: 20))
    }
    #expect(throws: BimatrixError.enumerationStopped(.time(steps: 0))) {
      try ExtremeEquilibria(of: game, limit: WorkLimit(seconds: 0))
    }
    let whole = try LemkeHowson().equilibrium(of: game, dropping: 3)
    func path(_ steps: Int) throws -> LemkeHowson.Result {
      try LemkeHowson().equilibrium(of: game, dropping: 3, limit: WorkLimit(steps: steps))
    }
    #expect(try path(whole.pivots) == whole)
    do {
      _ = try path(whole.pivots - 1)
      Issue.record("the limit was not kept")
    } catch BimatrixError.pathStopped(.steps(whole.pivots - 1), label: 3, _) {}
  }

  @Test("What is not a two-player game with strategies is refused")
  func refusals() {
    let game = Bimatrix([[1]], [[1]]).game
    #expect(throws: BimatrixError.noSuchLabel(2, count: 2)) {
      try LemkeHowson().equilibrium(of: game, dropping: 2)
    }
    let alone = StrategicGame(
      title: "", players: ["A"], strategies: [["x"]], payoffs: [Rational.zero])
    #expect(throws: BimatrixError.notTwoPlayers(count: 1)) { try ExtremeEquilibria(of: alone) }
    let empty = StrategicGame(
      title: "", players: ["A", "B"], strategies: [["x"], []], payoffs: [Rational]())
    #expect(throws: BimatrixError.noStrategies(player: "B")) { try ExtremeEquilibria(of: empty) }
  }
}
