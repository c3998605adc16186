import Mathematics
public import Scenarios

/// What a scenario answers once its evidence is taken into account, beside what it answered before,
/// both under the same play.
public struct Posterior: Sendable, Equatable {
  /// The answers before the evidence.
  public var prior: Forecast
  /// The answers after it.
  public var forecast: Forecast
  /// Which equilibrium counts: at the stated rationality where a move was observed, since moves that
  /// nobody would make must have some likelihood; else as the scenario says.
  public var selection: SolveSettings.Selection
  /// What counts, in the order of the file.
  public var items: [Item]
  /// Σ weights squared over the sum of their squares: how many equally weighted draws tell as much.
  public var effectiveDraws: Double
  /// How many draws were asked for; more are taken while ``effectiveDraws`` is low.
  public var requestedDraws: Int
  /// Evidence that speaks against other evidence, the worst first.
  public var conflicts: [Conflict]
  /// For questions that suppose something: what the evidence could not bear on.
  public var suppositions: [Supposed]
  /// The odds of each value of each private type, in the order of the scenario.
  public var types: [TypeChange]
  /// The uncertain quantities that the play depends on, in the order of the scenario.
  public var quantities: [QuantityChange]
  /// The answers as of the end of each day on which something was observed, all under this play.
  public var timeline: [Moment]
  /// By draw: the likelihood of the evidence; 0 where there is no certified play.
  public var weights: [Double]

  /// Below so many effective draws more are taken.
  public static let enoughDraws = 200.0
  /// At most so many times as many draws are taken as were asked for.
  public static let largestGrowth = 16

  /// There are fewer effective draws than it takes, for all the draws that may be taken.
  public var isThin: Bool { !forecast.isBest && effectiveDraws < Posterior.enoughDraws }

  /// Draws that count equally, for whoever needs some of the posterior: numbers of draws, by
  /// systematic resampling.
  public func resampled(_ count: Int, seed: UInt64) -> [Int] {
    SystematicResampling.indices(weights: weights, count: count, seed: seed)
  }

  /// One piece of evidence.
  public struct Item: Sendable, Equatable {
    /// Its place among the scenario's evidence.
    public var number: Int
    /// The day.
    public var on: CalendarDate?
    /// What was observed, as written.
    public var text: String
    /// It is a fact of the story, not a report.
    public var isMove: Bool
    /// Before any evidence: how likely the move was; of a report, its expected ratio.
    public var likelihood: Double
  }

  /// Pieces of evidence that speak against each other.
  public struct Conflict: Sendable, Equatable {
    /// Which, by place among ``Posterior/items``.
    public var items: [Int]
    /// How many times less likely they are together than if each bore on its own.
    public var factor: Double
  }

  /// What is said of a question that supposes something.
  public struct Supposed: Sendable, Equatable {
    /// The question's index in the scenario.
    public var question: Int
    /// Evidence on what the supposed step leaves open: it counts for what the parties are, not for
    /// what follows. By place among ``Posterior/items``.
    public var setAside: [Int]
    /// Evidence that cannot be where the supposition holds; part of ``setAside``.
    public var contradicted: [Int]
  }

  /// The odds of a value of a private type.
  public struct TypeChange: Sendable, Equatable {
    /// As expressions write it: `Party.type`.
    public var type: String
    /// The value.
    public var value: String
    /// Its odds before the evidence.
    public var prior: Double
    /// Its odds after it.
    public var posterior: Double
  }

  /// A quantity's distribution.
  public struct QuantityChange: Sendable, Equatable {
    /// Its index among the scenario's inputs.
    public var input: Int
    /// The 5th, 50th and 95th percentile before the evidence.
    public var prior: [Double]
    /// The same after it.
    public var posterior: [Double]
    /// How many percent of the prior lie below the median after the evidence, less 50.
    public var shift: Double
  }

  /// The answers as of a day.
  public struct Moment: Sendable, Equatable {
    /// The day; nil for before any dated evidence.
    public var date: CalendarDate?
    /// By answer, in the order of ``forecast``; nil where there is none.
    public var answers: [Estimate?]
  }
}
