/// Which column of which buffer: the buffer's ordinal, below 4, in the two low bits.
public struct LaneAddress: Sendable, Hashable {
  @usableFromInline let bits: Int32

  /// A column of one of four buffers.
  @inlinable
  public init(space: Int, column: Int) { bits = Int32(column << 2 | space) }

  /// The ordinal of the buffer.
  @inlinable public var space: Int { Int(bits & 3) }
  /// The ordinal of the column in it.
  @inlinable public var column: Int { Int(bits >> 2) }
}

/// One of the buffers of columns that a program of kernels works on, at a tile of its draws.
///
/// Holds a raw pointer into memory that is lent by ``LaneTiles``; it never outlives the loan.
@frozen
public struct LaneSpace {
  /// The first column's number of the tile's first draw.
  @usableFromInline let base: UnsafeMutableRawPointer
  /// From one column to the next, in bytes.
  @usableFromInline let stride: Int
  /// From one group of lanes to the next, in bytes: 0 where one group stands for all draws.
  @usableFromInline let step: Int

  /// Columns of a stride in numbers, from a group of draws on.
  init(_ base: UnsafeMutableRawPointer, _ stride: Int, _ group: Int, isConstant: Bool = false) {
    let size = MemoryLayout<Lanes>.size
    self.base = base + group * size
    self.stride = stride * MemoryLayout<Double>.stride
    step = isConstant ? 0 : size
  }

  /// The same columns from a later group of draws on.
  public func advanced(by groups: Int) -> LaneSpace { LaneSpace(self, groups) }

  private init(_ space: LaneSpace, _ groups: Int) {
    base = space.base + groups * space.step
    stride = space.stride
    step = space.step
  }
}

/// Lends four buffers of columns to a program of kernels, tile after tile of their draws.
public enum LaneTiles {
  /// How many draws go through a program at a time: few enough for the cache, enough to make little
  /// of the cost of reading the program.
  public static let draws = 256
  /// The same as groups of lanes.
  public static let groups = draws / Lanes.width

  /// Columns for what lives within a tile only.
  public static func registers(_ count: Int) -> Columns { Columns(count: count, draws: draws) }

  /// Numbers that are the same for all draws: a group of lanes for each.
  public static func constants(_ values: [Double]) -> Columns {
    var columns = Columns(count: values.count, draws: Lanes.width)
    for (number, value) in values.enumerated() {
      for lane in 0..<Lanes.width { columns[number, lane] = value }
    }
    return columns
  }

  /// Calls `body` with the four buffers for each tile, and how many groups of lanes it has.
  ///
  /// - Parameters:
  ///   - numbers: buffer 0, which is only read.
  ///   - results: buffer 1.
  ///   - registers: buffer 2, the same for each tile.
  ///   - others: buffer 3, the same group of lanes for all draws if `isConstant`.
  public static func run(
    draws: Int, _ numbers: Columns, _ results: inout Columns, _ registers: inout Columns,
    _ others: inout Columns, isConstant: Bool,
    _ body: (_ spaces: UnsafePointer<LaneSpace>, _ groups: Int) -> Void
  ) {
    precondition(numbers.stride >= draws && results.stride >= draws)
    precondition(registers.stride >= min(draws, LaneTiles.draws))
    precondition(isConstant || others.stride >= draws)
    let groups = (draws + Lanes.width - 1) / Lanes.width
    let strides = (numbers.stride, results.stride, registers.stride, others.stride)
    numbers.values.withUnsafeBytes { numbers in
      results.values.withUnsafeMutableBytes { results in
        registers.values.withUnsafeMutableBytes { registers in
          others.values.withUnsafeMutableBytes { others in
            withUnsafeTemporaryAllocation(of: LaneSpace.self, capacity: 4) { spaces in
              guard let table = spaces.baseAddress else { return }
              // An empty buffer has no address, and nothing reads it.
              let none = UnsafeMutableRawPointer(table)
              let read = UnsafeMutableRawPointer(mutating: numbers.baseAddress) ?? none
              var first = 0
              while first < groups {
                spaces.initializeElement(at: 0, to: LaneSpace(read, strides.0, first))
                spaces.initializeElement(
                  at: 1, to: LaneSpace(results.baseAddress ?? none, strides.1, first))
                spaces.initializeElement(
                  at: 2, to: LaneSpace(registers.baseAddress ?? none, strides.2, 0))
                spaces.initializeElement(
                  at: 3,
                  to: LaneSpace(
                    others.baseAddress ?? none, strides.3, isConstant ? 0 : first,
                    isConstant: isConstant))
                body(table, min(LaneTiles.groups, groups - first))
                first += LaneTiles.groups
              }
            }
          }
        }
      }
    }
  }
}

/// A column as a kernel reads it.
@frozen
public struct LaneOperand {
  @usableFromInline let base: UnsafeMutableRawPointer
  @usableFromInline let step: Int

  /// The column at an address, of four buffers.
  @inlinable
  @inline(__always)
  public init(_ address: LaneAddress, in spaces: UnsafePointer<LaneSpace>) {
    let space = spaces + address.space
    base = space.pointee.base + address.column &* space.pointee.stride
    step = space.pointee.step
  }

  /// The numbers of one group of draws.
  @inlinable
  public subscript(group: Int) -> Lanes {
    @inline(__always) get {
      base.loadUnaligned(fromByteOffset: group &* step, as: Lanes.self)
    }
    @inline(__always) nonmutating set {
      base.storeBytes(of: newValue, toByteOffset: group &* step, as: Lanes.self)
    }
  }
}

/// Gives out columns to values that live for a while.
public struct LaneRegisters: Sendable {
  private var free: [Int] = []
  /// How many were ever needed at once.
  public private(set) var count = 0

  /// None in use.
  public init() {}

  /// A column that is free; the one that was last given back is likeliest to be in the cache.
  public mutating func take() -> Int {
    if let last = free.popLast() { return last }
    count += 1
    return count - 1
  }

  /// Gives a column back.
  public mutating func giveBack(_ register: Int) { free.append(register) }
}
