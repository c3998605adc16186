/// A number for each world that an analysis is to explain: the probability of an event, perhaps given
/// a condition, or a party's expected payoff; in tests any function of points.
public protocol ResponseFunction: Sendable {
  /// What is known of the inputs.
  var space: InputSpace { get }
  /// The inputs that the number depends on, by the formulas, in rising order; fixed ones among them.
  var reads: [Int] { get }
  /// The seed of the draws.
  var seed: UInt64 { get }
  /// The numbers at points, each with a value for every input. The order of the points and what was
  /// asked before must not matter.
  func values(at points: [[Double]]) async throws -> Responses.Query
}

extension ResponseFunction {
  /// The uncertain inputs that the number depends on.
  public var drivers: [Int] { reads.filter { !space.isFixed[$0] } }

  /// The uncertain inputs that appear nowhere in what decides: they have no effect by construction.
  public var bystanders: [Int] {
    let read = Set(reads)
    return space.uncertain.filter { !read.contains($0) }
  }

  /// The first draws of the forecast, with their numbers: the raw material of figures and searches.
  public func sample(_ draws: Int) async throws -> ResponseSample {
    let points = space.points(draws, seed: seed)
    return ResponseSample(points: points, values: try await values(at: points))
  }
}

extension InputSpace {
  /// The first draws under a seed: the same as ``DrawSource`` gives.
  public func points(_ draws: Int, seed: UInt64) -> [[Double]] {
    let source = DrawSource(self, seed: seed)
    var point = source.makePoint()
    var inputs: [Double] = []
    return (0..<draws).map { draw in
      source.draw(draw, point: &point, into: &inputs)
      return inputs
    }
  }
}

/// Why there is nothing to analyze.
public enum AnalysisError: Error, Sendable, Equatable {
  /// No world has a certified play in which the number exists.
  case noCertifiedWorld
}

/// Draws with what they come to.
public struct ResponseSample: Sendable {
  /// By draw: the values of all inputs.
  public let points: [[Double]]
  /// By draw: the response.
  public let values: Responses.Query

  /// Points with the responses at them.
  public init(points: [[Double]], values: Responses.Query) {
    precondition(points.count == values.count, "one response for each point")
    self.points = points
    self.values = values
  }

  /// The first draws alone.
  public func prefix(_ draws: Int) -> ResponseSample {
    ResponseSample(
      points: Array(points.prefix(draws)), values: values.selecting(0..<min(draws, points.count)))
  }
}
