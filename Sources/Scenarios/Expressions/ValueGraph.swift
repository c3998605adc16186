#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// All numbers that a scenario's game needs, as one graph of shared operations over the inputs.
///
/// Expressions are evaluated against every history of play once, when the game is built; what is
/// left over depends on the drawn quantities only and becomes operations here. Equal operations
/// are stored once, so that two payoffs are equal by construction exactly if they are the same
/// operation. Operands precede operations: the array is a program in evaluation order.
public struct ValueGraph: Sendable {
  /// What an operation computes.
  public enum Code: UInt8, Sendable {
    case constant, input
    case add, subtract, multiply, divide, power
    case minimum, maximum
    case negate, absolute, exponential, logarithm, squareRoot
    case less, lessOrEqual, equal
    case and, or, not
    /// `left` if the condition is not 0, else `right`.
    case select
  }

  /// One operation. Operands are indices of earlier operations, or an input's index.
  public struct Operation: Sendable, Hashable {
    /// What it computes.
    public var code: Code
    /// The first operand, or the index of an input.
    public var left: Int32 = -1
    /// The second operand.
    public var right: Int32 = -1
    /// The condition of a choice between two.
    public var condition: Int32 = -1
    /// The value of a constant, as bits so that equal constants are one.
    public var bits: UInt64 = 0
  }

  /// In the order of evaluation.
  public private(set) var operations: [Operation] = []
  /// Where in the text each operation was first asked for, for those that can fail.
  public private(set) var places: [Int32: Place] = [:]
  private var known: [Operation: Int32] = [:]

  /// An empty graph.
  public init() {}

  /// The operation's value if it is a constant.
  public func constantValue(_ id: Int32) -> Double? {
    let operation = operations[Int(id)]
    return operation.code == .constant ? Double(bitPattern: operation.bits) : nil
  }

  /// The constant with this value.
  public mutating func constant(_ value: Double) -> Int32 {
    // One zero, and one invalid number.
    let canonical = value == 0 ? 0 : (value.isFinite ? value : .nan)
    return insert(Operation(code: .constant, bits: canonical.bitPattern))
  }

  /// The input with this index.
  public mutating func input(_ index: Int) -> Int32 {
    insert(Operation(code: .input, left: Int32(index)))
  }

  /// An operation on one number.
  public mutating func unary(_ code: Code, _ operand: Int32, at place: Place? = nil) -> Int32 {
    if let value = constantValue(operand) {
      return failable(constant(ValueGraph.apply(code, value)), place)
    }
    if code == .negate || code == .not {
      let inner = operations[Int(operand)]
      if inner.code == code, code == .negate { return inner.left }
    }
    return failable(insert(Operation(code: code, left: operand)), place)
  }

  /// An operation on two numbers. Constants are folded; 0 times anything is 0.
  public mutating func binary(
    _ code: Code, _ left: Int32, _ right: Int32, at place: Place? = nil
  ) -> Int32 {
    let first = constantValue(left)
    let second = constantValue(right)
    if let first, let second {
      return failable(constant(ValueGraph.apply(code, first, second)), place)
    }
    switch code {
    case .add:
      if first == 0 { return right }
      if second == 0 { return left }
    case .subtract:
      if second == 0 { return left }
      if first == 0 { return unary(.negate, right) }
      if left == right { return constant(0) }
    case .multiply:
      if first == 0 || second == 0 { return constant(0) }
      if first == 1 { return right }
      if second == 1 { return left }
    case .divide:
      if second == 1 { return left }
    case .power:
      if second == 1 { return left }
      if second == 0 { return constant(1) }
    case .minimum, .maximum:
      if left == right { return left }
    case .and:
      if first == 0 || second == 0 { return constant(0) }
      if first != nil { return right }
      if second != nil { return left }
    case .or:
      if let first { return first != 0 ? constant(1) : right }
      if let second { return second != 0 ? constant(1) : left }
    case .equal, .lessOrEqual:
      if left == right { return constant(1) }
    case .less:
      if left == right { return constant(0) }
    default: break
    }
    var operation = Operation(code: code, left: left, right: right)
    switch code {
    case .add, .multiply, .minimum, .maximum, .equal, .and, .or:
      if left > right { (operation.left, operation.right) = (right, left) }
    default: break
    }
    return failable(insert(operation), place)
  }

  /// One of two numbers by a condition.
  public mutating func select(_ condition: Int32, _ yes: Int32, _ no: Int32) -> Int32 {
    if let value = constantValue(condition) { return value != 0 ? yes : no }
    if yes == no { return yes }
    return insert(Operation(code: .select, left: yes, right: no, condition: condition))
  }

  private mutating func insert(_ operation: Operation) -> Int32 {
    if let id = known[operation] { return id }
    let id = Int32(operations.count)
    operations.append(operation)
    known[operation] = id
    return id
  }

  private mutating func failable(_ id: Int32, _ place: Place?) -> Int32 {
    if let place, places[id] == nil { places[id] = place }
    return id
  }

  /// Which inputs the operation depends on.
  public func inputs(of id: Int32) -> Set<Int> { inputs(of: [id]) }

  /// Which inputs some operations depend on.
  public func inputs(of ids: [Int32]) -> Set<Int> {
    var seen: Set<Int32> = []
    var found: Set<Int> = []
    var stack = ids
    while let next = stack.popLast() {
      guard next >= 0, seen.insert(next).inserted else { continue }
      let operation = operations[Int(next)]
      switch operation.code {
      case .constant: break
      case .input: found.insert(Int(operation.left))
      default:
        stack.append(operation.left)
        stack.append(operation.right)
        stack.append(operation.condition)
      }
    }
    return found
  }

  // MARK: Evaluation

  /// Evaluates every operation for one draw of the inputs. An operation that has no finite value
  /// gives NaN, and so does everything that uses it.
  ///
  /// - Complexity: O(number of operations); no allocation once `values` has its size.
  public func evaluate(inputs: [Double], into values: inout [Double]) {
    if values.count != operations.count {
      values = [Double](repeating: 0, count: operations.count)
    }
    for index in operations.indices {
      let operation = operations[index]
      let value: Double
      switch operation.code {
      case .constant: value = Double(bitPattern: operation.bits)
      case .input: value = inputs[Int(operation.left)]
      case .select:
        let condition = values[Int(operation.condition)]
        value =
          condition.isNaN
          ? .nan : values[Int(condition != 0 ? operation.left : operation.right)]
      case .negate, .absolute, .exponential, .logarithm, .squareRoot, .not:
        value = ValueGraph.apply(operation.code, values[Int(operation.left)])
      default:
        value = ValueGraph.apply(
          operation.code, values[Int(operation.left)], values[Int(operation.right)])
      }
      values[index] = value
    }
  }

  /// The operation that first went wrong below an invalid one, for the report.
  public func culprit(of id: Int32, values: [Double]) -> Int32 {
    var current = id
    while true {
      let operation = operations[Int(current)]
      if operation.code == .constant || operation.code == .input { return current }
      let operands = [operation.condition, operation.left, operation.right]
      guard let next = operands.first(where: { $0 >= 0 && values[Int($0)].isNaN }) else {
        return current
      }
      if operation.code == .select, next != operation.condition {
        let taken =
          values[Int(operation.condition)] != 0 ? operation.left : operation.right
        current = taken
      } else {
        current = next
      }
    }
  }

  static func apply(_ code: Code, _ x: Double) -> Double {
    let value: Double
    switch code {
    case .negate: value = -x
    case .absolute: value = abs(x)
    case .exponential: value = exp(x)
    case .logarithm: value = log(x)
    case .squareRoot: value = x.squareRoot()
    case .not: value = x.isNaN ? .nan : (x == 0 ? 1 : 0)
    default: value = .nan
    }
    return value.isFinite ? value : .nan
  }

  static func apply(_ code: Code, _ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    let value: Double
    switch code {
    case .add: value = x + y
    case .subtract: value = x - y
    case .multiply: value = x * y
    case .divide: value = x / y
    case .power: value = pow(x, y)
    case .minimum: value = min(x, y)
    case .maximum: value = max(x, y)
    case .less: value = x < y ? 1 : 0
    case .lessOrEqual: value = x <= y ? 1 : 0
    case .equal: value = x == y ? 1 : 0
    case .and: value = x != 0 && y != 0 ? 1 : 0
    case .or: value = x != 0 || y != 0 ? 1 : 0
    default: value = .nan
    }
    return value.isFinite ? value : .nan
  }
}
