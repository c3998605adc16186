/// What is sought of a linear function.
public enum LinearProgramGoal: Sendable, Equatable {
  /// Its largest value.
  case maximize
  /// Its least value.
  case minimize
}

/// How the two sides of a linear constraint compare.
public enum LinearRelation: Sendable, Equatable {
  /// The left side is at most the bound.
  case atMost
  /// Both sides are equal.
  case equal
  /// The left side is at least the bound.
  case atLeast
}

/// A linear program: the best value of a linear function of variables that satisfy linear
/// constraints. Variables are at least 0 unless they are free.
///
/// ```swift
/// // Maximize 3x + 5y where x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 (Dantzig's product mix).
/// var program = LinearProgram<Rational>(.maximize, [3, 5])
/// program.require([(0, 1)], .atMost, 4)
/// program.require([(1, 2)], .atMost, 12)
/// program.require([(0, 3), (1, 2)], .atMost, 18)
/// let best = try program.solve().solution?.value  // 36
/// ```
public struct LinearProgram<Number: Sendable & Equatable>: Sendable, Equatable {
  /// A variable with its coefficient.
  public struct Term: Sendable, Equatable {
    /// The variable's ordinal.
    public var variable: Int
    /// What it is multiplied by.
    public var coefficient: Number

    /// A variable with its coefficient.
    @inlinable public init(_ variable: Int, _ coefficient: Number) {
      self.variable = variable
      self.coefficient = coefficient
    }
  }

  /// A sum of terms and what it is compared with.
  public struct Constraint: Sendable, Equatable {
    /// The left side; a variable may occur more than once.
    public var terms: [Term]
    /// How the sides compare.
    public var relation: LinearRelation
    /// The right side.
    public var bound: Number

    /// A constraint from its parts.
    @inlinable public init(_ terms: [Term], _ relation: LinearRelation, _ bound: Number) {
      self.terms = terms
      self.relation = relation
      self.bound = bound
    }
  }

  /// What is sought.
  public var goal: LinearProgramGoal
  /// The coefficient of each variable in the function whose best value is sought.
  public var objective: [Number]
  /// Whether each variable may be negative.
  public var isFree: [Bool]
  /// The constraints.
  public var constraints: [Constraint]

  /// A program without constraints, its variables at least 0.
  @inlinable public init(_ goal: LinearProgramGoal, _ objective: [Number]) {
    self.goal = goal
    self.objective = objective
    isFree = Array(repeating: false, count: objective.count)
    constraints = []
  }

  /// Adds a constraint from pairs of a variable and its coefficient.
  @inlinable public mutating func require(
    _ terms: [(Int, Number)], _ relation: LinearRelation, _ bound: Number
  ) {
    constraints.append(Constraint(terms.map { Term($0.0, $0.1) }, relation, bound))
  }
}

/// A best point of a linear program, and the proof that it is best.
///
/// The proof is duality (Gale, Kuhn & Tucker 1951): a point that satisfies the constraints and
/// multipliers that satisfy those of the dual program, with one value.
public struct LinearProgramSolution<Number: Sendable & Equatable>: Sendable, Equatable {
  /// The best value.
  public var value: Number
  /// The value of each variable.
  public var variables: [Number]
  /// For each constraint, the rate at which the value changes with the bound: the dual variables.
  /// In a maximum those of `≤` are at least 0 and those of `≥` at most 0, in a minimum the
  /// reverse.
  public var duals: [Number]
  /// The pivots that it took, those in floating point included.
  public var pivots: Int

  /// A solution from its parts.
  public init(value: Number, variables: [Number], duals: [Number], pivots: Int) {
    self.value = value
    self.variables = variables
    self.duals = duals
    self.pivots = pivots
  }
}

/// How a linear program ends.
public enum LinearProgramOutcome<Number: Sendable & Equatable>: Sendable, Equatable {
  /// It has a best value.
  case optimal(LinearProgramSolution<Number>)
  /// No point satisfies the constraints.
  case infeasible
  /// There are points of any value however good.
  case unbounded

  /// The best point, if there is one.
  public var solution: LinearProgramSolution<Number>? {
    if case .optimal(let solution) = self { return solution }
    return nil
  }
}

/// A constraint that is to hold with equality at the start, and the variable that is to be found
/// from it. A list of these is an advanced start: one from which it is not far to the solution.
public struct StartingPivot: Sendable, Equatable {
  /// The ordinal of the variable.
  public var variable: Int
  /// The ordinal of the constraint.
  public var constraint: Int

  /// A variable to be found from a constraint.
  public init(variable: Int, constraint: Int) {
    self.variable = variable
    self.constraint = constraint
  }
}

/// Why a linear program was not solved.
public enum LinearProgramError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A coefficient or a bound is not finite.
  case notFinite
  /// The tableau would have more entries than the limit.
  case tooLarge(rows: Int, columns: Int, limit: Int)
  /// The limit of work was reached.
  case stopped(WorkLimit.Stop)
  /// Rounding kept the constraints or the proof from holding to the tolerance, both measured in
  /// units of the program's numbers.
  case notConverged(residual: Double, tolerance: Double)

  /// The error as a sentence without a full stop.
  public var description: String {
    switch self {
    case .notFinite: "a coefficient or a bound is not finite"
    case .tooLarge(let rows, let columns, let limit):
      "a tableau of \(rows) by \(columns) exceeds the limit of \(limit) entries"
    case .stopped(let stop): "the simplex method \(stop)"
    case .notConverged(let residual, let tolerance):
      "the simplex method ended with a residual of \(residual), above \(tolerance)"
    }
  }
}
