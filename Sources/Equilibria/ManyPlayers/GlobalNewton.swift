public import Games
public import Mathematics

/// Nash equilibria by the global Newton method (Govindan & Wilson 2003): each strategy gets a bonus
/// λg; where λ is large everybody plays what has the highest bonus, and from there the graph of
/// equilibria over the ray is followed. Each time λ passes 0 there is an equilibrium of the game.
///
/// The curve is smooth as long as the supports stay; where a probability or a shortfall comes to 0
/// a strategy leaves or enters, and the curve goes on with other supports.
///
/// ```swift
/// let result = try GlobalNewton(seed: 7).equilibria(of: PayoffTable(game))
/// ```
///
/// - Complexity: a step costs some evaluations, each twice the number of pure profiles times the
///   players, and the cube of the number of strategies.
public struct GlobalNewton: Sendable {
  /// Makes the rays, one after another.
  public var seed: UInt64
  /// How many rays to try at most if none has led to an equilibrium.
  public var rays: Int
  /// How many equilibria to look for on a ray.
  public var wanted: Int

  /// A method with its rays.
  public init(seed: UInt64 = 1, rays: Int = 5, wanted: Int = .max) {
    self.seed = seed
    self.rays = rays
    self.wanted = wanted
  }

  /// What was found.
  public struct Result: Sendable, Equatable {
    /// Different equilibria in the order of the ray, each with a regret of at most 10⁻⁹ of each
    /// player's payoff range.
    public var equilibria: [NumericProfile]
    /// The steps on all rays.
    public var steps: Int
    /// How many rays were followed.
    public var rays: Int
    /// Whether the last ray was followed to its other end, or as far as was wanted.
    public var isWhole: Bool
  }

  /// Follows rays until one has led to an equilibrium.
  ///
  /// - Throws: ``ManyPlayersError/notConverged(steps:)``, ``ManyPlayersError/stopped(_:)``.
  public func equilibria(
    of table: PayoffTable, within work: WorkLimit = .none
  ) throws(ManyPlayersError) -> Result {
    try ManyPlayersError.check(table)
    let pairs = PairPayoffs(table, scales: table.sizes.indices.map { table.range(of: $0) })
    var steps = 0
    for ray in 0..<max(1, rays) {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, UInt64(ray)))
      let bonuses = (0..<pairs.count).map { _ in stream.uniform() }
      var trace = BonusRay(
        BonusGraph(pairs, bonuses: bonuses), table, wanted: wanted, work: work, steps: steps)
      trace.run()
      steps = trace.steps
      if !trace.equilibria.isEmpty {
        return Result(
          equilibria: trace.equilibria, steps: steps, rays: ray + 1, isWhole: trace.isWhole)
      }
      if let stop = trace.stop { throw .stopped(stop) }
    }
    throw .notConverged(steps: steps)
  }
}

/// A ray being followed.
private struct BonusRay {
  private var graph: BonusGraph
  private let table: PayoffTable
  private let wanted: Int
  private let work: WorkLimit
  private(set) var steps: Int
  private(set) var equilibria: [NumericProfile] = []
  private(set) var isWhole = false
  private(set) var stop: WorkLimit.Stop?
  private var tangent: [Double] = []
  /// By strategy, where the step began.
  private var shortfalls: [Double] = []

  private static let largestStep = 0.3
  private static let leastStep = 1e-9
  private static let stepLimit = 20_000
  /// What may be below 0 through rounding.
  private static let slack = 1e-11

  init(
    _ graph: BonusGraph, _ table: PayoffTable, wanted: Int, work: WorkLimit, steps: Int
  ) {
    self.graph = graph
    self.table = table
    self.wanted = wanted
    self.work = work
    self.steps = steps
  }

  mutating func run() {
    graph.begin()
    let far = graph.lambda
    guard let first = graph.tangent(.lambda(equals: 0)) else { return }
    tangent = first.map { -$0 }
    var step = 0.1
    let end = steps + Self.stepLimit
    while steps < end {
      steps += 1
      stop = work.stop(after: steps)
      if stop != nil || step < Self.leastStep { return }
      let before = graph
      let heading = tangent
      // Where λ passes 0 an equilibrium must be found, or the step was too long to tell.
      guard advance(step), !passed(before.lambda) || note(since: before) || step < 1e-6 else {
        graph = before
        tangent = heading
        step *= 0.5
        continue
      }
      if equilibria.count >= wanted {
        isWhole = true
        return
      }
      step = min(Self.largestStep, 1.5 * step)
      // The other end: bonuses outweigh payoffs again, for or against.
      let outward = tangent[graph.count + graph.players] * graph.lambda > 0
      if abs(graph.lambda) > 4 * far + 4, outward, graph.isPure {
        isWhole = true
        return
      }
    }
  }

  private func passed(_ before: Double) -> Bool {
    before * graph.lambda <= 0 || abs(graph.lambda) < 1e-13
  }

  /// A step along the curve, at most to where the support changes.
  private mutating func advance(_ step: Double) -> Bool {
    let start = graph.point
    shortfalls = (0..<graph.count).map { graph.shortfall($0) }
    // On straight ways to infinity steps grow with λ.
    let length = graph.isPure ? step * (1 + abs(graph.lambda)) : step
    for place in start.indices { graph.point[place] += length * tangent[place] }
    let border = BonusGraph.Border.direction(tangent, anchor: start, distance: length)
    guard let moved = graph.converge(border), moved <= 0.5 * length + 1e-12 else { return false }
    if let event = firstEvent(from: start) { return change(at: event) }
    guard let next = graph.tangent(border),
      zip(next, tangent).reduce(0, { $0 + $1.0 * $1.1 }) > 0.9
    else { return false }
    tangent = next
    return true
  }

  private enum Event {
    case leaves(Int)
    case enters(Int)
  }

  /// The first strategy that has gone beyond 0 since a point, in proportion of the way.
  private func firstEvent(from start: [Double]) -> Event? {
    var first: Event?
    var share = Double.infinity
    for strategy in 0..<graph.count {
      let now = graph.isPlayed[strategy] ? graph.point[strategy] : graph.shortfall(strategy)
      if now >= -Self.slack { continue }
      let before = graph.isPlayed[strategy] ? start[strategy] : shortfalls[strategy]
      let part = max(0, before) / (max(0, before) - now)
      if part < share {
        share = part
        first = graph.isPlayed[strategy] ? .leaves(strategy) : .enters(strategy)
      }
    }
    return first
  }

  /// Goes to where the support changes, and turns into the new part of the curve.
  private mutating func change(at event: Event) -> Bool {
    switch event {
    case .leaves(let strategy):
      guard graph.converge(.probability(strategy, equals: 0)) != nil, isProper() else {
        return false
      }
      graph.isPlayed[strategy] = false
      graph.point[strategy] = 0
      guard let next = graph.tangent(.shortfall(strategy, equals: 0)) else { return false }
      tangent = next
    case .enters(let strategy):
      guard graph.converge(.shortfall(strategy, equals: 0)) != nil, isProper() else {
        return false
      }
      graph.isPlayed[strategy] = true
      guard let next = graph.tangent(.probability(strategy, equals: 0)) else { return false }
      tangent = next
    }
    return true
  }

  /// No other strategy has gone beyond 0 before.
  private func isProper() -> Bool {
    (0..<graph.count).allSatisfy { strategy in
      (graph.isPlayed[strategy] ? graph.point[strategy] : graph.shortfall(strategy)) >= -Self.slack
    }
  }

  /// Takes down the equilibrium at λ = 0 between a point and the present one.
  private mutating func note(since before: BonusGraph) -> Bool {
    // The support is the one before: it changes at the present point if at all.
    var between = before
    let change = before.lambda - graph.lambda
    let share = change == 0 ? 1 : before.lambda / change
    for place in between.point.indices {
      between.point[place] += share * (graph.point[place] - before.point[place])
    }
    let guess = between.pairs.profile(between.point)
    let moved = between.converge(.lambda(equals: 0))
    let length = zip(before.point, graph.point).reduce(0) { max($0, abs($1.0 - $1.1)) }
    let isNear = moved.map { $0 <= 0.5 * length + 1e-12 } ?? false
    var polish = NashPolish(table)
    let start = isNear ? between.pairs.profile(between.point) : guess
    guard let found = polish.polish(start, within: isNear ? 1e-6 : 1e-2) else { return false }
    let isNew = equilibria.allSatisfy { old in
      zip(old.probabilities.joined(), found.probabilities.joined()).contains {
        abs($0 - $1) > 1e-7
      }
    }
    if isNew { equilibria.append(found) }
    return true
  }
}

extension BonusGraph {
  /// Everybody plays one strategy.
  var isPure: Bool { isPlayed.count { $0 } == players }
}
