public import Scenarios

/// What a scenario answers: probabilities with their uncertainty, and how they came about.
public struct Forecast: Sendable, Equatable {
  /// The seed of the draws.
  public var seed: UInt64
  /// How many draws.
  public var draws: Int
  /// Every quantity at its best estimate, solved once.
  public var isBest: Bool
  /// Draws that have no game, with the first reason.
  public var invalid: Int
  /// Why the first invalid draw has no game.
  public var invalidReason: DrawProblem?
  /// Draws whose equilibrium could not be certified, with the first reason.
  public var uncertified: Int
  /// Why the first uncertified draw could not be certified.
  public var uncertifiedReason: DrawProblem?
  /// The largest gain from a deviation in any certified draw, as a share of the payoff range.
  public var largestRegret: Double
  /// Logit paths that were followed, one for each subgame with choices to be found in each draw and
  /// view; and how many of them one by one, because they were long or hard.
  public var paths = 0
  /// Those of ``paths`` that were followed one by one.
  public var pathsAlone = 0
  /// One for each question asked, in the order of the scenario.
  public var answers: [Answer]
  /// How often the story ends in each way.
  public var outcomes: [OutcomeShare]
  /// The story with the odds of each turn, as it stands for the questions that suppose nothing.
  public var story: StoryTree
  /// Options that no draw gives more than one chance in 10,000.
  public var idleOptions: [IdleOption]

  /// The likeliest course of play.
  public var mainLine: [PlayedStep] { story.mainLine }

  /// What went wrong in a draw.
  public struct DrawProblem: Sendable, Equatable {
    /// The draw's number.
    public var draw: Int
    /// A sentence without a full stop.
    public var message: String
    /// Where it stands in the file.
    public var place: Place?
  }

  /// The share of an outcome.
  public struct OutcomeShare: Sendable, Equatable {
    /// The outcome.
    public var outcome: String
    /// How likely it is.
    public var probability: Double
  }

  /// A step of the main line of play.
  public struct PlayedStep: Sendable, Equatable {
    /// The party that chooses, or nil for chance.
    public var party: String?
    /// The step.
    public var step: String
    /// What is chosen or happens.
    public var value: String
    /// How likely it is, given the line so far.
    public var probability: Double
  }

  /// An option that is never worth choosing.
  public struct IdleOption: Sendable, Equatable {
    /// Who could choose it; several parties where they move in turn.
    public var party: String
    /// The step.
    public var step: String
    /// The option.
    public var option: String
    /// Where it stands in the file.
    public var place: Place?
  }
}

/// The answer to one question.
public struct Answer: Sendable, Equatable {
  /// The index of the question in the scenario.
  public var question: Int
  /// Its name on the command line.
  public var id: String
  /// The question in words.
  public var ask: String
  /// The day by which the event counts.
  public var by: CalendarDate?
  /// The numbers; nil where the question's condition is impossible in the story.
  public var estimate: Estimate?
  /// How likely the condition is, for a question with one.
  public var conditionProbability: Double?
  /// The condition has probability 0 in every draw; beliefs in the limit decide.
  public var isOffPath: Bool
  /// How far it depends on which equilibrium is played; nil where that was not asked for.
  public var selection: SelectionRange?
}

/// A probability with its uncertainty.
public struct Estimate: Sendable, Equatable {
  /// What is published: the story's probability, with what lies outside it mixed in.
  public var probability: Double
  /// The story's alone, where the scenario says how likely it is to leave out what decides.
  public var insideTheStory: Double?
  /// The probability with all uncertified draws at 0, and at 1.
  public var bounds: ClosedRange<Double>
  /// The 5th to the 95th percentile over the assumptions.
  public var band: ClosedRange<Double>
  /// How far the ends of the band may be off because not all draws were kept; 0 up to
  /// ``QuantileSketch/exactCount`` draws.
  public var bandError = 0.0
  /// The standard error over the scramblings; 0 for a single draw.
  public var samplingError: Double
  /// The probability in words.
  public var words: String { EstimativeWords.words(for: probability) }
}
