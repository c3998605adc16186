/// A sum over pure profiles of some players: a coefficient times the product of their probabilities.
///
/// It is linear in each player's mixture, which makes its range over boxes of mixtures easy to bound.
struct MultilinearForm: Sendable {
  /// The players, ascending; the first one's strategy varies fastest in the coefficients.
  let axes: [Int]
  let coefficients: [Double]

  /// Whether every coefficient is 0: the form vanishes whatever is played.
  var isZero: Bool { coefficients.allSatisfy { $0 == 0 } }

  /// The derivative by one strategy's probability where another's makes up for it: what is left of
  /// the form where a player has `strategy` instead of `other`.
  func derivative(
    axis: Int, strategy: Int, insteadOf other: Int, sizes: [Int]
  ) -> MultilinearForm {
    var inner = 1
    for lower in axes where lower < axis { inner *= sizes[lower] }
    let width = sizes[axis]
    var rest: [Double] = []
    rest.reserveCapacity(coefficients.count / width)
    for block in stride(from: 0, to: coefficients.count, by: inner * width) {
      for place in block..<(block + inner) {
        rest.append(coefficients[place + strategy * inner] - coefficients[place + other * inner])
      }
    }
    return MultilinearForm(axes: axes.filter { $0 != axis }, coefficients: rest)
  }

  /// The value at a point.
  func value(at box: SimplexBoxes, _ point: [Double]) -> Double {
    if axes.isEmpty { return coefficients[0] }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: coefficients.count) { buffer in
      var count = coefficients.count
      for place in 0..<count { buffer[place] = coefficients[place] }
      for axis in axes.reversed() {
        let width = box.sizes[axis]
        let first = box.offsets[axis]
        count /= width
        for place in 0..<count {
          var sum = 0.0
          for strategy in 0..<width {
            sum += point[first + strategy] * buffer[strategy * count + place]
          }
          buffer[place] = sum
        }
      }
      return buffer[0]
    }
  }

  /// Bounds on the values over boxes of mixtures, valid for exact arithmetic.
  ///
  /// One player after another is summed out by the mixture of its box that is least, or greatest,
  /// for each profile of the rest. The error is of the second order in the size of the boxes.
  func bounds(over box: SimplexBoxes) -> (lower: Double, upper: Double) {
    if axes.isEmpty { return (coefficients[0], coefficients[0]) }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * coefficients.count) {
      buffer in
      var count = coefficients.count
      let high = count
      for place in 0..<count {
        buffer[place] = coefficients[place]
        buffer[high + place] = coefficients[place]
      }
      for axis in axes.reversed() {
        let width = box.sizes[axis]
        count /= width
        for place in 0..<count {
          buffer[place] = box.least(axis, buffer, from: place, by: count, sign: 1)
          buffer[high + place] = -box.least(axis, buffer, from: high + place, by: count, sign: -1)
        }
      }
      // More than what rounding can do to sums of products of numbers between -1 and 1.
      let margin = SimplexBoxes.rounding * Double(axes.count)
      return (buffer[0] - margin, buffer[high] + margin)
    }
  }
}

/// For each of some players a box of mixtures: lower and upper bounds on its probabilities, which
/// add up to 1.
struct SimplexBoxes: Sendable {
  /// The numbers of strategies, and where each player's begin.
  let sizes: [Int]
  let offsets: [Int]
  var lower: [Double]
  var upper: [Double]
  /// A margin for rounding, for coefficients between -1 and 1.
  static let rounding = 1e-14

  /// All mixtures, and a little around them, so that no solution is on the edge.
  init(sizes: [Int], margin: Double) {
    self.sizes = sizes
    var offsets = [0]
    for size in sizes { offsets.append(offsets[offsets.count - 1] + size) }
    self.offsets = offsets
    lower = Array(repeating: -margin, count: offsets[sizes.count])
    upper = Array(repeating: 1 + margin, count: offsets[sizes.count])
  }

  /// The least of Σ sign · value · probability over a player's box, filled from the cheapest value.
  @inline(__always)
  func least(
    _ axis: Int, _ values: UnsafeMutableBufferPointer<Double>, from start: Int, by step: Int,
    sign: Double
  ) -> Double {
    let first = offsets[axis]
    let width = sizes[axis]
    return lower.withUnsafeBufferPointer { lower in
      upper.withUnsafeBufferPointer { upper in
        var sum = 0.0
        var left = 1.0
        for strategy in 0..<width {
          sum += sign * values[start + strategy * step] * lower[first + strategy]
          left -= lower[first + strategy]
        }
        if width == 2 {
          let one = sign * values[start]
          let other = sign * values[start + step]
          let cheap = one <= other ? 0 : 1
          let room = min(left, upper[first + cheap] - lower[first + cheap])
          return sum + min(one, other) * room + max(one, other) * (left - room)
        }
        // The strategies in the order of their values, by selection: there are few.
        var last = -Double.infinity
        var lastStrategy = -1
        while left > 0 {
          var best = -1
          var bestValue = Double.infinity
          for strategy in 0..<width {
            let value = sign * values[start + strategy * step]
            let isNext = value > last || (value == last && strategy > lastStrategy)
            if isNext, value < bestValue {
              best = strategy
              bestValue = value
            }
          }
          if best < 0 { break }
          let room = min(left, upper[first + best] - lower[first + best])
          sum += bestValue * room
          left -= room
          last = bestValue
          lastStrategy = best
        }
        return sum
      }
    }
  }

  /// Tightens bounds by the fact that probabilities add up to 1. False if nothing is left.
  mutating func tighten() -> Bool {
    for axis in sizes.indices {
      let range = offsets[axis]..<offsets[axis + 1]
      var low = 0.0
      var high = 0.0
      for strategy in range {
        low += lower[strategy]
        high += upper[strategy]
      }
      if low > 1 + Self.rounding || high < 1 - Self.rounding { return false }
      for strategy in range {
        let least = 1 - (high - upper[strategy]) - Self.rounding
        let most = 1 - (low - lower[strategy]) + Self.rounding
        let newLower = max(lower[strategy], least)
        let newUpper = min(upper[strategy], most)
        if newLower > newUpper { return false }
        low += newLower - lower[strategy]
        high += newUpper - upper[strategy]
        lower[strategy] = newLower
        upper[strategy] = newUpper
      }
    }
    return true
  }

  /// Lets the last strategy of each player take what the others leave, whatever that is.
  mutating func loosenLast() {
    for axis in sizes.indices {
      let last = offsets[axis + 1] - 1
      var low = 0.0
      var high = 0.0
      for strategy in offsets[axis]..<last {
        low += lower[strategy]
        high += upper[strategy]
      }
      lower[last] = 1 - high
      upper[last] = 1 - low
    }
  }
}
