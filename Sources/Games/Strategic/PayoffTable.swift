import Mathematics

/// The payoffs of a strategic-form game in floating point: a dense tensor for each player.
public struct PayoffTable: Sendable, Equatable {
  /// How many strategies each player has.
  public let sizes: [Int]
  /// How far apart two profiles are that differ by one in a player's strategy; the first player's
  /// strategy varies fastest.
  public let strides: [Int]
  /// `payoffs[player][profile]`.
  public let payoffs: [[Double]]

  /// A table from tensors in the order of ``StrategicGame/index(of:)``.
  public init(sizes: [Int], payoffs: [[Double]]) {
    var strides: [Int] = []
    var count = 1
    for size in sizes {
      strides.append(count)
      count *= size
    }
    precondition(payoffs.count == sizes.count, "each player has a tensor")
    precondition(payoffs.allSatisfy { $0.count == count }, "each profile has a payoff per player")
    self.sizes = sizes
    self.strides = strides
    self.payoffs = payoffs
  }

  /// The doubles nearest to a game's payoffs.
  public init(_ game: StrategicGame) {
    let players = game.players.count
    self.init(
      sizes: game.strategies.map(\.count),
      payoffs: game.players.indices.map { player in
        (0..<game.profileCount).map { game.payoffs[$0 * players + player].doubleValue }
      })
  }

  /// The number of profiles of pure strategies.
  public var profileCount: Int { sizes.reduce(1, *) }

  /// A player's lowest and highest payoff.
  public func bounds(of player: Int) -> (low: Double, high: Double) {
    payoffs[player].withUnsafeBufferPointer { values in
      guard let first = values.first else { return (0, 0) }
      var low = SIMD8(repeating: first)
      var high = low
      var place = 0
      while place + 8 <= values.count {
        var lane = SIMD8<Double>()
        for index in 0..<8 { lane[index] = values[place + index] }
        low.replace(with: lane, where: lane .< low)
        high.replace(with: lane, where: lane .> high)
        place += 8
      }
      for rest in values[place...] {
        low[0] = min(low[0], rest)
        high[0] = max(high[0], rest)
      }
      return (low.min(), high.max())
    }
  }

  /// The difference between a player's highest and lowest payoff; 1 if there is none.
  public func range(of player: Int) -> Double {
    let (low, high) = bounds(of: player)
    return high > low ? high - low : 1
  }

  /// `values[strategy]`: what each strategy of a player yields against the others' mixtures.
  ///
  /// - Complexity: the number of profiles times the players.
  public func strategyValues(of player: Int, against profile: NumericProfile) -> [Double] {
    strategyValues(of: player, against: profile, above: 0)
  }

  /// The same with payoffs counted from `base`.
  private func strategyValues(
    of player: Int, against profile: NumericProfile, above base: Double
  ) -> [Double] {
    var base = base
    var tensor = payoffs[player]
    // Sums the last of the others out first: what is left stays contiguous.
    for other in sizes.indices.reversed() where other != player {
      let stride = strides[other]
      let shares = profile.probabilities[other]
      // Players after `other`, if any is left, are this player alone.
      let rest = other < player ? sizes[player] : 1
      let inner = stride
      let width = sizes[other]
      let played = shares.indices.filter { shares[$0] != 0 }
      var reduced = [Double](repeating: 0, count: inner * rest)
      for outer in 0..<rest {
        for strategy in played {
          let share = shares[strategy]
          let start = (outer * width + strategy) * inner
          for place in 0..<inner {
            reduced[outer * inner + place] += share * (tensor[start + place] - base)
          }
        }
      }
      tensor = reduced
      base = 0
    }
    return base == 0 ? tensor : tensor.map { $0 - base }
  }

  /// What a player expects in a profile.
  public func value(of player: Int, in profile: NumericProfile) -> Double {
    zip(strategyValues(of: player, against: profile), profile.probabilities[player])
      .reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// What each player could gain by a change of its own strategy alone, in units of its payoff
  /// range.
  public func regrets(of profile: NumericProfile) -> [Double] {
    sizes.indices.map { player in
      // Counted from the lowest, so that a large common part of payoffs costs no digits.
      let (low, high) = bounds(of: player)
      let values = strategyValues(of: player, against: profile, above: low)
      let mean = zip(values, profile.probabilities[player]).reduce(0) { $0 + $1.0 * $1.1 }
      return ((values.max() ?? mean) - mean) / (high > low ? high - low : 1)
    }
  }
}
