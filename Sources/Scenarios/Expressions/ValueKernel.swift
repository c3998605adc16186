import Mathematics

/// One step of a ``ValueProgram`` at work on some groups of draws: a loop over columns.
///
/// Where all numbers are finite, operations are what they look like. The quick way assumes it, and
/// adds up the sizes of results that have to be: the sum is not finite if one of them is not. The careful
/// way follows `ValueGraph.apply`, operands that are no numbers included.
struct ValueKernel {
  private let code: ValueGraph.Code
  private let left: ValueGraph.Code
  private let right: ValueGraph.Code
  private let first: ValueGraph.Code
  private let isChecked: Bool
  private let groups: Int
  private let total: UnsafeMutablePointer<Lanes>
  private let target: LaneOperand
  private let a: LaneOperand
  private let b: LaneOperand
  private let c: LaneOperand
  private let d: LaneOperand

  /// - Parameter total: the sum of sizes by lane, to which the quick way adds.
  @inline(__always)
  init(
    _ step: ValueInstruction, _ spaces: UnsafePointer<LaneSpace>, groups: Int,
    total: UnsafeMutablePointer<Lanes>
  ) {
    code = step.code
    left = step.left
    right = step.right
    first = step.first
    isChecked = step.isChecked
    self.groups = groups
    self.total = total
    target = LaneOperand(step.target, in: spaces)
    a = LaneOperand(step.operands.0, in: spaces)
    b = LaneOperand(step.operands.1, in: spaces)
    c = LaneOperand(step.operands.2, in: spaces)
    d = LaneOperand(step.operands.3, in: spaces)
  }

  /// Adds up the sizes of a column, group by group.
  static func add(
    _ column: LaneAddress, _ spaces: UnsafePointer<LaneSpace>, groups: Int, to total: inout Lanes
  ) {
    let values = LaneOperand(column, in: spaces)
    var sum = total
    for group in 0..<groups { sum += values[group].magnitude }
    total = sum
  }

  func runQuickly() { run(carefully: false) }
  func runCarefully() { run(carefully: true) }

  @inline(__always)
  private func run(carefully: Bool) {
    switch code {
    case .add, .subtract, .multiply: arithmetic(carefully)
    case .constant, .input: return
    case .divide: fill(carefully) { a[$0] / b[$0] }
    case .minimum:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, x.replacing(with: y, where: y .< x), y)
      }
    case .maximum:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, x.replacing(with: y, where: y .>= x), y)
      }
    case .negate:
      // Not 0 less the number, which has no -0.
      fill(carefully) {
        let bits = unsafeBitCast(a[$0], to: SIMD8<UInt64>.self)
        return unsafeBitCast(bits ^ 0x8000_0000_0000_0000, to: Lanes.self)
      }
    case .absolute: fill(carefully) { a[$0].magnitude }
    case .squareRoot, .exponential, .logarithm: eachDraw { x, _ in ValueGraph.apply(code, x) }
    case .power: eachDraw { ValueGraph.apply(.power, $0, $1) }
    case .less:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, truth(x .< y), y)
      }
    case .lessOrEqual:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, truth(x .<= y), y)
      }
    case .equal:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, truth(x .== y), y)
      }
    case .and:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, truth(x .!= 0).replacing(with: 0, where: y .== 0), y)
      }
    case .or:
      fill(carefully) {
        let (x, y) = (a[$0], b[$0])
        return invalid(carefully, x, truth(x .!= 0).replacing(with: 1, where: y .!= 0), y)
      }
    case .not:
      fill(carefully) {
        let x = a[$0]
        return invalid(carefully, x, truth(x .== 0), x)
      }
    case .select:
      fill(carefully) {
        let condition = c[$0]
        let taken = b[$0].replacing(with: a[$0], where: condition .!= 0)
        return invalid(carefully, condition, taken, condition)
      }
    }
  }

  /// Computes the column, group by group.
  @inline(__always)
  private func fill(_ carefully: Bool, _ value: (Int) -> Lanes) {
    if !isChecked {
      for group in 0..<groups { target[group] = value(group) }
    } else if carefully {
      for group in 0..<groups {
        let result = value(group)
        // What is not finite less itself is no number, and all else 0.
        target[group] = result - (result - result)
      }
    } else {
      var sum = total.pointee
      for group in 0..<groups {
        let result = value(group)
        target[group] = result
        sum += result.magnitude
      }
      total.pointee = sum
    }
  }

  /// Computes the column number by number.
  @inline(__always)
  private func eachDraw(_ value: (Double, Double) -> Double) {
    for group in 0..<groups {
      let (x, y) = (a[group], b[group])
      var result = Lanes.zero
      for lane in 0..<Lanes.width { result[lane] = value(x[lane], y[lane]) }
      target[group] = result
      total.pointee += result.magnitude
    }
  }

  @inline(__always)
  private func truth(_ mask: SIMDMask<SIMD8<Int64>>) -> Lanes {
    Lanes.zero.replacing(with: 1, where: mask)
  }

  /// NaN where one of the operands is.
  @inline(__always)
  private func invalid(_ carefully: Bool, _ x: Lanes, _ result: Lanes, _ y: Lanes) -> Lanes {
    if !carefully { return result }
    return result.replacing(with: .nan, where: x .!= x).replacing(with: .nan, where: y .!= y)
  }

  // MARK: - Sums, differences and products

  private func arithmetic(_ carefully: Bool) {
    switch code {
    case .add: left(carefully, LaneSum.self)
    case .subtract: left(carefully, LaneDifference.self)
    default: left(carefully, LaneProduct.self)
    }
  }

  @inline(__always)
  private func left<Last: LaneArithmetic>(_ carefully: Bool, _ last: Last.Type) {
    switch left {
    case .add: leftPair(carefully, last, LaneSum.self)
    case .subtract: leftPair(carefully, last, LaneDifference.self)
    case .multiply: leftPair(carefully, last, LaneProduct.self)
    default: right(carefully, last, LaneSingle.self)
    }
  }

  @inline(__always)
  private func leftPair<Last: LaneArithmetic, Inner: LaneArithmetic>(
    _ carefully: Bool, _ last: Last.Type, _ inner: Inner.Type
  ) {
    switch first {
    case .add: combine(carefully, last, LaneChain<LaneSum, Inner>.self, LaneSingle.self)
    case .subtract:
      combine(carefully, last, LaneChain<LaneDifference, Inner>.self, LaneSingle.self)
    case .multiply:
      combine(carefully, last, LaneChain<LaneProduct, Inner>.self, LaneSingle.self)
    default: right(carefully, last, LanePair<Inner>.self)
    }
  }

  @inline(__always)
  private func right<Last: LaneArithmetic, Left: LaneSide>(
    _ carefully: Bool, _ last: Last.Type, _ left: Left.Type
  ) {
    switch right {
    case .add: combine(carefully, last, left, LanePair<LaneSum>.self)
    case .subtract: combine(carefully, last, left, LanePair<LaneDifference>.self)
    case .multiply: combine(carefully, last, left, LanePair<LaneProduct>.self)
    default: combine(carefully, last, left, LaneSingle.self)
    }
  }

  @inline(never)
  private func combine<Last: LaneArithmetic, Left: LaneSide, Right: LaneSide>(
    _ carefully: Bool, _ last: Last.Type, _ left: Left.Type, _ right: Right.Type
  ) {
    let (a, b, c) = (a, b, c)
    let (x, y) = Left.width == 1 ? (b, c) : Left.width == 2 ? (c, d) : (d, d)
    fill(carefully) { Last.apply(Left.value(a, b, c, $0), Right.value(x, y, y, $0)) }
  }
}

/// One of the operations that are computed together.
private protocol LaneArithmetic {
  static func apply(_ x: Lanes, _ y: Lanes) -> Lanes
}

private enum LaneSum: LaneArithmetic {
  @inline(__always) static func apply(_ x: Lanes, _ y: Lanes) -> Lanes { x + y }
}

private enum LaneDifference: LaneArithmetic {
  @inline(__always) static func apply(_ x: Lanes, _ y: Lanes) -> Lanes { x - y }
}

private enum LaneProduct: LaneArithmetic {
  @inline(__always) static func apply(_ x: Lanes, _ y: Lanes) -> Lanes { x * y }
}

/// One side of such an operation: a column, or itself one or two of them.
private protocol LaneSide {
  /// On how many columns.
  static var width: Int { get }
  static func value(
    _ x: LaneOperand, _ y: LaneOperand, _ z: LaneOperand, _ group: Int
  ) -> Lanes
}

private enum LaneSingle: LaneSide {
  @inline(__always) static var width: Int { 1 }
  @inline(__always)
  static func value(
    _ x: LaneOperand, _ y: LaneOperand, _ z: LaneOperand, _ group: Int
  ) -> Lanes { x[group] }
}

private enum LanePair<Inner: LaneArithmetic>: LaneSide {
  @inline(__always) static var width: Int { 2 }
  @inline(__always)
  static func value(
    _ x: LaneOperand, _ y: LaneOperand, _ z: LaneOperand, _ group: Int
  ) -> Lanes { Inner.apply(x[group], y[group]) }
}

private enum LaneChain<First: LaneArithmetic, Inner: LaneArithmetic>: LaneSide {
  @inline(__always) static var width: Int { 3 }
  @inline(__always)
  static func value(
    _ x: LaneOperand, _ y: LaneOperand, _ z: LaneOperand, _ group: Int
  ) -> Lanes { Inner.apply(First.apply(x[group], y[group]), z[group]) }
}
