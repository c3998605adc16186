import Games

/// All profiles of supports of a game, small and balanced ones first, without those in which some
/// strategy is conditionally dominated (Porter, Nudelman & Shoham 2008, sections 3 and 4).
struct SupportProfiles {
  private let table: PayoffTable
  /// By player and size: supports, as ascending strategies.
  private let supports: [[[[Int]]]]

  init(_ table: PayoffTable) {
    self.table = table
    supports = table.sizes.map { size in
      var bySize = [[[Int]]](repeating: [], count: size + 1)
      for mask in 1..<max(1, 1 << size) {
        let support = (0..<size).filter { mask >> $0 & 1 == 1 }
        bySize[support.count].append(support)
      }
      return bySize
    }
  }

  /// Calls a function for each profile until it says to stop.
  func forEach(_ body: (_ supports: [[Int]]) -> Bool) {
    for sizes in sizeProfiles() {
      let lists = sizes.indices.map { supports[$0][sizes[$0]] }
      var places = Array(repeating: 0, count: sizes.count)
      search: while true {
        let profile = places.indices.map { lists[$0][places[$0]] }
        if !hasDominated(profile), body(profile) { return }
        for player in places.indices {
          places[player] += 1
          if places[player] < lists[player].count { continue search }
          places[player] = 0
        }
        break
      }
    }
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
