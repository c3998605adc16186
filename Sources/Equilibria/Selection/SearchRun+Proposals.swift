import Games
import Mathematics

/// What a search tries on top of what it has found.
extension SearchRun {
  /// Lines up prices, unless they were tried, in an order by chance.
  mutating func line(up all: [Prices]) {
    for prices in all.shuffled(using: &stream) where tried.insert(prices).inserted {
      queue.append(prices)
    }
  }

  /// One action at one open set, and at all open sets of a kin. Where nobody's beliefs depend on how
  /// rare the others are, what is played there already is left out.
  mutating func expand(_ base: Prices, playing profile: BehaviorProfile) {
    var all: [Prices] = []
    for set in open {
      for action in actions(at: set) {
        let isPlayed = profile.probabilities[action] > 1 - SearchRun.nearness
        if isPlayed, !isTelling[set] { continue }
        var prices = base
        force(set, to: action, SearchRun.price, &prices)
        all.append(prices)
        let others = game.tree.informationSets[set].actionRange.filter { $0 != action }
        if others.count == 1 || !isTelling[set] { continue }
        // Which of the others is the likeliest mistake.
        for mistake in others {
          prices.levels[mistake] = SearchRun.lowPrice
          all.append(prices)
          prices.levels[mistake] = SearchRun.price
        }
      }
    }
    for kin in kins {
      for ordinal in game.tree.informationSets[kin[0]].actions.indices {
        let own = kin.filter { isLeft[game.tree.informationSets[$0].firstAction + ordinal] }
        if own.count < 2 { continue }
        // Whom others will think of when they see something else.
        for suspect in [-1] + own.filter({ isTelling[$0] }) {
          var prices = base
          for set in own {
            let action = game.tree.informationSets[set].firstAction + ordinal
            force(set, to: action, set == suspect ? SearchRun.lowPrice : SearchRun.price, &prices)
          }
          all.append(prices)
        }
      }
    }
    line(up: all)
  }

  /// For some equilibrium whom others think of when they see what nobody should do: one member of
  /// each player's kins, the same by its place in all of them. Without more this changes nothing;
  /// what is tried on top of it meets other beliefs.
  mutating func spreadRumors() -> Bool {
    guard let place = equilibria.indices.first(where: { !rumorsOf.contains($0) }),
      rumorsOf.count < SearchRun.mostRumored
    else { return false }
    rumorsOf.insert(place)
    let tree = game.tree
    let telling = kins.filter { $0.contains { isTelling[$0] } }
    let players = Set(telling.map { tree.informationSets[$0[0]].player }).sorted()
    var all = [pricesOf[place]]
    for player in players {
      let own = telling.filter { tree.informationSets[$0[0]].player == player }
      let size = own.map(\.count).max() ?? 0
      if all.count * size > SearchRun.mostRumors { break }
      all = all.flatMap { base in
        (0..<size).map { suspect in
          var prices = base
          for kin in own {
            for (member, set) in kin.enumerated() where member != suspect {
              for action in tree.informationSets[set].actionRange
              where equilibria[place].assessment.profile.probabilities[action] < SearchRun.nearness
              {
                prices.levels[action] = SearchRun.price
              }
            }
          }
          return prices
        }
      }
    }
    if players.isEmpty { return false }
    rumors = all.map { ($0, place) }
    return !rumors.isEmpty
  }

  /// A player mixes two actions at one set, and plays elsewhere as in an equilibrium.
  mutating func mix(_ equilibrium: Int) {
    isMixed[equilibrium] = true
    let profile = equilibria[equilibrium].assessment.profile
    var all: [Prices] = []
    for set in open {
      let left = actions(at: set)
      for (place, first) in left.enumerated() {
        for second in left[(place + 1)...] {
          let prices = mixing(first, second, at: set, as: profile)
          all.append(prices)
          var reversed = prices
          reversed.isReversed[game.tree.informationSets[set].player] = true
          all.append(reversed)
        }
      }
    }
    line(up: all)
    queue = Array(queue.prefix(options.paths / 4))
  }

  private func mixing(
    _ first: Int, _ second: Int, at set: Int, as profile: BehaviorProfile
  ) -> Prices {
    var prices = Prices(tree: game.tree)
    let player = game.tree.informationSets[set].player
    for (id, other) in game.tree.informationSets.enumerated()
    where other.player == player && other.bargain == nil {
      for action in other.actionRange {
        let isFree =
          id == set
          ? action == first || action == second : profile.probabilities[action] > SearchRun.nearness
        if !isFree { prices.levels[action] = SearchRun.price }
      }
    }
    return prices
  }

  /// Forces actions at some open sets, on top of the prices of something found.
  mutating func tryByChance() {
    if open.isEmpty { return }
    var prices =
      pricesOf.randomElement(using: &stream) ?? Prices(tree: game.tree)
    for _ in 0..<Int.random(in: 1...4, using: &stream) {
      guard let set = open.randomElement(using: &stream),
        let action = actions(at: set).randomElement(using: &stream)
      else { return }
      let price = Bool.random(using: &stream) ? SearchRun.price : SearchRun.lowPrice
      force(set, to: action, price, &prices)
    }
    if tried.insert(prices).inserted { queue.append(prices) }
  }

  private func actions(at set: Int) -> [Int] {
    game.tree.informationSets[set].actionRange.filter { isLeft[$0] }
  }

  private func force(_ set: Int, to action: Int, _ price: Int8, _ prices: inout Prices) {
    for other in game.tree.informationSets[set].actionRange {
      prices.levels[other] = other == action ? 0 : price
    }
  }
}
