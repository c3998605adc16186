public import Scenarios

/// What a party's expected payoff comes to, and which quantities move it.
///
/// The payoff is in the party's own unit, expected by the analyst's odds in the play that results.
/// It has no verdict, so there is no threshold, no flip and no robustness.
public struct PayoffExplanation: Sendable {
  /// What was asked.
  public var scenario: Scenario
  /// Whose payoff, by the party's index.
  public var party: Int
  /// The question under whose suppositions and condition it is expected; nil for the story as it
  /// stands.
  public var question: Int?
  /// The draws it rests on, with their certificates. It has no answers.
  public var forecast: Forecast
  /// The mean over the draws; nil where the question's condition never holds.
  public var mean: Double?
  /// The 5th to the 95th percentile over the assumptions; nil where there is no mean.
  public var band: ClosedRange<Double>?
  /// The standard error of the mean, over the scramblings.
  public var samplingError: Double
  /// What depends on the quantities; nil where none is uncertain, or where only their best estimates
  /// were looked at.
  public var dependence: Dependence?

  /// How the payoff depends on the quantities.
  public struct Dependence: Sendable {
    /// How much of its variance each explains.
    public var sensitivity: Sensitivity
    /// What finding each out would be worth, as variance.
    public var information: ValueOfInformation
    /// One at a time.
    public var tornado: Tornado
    /// The mean payoff against the quantities that matter most.
    public var curves: [PartialDependence]
    /// The draws behind those curves.
    public var scatters: [Scatter]
  }
}
