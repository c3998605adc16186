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
  /// Choices imposed on every question, known to all: what somebody who asks supposes beside what the
  /// questions do. No 'where' limits them.
  public var imposed: [Supposition] = []
  /// The same as written.
  public var writtenImposed: String?
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
