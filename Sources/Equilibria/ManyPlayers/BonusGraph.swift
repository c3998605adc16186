import Games
import Mathematics

/// Equilibria of a game with bonuses λg for its strategies, near one with a given support: a curve
/// in probabilities, values and λ.
///
/// Where p is played and w is what each player gets, strategies of the support have
/// value(p) + λ·bonus = w, and each player's probabilities add up to 1. One equation is missing: a
/// border, which says where on the curve to go.
struct BonusGraph {
  /// The missing equation.
  enum Border {
    /// A direction in all numbers, and how far along it from the anchor.
    case direction([Double], anchor: [Double], distance: Double)
    /// The probability of a strategy.
    case probability(Int, equals: Double)
    /// By how much a strategy falls short of what its player gets.
    case shortfall(Int, equals: Double)
    /// λ.
    case lambda(equals: Double)
  }

  private(set) var pairs: PairPayoffs
  let bonuses: [Double]
  let players: Int
  private let playerOf: [Int]
  /// Probabilities by strategy, then what each player gets, then λ.
  var point: [Double]
  var isPlayed: [Bool]
  private var system = LinearSystem(order: 0)

  /// - Parameter pairs: payoffs in units of each player's range.
  init(_ pairs: PairPayoffs, bonuses: [Double]) {
    self.pairs = pairs
    self.bonuses = bonuses
    players = pairs.sizes.count
    playerOf = pairs.sizes.indices.flatMap { Array(repeating: $0, count: pairs.sizes[$0]) }
    point = Array(repeating: 0, count: pairs.count + pairs.sizes.count + 1)
    isPlayed = Array(repeating: false, count: pairs.count)
  }

  var count: Int { pairs.count }
  var lambda: Double { point[count + players] }

  /// Begins where bonuses outweigh payoffs: each player plays what has the highest bonus.
  mutating func begin() {
    for player in 0..<players {
      let range = pairs.offsets[player]..<pairs.offsets[player + 1]
      let best = range.max { bonuses[$0] < bonuses[$1] } ?? range.lowerBound
      for strategy in range {
        isPlayed[strategy] = strategy == best
        point[strategy] = strategy == best ? 1 : 0
      }
    }
    evaluate()
    var lambda = 1.0
    for best in 0..<count where isPlayed[best] {
      let player = playerOf[best]
      for other in pairs.offsets[player]..<pairs.offsets[player + 1] where other != best {
        let needed = (pairs.values[other] - pairs.values[best]) / (bonuses[best] - bonuses[other])
        lambda = max(lambda, needed + 1)
      }
    }
    point[count + players] = lambda
    for best in 0..<count where isPlayed[best] {
      point[count + playerOf[best]] = pairs.values[best] + lambda * bonuses[best]
    }
  }

  mutating func evaluate() { pairs.evaluate(Array(point[0..<count])) }

  /// By how much a strategy falls short of what its player gets, where values have been computed.
  func shortfall(_ strategy: Int) -> Double {
    point[count + playerOf[strategy]] - pairs.values[strategy] - lambda * bonuses[strategy]
  }

  /// The places of the unknowns in a point: the strategies of the support, values, λ.
  private var unknowns: [Int] {
    (0..<count).filter { isPlayed[$0] } + Array(count...(count + players))
  }

  /// Newton's method on the curve's equations and a border.
  ///
  /// - Returns: how far it moved in all; nil if it does not converge.
  mutating func converge(_ border: Border, iterations: Int = 8) -> Double? {
    let start = point
    var last = Double.infinity
    for _ in 0..<iterations {
      evaluate()
      let unknowns = unknowns
      guard var side = factor(border, unknowns, residual: true) else { return nil }
      system.solve(&side)
      var size = 0.0
      for (place, unknown) in unknowns.enumerated() {
        size = max(size, abs(side[place]))
        point[unknown] += side[place]
      }
      if !(size < 10) || size > 2 * last { return nil }
      if size < 1e-13 || (size < 1e-9 && size > 0.3 * last) {
        evaluate()
        return zip(start, point).reduce(0) { max($0, abs($1.0 - $1.1)) }
      }
      last = size
    }
    return nil
  }

  /// The curve's direction at the present point, with a positive rate of what the border measures.
  mutating func tangent(_ border: Border) -> [Double]? {
    let unknowns = unknowns
    guard var side = factor(border, unknowns, residual: false) else { return nil }
    system.solve(&side)
    var tangent = [Double](repeating: 0, count: point.count)
    var norm = 0.0
    for (place, unknown) in unknowns.enumerated() {
      tangent[unknown] = side[place]
      norm += side[place] * side[place]
    }
    norm = norm.squareRoot()
    if !(norm > 0 && norm < 1e12) { return nil }
    return tangent.map { $0 / norm }
  }

  /// Factors the bordered derivatives at the present point. The right side is the negative residual,
  /// or moves the border alone.
  private mutating func factor(
    _ border: Border, _ unknowns: [Int], residual: Bool
  ) -> [Double]? {
    let order = unknowns.count
    let played = order - players - 1
    var matrix = [Double](repeating: 0, count: order * order)
    var side = [Double](repeating: 0, count: order)
    for row in 0..<played {
      let strategy = unknowns[row]
      for column in 0..<played {
        matrix[row * order + column] = pairs.derivatives[strategy * count + unknowns[column]]
      }
      matrix[row * order + played + playerOf[strategy]] = -1
      matrix[row * order + order - 1] = bonuses[strategy]
      side[row] = shortfall(strategy)
      // The sums of probabilities.
      let sum = played + playerOf[strategy]
      matrix[sum * order + row] = 1
    }
    for player in 0..<players { side[played + player] = 1 }
    for row in 0..<played { side[played + playerOf[unknowns[row]]] -= point[unknowns[row]] }
    let last = (order - 1) * order
    switch border {
    case .direction(let direction, let anchor, let distance):
      side[order - 1] = distance
      for (column, unknown) in unknowns.enumerated() {
        matrix[last + column] = direction[unknown]
        side[order - 1] -= direction[unknown] * (point[unknown] - anchor[unknown])
      }
    case .probability(let strategy, let value):
      for column in 0..<played where unknowns[column] == strategy { matrix[last + column] = 1 }
      side[order - 1] = value - point[strategy]
    case .shortfall(let strategy, let value):
      for column in 0..<played {
        matrix[last + column] = -pairs.derivatives[strategy * count + unknowns[column]]
      }
      matrix[last + played + playerOf[strategy]] = 1
      matrix[last + order - 1] = -bonuses[strategy]
      side[order - 1] = value - shortfall(strategy)
    case .lambda(let value):
      matrix[last + order - 1] = 1
      side[order - 1] = value - lambda
    }
    if !residual {
      side = Array(repeating: 0, count: order)
      side[order - 1] = 1
    }
    system.resize(order: order)
    return system.factor(matrix) ? side : nil
  }
}
