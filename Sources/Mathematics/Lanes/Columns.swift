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

  /// Eight draws' values of a number.
  @inlinable
  @inline(__always)
  public func lanes(_ number: Int, group: Int) -> Lanes {
    let offset = MemoryLayout<Double>.stride * (number * stride + Lanes.width * group)
    precondition(offset >= 0 && number * stride + Lanes.width * (group + 1) <= values.count)
    return values.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Lanes.self) }
  }

  /// Writes eight draws' values of a number.
  @inlinable
  @inline(__always)
  public mutating func setLanes(_ number: Int, group: Int, _ lanes: Lanes) {
    let offset = MemoryLayout<Double>.stride * (number * stride + Lanes.width * group)
    precondition(offset >= 0 && number * stride + Lanes.width * (group + 1) <= values.count)
    values.withUnsafeMutableBytes {
      $0.storeBytes(of: lanes, toByteOffset: offset, as: Lanes.self)
    }
  }

  /// Takes over a number's column from columns of the same length.
  public mutating func copy(_ number: Int, from other: Columns) {
    let column = number * stride..<(number + 1) * stride
    values.replaceSubrange(column, with: other.values[column])
  }

  /// All numbers of one draw.
  public func row(_ draw: Int) -> [Double] { (0..<count).map { self[$0, draw] } }
}
