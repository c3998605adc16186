public import Mathematics

/// The operations of a ``ValueGraph`` that some results need, compiled for blocks of draws.
///
/// A block has a column for each input and each result. What the results do not need is left out.
/// Results have columns of their own; other values share columns by linear scan (Poletto & Sarkar
/// 1999), so that few are in use at once and stay in the cache. Sums, differences and products that
/// nothing else uses are computed together with the one that uses them.
///
/// For every draw each result is that of ``ValueGraph/evaluate(inputs:into:)``, bit by bit (but for
/// the bits of an invalid number). There what is not finite becomes NaN at once; here only where it
/// matters, for sums, differences, products, roots and logarithms of what is not finite are not
/// finite either; and a tile of draws is first taken to have finite numbers only, then worked out
/// again if that was wrong.
///
/// ```swift
/// let program = ValueProgram(graph, results: wanted)
/// var scratch = program.makeScratch()
/// var columns = program.makeColumns(draws: 256)
/// program.evaluate(inputs: inputs, draws: 256, into: &columns, scratch: &scratch)
/// columns[program.outputs[wanted[0]]!, 17]  // the first result of draw 17
/// ```
public struct ValueProgram: Sendable {
  /// The column of each wanted result, by its operation in the graph.
  public let outputs: [Int32: Int]
  /// How many columns values need for a while.
  public let registerCount: Int
  /// How many operations of the graph are computed.
  public let operationCount: Int

  let instructions: [ValueInstruction]
  let constants: [Double]
  /// The inputs that are read.
  let readInputs: [LaneAddress]
  private let inputCount: Int
  private let areConstantsFinite: Bool
  private let largestConstant: Double

  /// The buffers of operands.
  enum Space {
    static let inputs = 0
    static let outputs = 1
    static let registers = 2
    static let constants = 3
  }

  /// Memory for one thread's evaluations.
  public struct Scratch: Sendable {
    fileprivate var registers: Columns
    fileprivate var constants: Columns
  }

  /// Compiles what some operations of a graph need.
  ///
  /// - Complexity: linear in the number of operations.
  public init(_ graph: ValueGraph, results: [Int32]) {
    var compiler = ValueProgramCompiler(graph, results: results)
    compiler.compile()
    outputs = compiler.outputs
    registerCount = compiler.registers.count
    operationCount = compiler.operationCount
    instructions = compiler.instructions
    constants = compiler.constants
    readInputs = compiler.readInputs
    inputCount = readInputs.reduce(0) { max($0, $1.column + 1) }
    largestConstant = constants.reduce(0) { max($0, abs($1)) }
    areConstantsFinite = constants.allSatisfy(\.isFinite)
  }

  /// Memory for one thread's evaluations.
  public func makeScratch() -> Scratch {
    Scratch(
      registers: LaneTiles.registers(registerCount), constants: LaneTiles.constants(constants))
  }

  /// Columns for the results of a block of draws.
  public func makeColumns(draws: Int) -> Columns { Columns(count: outputs.count, draws: draws) }

  /// Evaluates a block of draws.
  ///
  /// - Parameters:
  ///   - inputs: a column for each input.
  ///   - draws: how many draws there are; not more than the columns have room for.
  ///   - results: columns as ``makeColumns(draws:)`` makes them.
  ///   - scratch: memory as ``makeScratch()`` makes it.
  /// - Returns: what no result exceeds in size, as a by-product: far from the least such number,
  ///   infinite where some draw has an invalid number.
  /// - Complexity: linear in operations × draws; allocates nothing.
  @discardableResult
  public func evaluate(
    inputs: Columns, draws: Int, into results: inout Columns, scratch: inout Scratch
  ) -> Double {
    precondition(inputs.count >= inputCount && results.count >= outputs.count)
    precondition(scratch.registers.count >= registerCount)
    precondition(scratch.constants.count == constants.count)
    var bound = largestConstant
    instructions.withUnsafeBufferPointer { instructions in
      LaneTiles.run(
        draws: draws, inputs, &results, &scratch.registers, &scratch.constants, isConstant: true
      ) { spaces, groups in
        var total = Lanes.zero
        if areConstantsFinite {
          for input in readInputs { ValueKernel.add(input, spaces, groups: groups, to: &total) }
          for instruction in instructions {
            ValueKernel(instruction, spaces, groups: groups, total: &total).runQuickly()
          }
          let sum = total.sum()
          if sum.isFinite {
            bound = max(bound, sum)
            return
          }
        }
        bound = .infinity
        for instruction in instructions {
          ValueKernel(instruction, spaces, groups: groups, total: &total).runCarefully()
        }
      }
    }
    return bound
  }
}

/// One step of a ``ValueProgram``: an operation of the graph, or up to three of them together.
struct ValueInstruction: Sendable {
  /// What is computed last.
  var code: ValueGraph.Code
  /// Of a sum, difference or product: what its operands are; a constant stands for plain ones.
  var left = ValueGraph.Code.constant
  var right = ValueGraph.Code.constant
  /// Of a left operand that is such an operation: what its own left operand is.
  var first = ValueGraph.Code.constant
  /// Whether what is not finite has to become NaN here.
  var isChecked: Bool
  var target: LaneAddress
  /// The operands: of the left one and then of the right one; of a choice, the condition last.
  var operands: (LaneAddress, LaneAddress, LaneAddress, LaneAddress)
}
