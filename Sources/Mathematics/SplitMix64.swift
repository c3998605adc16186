/// A small, fast generator with 64 bits of state (Steele, Lea & Flood 2014), for seeded tests and
/// for hashing seeds into streams. Its outputs are the same on every platform.
public struct SplitMix64: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  /// A stream. Streams of neighboring seeds overlap: make seeds by ``hash(_:_:)``.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return SplitMix64.mix(state)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// The finalizer: a bijection of 64 bits in which every input bit reaches every output bit.
  @inlinable
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// One seed out of two numbers, such as a run's seed and the number of a stream.
  @inlinable
  public static func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    mix(
      mix(first &+ 0x9e37_79b9_7f4a_7c15) &+ second &* 0xd1b5_4a32_d192_ed03
        &+ 0x632b_e59b_d9b4_e019)
  }
}
