/// Ids by the numbers that a file gives to things. Numbers may be any, but most are small.
struct NumberTable {
  private var small: [Int32] = []
  private var large: [Int: Int32] = [:]
  private var count = 0

  /// The id of a number; nil if it has none yet.
  subscript(number: Int) -> Int? {
    if small.indices.contains(number), small[number] >= 0 { return Int(small[number]) }
    return large.isEmpty ? nil : large[number].map(Int.init)
  }

  /// Gives an id to a number that has none.
  mutating func insert(_ id: Int, for number: Int) {
    count += 1
    // The list stays within a few times of what is in it.
    if number >= 0, number < 4 * count + 64 {
      if number >= small.count {
        small.append(contentsOf: repeatElement(-1, count: number + 1 - small.count))
      }
      small[number] = Int32(id)
    } else {
      large[number] = Int32(id)
    }
  }
}
