/// Numbers of many draws of assumptions: a column of draws for each number.
///
/// What is computed for one draw is computed for all of them side by side, so a loop over a column
/// needs no branch and no look-up. Columns are as long as the block of draws, rounded up to whole
/// ``Lanes``; what stands beyond the last draw has no meaning.
public struct Columns: Sendable {
  /// How many numbers each draw has.
  public let count: Int
  /// The length of a column: a multiple of ``Lanes/width``.
  public let stride: Int
  /// `values[number * stride + draw]`.
  public var values: [Double]

  /// Columns of zeros for at least this many draws.
  public init(count: Int, draws: Int) {
    self.count = count
    stride = (draws + Lanes.width - 1) / Lanes.width * Lanes.width
    values = Array(repeating: 0, count: count * stride)
  }

  /// One number of one draw.
  @inlinable
  public subscript(number: Int, draw: Int) -> Double {
    get { values[number * stride + draw] }
    set { values[number * stride + draw] = newValue }
  }
}
