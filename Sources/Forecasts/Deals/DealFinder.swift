public import Scenarios

/// Tries every bundle of a scenario's clauses: each is forced on the story, as all know, and the game
/// solved in every draw; then compared with forced no deal.
public struct DealFinder: Sendable {
  /// What is tried and how.
  public struct Options: Sendable {
    /// The draws, threads and limits.
    public var forecast = Forecaster.Options()
    /// The most clauses of a bundle, where the story has no menu.
    public var atMost = 2
    /// The most bundles, every amount counted.
    public var mostBundles = 1000
    /// The parties' payoffs are in one unit, so that gains can be compared between parties.
    public var hasCommonUnit = false

    /// 512 draws under seed 1.
    public init() { forecast.draws = 512 }
  }

  let scenario: Scenario
  let options: Options
  let negotiation: Negotiation
  let bundles: [Bundle]
  private let draws: Int
  private let inputs: ListedInputs

  /// The most numbers that are kept of bundles and draws.
  private static let mostOutcomes = 20_000_000

  /// Finds out what can be agreed on, and by whom.
  public init(_ scenario: Scenario, options: Options) throws(Forecaster.Defect) {
    self.scenario = scenario
    do {
      negotiation = try Negotiation(scenario, limits: options.forecast.limits)
    } catch {
      throw Forecaster.Defect(error)
    }
    do {
      bundles = try negotiation.bundles(atMost: options.atMost, limit: options.mostBundles)
    } catch {
      throw .diagnostics([error])
    }
    var options = options
    if scenario.uncertainInputs.isEmpty { options.forecast.isBest = true }
    self.options = options
    // All worlds have the same draws, made once.
    let source: DrawSource
    do {
      source = try DrawSource(scenario, seed: options.forecast.seed)
    } catch {
      throw .diagnostics([error])
    }
    draws = options.forecast.isBest ? 1 : options.forecast.draws
    guard draws <= DealFinder.mostOutcomes / (bundles.count + 1) else {
      throw .diagnostics([
        Diagnostic(
          code: "too-many-bundles", file: scenario.file,
          message: "\(bundles.count) bundles in \(draws) draws are more than can be compared",
          remedy: "take fewer draws with --draws, or fewer bundles with --at-most")
      ])
    }
    if options.forecast.isBest {
      inputs = ListedInputs([source.bestEstimates])
    } else {
      var point = source.makePoint()
      var values: [Double] = []
      inputs = ListedInputs(
        (0..<draws).map { draw in
          source.draw(draw, point: &point, into: &values)
          return values
        })
    }
  }

  /// How many bundles there are to try, no deal counted as one.
  public var count: Int { bundles.count + 1 }

  /// Tries them all.
  ///
  /// `progress` is told how many bundles are done. The work stops when the task is cancelled.
  ///
  /// - Complexity: solves two games per bundle and draw; memory of O(bundles × draws).
  public func run(progress: (@Sendable (Int) -> Void)? = nil) async throws -> Deals {
    let plan = DealPlan(negotiation)
    let base = try await responses([plan.withoutDeal(options.forecast.limits)])
    progress?(1)
    var samples = [DealSample?](repeating: nil, count: bundles.count)
    try await withThrowingTaskGroup(of: (Int, DealSample).self) { group in
      var next = 0
      func begin() {
        guard next < bundles.count else { return }
        let index = next
        next += 1
        group.addTask { (index, try await sample(bundles[index], plan, base)) }
      }
      for _ in 0..<max(1, options.forecast.threads) { begin() }
      while let (index, sample) = try await group.next() {
        samples[index] = sample
        progress?(1)
        begin()
      }
    }
    return try summarize(samples.compactMap { $0 }, plan, base)
  }

  /// What a bundle comes to in every draw.
  private func sample(
    _ bundle: Bundle, _ plan: DealPlan, _ base: Responses
  ) async throws -> DealSample {
    let story: DealStory
    do {
      story = try negotiation.story(of: bundle, limits: options.forecast.limits)
    } catch {
      throw Forecaster.Defect(error)
    }
    guard let signed = plan.signed(story) else {
      return DealSample(impossible: bundle, name: scenario.name(of: bundle))
    }
    let found = try await responses([signed, plan.offered(story)])
    return DealSample(
      story, name: scenario.name(of: bundle), plan: plan, found: found, base: base)
  }

  private func responses(_ worlds: [WorldRequest]) async throws -> Responses {
    var single = options.forecast
    single.threads = 1
    return try await Forecaster(scenario, worlds: worlds, options: single)
      .responses(draws, of: inputs)
  }
}

extension Forecaster.Defect {
  init(_ defect: DealDefect) {
    switch defect {
    case .diagnostics(let diagnostics): self = .diagnostics(diagnostics)
    }
  }
}
