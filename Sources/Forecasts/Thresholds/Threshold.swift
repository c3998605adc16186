/// Where an answer crosses a level as one quantity changes.
public struct Threshold: Sendable, Equatable {
  /// One side of a crossing.
  public struct Side: Sendable, Equatable {
    /// The quantity's value.
    public var value: Double
    /// The answer with it.
    public var response: Double
  }

  /// Neighboring values between which the level is crossed.
  public struct Crossing: Sendable, Equatable {
    /// The lower value with its answer.
    public var lower: Side
    /// The higher value with its answer.
    public var upper: Side
    /// The answer rises through the level as the quantity rises.
    public var isRising: Bool { upper.response > lower.response }
  }

  /// The input's index.
  public var input: Int
  /// The values that were searched: its 0.5th to 99.5th percentile, to the digits shown.
  public var range: ClosedRange<Double>
  /// From the lowest to the highest value; more than one where the answer turns.
  public var crossings: [Crossing]
  /// What share of the quantity's own distribution lies where the verdict is not the present one; in
  /// the light of evidence, of what is then known of it.
  public var shareBeyond: Double

  /// Whether the answer with a value of the quantity is at a level or above it.
  func isAbove(_ level: Double, at value: Double) -> Bool {
    let passed = crossings.last { value > ($0.lower.value + $0.upper.value) / 2 }
    return (passed?.upper.response ?? crossings[0].lower.response) >= level
  }
}

/// The thresholds of all quantities, the others as they are drawn.
///
/// The answer at a value is what `ask` gives with the quantity set to it, for the same number of
/// draws under the same seed: the others are drawn as before, and what was correlated with the
/// quantity no longer knows of it. A threshold is where the quantity *set* to a value changes the
/// verdict, not where the news of its value would.
public struct Thresholds: Sendable, Equatable {
  /// The level.
  public var level: Double
  /// How many draws each answer is a mean of; 1 with the others at their best estimates.
  public var draws: Int
  /// The answer with every quantity as it is drawn, or at its best estimate.
  public var response: Double
  /// The quantities with a threshold, from the one whose nearest crossing is likeliest to be passed
  /// by its own distribution.
  public var found: [Threshold]
  /// Where none crosses: the quantity that brings the answer closest to the level, within its range.
  public var closest: Extreme?
  /// Quantities that were not searched, because no draw suggests that they come near the level.
  public var passedOver: [Int]
  /// Quantities that may have thresholds, less likely to be passed than those found, for which there
  /// was no work left.
  public var unfinished: [Int] = []
  /// How many worlds were solved.
  public var runs: Int

  /// Takes the shares beyond from draws that count by the likelihood of evidence.
  mutating func weigh(by sample: ResponseSample) {
    let verdict = response >= level
    for index in found.indices {
      let threshold = found[index]
      found[index].shareBeyond =
        sample.share(ofPoints: { threshold.isAbove(level, at: $0[threshold.input]) != verdict })
        ?? 0
    }
    sort()
  }

  /// The value of a quantity at which the answer is closest to the level.
  public struct Extreme: Sendable, Equatable {
    /// The input's index.
    public var input: Int
    /// Its value, an end of its range or near where the answer turns.
    public var value: Double
    /// The answer there.
    public var response: Double
  }

  /// How thresholds are searched.
  public struct Options: Sendable, Equatable {
    /// How many draws each answer is a mean of.
    public var draws = 1_024
    /// How many of them a first look takes.
    public var firstLook = 128
    /// About how many worlds may be solved: half of them to look around, half to narrow crossings,
    /// those first that are likeliest to be passed.
    public var budget = 32_000
    /// Quantities that need no search, such as those found to have no effect.
    public var ignoring: Set<Int> = []

    /// 1,024 draws.
    public init() {}
  }
}
