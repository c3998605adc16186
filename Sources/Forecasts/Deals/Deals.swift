public import Scenarios

/// Which agreements a story's parties would sign, and what each brings to whom.
///
/// A *gain* is a party's expected payoff with a bundle in force, less that without any deal: both are
/// forced, all know it, and everybody plays on from there. Gains are in each party's own units.
public struct Deals: Sendable, Equatable {
  /// The seed of the draws.
  public var seed: UInt64
  /// How many draws.
  public var draws: Int
  /// Every quantity at its best estimate, solved once.
  public var isBest: Bool
  /// Draws without a game or a certificate in some of the worlds; they are left out of what compares
  /// bundles, and of the numbers of those bundles.
  public var leftOut: Int
  /// Why the first of them is.
  public var leftOutReason: Forecast.DrawProblem?
  /// Who signs, as parties of the scenario.
  public var signatories: [Int]
  /// By signatory, what it alone may know of itself; one empty name where it has no types.
  public var types: [[String]]
  /// By party, the payoff without a deal.
  public var withoutDeal: [Spread]
  /// What happens after no deal.
  public var movesWithoutDeal: [Move]
  /// One for each bundle that the story can put into force.
  public var deals: [Deal]
  /// Bundles that it cannot.
  public var impossible: [Bundle]
  /// The deals by their clauses.
  public var families: [Family]
  /// The share of worlds in which some deal is better than none for every signatory, by the analyst's
  /// odds.
  public var someIsGood: Share
  /// The same as the signatories see it themselves.
  public var someIsWanted: Share
  /// Whether no deal is on the Pareto frontier of average gains.
  public var isNoDealEfficient: Bool
  /// Solutions of the bargaining over average gains. None with fewer than two signatories.
  public var points: [Point]

  /// An average over the worlds, with its 5th, 50th and 95th percentile.
  public struct Spread: Sendable, Equatable {
    /// The average.
    public var mean: Double
    /// The 5th percentile.
    public var low: Double
    /// The 50th percentile.
    public var median: Double
    /// The 95th percentile.
    public var high: Double
  }

  /// A share of worlds with its sampling error.
  public struct Share: Sendable, Equatable {
    /// The share.
    public var value: Double
    /// The standard error over the scramblings; 0 for a single draw.
    public var error: Double
  }

  /// How likely a later choice of somebody is.
  public struct Move: Sendable, Equatable {
    /// Who chooses, as parties of the scenario.
    public var parties: [Int]
    /// The step.
    public var step: String
    /// How likely the step happens.
    public var happens: Double
    /// What can be chosen, and how likely each is where the step happens.
    public var options: [Option]

    /// One of the things that can be chosen.
    public struct Option: Sendable, Equatable {
      /// Its name.
      public var name: String
      /// How likely it is where the step happens.
      public var probability: Double
    }
  }

  /// A bundle and what comes of it.
  public struct Deal: Sendable, Equatable {
    /// The clauses with their amounts.
    public var bundle: Bundle
    /// The same as a name.
    public var name: String
    /// How likely it is in force where nobody may choose what rules it out: 1 unless chance has a say.
    public var inForce: Double
    /// By party, the gain by the analyst's odds, before types are known.
    public var gains: [Spread]
    /// By signatory, the gain as the party sees it itself, before types are known.
    public var ownGains: [Spread]
    /// By signatory and type.
    public var byType: [[TypeShare]]
    /// By signatory and term of its payoff, how much of the average gain comes from it.
    public var terms: [[TermGain]]
    /// By signatory, the share of worlds in which it gains as it sees it.
    public var wanted: [Double]
    /// The share of worlds in which all signatories gain, by the analyst's odds.
    public var goodForAll: Double
    /// The share of worlds in which all gain as they see it.
    public var wantedByAll: Double
    /// How likely it is signed once it is on the table, the answer being free.
    public var signed: Double
    /// No other deal, nor none, is better for one signatory and no worse for the others, on average.
    public var isEfficient: Bool
    /// The share of worlds in which it is the Nash solution.
    public var nashShare: Double
    /// The share of worlds in which it is the Kalai–Smorodinsky solution.
    public var kalaiSmorodinskyShare: Double
    /// What happens later.
    public var moves: [Move]
  }

  /// What a signatory that knows its type makes of a deal.
  public struct TypeShare: Sendable, Equatable {
    /// The type.
    public var type: String
    /// The average gain, as the party sees it.
    public var gain: Double
    /// The share of worlds in which it gains.
    public var wanted: Double
    /// How likely the deal is signed by this type once it is on the table.
    public var signed: Double
  }

  /// A part of a gain.
  public struct TermGain: Sendable, Equatable {
    /// The name of the payoff's term.
    public var name: String
    /// What it adds to the average gain.
    public var gain: Double
  }

  /// Deals of the same clauses.
  public struct Family: Sendable, Equatable {
    /// The clauses, by index.
    public var clauses: [Int]
    /// Their names.
    public var name: String
    /// Whether the story itself speaks of these clauses together.
    public var isWritten: Bool
    /// Its deals, amounts rising.
    public var deals: [Int]
    /// The one clause that differs by its amount; nil where there is none, or more than one.
    public var priced: Int?
    /// By signatory, for a priced family.
    public var prices: [Price]
    /// The share of worlds in which some amount is good for all signatories, by the analyst's odds.
    public var goodForAll: Double
    /// The share in which all want the same amount, as they see it.
    public var wantedByAll: Double
    /// The deal of the family that is good for all in most worlds; among equals the one with the
    /// greatest product of average gains.
    public var best: Int
  }

  /// The amounts at which a signatory signs.
  public struct Price: Sendable, Equatable {
    /// Whether it wants more of the amount rather than less.
    public var wantsMore: Bool
    /// Before types are known.
    public var limit: Limit
    /// By type.
    public var byType: [Limit]
  }

  /// The least amount at which a party that wants more signs, or the greatest at which one that wants
  /// less does.
  public struct Limit: Sendable, Equatable {
    /// The share of worlds in which it signs at some amount of the grid.
    public var signs: Double
    /// The limit that it has or betters in the easiest 5% of all worlds; nil where it signs at no
    /// amount.
    public var easy: Double?
    /// The same in half of them.
    public var median: Double?
    /// The same in 95% of them.
    public var hard: Double?
  }

  /// A solution of the bargaining.
  public struct Point: Sendable, Equatable {
    /// What it maximizes.
    public var rule: Rule
    /// The deals that tie for it; none if no deal is better than none.
    public var deals: [Int]

    /// The rules.
    public enum Rule: String, Sendable {
      case nash
      case kalaiSmorodinsky = "kalai_smorodinsky"
      /// Equal gains as far as they go; only with a common unit.
      case egalitarian
    }
  }
}
