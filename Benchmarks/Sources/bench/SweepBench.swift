import Equilibria
import Foundation
import Games
import Mathematics
import Scenarios

/// A sweep over draws of the quantities of a ``SweepModel``: quantities, payoffs, equilibrium, and
/// how often each end is reached.
struct SweepBench {
  static let block = 256
  private static let seed: UInt64 = 20_261_125

  private let model: SweepModel
  private let program: ValueProgram
  private let induction: BlockBackwardInduction
  private var play: BlockReach

  private var inputs = Columns(count: SweepModel.quantities, draws: block)
  private var numbers: Columns
  private var bound = 0.0
  private var programScratch: ValueProgram.Scratch
  private var solution: BlockBackwardInduction.Solution
  private var inductionScratch: BlockBackwardInduction.Scratch
  private var ends: Columns
  private var counts: [Double]

  private init() throws {
    let model = try SweepModel(seed: SweepBench.seed)
    let program = ValueProgram(model.graph, results: model.payoffs)
    let columns = GameSymbols(
      payoffs: model.payoffs.map { Int32(program.outputs[$0] ?? 0) },
      odds: Array(repeating: -1, count: model.tree.branchTarget.count),
      subjectiveOdds: Array(repeating: nil, count: SweepModel.players))
    self.model = model
    self.program = program
    induction = try BlockBackwardInduction(tree: model.tree, columns: columns, values: false)
    play = BlockReach(tree: model.tree, odds: columns.odds)
    numbers = program.makeColumns(draws: SweepBench.block)
    programScratch = program.makeScratch()
    solution = induction.makeSolution(draws: SweepBench.block)
    inductionScratch = induction.makeScratch()
    ends = Columns(count: model.tree.terminals.count, draws: SweepBench.block)
    counts = Array(repeating: 0, count: model.tree.terminals.count)
  }

  /// Writes the model to a file and prints, as a line of JSON, the seconds that a draw takes, as a
  /// whole and by its parts, and how many of the first draws reach each end.
  static func run(writing file: String) throws {
    var bench = try SweepBench()
    try bench.model.json.write(toFile: file, atomically: true, encoding: .utf8)
    var counts: [Int: [Double]] = [:]
    for first in stride(from: 0, to: 1 << 16, by: block) {
      bench.solve(from: first)
      if first == 0 { counts[block] = bench.counts }
    }
    counts[1 << 16] = bench.counts
    let whole = bench.seconds { $0.solve(from: $1) }
    let parts = [
      ("sampling", bench.seconds { $0.sample(from: $1) }),
      ("payoffs", bench.seconds { bench, _ in bench.evaluate() }),
      ("induction", bench.seconds { bench, _ in bench.induce() }),
      ("outcomes", bench.seconds { bench, _ in bench.count() }),
    ]
    let partTexts = parts.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
    let countTexts = counts.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
      .joined(separator: ", ")
    Bench.report(
      whole,
      "\"operations\": \(bench.program.operationCount), \"nodes\": "
        + "\(bench.model.tree.nodes.count), \"registers\": \(bench.program.registerCount), "
        + "\"parts\": {\(partTexts)}, \"ends\": {\(countTexts)}")
  }

  /// Per draw: the median of eleven runs over 1,024 blocks.
  private mutating func seconds(_ body: (inout SweepBench, Int) -> Void) -> Double {
    let blocks = 1_024
    let times = (0..<11).map { _ in
      let start = CPUTime.now
      for number in 0..<blocks { body(&self, number * SweepBench.block) }
      return CPUTime.now - start
    }
    return times.sorted()[5] / Double(blocks * SweepBench.block)
  }

  private mutating func solve(from first: Int) {
    sample(from: first)
    evaluate()
    induce()
    count()
  }

  private mutating func sample(from first: Int) {
    let stride = inputs.stride
    inputs.values.withUnsafeMutableBufferPointer { values in
      for quantity in 0..<SweepModel.quantities {
        let key = UInt64(quantity) &* 0xd1b5_4a32_d192_ed03 &+ SweepBench.seed
        let column = UnsafeMutableBufferPointer(
          rebasing: values[(quantity * stride)..<((quantity + 1) * stride)])
        SweepBench.uniform(column, key: key, first: UInt64(first))
        if quantity % 3 == 2 { SweepBench.normal(column) }
      }
    }
  }

  private mutating func evaluate() {
    bound = program.evaluate(
      inputs: inputs, draws: SweepBench.block, into: &numbers, scratch: &programScratch)
  }

  private mutating func induce() {
    induction.solve(
      numbers, draws: SweepBench.block, bound: bound, into: &solution, scratch: &inductionScratch)
  }

  private mutating func count() {
    play.findEnds(
      profile: solution.probabilities, numbers: numbers, draws: SweepBench.block, into: &ends)
    let stride = ends.stride
    ends.values.withUnsafeBytes { values in
      for terminal in counts.indices {
        var sum = Lanes.zero
        var offset = terminal * stride * 8
        for _ in 0..<(SweepBench.block / Lanes.width) {
          sum += values.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
          offset += 64
        }
        counts[terminal] += sum.sum()
      }
    }
  }

  /// Number *k* of a stream is a function of its key and *k*: SplitMix64's finalizer.
  private static func uniform(
    _ column: UnsafeMutableBufferPointer<Double>, key: UInt64, first: UInt64
  ) {
    var counter = first &* 0x9e37_79b9_7f4a_7c15 &+ key
    for place in column.indices {
      var z = counter
      counter &+= 0x9e37_79b9_7f4a_7c15
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      z = z ^ (z >> 31)
      // 52 bits as the fraction of a number in [1, 2).
      column[place] = Double(bitPattern: z >> 12 | 0x3ff0_0000_0000_0000) - (1 - 0x1p-53)
    }
  }

  /// Standard normal quantiles, by Acklam's (2003) rational approximations in the middle and in the
  /// tails, the latter for one draw at a time.
  private static func normal(_ column: UnsafeMutableBufferPointer<Double>) {
    let bytes = UnsafeMutableRawBufferPointer(column)
    for offset in stride(from: 0, to: bytes.count, by: 64) {
      let u = bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
      let q = u - 0.5
      let r = q * q
      var top = r * -39.69683028665376 + 220.9460984245205
      top = top * r - 275.9285104469687
      top = top * r + 138.3577518672690
      top = top * r - 30.66479806614716
      top = (top * r + 2.506628277459239) * q
      var bottom = r * -54.47609879822406 + 161.5858368580409
      bottom = bottom * r - 155.6989798598866
      bottom = bottom * r + 66.80131188771972
      bottom = bottom * r - 13.28068155288572
      bottom = bottom * r + 1
      var result = top / bottom
      let isFar = (q * q) .> 0.47575 * 0.47575
      bytes.storeBytes(of: result, toByteOffset: offset, as: Lanes.self)
      if !any(isFar) { continue }
      for lane in 0..<Lanes.width where isFar[lane] { result[lane] = tail(u[lane]) }
      bytes.storeBytes(of: result, toByteOffset: offset, as: Lanes.self)
    }
  }

  private static func tail(_ u: Double) -> Double {
    let s = (-2 * log(min(u, 1 - u))).squareRoot()
    var above = s * -7.784894002430293e-3 - 0.3223964580411365
    above = above * s - 2.400758277161838
    above = above * s - 2.549732539343734
    above = above * s + 4.374664141464968
    above = above * s + 2.938163982698783
    var below = s * 7.784695709041462e-3 + 0.3224671290700398
    below = below * s + 2.445134137142996
    below = below * s + 3.754408661907416
    below = below * s + 1
    return u < 0.5 ? above / below : -above / below
  }
}
