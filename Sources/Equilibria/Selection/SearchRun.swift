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
  private(set) var pricesOf: [Prices] = []
  private var isExpanded: [Bool] = []
  /// How many paths were handed out.
  private(set) var paths = 0

  private let objectives: [[Double]]
  let isLeft: [Bool]
  /// Sets at which more than one action is left.
  let open: [Int]
  let kins: [[Int]]
  /// By set: whether beliefs at an open set depend on how rare its actions are.
  let isTelling: [Bool]
  var stream: SplitMix64
  var queue: [Prices] = []
  var tried: Set<Prices> = []
  var isMixed: [Bool] = []
  /// Prices that change beliefs alone, with the equilibrium that they leave in place.
  var rumors: [(prices: Prices, equilibrium: Int)] = []
  var rumorsOf: Set<Int> = []
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
    isMixed.append(false)
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
    if isMixed.first == false {
      mix(0)
      if !queue.isEmpty { return }
    }
    while let next = extreme(among: isExpanded) {
      isExpanded[next] = true
      expand(pricesOf[next], playing: equilibria[next].assessment.profile)
      if !queue.isEmpty { return }
    }
    while let next = extreme(among: isMixed) {
      mix(next)
      if !queue.isEmpty { return }
    }
    while !rumors.isEmpty || spreadRumors() {
      let (prices, equilibrium) = rumors.removeFirst()
      expand(prices, playing: equilibria[equilibrium].assessment.profile)
      if !queue.isEmpty { return }
    }
    // When choices by chance bring nothing any more the search ends.
    if isByChance, equilibria.count == foundBefore { return }
    isByChance = true
    foundBefore = equilibria.count
    for _ in 0..<min(room, SequentialSearch.batch / 2) { tryByChance() }
  }

  /// An equilibrium with which something was not done: an extreme one if there is one.
  private func extreme(among isDone: [Bool]) -> Int? {
    for objective in objectives.indices {
      for sign in [1.0, -1.0] {
        let best = equilibria.indices.max {
          sign * equilibria[$0].objectives[objective] < sign * equilibria[$1].objectives[objective]
        }
        if let best, !isDone[best] { return best }
      }
    }
    return isDone.firstIndex(of: false)
  }
}
