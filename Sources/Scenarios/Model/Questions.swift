/// A named set of quantities set anew.
public struct Variant: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What it changes.
  public var settings: [Setting]
  /// Where it stands in the text.
  public var place: Place

  /// One quantity's new estimate, as text.
  public struct Setting: Sendable, Equatable {
    /// The quantity.
    public var name: String
    /// Its new estimate, as written.
    public var estimate: String
    /// Where it stands in the text.
    public var place: Place
  }
}

/// A name for ways in which the story can end.
public struct Outcome: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What must hold.
  public var condition: Expression
  /// Where it stands in the text.
  public var place: Place
}

/// A question asked of the story.
public struct Question: Sendable, Equatable {
  /// A short name, unique in the scenario.
  public var id: String
  /// The question in words.
  public var ask: String
  /// The day by which it must happen.
  public var by: CalendarDate?
  /// The criteria by which it will be judged.
  public var resolves: String?
  /// What is asked.
  public var kind: Kind
  /// What is known to have happened in play.
  public var given: Expression?
  /// Choices that are imposed.
  public var supposing: [Supposition]
  /// The choices are replaced without anybody's knowing.
  public var isSecret: Bool
  /// Limits the supposition to some histories.
  public var whereCondition: Expression?
  /// The conditions as written, for the answer.
  public var writtenEvent: String
  /// The condition 'given' as written.
  public var writtenGiven: String?
  /// The supposition as written.
  public var writtenSupposing: String?
  /// The condition that limits the supposition, as written.
  public var writtenWhere: String?
  /// Where it stands in the text.
  public var place: Place

  /// The choices that are imposed with everybody's knowing.
  public var openlySupposed: [Supposition] { isSecret ? [] : supposing }

  /// What is asked.
  public enum Kind: Sendable, Equatable {
    case probability(Expression)
    case flip(Expression, level: Double)
    case drivers(Expression)
  }

  /// The event that the question is about.
  public var event: Expression {
    switch kind {
    case .probability(let event), .flip(let event, _), .drivers(let event): event
    }
  }

  /// The question is answered by a probability.
  public var asksProbability: Bool {
    if case .probability = kind { true } else { false }
  }
}

/// A step that has only one option, in one round or in all.
public struct Supposition: Sendable, Equatable {
  /// The step's fact.
  public var fact: Int
  /// The round's ordinal, nil for all rounds.
  public var round: Int?
  /// The ordinal of the only option.
  public var value: Int
  /// Whether a condition 'where' beside it limits it to some histories.
  public var isLimited = true

  /// A step of a fact with only this option; in all rounds unless one is given.
  public init(fact: Int, round: Int? = nil, value: Int, isLimited: Bool = true) {
    self.fact = fact
    self.round = round
    self.value = value
    self.isLimited = isLimited
  }
}

/// How likely it is that the story leaves out what decides, and the odds then.
public struct OutsideTheStory: Sendable, Equatable {
  /// The input that holds how likely that is.
  public var input: Int
  /// The odds of an event in that case.
  public var then: Expression
  /// Where it stands in the text.
  public var place: Place
}

/// Something observed since.
public struct Evidence: Sendable, Equatable {
  /// The day.
  public var on: CalendarDate?
  /// What was observed.
  public var kind: Kind
  /// What was observed, as written.
  public var written: String
  /// Where it comes from.
  public var source: String?
  /// Where it stands in the text.
  public var place: Place

  /// It is a move or another fact of the story, not a report.
  public var isMove: Bool {
    if case .happened = kind { true } else { false }
  }

  /// A move, or a report with likelihood ratios.
  public enum Kind: Sendable, Equatable {
    case happened(Expression)
    case reported(String, ratios: [Ratio])
  }

  /// How many times likelier the report is where the condition holds than where it does not.
  public struct Ratio: Sendable, Equatable {
    /// What must hold.
    public var condition: Expression
    /// How many times likelier.
    public var ratio: Double
  }
}

/// How the scenario asks to be solved.
public struct SolveSettings: Sendable, Equatable {
  /// Which equilibrium counts.
  public var selection: Selection = .logitLimit
  /// The input that holds the rationality, in units of each party's payoff range.
  public var rationality: Int?
  /// The method asked for.
  public var method: String?
  /// The largest gain that a certificate allows, as a share of the party's payoff range.
  public var tolerance: Double = 1e-8
  /// Where the section stands.
  public var place: Place?

  /// Which equilibrium counts.
  public enum Selection: String, Sendable, CaseIterable {
    case logitLimit = "logit limit"
    case fixedRationality = "fixed rationality"
    case allEquilibria = "all equilibria"
    case payoffDominance = "payoff dominance"
    case intuitiveCriterion = "intuitive criterion"
    case d1 = "D1"
  }
}

/// What happened in the end. Never used to solve.
public struct RecordEntry: Sendable, Equatable {
  /// The day.
  public var on: CalendarDate?
  /// The id of the question that it resolves.
  public var question: String?
  /// What happened, in terms of the story.
  public var happened: Expression?
  /// What happened, in words.
  public var fact: String?
  /// Where it comes from.
  public var source: String?
  /// Where it stands in the text.
  public var place: Place
}
