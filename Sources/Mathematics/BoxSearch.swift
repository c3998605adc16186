/// Finds the maximum of a function on the unit cube of one to three dimensions, whose values come
/// many at a time: grids that shrink around the best point so far and move with it.
///
/// The first grid is dense, so that of several maxima the highest is found unless it is narrower than
/// a cell. Between grids nothing is assumed but that the function falls off from its maximum.
public struct BoxSearch: Sendable {
  /// The best point found.
  public struct Maximum: Sendable, Equatable {
    /// Its coordinates, from 0 to 1.
    public var point: [Double]
    /// The value there; minus infinity where it is so everywhere.
    public var value: Double
  }

  /// How many coordinates.
  public let dimensions: Int
  /// Points along each side of the first grid, and of the others.
  private let firstSide: Int
  private let side: Int
  /// Half the width of the next box, in cells of the last grid.
  private let reach = 1.5

  /// A search in 0 to 3 dimensions.
  public init(dimensions: Int) {
    precondition((0...3).contains(dimensions), "a grid has at most three dimensions")
    self.dimensions = dimensions
    firstSide = [1, 256, 32, 12][dimensions]
    side = [1, 64, 16, 6][dimensions]
  }

  private struct Box {
    var center: [Double]
    var half: Double
    var side: Int
    var best: Maximum

    func points(_ dimensions: Int) -> [[Double]] {
      var points: [[Double]] = [[]]
      for dimension in 0..<dimensions {
        let low = min(max(center[dimension] - half, 0), max(0, 1 - 2 * half))
        let width = min(2 * half, 1)
        points = points.flatMap { point in
          (0..<side).map { point + [low + width * Double($0) / Double(max(side - 1, 1))] }
        }
      }
      return points
    }
  }

  /// The maxima of several functions at once, to an accuracy in each coordinate. `evaluate` gets
  /// pairs of a function's number and a point.
  public func maximize(
    _ functions: Int, accuracy: Double = 1e-6,
    evaluate: ([(function: Int, point: [Double])]) async throws -> [Double]
  ) async throws -> [Maximum] {
    var boxes = (0..<functions).map { _ in
      Box(
        center: Array(repeating: 0.5, count: dimensions), half: 0.5, side: firstSide,
        best: Maximum(point: Array(repeating: 0.5, count: dimensions), value: -.infinity))
    }
    while let half = boxes.first?.half {
      let points = boxes.map { $0.points(dimensions) }
      let values = try await evaluate(
        points.enumerated().flatMap { function, points in points.map { (function, $0) } })
      var offset = 0
      for index in boxes.indices {
        for point in points[index] {
          if values[offset] > boxes[index].best.value {
            boxes[index].best = Maximum(point: point, value: values[offset])
          }
          offset += 1
        }
        boxes[index].center = boxes[index].best.point
        boxes[index].half = min(half, reach * 2 * half / Double(max(boxes[index].side - 1, 1)))
        boxes[index].side = side
      }
      if dimensions == 0 || half < accuracy { break }
    }
    return boxes.map(\.best)
  }
}
