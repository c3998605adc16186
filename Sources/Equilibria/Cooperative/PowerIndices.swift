public import Mathematics

extension CoalitionGame {
  /// The Shapley value (1953, A value for n-person games): what a player adds, on average over all
  /// orders in which the players may join. In simple games it is the index of Shapley & Shubik
  /// (1954).
  ///
  /// - Complexity: n 2ⁿ/2 additions.
  public var shapleyValue: [Rational] {
    let count = players.count
    let (all, with) = sumsBySize()
    // A coalition of s members counts (s - 1)! (n - s)! / n! for them, and with a minus sign
    // s! (n - s - 1)! / n! for the others: 1 / (n · (n - 1 choose s - 1)) and likewise.
    var choices = [Rational.one]
    for size in 1..<max(count, 1) {
      choices.append(choices[size - 1] * Rational(count - size, size))
    }
    let weights = choices.map { ($0 * Rational(count)).reciprocal }
    return players.indices.map { player in
      (1...count).reduce(.zero) { value, size in
        let inside = weights[size - 1] * with[player][size]
        if size == count { return value + inside }
        return value + inside - weights[size] * (all[size] - with[player][size])
      }
    }
  }

  /// The Banzhaf value (1965, Weighted voting doesn't work; Dubey & Shapley 1979): what a player
  /// adds on average to the coalitions of the others, all equally likely. In a simple game it is the
  /// probability that the player swings the vote.
  ///
  /// - Complexity: n 2ⁿ/2 additions.
  public var banzhafValue: [Rational] {
    let (all, with) = sumsBySize()
    let total = all.reduce(.zero, +)
    return with.map { sums in
      (sums.reduce(.zero, +) * 2 - total) * Rational(1, 1 << (players.count - 1))
    }
  }

  /// The Banzhaf value as shares of its sum; nil if the sum is 0.
  public var normalizedBanzhafIndex: [Rational]? {
    let value = banzhafValue
    let total = value.reduce(.zero, +)
    return total.signum == 0 ? nil : value.map { $0 / total }
  }

  /// The sum of worths by size, of all coalitions and of those with each player.
  private func sumsBySize() -> (all: [Rational], with: [[Rational]]) {
    let none = Array(repeating: Rational.zero, count: players.count + 1)
    var all = none
    var with = players.map { _ in none }
    for bits in worths.indices where worths[bits].signum != 0 {
      let size = bits.nonzeroBitCount
      all[size] += worths[bits]
      for player in players.indices where bits >> player & 1 == 1 {
        with[player][size] += worths[bits]
      }
    }
    return (all, with)
  }
}
