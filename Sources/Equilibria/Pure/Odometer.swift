/// Goes through all ways in which a procedure can be done whose choices depend on the earlier ones,
/// without recursion: the procedure asks for one digit after another and is done again until
/// ``advance()`` says that every way has been seen.
struct Odometer {
  private var digits: [(value: Int, base: Int)] = []
  private var place = 0

  /// The next choice among so many.
  mutating func digit(below base: Int) -> Int {
    if base <= 1 { return 0 }
    if place == digits.count { digits.append((0, base)) }
    place += 1
    return digits[place - 1].value
  }

  /// Goes on to the next way; false after the last.
  mutating func advance() -> Bool {
    place = 0
    while let last = digits.last {
      if last.value + 1 < last.base {
        digits[digits.count - 1].value += 1
        return true
      }
      digits.removeLast()
    }
    return false
  }
}
