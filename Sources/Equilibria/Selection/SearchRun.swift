import Games
import Mathematics

/// One search by ``SequentialSearch``: what was found, and what to try next.
struct SearchRun {
  typealias Prices = PricedGame.Prices
  typealias Equilibrium = SequentialSearch.Equilibrium

  /// What an action costs that must not be played.
  static let price: Int8 = 5
  /// What it costs where it is to be the likeliest of those that must not be played.
  static let lowPrice: Int8 = 2
  /// From how many equilibria rumors are spread, and how many from each.
  static let mostRumored = 2
  static let mostRumors = 16
  /// Two profiles that differ by no more than this are one.
  static let nearness = 1e-6

  let game: ExtensiveGame
  let scale: [(low: Double, range: Double)]
  let options: SequentialSearch.Options
  /// What was found, and under which prices.
  private(set) var equilibria: [Equilibrium] = []
  private var pricesOf: [Prices] = []
  private var isExpanded: [Bool] = []
  /// How many paths were handed out.
  private(set) var paths = 0

  private let objectives: [[Double]]
  private let isLeft: [Bool]
  /// Sets at which more than one action is left.
  private let open: [Int]
  private let kins: [[Int]]
  /// By set: whether beliefs at an open set depend on how rare its actions are.
  private let isTelling: [Bool]
  private var stream: SplitMix64
  private var queue: [Prices] = []
  private var tried: Set<Prices> = []
  private var isMixingTried = false
  /// Prices that change beliefs alone, with the equilibrium that they leave in place.
  private var rumors: [(prices: Prices, equilibrium: Int)] = []
  private var rumorsOf: Set<Int> = []
  private var foundBefore = 0
  private var isByChance = false

  init(
    game: ExtensiveGame, scale: [(low: Double, range: Double)], isLeft: [Bool],
    objectives: [[Double]], options: SequentialSearch.Options, search: SequentialSearch
  ) {
    self.game = game
    self.scale = scale
    self.isLeft = isLeft
    self.objectives = objectives
    self.options = options
    open = game.tree.informationSets.indices.filter { id in
      let set = game.tree.informationSets[id]
      return set.bargain == nil && set.actionRange.count { isLeft[$0] } > 1
    }
    let isOpen = Set(open)
    let telling = Set(open.flatMap { search.dominance.sources[$0] })
    isTelling = game.tree.informationSets.indices.map { telling.contains($0) }
    kins = search.kins.map { $0.filter { isOpen.contains($0) } }.filter { $0.count > 1 }
    stream = SplitMix64(seed: SplitMix64.hash(options.seed, 0x5e1e))
  }

  /// Whether a single action is left at every information set.
  var isSolved: Bool {
    game.tree.informationSets.allSatisfy { set in set.actionRange.count { isLeft[$0] } == 1 }
  }

  /// Takes in the equilibrium to begin with.
  mutating func begin(with assessment: Assessment, certificate: Certificate) {
    let prices = Prices(tree: game.tree)
    tried.insert(prices)
    if certificate.holds {
      add(assessment, certificate, under: prices)
    } else if !isSolved {
      expand(prices, playing: assessment.profile)
    }
  }

  // MARK: - What was found

  /// Keeps an equilibrium unless it is known.
  mutating func add(_ assessment: Assessment, _ certificate: Certificate, under prices: Prices) {
    let own = assessment.profile.probabilities
    for known in equilibria {
      let other = known.assessment.profile.probabilities
      if own.indices.allSatisfy({ abs(own[$0] - other[$0]) <= SearchRun.nearness }) { return }
    }
    let values = values(of: assessment.profile)
    if equilibria.count >= options.equilibria, !isExtreme(values) { return }
    equilibria.append(
      Equilibrium(assessment: assessment, certificate: certificate, objectives: values))
    pricesOf.append(prices)
    isExpanded.append(false)
  }

  private func values(of profile: BehaviorProfile) -> [Double] {
    if objectives.isEmpty { return [] }
    let reach = profile.realization(in: game.tree, odds: game.odds)
    return objectives.map { weights in
      var sum = 0.0
      for (terminal, end) in game.tree.terminals.enumerated() {
        sum += weights[terminal] * reach[end.node]
      }
      return sum
    }
  }

  /// Whether some objective is lower or higher than in all that was found.
  private func isExtreme(_ values: [Double]) -> Bool {
    values.indices.contains { objective in
      equilibria.allSatisfy { $0.objectives[objective] < values[objective] - SearchRun.nearness }
        || equilibria.allSatisfy {
          $0.objectives[objective] > values[objective] + SearchRun.nearness
        }
    }
  }

  // MARK: - What to try next

  /// The next prices to trace paths under; nil when the budget is used up or nothing new comes.
  mutating func nextBatch() -> [Prices]? {
    if Task.isCancelled { return nil }
    let room = min(SequentialSearch.batch, options.paths - paths)
    if room <= 0 { return nil }
    if queue.isEmpty { refill(room) }
    if queue.isEmpty { return nil }
    let batch = Array(queue.prefix(room))
    queue.removeFirst(batch.count)
    paths += batch.count
    return batch
  }

  private mutating func refill(_ room: Int) {
    if isExpanded.first == false {
      isExpanded[0] = true
      expand(pricesOf[0], playing: equilibria[0].assessment.profile)
      if !queue.isEmpty { return }
    }
    if !isMixingTried {
      isMixingTried = true
      mix()
      if !queue.isEmpty { return }
    }
    while let next = nextToExpand() {
      isExpanded[next] = true
      expand(pricesOf[next], playing: equilibria[next].assessment.profile)
      if !queue.isEmpty { return }
    }
    if !rumors.isEmpty || spreadRumors() {
      let (prices, equilibrium) = rumors.removeFirst()
      expand(prices, playing: equilibria[equilibrium].assessment.profile)
      if !queue.isEmpty { return }
      return refill(room)
    }
    // When choices by chance bring nothing any more the search ends.
    if isByChance, equilibria.count == foundBefore { return }
    isByChance = true
    foundBefore = equilibria.count
    for _ in 0..<min(room, SequentialSearch.batch / 2) { tryByChance() }
  }

  /// An equilibrium from which nothing was tried: an extreme one if there is one.
  private func nextToExpand() -> Int? {
    for objective in objectives.indices {
      for sign in [1.0, -1.0] {
        let best = equilibria.indices.max {
          sign * equilibria[$0].objectives[objective] < sign * equilibria[$1].objectives[objective]
        }
        if let best, !isExpanded[best] { return best }
      }
    }
    return isExpanded.firstIndex(of: false)
  }

  /// Lines up prices, unless they were tried, in an order by chance.
  private mutating func line(up all: [Prices]) {
    for prices in all.shuffled(using: &stream) where tried.insert(prices).inserted {
      queue.append(prices)
    }
  }

  /// One action at one open set, and at all open sets of a kin. Where nobody's beliefs depend on how
  /// rare the others are, what is played there already is left out.
  private mutating func expand(_ base: Prices, playing profile: BehaviorProfile) {
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
  private mutating func spreadRumors() -> Bool {
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
      let probabilities = equilibria[place].assessment.profile.probabilities
      all = all.flatMap { base in
        (0..<size).map { suspect in
          var prices = base
          for kin in own {
            for (member, set) in kin.enumerated() where member != suspect {
              for action in tree.informationSets[set].actionRange
              where probabilities[action] < SearchRun.nearness {
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
  private mutating func mix() {
    var all: [Prices] = []
    for known in equilibria.prefix(4) {
      for set in open {
        let left = actions(at: set)
        for (place, first) in left.enumerated() {
          for second in left[(place + 1)...] {
            let prices = mixing(first, second, at: set, as: known.assessment.profile)
            all.append(prices)
            var reversed = prices
            reversed.isReversed[game.tree.informationSets[set].player] = true
            all.append(reversed)
          }
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

  /// Forces actions at some open sets, and counts some player's gains as losses.
  private mutating func tryByChance() {
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
