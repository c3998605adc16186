public import Scenarios

/// What lies behind the answer to a question, and what would change it.
public struct Explanation: Sendable {
  /// What was asked.
  public var scenario: Scenario
  /// The question, by its index.
  public var question: Int
  /// The answer, with the main line of play in the question's own world.
  public var forecast: Forecast
  /// The level at which the verdict changes.
  public var level: Double
  /// How many draws the reasons, suppositions and variants rest on.
  public var comparisonDraws: Int
  /// Why the parties choose as they do on the main line.
  public var reasons: [ChoiceReason]
  /// The answer within the story as it stands, by the draws of the comparisons; nil where the
  /// question's condition never holds.
  public var base: Double?
  /// What the answer would be if a step could only go one way.
  public var counterfactuals: [Counterfactual]
  /// What it would be under the scenario's variants.
  public var variants: [VariantAnswer]
  /// What depends on the quantities; nil where none is uncertain, or where only their best estimates
  /// were looked at.
  public var dependence: Dependence?

  /// How the answer depends on the quantities.
  public struct Dependence: Sendable {
    /// The answer in each draw in which the question's condition can hold.
    public var answers: [Double]
    /// By answer, how much it counts.
    public var weights: [Double]
    /// How much of the answer's variance each explains.
    public var sensitivity: Sensitivity
    /// What finding each out would be worth.
    public var information: ValueOfInformation
    /// One at a time.
    public var tornado: Tornado
    /// The mean answer against the quantities that matter most.
    public var curves: [PartialDependence]
    /// The draws behind those curves.
    public var scatters: [Scatter]
    /// The answer over the two quantities with the largest total indices; nil where fewer have an
    /// effect.
    public var map: ProbabilityMap?
    /// The values at which the verdict changes, others as drawn.
    public var thresholds: Thresholds
    /// The most plausible world found in which the verdict is another.
    public var flip: NearestFlip
    /// How often nearby worlds keep the verdict.
    public var robustness: Robustness
  }

  /// The answer to the question; a forecast made to be explained has one.
  public var answer: Answer? { forecast.answers.first }
}
