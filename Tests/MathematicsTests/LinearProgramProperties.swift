import Mathematics
import Testing

extension LinearProgram<Rational> {
  /// The same program in doubles.
  var numeric: LinearProgram<Double> {
    var program = LinearProgram<Double>(goal, objective.map(\.doubleValue))
    program.isFree = isFree
    for constraint in constraints {
      program.require(
        constraint.terms.map { ($0.variable, $0.coefficient.doubleValue) }, constraint.relation,
        constraint.bound.doubleValue)
    }
    return program
  }

  private func sum(_ constraint: Constraint, at point: [Rational]) -> Rational {
    constraint.terms.reduce(Rational.zero) { $0 + $1.coefficient * point[$1.variable] }
  }

  /// The point satisfies all constraints.
  func isFeasible(_ point: [Rational]) -> Bool {
    zip(point, isFree).allSatisfy { $0.0.signum >= 0 || $0.1 }
      && constraints.allSatisfy { constraint in
        let left = sum(constraint, at: point)
        return switch constraint.relation {
        case .atMost: left <= constraint.bound
        case .equal: left == constraint.bound
        case .atLeast: left >= constraint.bound
        }
      }
  }

  /// The solution is feasible in the program and in its dual, with one value: so it is optimal.
  func isOptimal(_ solution: LinearProgramSolution<Rational>) -> Bool {
    let value = zip(objective, solution.variables).reduce(Rational.zero) { $0 + $1.0 * $1.1 }
    let sign: Rational = goal == .maximize ? 1 : -1
    var rates = objective
    var dualValue = Rational.zero
    for (constraint, dual) in zip(constraints, solution.duals) {
      switch constraint.relation {
      case .atMost where (dual * sign).signum < 0: return false
      case .atLeast where (dual * sign).signum > 0: return false
      default: break
      }
      for term in constraint.terms { rates[term.variable] -= term.coefficient * dual }
      dualValue += constraint.bound * dual
    }
    return isFeasible(solution.variables) && value == solution.value && dualValue == value
      && zip(rates, isFree).allSatisfy { $0.1 ? $0.0.signum == 0 : ($0.0 * sign).signum <= 0 }
  }
}

/// A random program of any shape: few values, so that there are ties and degenerate vertices.
private func randomProgram(_ seed: UInt64) -> LinearProgram<Rational> {
  var stream = SplitMix64(seed: SplitMix64.hash(seed, 17))
  func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &stream) }
  let spread = [1, 3, 30][draw(0...2)]
  func number() -> Rational {
    let value = Rational(draw(-spread...spread))
    return draw(0...5) == 0 ? value / Rational(draw(1...7)) : value
  }
  let variables = draw(1...7)
  var program = LinearProgram<Rational>(
    draw(0...1) == 0 ? .maximize : .minimize, (0..<variables).map { _ in number() })
  for variable in 0..<variables { program.isFree[variable] = draw(0...4) == 0 }
  let relations: [LinearRelation] = [.atMost, .atMost, .atMost, .atLeast, .equal]
  for _ in 0..<draw(0...8) {
    let terms = (0..<variables).filter { _ in draw(0...2) > 0 }.map { ($0, number()) }
    let isHomogeneous = draw(0...3) == 0
    program.require(terms, relations[draw(0...4)], isHomogeneous ? 0 : number())
  }
  // Most programs are bounded.
  if draw(0...3) > 0 {
    program.require((0..<variables).map { ($0, 1) }, .atMost, Rational(spread * 5))
    for variable in 0..<variables where program.isFree[variable] {
      program.require([(variable, 1)], .atLeast, Rational(-spread))
      program.require([(variable, 1)], .atMost, Rational(spread))
    }
  }
  return program
}

/// What holds of every linear program.
@Suite("Linear programs at random") struct LinearProgramProperties {
  @Test("Every optimum is proved by its duals, and floating point agrees with exact numbers")
  func agreement() throws {
    var ends = [0, 0, 0]
    for seed in 0..<6000 as Range<UInt64> {
      let program = randomProgram(seed)
      let exact = try program.solve()
      let numeric = try program.numeric.solve()
      switch (exact, numeric) {
      case (.optimal(let solution), .optimal(let other)):
        ends[0] += 1
        #expect(program.isOptimal(solution), "seed \(seed)")
        let value = solution.value.doubleValue
        #expect(isNear(other.value, value, within: 1e-9 * (10 + abs(value))), "seed \(seed)")
      case (.infeasible, .infeasible): ends[1] += 1
      case (.unbounded, .unbounded): ends[2] += 1
      default: Issue.record("seed \(seed): \(exact) and \(numeric)")
      }
    }
    #expect(ends.allSatisfy { $0 > 300 }, "\(ends)")
  }

  @Test("The first phase finds what the suggested basis finds")
  func phases() throws {
    for seed in 0..<1500 as Range<UInt64> {
      var stream = SplitMix64(seed: seed)
      let rows = Int.random(in: 1...6, using: &stream)
      let columns = Int.random(in: 1...6, using: &stream)
      func numbers(_ count: Int) -> [Rational] {
        (0..<count).map { _ in Rational(Int.random(in: -4...4, using: &stream)) }
      }
      let program = CanonicalProgram<Rational>(
        columns: columns, matrix: numbers(rows * columns), bounds: numbers(rows),
        costs: numbers(columns))
      switch (try program.solve(), try program.solveFromSlacks()) {
      case (.optimal(let first), .optimal(let second)):
        let values = [first, second].map { optimum in
          zip(program.costs, optimum.values).reduce(Rational.zero) { $0 + $1.0 * $1.1 }
        }
        #expect(values[0] == values[1], "seed \(seed)")
      case (.infeasible, .infeasible), (.unbounded, .unbounded): break
      default: Issue.record("seed \(seed)")
      }
    }
  }

  @Test("A start changes the way, not the value")
  func starts() throws {
    for seed in 0..<1000 as Range<UInt64> {
      let program = randomProgram(seed)
      var stream = SplitMix64(seed: seed)
      guard !program.constraints.isEmpty, let plain = try program.solve().solution else { continue }
      let start = (0..<4).map { _ in
        StartingPivot(
          variable: program.objective.indices.randomElement(using: &stream)!,
          constraint: program.constraints.indices.randomElement(using: &stream)!)
      }
      let solution = try #require(try program.solve(from: start).solution, "seed \(seed)")
      #expect(solution.value == plain.value && program.isOptimal(solution), "seed \(seed)")
      let numeric = try #require(try program.numeric.solve(from: start).solution)
      #expect(isNear(numeric.value, plain.value.doubleValue, within: 1e-8), "seed \(seed)")
    }
  }

  @Test("Large numbers move the exact method to wider integers and back", arguments: [15, 40])
  func widths(digits: Int) throws {
    let unit = Rational(big: BigInteger.powerOfTen(digits), BigInteger(7))
    for seed in 0..<100 as Range<UInt64> {
      let program = randomProgram(seed)
      var scaled = program
      for row in scaled.constraints.indices {
        scaled.constraints[row].bound *= unit
        for term in scaled.constraints[row].terms.indices where row % 2 == 0 {
          scaled.constraints[row].terms[term].coefficient *= unit
        }
        if row % 2 == 0 { scaled.constraints[row].bound *= unit }
      }
      let plain = try program.solve()
      switch (plain, try scaled.solve()) {
      case (.optimal(let first), .optimal(let second)):
        #expect(second.value == first.value * unit, "seed \(seed)")
      case (let first, let second): #expect(first == second, "seed \(seed)")
      }
    }
  }
}
