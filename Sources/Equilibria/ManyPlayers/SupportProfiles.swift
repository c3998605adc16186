import Games

/// All profiles of supports of a game, small and balanced ones first, without those in which some
/// strategy is conditionally dominated (Porter, Nudelman & Shoham 2008, sections 3 and 4).
///
/// Supports are made one after the other and never listed: there are as many as subsets.
struct SupportProfiles {
  private let table: PayoffTable

  init(_ table: PayoffTable) { self.table = table }

  /// Calls a function for each profile until it says to stop; `skipped` says whether to stop after
  /// so many that dominance rules out.
  func forEach(
    _ body: (_ supports: [[Int]]) -> Bool, skipped: (_ count: Int) -> Bool
  ) {
    var dominated = 0
    for sizes in sizeProfiles() {
      var masks = sizes.map { (1 << $0) - 1 }
      search: while true {
        let profile = masks.indices.map { player in
          (0..<table.sizes[player]).filter { masks[player] >> $0 & 1 == 1 }
        }
        if hasDominated(profile) {
          dominated += 1
          if skipped(dominated) { return }
        } else if body(profile) {
          return
        }
        for player in masks.indices {
          masks[player] = SupportProfiles.next(after: masks[player])
          if masks[player] < 1 << table.sizes[player] { continue search }
          masks[player] = (1 << sizes[player]) - 1
        }
        break
      }
    }
  }

  /// The next larger set of as many elements, as bits (Gosper 1972, in HAKMEM, item 175).
  private static func next(after mask: Int) -> Int {
    let lowest = mask & -mask
    let ripple = mask + lowest
    return ripple | ((mask ^ ripple) >> 2) / lowest
  }

  /// Sizes of supports: two players' equilibria have balanced supports more often than small ones,
  /// more players' the other way round.
  private func sizeProfiles() -> [[Int]] {
    let all = table.sizes.reduce([[]]) { profiles, size in
      profiles.flatMap { profile in (1...max(1, size)).map { profile + [$0] } }
    }
    return all.map { sizes in
      let total = sizes.reduce(0, +)
      let imbalance = (sizes.max() ?? 0) - (sizes.min() ?? 0)
      return (key: sizes.count == 2 ? [imbalance, total] : [total, imbalance], sizes: sizes)
    }.sorted {
      ($0.key + $0.sizes).lexicographicallyPrecedes($1.key + $1.sizes)
    }.map(\.sizes)
  }

  /// Whether some strategy of a support yields less than another of its player's against everything
  /// that the others' supports allow: then there is no equilibrium.
  private func hasDominated(_ profile: [[Int]]) -> Bool {
    for player in profile.indices {
      var others = [0]
      for other in profile.indices where other != player {
        let stride = table.strides[other]
        others = profile[other].flatMap { strategy in others.map { $0 + strategy * stride } }
      }
      let payoffs = table.payoffs[player]
      let stride = table.strides[player]
      for strategy in profile[player] {
        for better in 0..<table.sizes[player] where better != strategy {
          // Doubles nearest to exact numbers keep their order: what is less is less.
          if others.allSatisfy({ payoffs[$0 + strategy * stride] < payoffs[$0 + better * stride] })
          {
            return true
          }
        }
      }
    }
    return false
  }
}
