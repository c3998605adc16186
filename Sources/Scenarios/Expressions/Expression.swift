/// A parsed expression of the language. Names are resolved: what an expression can be asked about
/// is settled when it is read, not when it is used.
public struct Expression: Sendable, Equatable {
  /// What it is made of.
  public let kind: Kind
  /// Where its first character stands.
  public let place: Place
  /// How many expressions stand inside each other at most, this one and named ones included.
  /// Whatever walks an expression goes that deep.
  public let height: Int

  /// The greatest height that the parser allows.
  public static let highest = 300

  /// An expression and its place.
  public init(_ kind: Kind, at place: Place) {
    self.init(kind, at: place, heightBelow: Expression.height(below: kind))
  }

  /// A named expression is as high as what it stands for.
  init(definition index: Int, height: Int, at place: Place) {
    self.init(.definition(index), at: place, heightBelow: height)
  }

  private init(_ kind: Kind, at place: Place, heightBelow: Int) {
    self.kind = kind
    self.place = place
    height = heightBelow + 1
  }

  /// That a step or a private type has a value, in the only round of its.
  public static func holds(_ fact: Int, is value: Int, at place: Place) -> Expression {
    Expression(
      .comparison(
        .equal, Expression(.fact(FactReference(fact: fact, round: .none)), at: place),
        Expression(.value(value), at: place)), at: place)
  }

  private static func height(below kind: Kind) -> Int {
    switch kind {
    case .number, .otherwise, .quantity, .definition, .loopValue, .value, .inForce, .offered,
      .amount:
      0
    case .fact(let reference):
      if case .computed(let round) = reference.round { round.height } else { 0 }
    case .negation(let inner), .not(let inner), .sum(_, let inner): inner.height
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      max(left.height, right.height)
    case .membership(let inner, let members):
      members.reduce(inner.height) { max($0, $1.height) }
    case .conditional(let condition, let yes, let no):
      max(condition.height, yes.height, no?.height ?? 0)
    case .call(_, let arguments): arguments.reduce(0) { max($0, $1.height) }
    }
  }

  /// The forms of an expression.
  public indirect enum Kind: Sendable, Equatable {
    case number(Double)
    /// Always true: `otherwise`.
    case otherwise
    /// A quantity, by its index among the scenario's inputs.
    case quantity(Int)
    /// A named expression, by its index.
    case definition(Int)
    /// What happened at a step, or a private type.
    case fact(FactReference)
    /// The present value of a loop's variable.
    case loopValue(loop: Int)
    /// A value that a fact can have, as an index into the fact's domain.
    case value(Int)
    /// The clause is in force.
    case inForce(clause: Int)
    /// The clause is part of the offer on the table.
    case offered(clause: Int)
    /// The amount of a clause in force, 0 where it is not.
    case amount(clause: Int)
    case negation(Expression)
    case arithmetic(Arithmetic, Expression, Expression)
    case comparison(Comparison, Expression, Expression)
    case membership(Expression, [Expression])
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case conditional(Expression, then: Expression, otherwise: Expression?)
    case call(Function, [Expression])
    /// The sum of the body over all rounds of a loop.
    case sum(loop: Int, Expression)
  }

  /// Operators on two numbers.
  public enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
  }

  /// Comparisons. Facts can only be compared by `=` and `!=`.
  public enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// The functions of the language.
  public enum Function: String, Sendable, CaseIterable {
    case min, max, abs, exp, log, sqrt, clamp

    /// How many arguments it takes.
    public var arity: ClosedRange<Int> {
      switch self {
      case .min, .max: 1...Int.max
      case .abs, .exp, .log, .sqrt: 1...1
      case .clamp: 3...3
      }
    }
  }
}

/// Which fact an expression asks about, and in which round.
public struct FactReference: Sendable, Equatable {
  /// An index into the scenario's facts.
  public var fact: Int
  /// In which round.
  public var round: Round

  /// A fact in a round.
  public init(fact: Int, round: Round) {
    self.fact = fact
    self.round = round
  }

  /// How the round of a repeated step is given.
  public indirect enum Round: Sendable, Equatable {
    /// The step is not repeated.
    case none
    /// The round that the expression is evaluated in.
    case current
    /// A round by its ordinal from 0.
    case fixed(Int)
    /// A round by its number from 1, computed; no such round counts as a step that did not happen.
    case computed(Expression)
  }
}

/// The words that a name must not begin with, since they begin something else.
public enum ReservedWord {
  /// All of them.
  public static let all: Set<String> = [
    "and", "or", "not", "in", "with", "if", "then", "else", "sum", "over", "of", "amount",
    "offering", "otherwise", "rest", "min", "max", "abs", "exp", "log", "sqrt", "clamp",
  ]
}
