public import Mathematics

/// A situation as its author wrote it, read and checked: names are resolved, every expression has
/// its type, and nothing in it refers to what is not there.
public struct Scenario: Sendable {
  public var file: String = ""
  public var title: String = ""
  public var asOf: CalendarDate?
  public var about: String?
  public var sources: [NamedText] = []
  public var parties: [Party] = []
  public var types: [PrivateType] = []
  /// Every number that can be drawn or set: the quantities, then estimates written in place.
  public var inputs: [Input] = []
  public var correlations: [Correlation] = []
  public var clauses: [Clause] = []
  public var story: [StoryElement] = []
  public var definitions: [Definition] = []
  /// The named terms of each party's payoff, by party.
  public var payoffs: [[PayoffTerm]] = []
  public var beliefs: [Belief] = []
  public var variants: [Variant] = []
  public var outcomes: [Outcome] = []
  public var questions: [Question] = []
  public var outside: OutsideTheStory?
  public var evidence: [Evidence] = []
  public var solve = SolveSettings()
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
  public var name: String
  public var text: String
  public var place: Place
}

/// Somebody who decides.
public struct Party: Sendable, Equatable {
  public var name: String
  public var about: String
  public var place: Place
}

/// Odds of one value among several: an expression, or what is missing to 100%.
public enum Odds: Sendable, Equatable {
  case expression(Expression)
  case rest
}

/// Something that only its party knows.
public struct PrivateType: Sendable, Equatable {
  public var party: Int
  public var dimension: String
  public var values: [String]
  /// The analyst's odds, by value.
  public var odds: [Odds]
  /// Its fact, by which expressions ask about it.
  public var fact: Int
  public var place: Place
}

/// A number that could be disputed, with what is known of it.
public struct Input: Sendable, Equatable {
  public var name: String
  public var distribution: Distribution
  /// The best estimate: the median.
  public var best: Double
  /// A single number, the same in every draw.
  public var isFixed: Bool
  /// The estimate as it was written.
  public var written: String
  public var because: String?
  public var source: String?
  public var unit: String?
  /// It is shown as a percentage.
  public var isProbability: Bool
  /// What estimates of it must keep to, also when it is set anew.
  public var support: Distribution.Support?
  public var place: Place
  /// It was written in place of odds, not among the quantities.
  public var isInline: Bool
}

/// Rank correlation between quantities.
public struct Correlation: Sendable, Equatable {
  public var inputs: [Int]
  public var coefficient: Double
  public var place: Place
}

/// Something that an agreement can contain.
public struct Clause: Sendable, Equatable {
  public var name: String
  public var text: String
  public var amounts: Amounts?
  public var duty: Duty?
  public var place: Place

  /// The amounts that can be agreed on.
  public struct Amounts: Sendable, Equatable {
    public var values: [Double]
    public var unit: String?
  }

  /// A promise that can fall due.
  public struct Duty: Sendable, Equatable {
    public var fallsDue: Expression
    public var obliged: Int
    /// Keeping the promise, then breaking it.
    public var choice: [String]
    public var breachCosts: Expression?
  }
}

/// Clauses with their amounts: what is offered or comes into force together.
public struct Bundle: Sendable, Hashable {
  /// Clause indices in the order of writing; for each, the ordinal of its amount, or nil.
  public var clauses: [Item]

  /// One clause of a bundle.
  public struct Item: Sendable, Hashable {
    public var clause: Int
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
  public var name: String
  public var kind: Kind
  public var when: Expression?
  public var visibility: Visibility
  /// The days within which it can happen.
  public var between: ClosedRange<CalendarDate>?
  /// Its fact.
  public var fact: Int
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
  public var name: String
  /// The number that it stands for, in a grid of amounts.
  public var number: Double?
  public var offers: Bundle?
  public var enacts: Enactment?
  public var onlyIf: Expression?
  public var place: Place

  /// What comes into force.
  public enum Enactment: Sendable, Equatable {
    case theOffer
    case bundle(Bundle)
  }
}

/// One value of a chance step.
public struct ChanceValue: Sendable, Equatable {
  public var name: String
  public var odds: Odds
  public var place: Place
}

/// One line of a signal.
public struct Message: Sendable, Equatable {
  public var name: String
  public var when: Expression?
  public var odds: Expression?
  public var place: Place
}

/// Two parties settle an amount between them.
public struct BargainRule: Sendable, Equatable {
  public var between: [Int]
  public var clause: Int
  /// The first bargainer's share of the bargaining power; a half if not given.
  public var power: Expression?
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
  public var fact: Int
  public var to: [Int]
  public var when: Expression?
  public var place: Place
}

/// A part of the story that is told in rounds.
public struct RepeatedStory: Sendable, Equatable {
  public var loop: Int
  public var story: [StoryElement]
  public var stopWhen: Expression?
  public var place: Place
}

/// A named expression.
public struct Definition: Sendable, Equatable {
  public var name: String
  public var expression: Expression
  public var type: ExpressionType
  public var place: Place
}

/// A named term of a party's payoff.
public struct PayoffTerm: Sendable, Equatable {
  public var name: String
  public var expression: Expression
  public var place: Place
}

/// Where a party sees odds or a quantity otherwise than the analyst.
public struct Belief: Sendable, Equatable {
  public var party: Int
  public var subject: Subject
  public var value: Expression
  /// False for a misperception.
  public var isKnownToOthers: Bool
  /// In the party's own game only it holds the odds, and all know.
  public var othersThinkOtherwise: Bool
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
  public var name: String
  public var settings: [Setting]
  public var place: Place

  /// One quantity's new estimate, as text.
  public struct Setting: Sendable, Equatable {
    public var name: String
    public var estimate: String
    public var place: Place
  }
}

/// A name for ways in which the story can end.
public struct Outcome: Sendable, Equatable {
  public var name: String
  public var condition: Expression
  public var place: Place
}

/// A question asked of the story.
public struct Question: Sendable, Equatable {
  public var id: String
  public var ask: String
  public var by: CalendarDate?
  public var resolves: String?
  public var kind: Kind
  public var given: Expression?
  public var supposing: [Supposition]
  /// The choices are replaced without anybody's knowing.
  public var isSecret: Bool
  /// Limits the supposition to some histories.
  public var whereCondition: Expression?
  /// The conditions as written, for the answer.
  public var writtenEvent: String
  public var writtenGiven: String?
  public var writtenSupposing: String?
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
  public var fact: Int
  /// The round's ordinal, nil for all rounds.
  public var round: Int?
  public var value: Int

  /// A step's fact and the ordinal of the value that is left to it.
  public init(fact: Int, round: Int? = nil, value: Int) {
    self.fact = fact
    self.round = round
    self.value = value
  }
}

/// How likely it is that the story leaves out what decides, and the odds then.
public struct OutsideTheStory: Sendable, Equatable {
  public var input: Int
  public var then: Expression
  public var place: Place
}

/// Something observed since.
public struct Evidence: Sendable, Equatable {
  public var on: CalendarDate?
  public var kind: Kind
  public var source: String?
  public var place: Place

  /// A move, or a report with likelihood ratios.
  public enum Kind: Sendable, Equatable {
    case happened(Expression)
    case reported(String, ratios: [Ratio])
  }

  /// How many times likelier the report is where the condition holds than where it does not.
  public struct Ratio: Sendable, Equatable {
    public var condition: Expression
    public var ratio: Double
  }
}

/// How the scenario asks to be solved.
public struct SolveSettings: Sendable, Equatable {
  public var selection: Selection = .logitLimit
  /// The input that holds the rationality, in units of each party's payoff range.
  public var rationality: Int?
  public var method: String?
  /// The largest gain that a certificate allows, as a share of the party's payoff range.
  public var tolerance: Double = 1e-8
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
  public var on: CalendarDate?
  public var question: String?
  public var happened: Expression?
  public var fact: String?
  public var source: String?
  public var place: Place
}
