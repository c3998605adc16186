public import Scenarios

/// What a scenario answers: probabilities with their uncertainty, and how they came about.
public struct Forecast: Sendable, Equatable {
  public var seed: UInt64
  public var draws: Int
  /// Every quantity at its best estimate, solved once.
  public var isBest: Bool
  /// Draws that have no game, with the first reason.
  public var invalid: Int
  public var invalidReason: DrawProblem?
  /// Draws whose equilibrium could not be certified, with the first reason.
  public var uncertified: Int
  public var uncertifiedReason: DrawProblem?
  /// The largest gain from a deviation in any certified draw, as a share of the payoff range.
  public var largestRegret: Double
  public var answers: [Answer]
  /// How often the story ends in each way.
  public var outcomes: [OutcomeShare]
  public var mainLine: [PlayedStep]
  /// Options that no draw gives more than one chance in 10,000.
  public var idleOptions: [IdleOption]

  /// What went wrong in a draw.
  public struct DrawProblem: Sendable, Equatable {
    public var draw: Int
    public var message: String
    public var place: Place?
  }

  /// The share of an outcome.
  public struct OutcomeShare: Sendable, Equatable {
    public var outcome: String
    public var probability: Double
  }

  /// A step of the main line of play.
  public struct PlayedStep: Sendable, Equatable {
    /// The party that chooses, or nil for chance.
    public var party: String?
    public var step: String
    public var value: String
    /// How likely it is, given the line so far.
    public var probability: Double
  }

  /// An option that is never worth choosing.
  public struct IdleOption: Sendable, Equatable {
    public var party: String
    public var step: String
    public var option: String
    public var place: Place?
  }
}

/// The answer to one question.
public struct Answer: Sendable, Equatable {
  /// The index of the question in the scenario.
  public var question: Int
  public var id: String
  public var ask: String
  public var by: CalendarDate?
  /// What is published: the story's probability, with what lies outside it mixed in.
  public var probability: Double
  /// The story's alone, where the scenario says how likely it is to leave out what decides.
  public var insideTheStory: Double?
  /// The probability with all uncertified draws at 0, and at 1.
  public var bounds: ClosedRange<Double>
  /// The 5th to the 95th percentile over the assumptions.
  public var band: ClosedRange<Double>
  /// The standard error over the scramblings; 0 for a single draw.
  public var samplingError: Double
  /// How likely the condition is, for a question with one.
  public var conditionProbability: Double?
  /// The condition has probability 0 in every draw; beliefs in the limit decide.
  public var isOffPath: Bool
  public var words: String { EstimativeWords.words(for: probability) }
}
