import Equilibria
import Games
import Mathematics
import Testing

/// Two-player games whose equilibria are published.
@Suite("Published bimatrix games") struct BimatrixPublishedTests {
  private func profiles(_ game: Bimatrix) throws -> [[[Rational]]] {
    try ExtremeEquilibria(of: game.game).profiles.map(\.probabilities)
  }

  private let half = Rational(1, 2)
  private let third = Rational(1, 3)
  private let twoThirds = Rational(2, 3)

  @Test("The battle of the sexes has two pure equilibria and a mixed one (Luce & Raiffa 1957)")
  func battleOfTheSexes() throws {
    let game = Bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    #expect(
      try profiles(game) == [
        [[1, 0], [1, 0]], [[twoThirds, third], [third, twoThirds]], [[0, 1], [0, 1]],
      ])
    let result = try ExtremeEquilibria(of: game.game)
    #expect(!result.isDegenerate && result.isFinite && result.components.count == 3)
  }

  @Test("Matching pennies has one equilibrium (von Neumann 1928)")
  func matchingPennies() throws {
    let game = Bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    #expect(try profiles(game) == [[[half, half], [half, half]]])
  }

  @Test("Rock, paper, scissors has one equilibrium")
  func rockPaperScissors() throws {
    let first = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    let game = Bimatrix(first, first.map { $0.map { -$0 } })
    let even = [third, third, third]
    #expect(try profiles(game) == [[even, even]])
  }

  @Test("In Shapley's game of 1964 only the even mixture is an equilibrium")
  func shapley() throws {
    let game = Bimatrix(
      [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    let even = [third, third, third]
    #expect(try profiles(game) == [[even, even]])
  }

  @Test("The 3 by 2 game of von Stengel (2007, chapter 3 of Algorithmic Game Theory) has three")
  func vonStengelThreeByTwo() throws {
    let game = Bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]])
    #expect(
      try profiles(game) == [
        [[1, 0, 0], [1, 0]],
        [[Rational(4, 5), Rational(1, 5), 0], [twoThirds, third]],
        [[0, third, twoThirds], [third, twoThirds]],
      ])
  }

  @Test("Where that game is degenerate, a segment of equilibria and a single one remain")
  func degenerateThreeByTwo() throws {
    let game = Bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]])
    let result = try ExtremeEquilibria(of: game.game)
    #expect(
      result.profiles.map(\.probabilities) == [
        [[1, 0, 0], [1, 0]], [[1, 0, 0], [twoThirds, third]],
        [[0, third, twoThirds], [third, twoThirds]],
      ])
    #expect(result.isDegenerate && !result.isFinite)
    #expect(
      result.components.map(\.subsets) == [
        [NashSubset(rows: [0], columns: [0, 1])], [NashSubset(rows: [1], columns: [2])],
      ])
    #expect(result.components.map(\.isSingle) == [false, true])
  }

  @Test("The 3 by 2 game of Avis, Rosenberg, Savani & von Stengel (2010, section 2) has three")
  func avis() throws {
    let game = Bimatrix([[0, 6], [2, 5], [3, 3]], [[1, 0], [0, 2], [4, 3]])
    #expect(
      try profiles(game) == [
        [[twoThirds, third, 0], [third, twoThirds]],
        [[0, third, twoThirds], [twoThirds, third]],
        [[0, 0, 1], [1, 0]],
      ])
  }

  // The payoffs are those that M. Canty's published programs for bimatrix games (2012) call von
  // Stengel's game, compared number by number; the paper itself was not at hand.
  @Test("The 6 by 6 game of von Stengel (1999, New maximal numbers of equilibria) has 75")
  func vonStengelSixBySix() throws {
    let game = Bimatrix(
      [
        [9504, -660, 19976, -20526, 1776, -8976],
        [-111771, 31680, -130944, 168124, -8514, 52764],
        [397584, -113850, 451176, -586476, 29216, -178761],
        [171204, -45936, 208626, -263076, 14124, -84436],
        [1303104, -453420, 1227336, -1718376, 72336, -461736],
        [737154, -227040, 774576, -1039236, 48081, -300036],
      ],
      [
        [72336, 48081, 29216, 14124, 1776, -8514],
        [-461736, -300036, -178761, -84436, -8976, 52764],
        [1227336, 774576, 451176, 208626, 19976, -130944],
        [-1718376, -1039236, -586476, -263076, -20526, 168124],
        [1303104, 737154, 397584, 171204, 9504, -111771],
        [-453420, -227040, -113850, -45936, -660, 31680],
      ])
    let result = try ExtremeEquilibria(of: game.game)
    #expect(result.pairs.count == 75)
    #expect(!result.isDegenerate && result.isFinite)
    #expect(result.profiles.allSatisfy(game.isEquilibrium))
  }

  @Test("Two segments that share an end are one component of two maximal Nash subsets")
  func corner() throws {
    // The first row is a best response to everything, and so is the first column; the second ones
    // only to each other's first. Worked by hand.
    let game = Bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    let result = try ExtremeEquilibria(of: game.game)
    #expect(
      result.profiles.map(\.probabilities) == [
        [[1, 0], [1, 0]], [[1, 0], [0, 1]], [[0, 1], [1, 0]],
      ])
    #expect(
      result.components.map(\.subsets) == [
        [NashSubset(rows: [0], columns: [0, 1]), NashSubset(rows: [0, 1], columns: [0])]
      ])
  }

  @Test("Where nothing matters, every profile is an equilibrium")
  func indifference() throws {
    let game = Bimatrix([[0, 0, 0], [0, 0, 0]], [[5, 5, 5], [5, 5, 5]])
    let result = try ExtremeEquilibria(of: game.game)
    #expect(result.pairs.count == 6)
    #expect(result.maximalNashSubsets == [NashSubset(rows: [0, 1], columns: [0, 1, 2])])
    #expect(result.components.count == 1)
  }

  @Test(
    "Seeded random games have as many extreme equilibria as lrsnash and Gambit find",
    arguments: [
      (8001, 11), (8002, 5), (8003, 5), (10001, 27), (10002, 18), (10003, 11), (12001, 31),
      (12002, 6), (12003, 9), (14001, 40), (14002, 21), (14003, 45),
    ])
  func counts(seed: Int, count: Int) throws {
    let size = seed / 1000
    let game = Bimatrix(rows: size, columns: size, seed: UInt64(seed), bound: 100)
    let result = try ExtremeEquilibria(of: game.game)
    #expect(result.pairs.count == count)
    #expect(Set(result.profiles).count == count)
    #expect(result.profiles.allSatisfy(game.isEquilibrium))
  }
}
