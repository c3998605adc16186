import Mathematics

/// The rows at which a response is worked out for its sensitivity indices: two independent samples A
/// and B of the inputs, and for each input A with that input from B.
///
/// Row *r* of A is draw *r* of the forecast; B has further dimensions of the same scrambled Sobol'
/// sequences, so that A and B together are points of twice the dimensions (Saltelli et al. 2010,
/// §5). A correlated input needs two mixed rows (Mara & Tarantola 2012, Reliability Engineering and
/// System Safety 107; Kucherenko, Tarantola & Annoni 2012, Computer Physics Communications 183):
///
/// - *first*: the input takes its score from B, and its companions move by what that tells of them,
///   z_j + ρ_ij (z_i' − z_i). Their residuals given the input stay those of A: the input is first in
///   the Cholesky order.
/// - *total*: the companions keep their scores and the input moves by the difference of its residuals
///   given them, z_i + (r_i' − r_i): the input is last in the Cholesky order.
struct PickFreezeDesign: Sendable {
  let rows: Int
  private let space: InputSpace
  private let groups: [InputSpace.DependentGroup]
  /// By row: values of all inputs, and normal scores of the correlated ones.
  private(set) var a: [[Double]] = []
  private(set) var b: [[Double]] = []
  private var aScores: [[Double]] = []
  private var bScores: [[Double]] = []

  init(_ space: InputSpace, rows: Int, seed: UInt64) {
    self.space = space
    self.rows = rows
    groups = space.dependentGroups
    let count = max(space.best.count, 1)
    let sequence = ScrambledSobol(dimensions: 2 * count, seed: seed)
    for row in 0..<rows {
      let first = draw(row, sequence, shift: 0)
      let second = draw(row, sequence, shift: count)
      a.append(first.values)
      b.append(second.values)
      aScores.append(first.scores)
      bScores.append(second.scores)
    }
  }

  private func draw(
    _ row: Int, _ sequence: ScrambledSobol, shift: Int
  ) -> (values: [Double], scores: [Double]) {
    let replicate = DrawSource.replicate(of: row)
    let index = row / DrawSource.replicates
    var point = [Double](repeating: 0.5, count: space.best.count)
    for input in space.uncertain {
      point[input] = sequence.coordinate(
        replicate: replicate, index: index, dimension: shift + input)
    }
    if let copula = space.copula { copula.correlate(&point) }
    var values = space.best
    for input in space.uncertain {
      values[input] = space.distributions[input].quantile(point[input])
    }
    // Only groups have scores, one after the other.
    let scores = groups.flatMap { $0.members.map { StandardNormal.quantile(point[$0]) } }
    return (values, scores)
  }

  /// Whether an input is correlated, so that its two indices need mixed rows of two kinds.
  func isCorrelated(_ input: Int) -> Bool { groups.contains { $0.members.contains(input) } }

  /// A with an input, and what it tells of its companions, from B.
  func first(_ input: Int) -> [[Double]] {
    mixed(input) { group, place, own, other, row in
      let n = group.members.count
      let change = other[place] - own[place]
      for (companion, variable) in group.members.enumerated() where companion != place {
        let score = own[companion] + group.correlation[place * n + companion] * change
        row[variable] = space.value(of: variable, score: score)
      }
    }
  }

  /// A with an input drawn anew given all others.
  func total(_ input: Int) -> [[Double]] {
    mixed(input) { group, place, own, other, row in
      let score = own[place] + group.residual(place, other) - group.residual(place, own)
      row[input] = space.value(of: input, score: score)
    }
  }

  /// The rows of A with an input from B, and what else has to move.
  private func mixed(
    _ input: Int,
    _ move: (InputSpace.DependentGroup, Int, [Double], [Double], inout [Double]) -> Void
  ) -> [[Double]] {
    var result = a
    for row in 0..<rows { result[row][input] = b[row][input] }
    var offset = 0
    for group in groups {
      let range = offset..<offset + group.members.count
      offset = range.upperBound
      guard let place = group.members.firstIndex(of: input) else { continue }
      for row in 0..<rows {
        move(group, place, Array(aScores[row][range]), Array(bScores[row][range]), &result[row])
      }
    }
    return result
  }
}
