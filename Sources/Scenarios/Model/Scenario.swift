public import Mathematics

/// A situation as its author wrote it, read and checked: names are resolved, every expression has
/// its type, and nothing in it refers to what is not there.
public struct Scenario: Sendable {
  /// The name of its file.
  public var file: String = ""
  /// The question or the story in one line.
  public var title: String = ""
  /// The day up to which the author knows what happened.
  public var asOf: CalendarDate?
  /// What it is about, in prose.
  public var about: String?
  /// Works cited.
  public var sources: [NamedText] = []
  /// Who decides.
  public var parties: [Party] = []
  /// What only the party itself knows.
  public var types: [PrivateType] = []
  /// Every number that can be drawn or set: the quantities, then estimates written in place.
  public var inputs: [Input] = []
  /// Inputs that tend to be high or low together.
  public var correlations: [Correlation] = []
  /// What an agreement can contain.
  public var clauses: [Clause] = []
  /// What happens, in order.
  public var story: [StoryElement] = []
  /// Formulas with a name.
  public var definitions: [Definition] = []
  /// The named terms of each party's payoff, by party.
  public var payoffs: [[PayoffTerm]] = []
  /// Where parties see things otherwise than the analyst.
  public var beliefs: [Belief] = []
  /// Named sets of changed quantities.
  public var variants: [Variant] = []
  /// Names for the ways in which it can end; the first that applies.
  public var outcomes: [Outcome] = []
  /// What is asked.
  public var questions: [Question] = []
  /// How likely the story leaves out what decides.
  public var outside: OutsideTheStory?
  /// What has been observed since.
  public var evidence: [Evidence] = []
  /// How to solve it.
  public var solve = SolveSettings()
  /// What happened in the end.
  public var record: [RecordEntry] = []
  /// Facts, loops and clauses by name.
  public var names = NameTable()

  /// An empty scenario.
  public init() {}

  /// The input with this name.
  public func input(named name: String) -> Int? { inputs.firstIndex { $0.name == name } }

  /// The inputs that differ between draws.
  public var uncertainInputs: [Int] { inputs.indices.filter { !inputs[$0].isFixed } }
}

/// A name with its explanation.
public struct NamedText: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// The explanation.
  public var text: String
  /// Where it stands in the text.
  public var place: Place
}

/// Somebody who decides.
public struct Party: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What it is or wants, in words.
  public var about: String
  /// Where it stands in the text.
  public var place: Place
}

/// Odds of one value among several: an expression, or what is missing to 100%.
public enum Odds: Sendable, Equatable {
  case expression(Expression)
  case rest
}

/// Something that only its party knows.
public struct PrivateType: Sendable, Equatable {
  /// Who knows it, by index.
  public var party: Int
  /// The type's name without its party.
  public var dimension: String
  /// What it can be.
  public var values: [String]
  /// The analyst's odds, by value.
  public var odds: [Odds]
  /// Its fact, by which expressions ask about it.
  public var fact: Int
  /// Where it stands in the text.
  public var place: Place
}

/// A number that could be disputed, with what is known of it.
public struct Input: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What is known of its value.
  public var distribution: Distribution
  /// The best estimate: the median.
  public var best: Double
  /// A single number, the same in every draw.
  public var isFixed: Bool
  /// The estimate as it was written.
  public var written: String
  /// The author's reason.
  public var because: String?
  /// Where it comes from.
  public var source: String?
  /// What it is counted in.
  public var unit: String?
  /// It is shown as a percentage.
  public var isProbability: Bool
  /// What estimates of it must keep to, also when it is set anew.
  public var support: Distribution.Support?
  /// Where it stands in the text.
  public var place: Place
  /// It was written in place of odds, not among the quantities.
  public var isInline: Bool
}

/// Rank correlation between quantities.
public struct Correlation: Sendable, Equatable {
  /// Which inputs.
  public var inputs: [Int]
  /// From -1 to 1.
  public var coefficient: Double
  /// Where it stands in the text.
  public var place: Place
}

/// Something that an agreement can contain.
public struct Clause: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What is agreed.
  public var text: String
  /// How much of it there can be; nil if it has no amounts.
  public var amounts: Amounts?
  /// What it obliges to; nil if it never falls due.
  public var duty: Duty?
  /// Where it stands in the text.
  public var place: Place

  /// The amounts that can be agreed on.
  public struct Amounts: Sendable, Equatable {
    /// From the least to the greatest.
    public var values: [Double]
    /// What it is counted in.
    public var unit: String?
  }

  /// A promise that can fall due.
  public struct Duty: Sendable, Equatable {
    /// When the promise must be kept.
    public var fallsDue: Expression
    /// Who must keep it, by index.
    public var obliged: Int
    /// Keeping the promise, then breaking it.
    public var choice: [String]
    /// What breaking it costs that party.
    public var breachCosts: Expression?
  }
}

/// Clauses with their amounts: what is offered or comes into force together.
public struct Bundle: Sendable, Hashable {
  /// Clause indices in the order of writing; for each, the ordinal of its amount, or nil.
  public var clauses: [Item]

  /// One clause of a bundle.
  public struct Item: Sendable, Hashable {
    /// The clause, by its index.
    public var clause: Int
    /// The ordinal of its amount.
    public var amount: Int?

    /// A clause, with the ordinal of its amount if it has amounts.
    public init(clause: Int, amount: Int? = nil) {
      self.clause = clause
      self.amount = amount
    }
  }

  /// A bundle of clauses.
  public init(_ clauses: [Item]) { self.clauses = clauses }
}

/// A part of the story.
public indirect enum StoryElement: Sendable, Equatable {
  case step(Step)
  case reveal(Reveal)
  case round(RepeatedStory)
}

/// Something that happens.
public struct Step: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Who or what decides it.
  public var kind: Kind
  /// It happens only where this holds; nil for always.
  public var when: Expression?
  /// Who sees it.
  public var visibility: Visibility
  /// The days within which it can happen.
  public var between: ClosedRange<CalendarDate>?
  /// Its fact.
  public var fact: Int
  /// Where it stands in the text.
  public var place: Place

  /// Who or what decides the step.
  public enum Kind: Sendable, Equatable {
    /// A party's choice. In round *k* of a repeated story, `movers[k % movers.count]` moves.
    case choice(movers: [Int], options: [ChoiceOption])
    case chance([ChanceValue])
    /// The first line that applies; its odds below 100% let the rest go on.
    case signal([Message])
    /// A clause in force that falls due.
    case clause(Int)
    case bargain(BargainRule)
  }
}

/// What a party can choose.
public struct ChoiceOption: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// The number that it stands for, in a grid of amounts.
  public var number: Double?
  /// What it puts on the table.
  public var offers: Bundle?
  /// What it puts into force.
  public var enacts: Enactment?
  /// It is open only where this holds; nil for always.
  public var onlyIf: Expression?
  /// Where it stands in the text.
  public var place: Place

  /// What comes into force.
  public enum Enactment: Sendable, Equatable {
    case theOffer
    case bundle(Bundle)
  }
}

/// One value of a chance step.
public struct ChanceValue: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// How likely it is.
  public var odds: Odds
  /// Where it stands in the text.
  public var place: Place
}

/// One line of a signal.
public struct Message: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// It is sent only where this holds; nil for always.
  public var when: Expression?
  /// How likely it then is; nil for certain.
  public var odds: Expression?
  /// Where it stands in the text.
  public var place: Place
}

/// Two parties settle an amount between them.
public struct BargainRule: Sendable, Equatable {
  /// The two parties, by index.
  public var between: [Int]
  /// The clause whose amount they settle.
  public var clause: Int
  /// The first bargainer's share of the bargaining power; a half if not given.
  public var power: Expression?
  /// What happens without agreement.
  public var failure: String
}

/// Who sees a step, and who learns of it later.
public struct Visibility: Sendable, Equatable {
  /// By party.
  public var seenBy: [Bool]
  /// When the others learn of it.
  public var until: Until?

  /// The end of secrecy.
  public enum Until: Sendable, Equatable {
    case step(String)
    case roundEnds
  }
}

/// An earlier step or a type becomes known to some.
public struct Reveal: Sendable, Equatable {
  /// What comes out.
  public var fact: Int
  /// Who learns of it, by index.
  public var to: [Int]
  /// It happens only where this holds; nil for always.
  public var when: Expression?
  /// Where it stands in the text.
  public var place: Place
}

/// A part of the story that is told in rounds.
public struct RepeatedStory: Sendable, Equatable {
  /// Its loop.
  public var loop: Int
  /// What happens in each round.
  public var story: [StoryElement]
  /// No further round once this holds.
  public var stopWhen: Expression?
  /// Where it stands in the text.
  public var place: Place
}

/// A named expression.
public struct Definition: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Its formula.
  public var expression: Expression
  /// What it gives.
  public var type: ExpressionType
  /// Where it stands in the text.
  public var place: Place
}

/// A named term of a party's payoff.
public struct PayoffTerm: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Its formula.
  public var expression: Expression
  /// Where it stands in the text.
  public var place: Place
}

/// Where a party sees odds or a quantity otherwise than the analyst.
public struct Belief: Sendable, Equatable {
  /// The party, by its index.
  public var party: Int
  /// What it is about.
  public var subject: Subject
  /// The odds or the value that the party believes.
  public var value: Expression
  /// False for a misperception.
  public var isKnownToOthers: Bool
  /// In the party's own game only it holds the odds, and all know.
  public var othersThinkOtherwise: Bool
  /// Where it stands in the text.
  public var place: Place

  /// What the belief is about.
  public enum Subject: Sendable, Equatable {
    /// The odds of a value of a type or of a chance step or signal.
    case odds(fact: Int, value: Int)
    case quantity(Int)
  }
}

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
  /// Where it stands in the text.
  public var place: Place

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
  /// Where it comes from.
  public var source: String?
  /// Where it stands in the text.
  public var place: Place

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
