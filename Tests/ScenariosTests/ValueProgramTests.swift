import Foundation
import Games
import Mathematics
import Scenarios
import Testing

/// Blocks of draws against the evaluation of one draw after the other.
@Suite("Programs for blocks of draws")
struct ValueProgramTests {
  private static let codes: [ValueGraph.Code] = [
    .add, .subtract, .multiply, .add, .subtract, .multiply, .divide, .power, .minimum, .maximum,
    .negate, .absolute, .exponential, .logarithm, .squareRoot, .less, .lessOrEqual, .equal, .and,
    .or, .not, .select,
  ]
  /// Numbers that go wrong, or nearly.
  private static let special: [Double] = [
    0, -0.0, 1, -1, 2, 0.5, -3, 1e300, -1e300, 1e-300, 700, -750, .infinity, -.infinity, .nan,
  ]

  /// Operations of all kinds on each other, on inputs and on constants.
  private static func graph(_ stream: inout SplitMix64, inputs: Int) -> ValueGraph {
    var graph = ValueGraph()
    var ids = (0..<inputs).map { graph.input($0) }
    for _ in 0..<Int.random(in: 1...40, using: &stream) {
      func operand() -> Int32 {
        stream.uniform() < 0.15
          ? graph.constant(special[Int.random(in: 0..<special.count, using: &stream)])
          : ids[Int.random(in: 0..<ids.count, using: &stream)]
      }
      let code = codes[Int.random(in: 0..<codes.count, using: &stream)]
      switch code {
      case .negate, .absolute, .exponential, .logarithm, .squareRoot, .not:
        ids.append(graph.unary(code, operand()))
      case .select: ids.append(graph.select(operand(), operand(), operand()))
      default: ids.append(graph.binary(code, operand(), operand()))
      }
    }
    return graph
  }

  /// How many results of a program are not those of the graph, bit by bit, or exceed its bound.
  private static func differences(
    _ graph: ValueGraph, results: [Int32], draws: [[Double]]
  ) throws -> Int {
    let program = ValueProgram(graph, results: results)
    var inputs = Columns(count: draws[0].count, draws: draws.count)
    for (number, draw) in draws.enumerated() {
      for (input, value) in draw.enumerated() { inputs[input, number] = value }
    }
    var columns = program.makeColumns(draws: draws.count)
    var scratch = program.makeScratch()
    let bound = program.evaluate(
      inputs: inputs, draws: draws.count, into: &columns, scratch: &scratch)
    var values: [Double] = []
    var count = 0
    for (number, draw) in draws.enumerated() {
      graph.evaluate(inputs: draw, into: &values)
      for id in results {
        let result = columns[try #require(program.outputs[id]), number]
        let value = values[Int(id)]
        let agrees = value.isNaN ? result.isNaN : value.bitPattern == result.bitPattern
        if !agrees || !(abs(result) <= bound || bound == .infinity) { count += 1 }
      }
    }
    return count
  }

  @Test("Each result of each draw is that of the graph, bit by bit, whatever the operations")
  func randomGraphs() throws {
    var stream = SplitMix64(seed: 71)
    for _ in 0..<3_000 {
      let inputs = Int.random(in: 1...6, using: &stream)
      let graph = ValueProgramTests.graph(&stream, inputs: inputs)
      let all = graph.operations.indices.map { Int32($0) }
      let results = all.filter { _ in stream.uniform() < 0.2 } + [all[all.count - 1]]
      let draws = (0..<Int.random(in: 1...90, using: &stream)).map { _ in
        (0..<inputs).map { _ in
          stream.uniform() < 0.3
            ? ValueProgramTests.special[
              Int.random(in: 0..<ValueProgramTests.special.count, using: &stream)]
            : 6 * stream.uniform() - 3
        }
      }
      #expect(try ValueProgramTests.differences(graph, results: results, draws: draws) == 0)
    }
  }

  private static let scenarios: [String] = {
    let folder = ScenarioTestSupport.tests.deletingLastPathComponent()
      .appending(path: "Scenarios")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted()
      .map { folder.appending(path: $0).path }
  }()

  @Test("What is not needed is left out, and what one result uses alone goes with it")
  func instructions() throws {
    var graph = ValueGraph()
    let inputs = (0..<4).map { graph.input($0) }
    let product = graph.binary(.multiply, inputs[0], inputs[1])
    _ = graph.binary(.divide, product, inputs[2])
    let sum = graph.binary(.add, product, inputs[2])
    let result = graph.binary(.subtract, sum, graph.binary(.multiply, inputs[3], inputs[2]))
    let two = graph.constant(2)
    let program = ValueProgram(graph, results: [result, inputs[1], two])
    #expect(program.operationCount == 4)
    #expect(program.registerCount <= 1)
    var columns = program.makeColumns(draws: 3)
    var scratch = program.makeScratch()
    var block = Columns(count: 4, draws: 3)
    for input in 0..<4 { block[input, 2] = Double(input + 2) }
    program.evaluate(inputs: block, draws: 3, into: &columns, scratch: &scratch)
    // 2 · 3 + 4 − 5 · 4
    #expect(columns[try #require(program.outputs[result]), 2] == -10)
    #expect(columns[try #require(program.outputs[inputs[1]]), 2] == 3)
    #expect(columns[try #require(program.outputs[two]), 1] == 2)
  }

  @Test("The scenarios are there")
  func scenariosExist() { #expect(ValueProgramTests.scenarios.count > 10) }

  @Test(
    "The numbers of a scenario's game are those of the graph, for 512 draws, with fewer columns",
    arguments: scenarios)
  func games(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let read = ScenarioTestSupport.read(text)
    let scenario = try #require(read.scenario)
    let game = try #require(read.game)
    let results = game.views.flatMap(\.operations)
    var stream = SplitMix64(seed: 5)
    let draws = (0..<512).map { _ in
      scenario.inputs.map { $0.distribution.quantile(stream.uniform()) }
    }
    #expect(
      try ValueProgramTests.differences(game.graph, results: results, draws: draws) == 0)
    let program = ValueProgram(game.graph, results: results)
    let view = game.views[0]
    let columns = view.columns(in: program)
    #expect(
      view.payoffs.indices.allSatisfy {
        program.outputs[view.payoffs[$0]] == Int(columns.payoffs[$0])
      })
    #expect(program.operationCount <= game.graph.operations.count)
    #expect(program.registerCount <= game.graph.operations.count)
  }
}
