import Forecasts
import Mathematics

/// The quantities of a sweep, row by row: draw *d* of row *r* is number *r* × draws + *d*. All rows
/// share the draws of what is not swept (common random numbers), so that rows differ by what is.
struct SweepInputs: InputSource {
  /// The values of the swept quantities.
  enum Points: Sendable {
    /// All combinations, the first grid varying slowest.
    case grid([SweepGrid])
    /// Row *k* has draw *k*.
    case sample(DrawSource)
  }

  /// The values of all others.
  enum Rest: Sendable {
    case best([Double])
    /// Draws that were made beforehand, one after the other.
    case kept([[Double]])
    case drawn(DrawSource)

    /// Makes draws beforehand where they take little memory: each row needs them.
    init(_ source: DrawSource, draws: Int) {
      guard draws * source.bestEstimates.count <= 1 << 21 else {
        self = .drawn(source)
        return
      }
      var point = source.makePoint()
      self = .kept(
        (0..<draws).map { draw in
          var values: [Double] = []
          source.draw(draw, point: &point, into: &values)
          return values
        })
    }
  }

  let swept: [Int]
  let draws: Int
  let points: Points
  let rest: Rest

  /// The swept quantities' values in a row.
  func point(_ row: Int) -> [Double] {
    switch points {
    case .grid(let grids):
      var row = row
      var values = Array(repeating: 0.0, count: grids.count)
      for (index, grid) in grids.enumerated().reversed() {
        let (next, place) = row.quotientAndRemainder(dividingBy: grid.count)
        values[index] = grid.value(place)
        row = next
      }
      return values
    case .sample(let source):
      var point = source.makePoint()
      var values: [Double] = []
      source.draw(row, point: &point, into: &values)
      return swept.map { values[$0] }
    }
  }

  func fill(_ range: Range<Int>, into inputs: inout Columns) {
    var current = -1
    var values: [Double] = []
    var scratch: (point: [Double], values: [Double]) = ([], [])
    if case .drawn(let source) = rest { scratch.point = source.makePoint() }
    for (place, number) in range.enumerated() {
      let (row, draw) = number.quotientAndRemainder(dividingBy: draws)
      if row != current {
        values = point(row)
        current = row
      }
      switch rest {
      case .best(let best): scratch.values = best
      case .kept(let kept): scratch.values = kept[draw]
      case .drawn(let source):
        source.draw(draw, point: &scratch.point, into: &scratch.values)
      }
      for (input, value) in scratch.values.enumerated() { inputs[input, place] = value }
      for (ordinal, input) in swept.enumerated() { inputs[input, place] = values[ordinal] }
    }
  }
}
