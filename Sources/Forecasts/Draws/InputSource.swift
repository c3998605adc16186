public import Mathematics

/// Where the quantities of draws come from.
public protocol InputSource: Sendable {
  /// Writes the quantities of some draws, the first of them to column place 0.
  func fill(_ draws: Range<Int>, into inputs: inout Columns)
}

extension DrawSource: InputSource {
  /// Writes the quantities of some draws.
  ///
  /// - Complexity: O(draws × inputs).
  public func fill(_ draws: Range<Int>, into inputs: inout Columns) {
    var point = makePoint()
    var values: [Double] = []
    for (place, draw) in draws.enumerated() {
      self.draw(draw, point: &point, into: &values)
      for (input, value) in values.enumerated() { inputs[input, place] = value }
    }
  }
}

/// Quantities listed draw by draw.
public struct ListedInputs: InputSource {
  private let points: [[Double]]

  /// One row of all inputs for each draw.
  public init(_ points: [[Double]]) { self.points = points }

  /// Writes the quantities of some draws.
  public func fill(_ draws: Range<Int>, into inputs: inout Columns) {
    for (place, draw) in draws.enumerated() {
      for (input, value) in points[draw].enumerated() { inputs[input, place] = value }
    }
  }
}

/// The same quantities in every draw, such as the best estimates.
struct FixedInputs: InputSource {
  let values: [Double]

  func fill(_ draws: Range<Int>, into inputs: inout Columns) {
    for (input, value) in values.enumerated() {
      for place in draws.indices { inputs[input, place - draws.lowerBound] = value }
    }
  }
}
