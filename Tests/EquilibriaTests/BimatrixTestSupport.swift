import Equilibria
import Games
import Mathematics

/// A two-player game as two matrices by rows.
struct Bimatrix {
  var first: [[Rational]]
  var second: [[Rational]]

  init(_ first: [[Rational]], _ second: [[Rational]]) {
    self.first = first
    self.second = second
  }

  /// A game of integers.
  init(_ first: [[Int]], _ second: [[Int]]) {
    self.first = first.map { $0.map { Rational($0) } }
    self.second = second.map { $0.map { Rational($0) } }
  }

  /// The matrices of a table; nil unless it has two players.
  init?(of game: StrategicGame) {
    guard game.players.count == 2 else { return nil }
    func matrix(_ player: Int) -> [[Rational]] {
      game.strategies[0].indices.map { row in
        game.strategies[1].indices.map { game.payoff(player, at: game.index(of: [row, $0])) }
      }
    }
    self.init(matrix(0), matrix(1))
  }

  /// Both tables from one stream, player by player, row by row.
  init(rows: Int, columns: Int, seed: UInt64, bound: UInt64) {
    var stream = SplitMix64(seed: seed)
    func table() -> [[Rational]] {
      (0..<rows).map { _ in (0..<columns).map { _ in Rational(Int(stream.next() % bound)) } }
    }
    first = table()
    second = table()
  }

  var rows: Int { first.count }
  var columns: Int { first[0].count }

  var game: StrategicGame {
    StrategicGame(
      title: "bimatrix", players: ["Row", "Column"],
      strategies: [(0..<rows).map { "r\($0)" }, (0..<columns).map { "c\($0)" }]
    ) { [first[$0[0]][$0[1]], second[$0[0]][$0[1]]] }
  }

  /// What either player could gain at most by another strategy.
  func regrets(_ profile: MixedProfile) -> [Rational] {
    let x = profile.probabilities[0]
    let y = profile.probabilities[1]
    let rowValues = (0..<rows).map { row in
      (0..<columns).reduce(Rational.zero) { $0 + first[row][$1] * y[$1] }
    }
    let columnValues = (0..<columns).map { column in
      (0..<rows).reduce(Rational.zero) { $0 + second[$1][column] * x[$1] }
    }
    return [(rowValues, x), (columnValues, y)].map { values, own in
      values.max()! - zip(values, own).reduce(Rational.zero) { $0 + $1.0 * $1.1 }
    }
  }

  /// The profile consists of distributions and nobody gains by leaving it.
  func isEquilibrium(_ profile: MixedProfile) -> Bool {
    profile.probabilities.map(\.count) == [rows, columns]
      && profile.probabilities.allSatisfy { strategy in
        strategy.allSatisfy { $0.signum >= 0 } && strategy.reduce(.zero, +) == 1
      } && regrets(profile) == [0, 0]
  }
}

/// All extreme equilibria by their supports.
///
/// For each pair of supports, the strategies on the one to which the whole other is a best response
/// form a face of a best-response polytope. Its vertices are found by trying all sets of its
/// inequalities as equations. Pairs of such vertices are the extreme equilibria: each is found at
/// the pair of its own supports.
enum SupportEnumeration {
  static func extremeEquilibria(of game: Bimatrix) -> Set<MixedProfile> {
    let transposed = (0..<game.columns).map { column in game.second.map { $0[column] } }
    var found: Set<MixedProfile> = []
    for rowSupport in 1..<(1 << game.rows) {
      for columnSupport in 1..<(1 << game.columns) {
        let x = vertices(of: transposed, played: rowSupport, best: columnSupport)
        if x.isEmpty { continue }
        let y = vertices(of: game.first, played: columnSupport, best: rowSupport)
        for x in x { for y in y { found.insert(MixedProfile([x, y])) } }
      }
    }
    return found
  }

  /// The vertices of the set of strategies on a support to which all of `best` are best responses.
  /// `payoffs[response][strategy]` are the responder's.
  private static func vertices(of payoffs: [[Rational]], played: Int, best: Int) -> [[Rational]] {
    let count = payoffs[0].count
    let own = (0..<count).filter { played >> $0 & 1 == 1 }
    let leader = best.trailingZeroBitCount
    // Unknown: the probabilities on the support. Rows: coefficients, then the right-hand side.
    var equations = [Array(repeating: Rational.one, count: own.count + 1)]
    var inequalities: [[Rational]] = own.indices.map { index in
      own.indices.map { $0 == index ? 1 : 0 } + [0]
    }
    for response in payoffs.indices where response != leader {
      let row = own.map { payoffs[leader][$0] - payoffs[response][$0] } + [.zero]
      if best >> response & 1 == 1 { equations.append(row) } else { inequalities.append(row) }
    }
    var found: Set<[Rational]> = []
    for chosen in 0..<(1 << inequalities.count) {
      // That the sum is one is an equation already.
      if chosen.nonzeroBitCount >= own.count { continue }
      let tight = inequalities.indices.filter { chosen >> $0 & 1 == 1 }.map { inequalities[$0] }
      guard let point = uniqueSolution(equations + tight, unknowns: own.count),
        inequalities.allSatisfy({ row in
          zip(row, point).reduce(Rational.zero) { $0 + $1.0 * $1.1 }.signum >= 0
        })
      else { continue }
      var strategy = Array(repeating: Rational.zero, count: count)
      for (index, place) in own.enumerated() { strategy[place] = point[index] }
      found.insert(strategy)
    }
    return Array(found)
  }

  /// The solution of linear equations, if there is exactly one.
  private static func uniqueSolution(_ rows: [[Rational]], unknowns: Int) -> [Rational]? {
    var rows = rows
    for column in 0..<unknowns {
      guard let pivot = (column..<rows.count).first(where: { rows[$0][column] != 0 }) else {
        return nil
      }
      rows.swapAt(column, pivot)
      let scale = rows[column][column].reciprocal
      rows[column] = rows[column].map { $0 * scale }
      for other in rows.indices where other != column && rows[other][column] != 0 {
        let factor = rows[other][column]
        rows[other] = zip(rows[other], rows[column]).map { $0 - factor * $1 }
      }
    }
    guard rows[unknowns...].allSatisfy({ $0[unknowns] == 0 }) else { return nil }
    return rows[..<unknowns].map { $0[unknowns] }
  }
}
