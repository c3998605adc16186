import Mathematics

/// The most plausible world found in which an answer is on the other side of a level: the fewest
/// standard deviations away from the best estimates, with at most three quantities moved.
///
/// Distance is Mahalanobis' in the normal scores of the quantities: where each stands in its own
/// distribution, as a standard normal variable, correlations between those that matter taken into
/// account. It is the reliability index of Hasofer & Lind (1974), here of the few quantities that are
/// moved. A world with one quantity less is preferred if it is not farther by more than about one part
/// in twenty. The search is not exhaustive: a nearer world may exist.
public struct NearestFlip: Sendable, Equatable {
  /// One quantity that is moved.
  public struct Move: Sendable, Equatable {
    /// The input's index.
    public var input: Int
    /// Its best estimate.
    public var from: Double
    /// Its value in the other world, rounded to what matters.
    public var to: Double
    /// The normal score of that value: so many standard deviations above the median.
    public var score: Double
  }

  /// A world with the other verdict.
  public struct World: Sendable, Equatable {
    /// What is moved, in the order of the scenario; all else is at its best estimate.
    public var moves: [Move]
    /// How far away it is, in standard deviations.
    public var distance: Double
    /// The answer there.
    public var response: Double
    /// How likely it is that these quantities are together at least as far from their medians: the
    /// upper tail of χ² with as many degrees of freedom.
    public var shareAsFar: Double
    /// How likely a world is that lies as far in this direction, beyond the plane that touches there:
    /// the first-order estimate of the odds of a flip for this reason.
    public var shareBeyond: Double { StandardNormal.cumulative(-distance) }
  }

  /// The level.
  public var level: Double
  /// The answer with every quantity at its best estimate.
  public var before: Double
  /// The nearest world found; `nil` if none was found within ``searchedTo``.
  public var world: World?
  /// The nearest world found with a single quantity moved; `nil` if there is none within
  /// ``searchedTo``.
  public var single: World?
  /// Up to which distance worlds were searched.
  public var searchedTo: Double
  /// How many worlds were solved.
  public var runs: Int

  /// How far and how long to search.
  public struct Options: Sendable, Equatable {
    /// The greatest distance, in standard deviations.
    public var farthest = 4.0
    /// How many worlds may be solved, up to a few hundred more.
    public var budget = 6_000
    /// Quantities that are not to be moved, such as those found to have no effect.
    public var ignoring: Set<Int> = []

    /// Up to four standard deviations and some 6,000 worlds.
    public init() {}
  }
}

extension ResponseFunction {
  /// Searches the nearest world with the other verdict.
  ///
  /// Single quantities are searched along their lines, outward. Draws with the other verdict are
  /// stripped of all that it does not need. To what is nearest, others are added that shorten the way;
  /// and groups of three, of those that discriminate the draws or move the answer, are scanned in many
  /// directions on shrinking spheres. What is found is turned, shortened and tried with other
  /// quantities, step by step (a pattern search on the boundary).
  ///
  /// - Parameters:
  ///   - level: the level.
  ///   - sample: draws of the forecast that have been worked out: they tell which quantities matter.
  ///   - options: how far and how long.
  /// - Throws: ``AnalysisError`` if the world of best estimates is not certified.
  public func nearestFlip(
    level: Double = 0.5, guidedBy sample: ResponseSample? = nil,
    _ options: NearestFlip.Options = .init()
  ) async throws -> NearestFlip {
    guard let before = try await values(at: [space.best]).mean else {
      throw AnalysisError.noCertifiedWorld
    }
    var search = try FlipSearch(self, level: level, verdict: before >= level, options)
    try await search.searchLines()
    let single = search.best
    search.weigh(sample)
    try await search.strip(sample)
    try await search.extendLines()
    try await search.scanTriples()
    try await search.polish()
    var result = NearestFlip(
      level: level, before: before, searchedTo: options.farthest, runs: 0)
    result.single = try await search.world(single)
    result.world = try await search.world(search.best)
    result.runs = search.runs + 1
    return result
  }
}

extension NearestFlip {
  /// The upper tail of χ² with one to three degrees of freedom, beyond the square of a distance.
  static func shareAsFar(_ distance: Double, moved: Int) -> Double {
    let normal = 2 * StandardNormal.cumulative(-distance)
    let density = 2 * StandardNormal.density(distance)
    return switch moved {
    case ...1: normal
    case 2: density / (2 * StandardNormal.density(0))
    default: normal + distance * density
    }
  }
}
