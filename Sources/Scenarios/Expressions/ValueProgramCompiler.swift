import Mathematics

/// Compiles operations of a graph to a ``ValueProgram``.
struct ValueProgramCompiler {
  private var operations: [ValueGraph.Operation]
  private let results: [Int32]
  private var isWanted: [Bool]
  private var isNeeded: [Bool]
  /// Whether what is not finite has to become NaN at once.
  private var isChecked: [Bool]
  /// Whether it is computed together with what uses it.
  private var isFused: [Bool]
  private var uses: [Int]
  private var address: [LaneAddress?]
  private var constantColumns: [UInt64: Int] = [:]

  private(set) var outputs: [Int32: Int] = [:]
  private(set) var registers = LaneRegisters()
  private(set) var instructions: [ValueInstruction] = []
  private(set) var constants: [Double] = []
  private(set) var readInputs: [LaneAddress] = []
  private(set) var operationCount = 0

  init(_ graph: ValueGraph, results: [Int32]) {
    operations = graph.operations
    self.results = results
    isWanted = Array(repeating: false, count: operations.count)
    isNeeded = isWanted
    isChecked = isWanted
    isFused = isWanted
    uses = Array(repeating: 0, count: operations.count)
    address = Array(repeating: nil, count: operations.count)
  }

  mutating func compile() {
    for id in results where outputs[id] == nil {
      outputs[id] = outputs.count
      isWanted[Int(id)] = true
      isNeeded[Int(id)] = true
      isChecked[Int(id)] = true
    }
    // Users come after what they use.
    for id in operations.indices.reversed() where isNeeded[id] { noteOperands(of: id) }
    for id in operations.indices.reversed() where isNeeded[id] { fuseOperands(of: id) }
    for id in operations.indices where isNeeded[id] { place(id) }
  }

  // MARK: - Analysis

  private mutating func noteOperands(of id: Int) {
    let operation = operations[id]
    switch operation.code {
    case .constant, .input: return
    // What is not finite gives what is not finite.
    case .add, .subtract, .multiply:
      note(operation.left, checked: false)
      note(operation.right, checked: false)
    case .negate, .absolute, .squareRoot, .logarithm: note(operation.left, checked: false)
    case .divide:
      note(operation.left, checked: false)
      note(operation.right, checked: true)
    case .select:
      // It hands on what it is given.
      note(operation.condition, checked: true)
      note(operation.left, checked: isChecked[id])
      note(operation.right, checked: isChecked[id])
    case .exponential, .not: note(operation.left, checked: true)
    case .power, .minimum, .maximum, .less, .lessOrEqual, .equal, .and, .or:
      note(operation.left, checked: true)
      note(operation.right, checked: true)
    }
  }

  private mutating func note(_ operand: Int32, checked: Bool) {
    let id = Int(operand)
    isNeeded[id] = true
    uses[id] += 1
    if checked { isChecked[id] = true }
  }

  private static func isArithmetic(_ code: ValueGraph.Code) -> Bool {
    code == .add || code == .subtract || code == .multiply
  }

  /// Sums, differences and products that only serve one of them are computed with it: one on each
  /// side, or a chain of two on the left.
  private mutating func fuseOperands(of id: Int) {
    if isFused[id] || !ValueProgramCompiler.isArithmetic(operations[id].code) { return }
    fuseLeft(of: id)
    if canFuse(operations[id].right) {
      isFused[Int(operations[id].right)] = true
    } else if isFused[Int(operations[id].left)] {
      fuseLeft(of: Int(operations[id].left))
    }
  }

  /// The left operand, or if that will not do the right one where the order does not matter.
  private mutating func fuseLeft(of id: Int) {
    let operation = operations[id]
    if operation.code != .subtract, !canFuse(operation.left), canFuse(operation.right) {
      operations[id].left = operation.right
      operations[id].right = operation.left
    }
    if canFuse(operations[id].left) { isFused[Int(operations[id].left)] = true }
  }

  private func canFuse(_ operand: Int32) -> Bool {
    let id = Int(operand)
    return uses[id] == 1 && !isWanted[id]
      && ValueProgramCompiler.isArithmetic(operations[id].code)
  }

  // MARK: - Columns

  private mutating func place(_ id: Int) {
    let operation = operations[id]
    switch operation.code {
    case .constant:
      address[id] = constant(operation.bits)
    case .input:
      let place = LaneAddress(
        space: ValueProgram.Space.inputs, column: Int(operation.left))
      readInputs.append(place)
      address[id] = place
    default:
      operationCount += 1
      if !isFused[id] { emit(id) }
      return
    }
    guard isWanted[id], let source = address[id], let column = outputs[Int32(id)] else { return }
    // A copy, as a choice between two of the same: what is not finite stays.
    let yes = constant(1.0.bitPattern)
    instructions.append(
      ValueInstruction(
        code: .select, isChecked: false,
        target: LaneAddress(space: ValueProgram.Space.outputs, column: column),
        operands: (source, source, yes, yes)))
  }

  private mutating func constant(_ bits: UInt64) -> LaneAddress {
    let column = constantColumns[bits] ?? constants.count
    if column == constants.count {
      constants.append(Double(bitPattern: bits))
      constantColumns[bits] = column
    }
    return LaneAddress(space: ValueProgram.Space.constants, column: column)
  }

  private mutating func emit(_ id: Int) {
    let operation = operations[id]
    var instruction = ValueInstruction(
      code: operation.code, isChecked: isChecked[id] && operation.code != .select,
      target: LaneAddress(space: 0, column: 0),
      operands: (none, none, none, none))
    var operands: [Int32] = []
    for (ordinal, operand) in [operation.left, operation.right].enumerated() where operand >= 0 {
      if !isFused[Int(operand)] {
        operands.append(operand)
        continue
      }
      let inner = operations[Int(operand)]
      if ordinal == 0 { instruction.left = inner.code } else { instruction.right = inner.code }
      if isFused[Int(inner.left)] {
        let first = operations[Int(inner.left)]
        instruction.first = first.code
        operands += [first.left, first.right, inner.right]
      } else {
        operands += [inner.left, inner.right]
      }
    }
    if operation.condition >= 0 { operands.append(operation.condition) }
    let places = operands.map { address[Int($0)] ?? none }
    instruction.operands.0 = places[0]
    if places.count > 1 { instruction.operands.1 = places[1] }
    if places.count > 2 { instruction.operands.2 = places[2] }
    if places.count > 3 { instruction.operands.3 = places[3] }
    // A kernel has read a group of lanes before it writes it: the target may be an operand.
    for operand in operands { release(Int(operand)) }
    let target =
      outputs[Int32(id)].map { LaneAddress(space: ValueProgram.Space.outputs, column: $0) }
      ?? LaneAddress(space: ValueProgram.Space.registers, column: registers.take())
    instruction.target = target
    address[id] = target
    instructions.append(instruction)
  }

  private var none: LaneAddress { LaneAddress(space: 0, column: 0) }

  private mutating func release(_ id: Int) {
    uses[id] -= 1
    guard uses[id] == 0, let place = address[id], place.space == ValueProgram.Space.registers
    else { return }
    registers.giveBack(place.column)
  }
}
