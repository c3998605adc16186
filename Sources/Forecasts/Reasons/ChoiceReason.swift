/// Why a party chooses as it does at a step of the main line of play: what the choice brings it over
/// every other option, by the named terms of its payoff.
///
/// Gains are in the units of the party's payoff, as the party itself sees them: by the odds and
/// quantities that it believes in, and by what it expects the others to do afterwards. They are
/// averages over the draws and types in which the choice is made, each counting by how likely it is
/// made there; none is below 0 but by the solver's tolerance.
public struct ChoiceReason: Sendable, Equatable {
  /// Who chooses, by name.
  public var party: String
  /// The step, with its round.
  public var step: String
  /// What is chosen.
  public var option: String
  /// How likely, given the line so far.
  public var probability: Double
  /// In what share of the draws the choice is made at all (with a chance of at least one half).
  public var shareOfDraws: Double
  /// The difference between the party's highest and lowest payoff, averaged over those draws.
  public var payoffRange: Double
  /// The other options, the next best first.
  public var alternatives: [Alternative]

  /// An option that was passed over.
  public struct Alternative: Sendable, Equatable {
    /// Its name.
    public var option: String
    /// What the choice brings over this option; what it would need to draw level.
    public var gain: Double
    /// The standard error of the gain, by the sampling of the assumptions.
    public var error: Double
    /// The gain, term by term, the weightiest first; terms that do not differ are left out.
    public var terms: [Term]
  }

  /// A named term of a payoff, and what it contributes.
  public struct Term: Sendable, Equatable {
    /// The term's name in the scenario.
    public var name: String
    /// Its part of the gain.
    public var gain: Double
  }
}
