import Games

/// What strategies yield against single strategies of each other player, at a mixed profile: the
/// derivatives of the players' values by the others' probabilities.
///
/// Strategies are numbered through, the first player's first.
struct PairPayoffs: Sendable {
  /// The first number of each player's strategies, and the number of all.
  let offsets: [Int]
  let sizes: [Int]
  /// `derivatives[own * count + other]`: what a strategy yields against another player's strategy,
  /// all the rest being as they are; 0 between strategies of one player.
  private(set) var derivatives: [Double]
  /// What each strategy yields.
  private(set) var values: [Double]
  private var numbers: [Double]
  private let seats: [Int32]
  private let profiles: Int

  /// The number of all strategies.
  var count: Int { values.count }

  /// Memory for a game; payoffs are divided by a scale for each player, if one is given.
  init(_ table: PayoffTable, scales: [Double]? = nil) {
    sizes = table.sizes
    profiles = table.profileCount
    var offsets = [0]
    for size in sizes { offsets.append(offsets[offsets.count - 1] + size) }
    self.offsets = offsets
    let count = offsets[sizes.count]
    var numbers: [Double] = []
    numbers.reserveCapacity(profiles * 3 * sizes.count)
    for (player, payoffs) in table.payoffs.enumerated() {
      let scale = scales.map { 1 / $0[player] } ?? 1
      numbers += payoffs.map { $0 * scale }
    }
    // A player with one strategy does not make a tensor smaller.
    numbers += [Double](repeating: 0, count: 2 * profiles * sizes.count)
    self.numbers = numbers
    seats = sizes.indices.flatMap { player in
      [Int32(table.sizes[player]), Int32(offsets[player]), 0, Int32(player * table.profileCount)]
    }
    derivatives = Array(repeating: 0, count: count * count)
    values = Array(repeating: 0, count: count)
  }

  /// Computes values and derivatives where strategies have these probabilities, which need not be
  /// between 0 and 1.
  ///
  /// - Complexity: about twice the number of pure profiles times the players.
  mutating func evaluate(_ probabilities: [Double]) {
    let count = count
    numbers.withUnsafeMutableBufferPointer { numbers in
      probabilities.withUnsafeBufferPointer { probabilities in
        seats.withUnsafeBufferPointer { seats in
          derivatives.withUnsafeMutableBufferPointer { derivatives in
            values.withUnsafeMutableBufferPointer { values in
              guard let base = numbers.baseAddress, let probability = probabilities.baseAddress,
                let seat = seats.baseAddress
              else { return }
              let areas = base + sizes.count * profiles
              let move = SimultaneousMove(
                seats: seat, players: sizes.count, tensors: UnsafePointer(base),
                probability: probability, spare: areas, scratch: areas + sizes.count * profiles)
              for player in 0..<sizes.count {
                let own = offsets[player]
                if sizes.count == 1 {
                  for place in 0..<sizes[0] { values[place] = base[place] }
                }
                move.forEachOther(of: player) { other, pairs, ownStep, otherStep in
                  let first = offsets[other]
                  for strategy in 0..<sizes[player] {
                    var sum = 0.0
                    for reply in 0..<sizes[other] {
                      let value = pairs[strategy * ownStep + reply * otherStep]
                      sum += probability[first + reply] * value
                      derivatives[(own + strategy) * count + first + reply] = value
                    }
                    values[own + strategy] = sum
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The highest value of a player's strategies.
  func best(_ player: Int) -> Double {
    var best = -Double.infinity
    for strategy in offsets[player]..<offsets[player + 1] { best = max(best, values[strategy]) }
    return best
  }

  /// Numbers by strategy as a profile.
  func profile(_ numbers: [Double]) -> NumericProfile {
    NumericProfile(sizes.indices.map { Array(numbers[offsets[$0]..<offsets[$0 + 1]]) })
  }
}
