import Mathematics

/// One step of a ``ValueProgram`` at work on some groups of draws: a loop over columns.
///
/// Operations follow `ValueGraph.apply`, of two operands of which one is no number included.
struct ValueKernel {
  private let code: ValueGraph.Code
  private let left: ValueGraph.Code
  private let right: ValueGraph.Code
  private let isChecked: Bool
  private let groups: Int
  private let target: LaneOperand
  private let a: LaneOperand
  private let b: LaneOperand
  private let c: LaneOperand
  private let d: LaneOperand

  @inline(__always)
  init(_ step: ValueInstruction, _ spaces: UnsafePointer<LaneSpace>, groups: Int) {
    code = step.code
    left = step.left
    right = step.right
    isChecked = step.isChecked
    self.groups = groups
    target = LaneOperand(step.target, in: spaces)
    a = LaneOperand(step.operands.0, in: spaces)
    b = LaneOperand(step.operands.1, in: spaces)
    c = LaneOperand(step.operands.2, in: spaces)
    d = LaneOperand(step.operands.3, in: spaces)
  }

  @inline(__always)
  func run() {
    switch code {
    case .add, .subtract, .multiply: arithmetic()
    case .constant, .input: return
    case .divide: fill { a[$0] / b[$0] }
    case .minimum:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, x.replacing(with: y, where: y .< x), y)
      }
    case .maximum:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, x.replacing(with: y, where: y .>= x), y)
      }
    case .negate:
      // Not 0 less the number, which has no -0.
      fill {
        let bits = unsafeBitCast(a[$0], to: SIMD8<UInt64>.self)
        return unsafeBitCast(bits ^ 0x8000_0000_0000_0000, to: Lanes.self)
      }
    case .absolute:
      fill {
        let bits = unsafeBitCast(a[$0], to: SIMD8<UInt64>.self)
        return unsafeBitCast(bits & 0x7FFF_FFFF_FFFF_FFFF, to: Lanes.self)
      }
    case .squareRoot, .exponential, .logarithm: eachDraw { x, _ in ValueGraph.apply(code, x) }
    case .power: eachDraw { ValueGraph.apply(.power, $0, $1) }
    case .less:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, truth(x .< y), y)
      }
    case .lessOrEqual:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, truth(x .<= y), y)
      }
    case .equal:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, truth(x .== y), y)
      }
    case .and:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, truth(x .!= 0).replacing(with: 0, where: y .== 0), y)
      }
    case .or:
      fill {
        let (x, y) = (a[$0], b[$0])
        return invalid(x, truth(x .!= 0).replacing(with: 1, where: y .!= 0), y)
      }
    case .not:
      fill {
        let x = a[$0]
        return invalid(x, truth(x .== 0), x)
      }
    case .select:
      fill {
        let condition = c[$0]
        let taken = b[$0].replacing(with: a[$0], where: condition .!= 0)
        return taken.replacing(with: .nan, where: condition .!= condition)
      }
    }
  }

  /// Computes the column, group by group.
  @inline(__always)
  private func fill(_ value: (Int) -> Lanes) {
    if isChecked {
      for group in 0..<groups {
        let result = value(group)
        // What is not finite less itself is no number, and all else 0.
        target[group] = result - (result - result)
      }
    } else {
      for group in 0..<groups { target[group] = value(group) }
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
    }
  }

  @inline(__always)
  private func truth(_ mask: SIMDMask<SIMD8<Int64>>) -> Lanes {
    Lanes.zero.replacing(with: 1, where: mask)
  }

  /// NaN where one of the operands is.
  @inline(__always)
  private func invalid(_ x: Lanes, _ result: Lanes, _ y: Lanes) -> Lanes {
    result.replacing(with: .nan, where: x .!= x).replacing(with: .nan, where: y .!= y)
  }

  // MARK: - Sums, differences and products

  @inline(__always)
  private func arithmetic() {
    switch code {
    case .add: operands { $0 + $1 }
    case .subtract: operands { $0 - $1 }
    default: operands { $0 * $1 }
    }
  }

  /// With a left operand that is plain, or itself such an operation on the first two columns.
  @inline(__always)
  private func operands(_ last: (Lanes, Lanes) -> Lanes) {
    switch left {
    case .add: rightOperand(c, d, last) { a[$0] + b[$0] }
    case .subtract: rightOperand(c, d, last) { a[$0] - b[$0] }
    case .multiply: rightOperand(c, d, last) { a[$0] * b[$0] }
    default: rightOperand(b, c, last) { a[$0] }
    }
  }

  @inline(__always)
  private func rightOperand(
    _ x: LaneOperand, _ y: LaneOperand, _ last: (Lanes, Lanes) -> Lanes, _ first: (Int) -> Lanes
  ) {
    switch right {
    case .add: fill { last(first($0), x[$0] + y[$0]) }
    case .subtract: fill { last(first($0), x[$0] - y[$0]) }
    case .multiply: fill { last(first($0), x[$0] * y[$0]) }
    default: fill { last(first($0), x[$0]) }
    }
  }
}
