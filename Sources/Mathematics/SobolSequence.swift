/// Quasi-random points in the unit cube: Sobol' sequences, scrambled independently for each
/// replicate by Owen's nested uniform scrambling (Owen 1995).
///
/// A coordinate is a pure function of seed, replicate, dimension and index, so points can be made
/// in any order and on any number of cores. Each replicate is uniform in the cube, and its first
/// 2ᵐ points, or any 2ᵐ from a multiple of 2ᵐ on, have exactly one in each of 2ᵐ equal slices of
/// every dimension. The default use is 16 replicates of 256 points: averages over a replicate are
/// unbiased, and the differences between replicates tell the error.
///
/// Beyond 256 dimensions coordinates are stratified in blocks of 256 indices (Latin hypercube
/// sampling): each block still has one point in each of 256 slices, but pairs of such dimensions
/// are only as even as random ones.
public struct ScrambledSobol: Sendable, Equatable {
  /// The number of coordinates of a point.
  public let dimensions: Int
  /// The seed. Other seeds give independent scramblings.
  public let seed: UInt64

  /// Points with this many coordinates.
  public init(dimensions: Int, seed: UInt64) {
    precondition(dimensions >= 0, "the number of dimensions cannot be negative")
    self.dimensions = dimensions
    self.seed = seed
  }

  /// Writes a point. `coordinates` must have as many elements as there are dimensions. Takes some
  /// 150 ns for each.
  ///
  /// - Parameters:
  ///   - replicate: the number of the scrambling, from 0.
  ///   - index: the number of the point within it, from 0 to 2³² − 1.
  public func point(replicate: Int, index: Int, into coordinates: inout [Double]) {
    precondition(coordinates.count == dimensions, "a point has one coordinate per dimension")
    let stream = SplitMix64.hash(seed, UInt64(bitPattern: Int64(replicate)))
    for dimension in 0..<dimensions {
      coordinates[dimension] = ScrambledSobol.coordinate(stream, index, dimension)
    }
  }

  /// One coordinate of a point, strictly between 0 and 1. The dimension may be any from 0.
  public func coordinate(replicate: Int, index: Int, dimension: Int) -> Double {
    let stream = SplitMix64.hash(seed, UInt64(bitPattern: Int64(replicate)))
    return ScrambledSobol.coordinate(stream, index, dimension)
  }

  /// A coordinate before scrambling, as a fraction of 2³². Points come in the order of Gray's code,
  /// as in most implementations. `dimension` is below 256.
  package static func unscrambled(index: Int, dimension: Int) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: index)
    var gray = number ^ (number &>> 1)
    var value: UInt32 = 0
    var place = dimension * SobolDirections.bits
    while gray != 0 {
      if gray & 1 == 1 { value ^= SobolDirections.numbers[place] }
      gray &>>= 1
      place += 1
    }
    return value
  }

  private static func coordinate(_ stream: UInt64, _ index: Int, _ dimension: Int) -> Double {
    precondition(index >= 0 && index <= Int(UInt32.max), "the index must fit in 32 bits")
    let key = SplitMix64.hash(stream, UInt64(dimension))
    guard dimension < SobolDirections.dimensions else { return stratified(key, index) }
    let bits = unscrambled(index: index, dimension: dimension)
    return fraction(scramble(bits, key), jitter: SplitMix64.hash(key, 1 << 32 | UInt64(bits)))
  }

  /// Flips each bit or not, at random for each different sequence of bits above it: a random
  /// permutation of the two halves of every dyadic interval.
  ///
  /// One hash decides for five levels, that is for the 31 intervals of a subtree.
  package static func scramble(_ value: UInt32, _ key: UInt64) -> UInt32 {
    // Shifts that mask and plain loops: many times faster in debug builds.
    var result: UInt32 = 0
    var bit: UInt32 = 32
    var prefix: UInt64 = 1
    while bit > 0 {
      let flips = SplitMix64.hash(key, prefix)
      let last = bit > 5 ? bit &- 5 : 0
      var place: UInt64 = 1
      while bit > last {
        bit &-= 1
        let original = (value &>> bit) & 1
        let flip = UInt32(truncatingIfNeeded: flips &>> place) & 1
        result |= (original ^ flip) &<< bit
        place = (place &<< 1) | UInt64(original)
      }
      prefix = (1 &<< UInt64(32 &- bit)) | UInt64(value &>> bit)
    }
    return result
  }

  /// The place in the block of 256 permuted by four Feistel rounds, and a hash for the rest.
  private static func stratified(_ key: UInt64, _ index: Int) -> Double {
    let block = SplitMix64.hash(key, UInt64(index >> 8))
    var left = UInt64(index >> 4 & 15)
    var right = UInt64(index & 15)
    for round in 0..<4 as Range<UInt64> {
      (left, right) = (right, left ^ SplitMix64.hash(block, round << 4 | right) >> 60)
    }
    let hash = SplitMix64.hash(block, 1 << 8 | left << 4 | right)
    let stratum = UInt32(left << 4 | right)
    return fraction(stratum << 24 | UInt32(hash >> 40), jitter: hash << 24)
  }

  /// The middle of the cell with these 32 upper and the top 20 bits of `jitter` as lower bits: never
  /// 0 and never 1.
  private static func fraction(_ upper: UInt32, jitter: UInt64) -> Double {
    (Double(UInt64(upper) << 20 | jitter >> 44) + 0.5) * 0x1p-52
  }
}
