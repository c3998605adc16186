import Foundation

/// A stated rank correlation (Spearman's) between two variables, given by their numbers.
public struct RankCorrelation: Sendable, Equatable {
  /// One variable.
  public let first: Int
  /// The other.
  public let second: Int
  /// Between −1 and 1, both excluded.
  public let correlation: Double

  /// A statement that is checked when the copula is made.
  public init(_ first: Int, _ second: Int, _ correlation: Double) {
    self.first = first
    self.second = second
    self.correlation = correlation
  }
}

/// Why stated correlations cannot be.
public enum CopulaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A correlation that is not strictly between −1 and 1.
  case outOfRange(RankCorrelation)
  /// A variable is correlated with itself, or there is no variable of that number.
  case noSuchPair(RankCorrelation)
  /// Two statements about one pair differ.
  case contradiction(RankCorrelation, RankCorrelation)
  /// No variables can have these correlations together. `variables` is a smallest group among which
  /// they clash; `shrink` is the greatest factor by which all correlations that hang together with
  /// it could be multiplied to be possible.
  case notPositiveDefinite(variables: [Int], shrink: Double)

  /// What is wrong, with variables by number.
  public var description: String { message { "variable \($0)" } }

  /// What is wrong, with the names of variables.
  public func message(naming name: (Int) -> String) -> String {
    switch self {
    case .outOfRange(let stated):
      return
        "the correlation of \(name(stated.first)) and \(name(stated.second)) must lie strictly "
        + "between -1 and 1, but is \(stated.correlation.brief)"
    case .noSuchPair(let stated):
      return "a correlation needs two different variables, not \(name(stated.first)) and "
        + name(stated.second)
    case .contradiction(let one, let other):
      return "the correlation of \(name(one.first)) and \(name(one.second)) is stated twice, as "
        + "\(one.correlation.brief) and \(other.correlation.brief)"
    case .notPositiveDefinite(let variables, let shrink):
      let factor = ((shrink * 100).rounded(.down) / 100).brief
      return "no quantities can have these correlations together: "
        + variables.map(name).joined(separator: ", ")
        + "; with all correlations multiplied by \(factor) they could"
    }
  }
}

/// Dependence between variables by a multivariate normal: it gives independent uniform numbers the
/// stated rank correlations and leaves each of them uniform. Pairs without a statement are
/// uncorrelated.
public struct GaussianCopula: Sendable, Equatable {
  /// Variables that hang together, in rising order, and the lower triangle of their Cholesky factor.
  package struct Block: Sendable, Equatable {
    package var variables: [Int]
    package var factor: [Double]
  }

  /// The number of variables.
  public let dimensions: Int
  package let blocks: [Block]

  /// Variables that are correlated with some other.
  public var involved: [Int] { blocks.flatMap(\.variables).sorted() }

  /// Rank correlations ρ become correlations 2 sin(πρ/6) of the normal scores (Pearson 1907). Throws
  /// if a statement is malformed or they cannot hold together. Takes cubic time in the largest group
  /// of variables that hang together.
  public init(dimensions: Int, correlations: [RankCorrelation]) throws(CopulaError) {
    self.dimensions = dimensions
    var stated = [RankCorrelation]()
    for pair in correlations {
      let places = 0..<dimensions
      guard pair.first != pair.second, places ~= pair.first, places ~= pair.second else {
        throw .noSuchPair(pair)
      }
      guard abs(pair.correlation) < 1 else { throw .outOfRange(pair) }
      if let earlier = stated.first(where: {
        Set([$0.first, $0.second]) == Set([pair.first, pair.second])
      }) {
        guard earlier.correlation == pair.correlation else { throw .contradiction(earlier, pair) }
      } else {
        stated.append(pair)
      }
    }
    var blocks = [Block]()
    for variables in GaussianCopula.groups(stated.filter { $0.correlation != 0 }) {
      guard let factor = GaussianCopula.factor(variables, stated) else {
        let clash = GaussianCopula.smallestClash(variables, stated)
        throw .notPositiveDefinite(
          variables: clash, shrink: GaussianCopula.shrink(variables, stated))
      }
      blocks.append(Block(variables: variables, factor: factor))
    }
    self.blocks = blocks
  }

  /// Correlates independent uniform numbers in (0, 1), one for each variable. Numbers of variables
  /// without correlations, and the first of each group, keep their bits.
  public func correlate(_ uniforms: inout [Double]) {
    precondition(uniforms.count == dimensions, "there must be one number per variable")
    for block in blocks {
      var scores = block.variables.map { StandardNormal.quantile(uniforms[$0]) }
      GaussianCopula.multiply(block.factor, &scores)
      for (place, variable) in block.variables.enumerated().dropFirst() {
        let u = StandardNormal.cumulative(scores[place])
        uniforms[variable] = min(max(u, 0x1p-60), 1 - 0x1p-53)
      }
    }
  }

  /// Correlates independent normal scores, one for each variable.
  public func correlate(scores: inout [Double]) {
    precondition(scores.count == dimensions, "there must be one number per variable")
    for block in blocks {
      var part = block.variables.map { scores[$0] }
      GaussianCopula.multiply(block.factor, &part)
      for (place, variable) in block.variables.enumerated() { scores[variable] = part[place] }
    }
  }

  /// The inverse of ``correlate(scores:)``. The length of what comes out is the Mahalanobis distance
  /// of the correlated scores from the medians.
  public func decorrelate(scores: inout [Double]) {
    precondition(scores.count == dimensions, "there must be one number per variable")
    for block in blocks {
      let count = block.variables.count
      for i in 0..<count {
        var value = scores[block.variables[i]]
        for j in 0..<i { value -= block.factor[i * count + j] * scores[block.variables[j]] }
        scores[block.variables[i]] = value / block.factor[i * count + i]
      }
    }
  }
}

// MARK: Checking

extension GaussianCopula {
  /// The least pivot that counts as positive.
  private static let leastPivot = 1e-10

  /// Variables that hang together directly or by way of others.
  private static func groups(_ stated: [RankCorrelation]) -> [[Int]] {
    var groups: [Set<Int>] = []
    for pair in stated {
      let joined: Set = [pair.first, pair.second]
      let touching = groups.filter { !$0.isDisjoint(with: joined) }
      groups.removeAll { !$0.isDisjoint(with: joined) }
      groups.append(touching.reduce(joined) { $0.union($1) })
    }
    return groups.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// The Cholesky factor of the scores' correlations, row by row, or nil if they are not positive
  /// definite.
  private static func factor(
    _ variables: [Int], _ stated: [RankCorrelation], scale: Double = 1
  ) -> [Double]? {
    let count = variables.count
    var matrix = [Double](repeating: 0, count: count * count)
    for i in 0..<count { matrix[i * count + i] = 1 }
    for pair in stated {
      guard let i = variables.firstIndex(of: pair.first),
        let j = variables.firstIndex(of: pair.second)
      else { continue }
      matrix[max(i, j) * count + min(i, j)] = 2 * sin(.pi / 6 * scale * pair.correlation)
    }
    for j in 0..<count {
      for i in j..<count {
        var value = matrix[i * count + j]
        for k in 0..<j { value -= matrix[i * count + k] * matrix[j * count + k] }
        if i == j {
          guard value > leastPivot else { return nil }
          matrix[i * count + i] = value.squareRoot()
        } else {
          matrix[i * count + j] = value / matrix[j * count + j]
        }
      }
    }
    return matrix
  }

  /// A group that clashes, from which no variable can be taken without ending the clash.
  private static func smallestClash(_ variables: [Int], _ stated: [RankCorrelation]) -> [Int] {
    var clash = variables
    for variable in variables {
      let rest = clash.filter { $0 != variable }
      if factor(rest, stated) == nil { clash = rest }
    }
    return clash
  }

  /// The greatest factor, to 9 digits from below, at which the correlations can hold together.
  private static func shrink(_ variables: [Int], _ stated: [RankCorrelation]) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if factor(variables, stated, scale: middle) == nil { high = middle } else { low = middle }
    }
    return low
  }

  /// Multiplies a vector by a lower triangle, in place.
  private static func multiply(_ factor: [Double], _ vector: inout [Double]) {
    let count = vector.count
    for i in stride(from: count - 1, through: 0, by: -1) {
      var value = 0.0
      for j in 0...i { value += factor[i * count + j] * vector[j] }
      vector[i] = value
    }
  }
}
