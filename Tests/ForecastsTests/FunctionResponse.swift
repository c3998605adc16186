import Forecasts
import Mathematics

/// A plain function of its inputs as a response, so that analyses meet closed forms.
struct FunctionResponse: ResponseFunction {
  let space: InputSpace
  var seed: UInt64 = 1
  let function: @Sendable ([Double]) -> Double
  var reads: [Int] { Array(space.best.indices) }

  init(_ space: InputSpace, seed: UInt64 = 1, _ function: @escaping @Sendable ([Double]) -> Double)
  {
    self.space = space
    self.seed = seed
    self.function = function
  }

  /// A function of independent uniform inputs.
  init(
    uniform count: Int, seed: UInt64 = 1, _ function: @escaping @Sendable ([Double]) -> Double
  ) throws {
    let one = try Distribution.uniform(low: 0, high: 1)
    try self.init(
      InputSpace(Array(repeating: one, count: count)), seed: seed, function)
  }

  /// A function of standard normal inputs with these rank correlations.
  init(
    normal count: Int, correlations: [RankCorrelation] = [], seed: UInt64 = 1,
    _ function: @escaping @Sendable ([Double]) -> Double
  ) throws {
    let one = try Distribution.normal(mean: 0, standardDeviation: 1)
    try self.init(
      InputSpace(Array(repeating: one, count: count), correlations: correlations), seed: seed,
      function)
  }

  func values(at points: [[Double]]) async throws -> Responses.Query {
    Responses.Query(points.map(function))
  }
}

extension Sensitivity.Input {
  /// The total index of an analysis without evidence; not a number where there is none.
  var inAll: SensitivityIndices.Index {
    total ?? SensitivityIndices.Index(estimate: .nan, interval: 0...0)
  }
}
