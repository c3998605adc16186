import Mathematics
import Testing

/// Programs whose solutions are published.
@Suite("Linear programs") struct LinearProgramTests {
  /// The solution in both arithmetics, which must agree.
  private func solve(
    _ program: LinearProgram<Rational>
  ) throws -> LinearProgramSolution<Rational> {
    let exact = try #require(try program.solve().solution)
    #expect(program.isOptimal(exact))
    let numeric = try #require(try program.numeric.solve().solution)
    #expect(isNear(numeric.value, exact.value.doubleValue, within: 1e-9 * (1 + abs(numeric.value))))
    return exact
  }

  @Test("The product mix of Hillier & Lieberman: 2 and 6 batches yield 36; shadow prices 0, 3/2, 1")
  func productMix() throws {
    // Introduction to Operations Research, the Wyndor Glass Co. example.
    var program = LinearProgram<Rational>(.maximize, [3, 5])
    program.require([(0, 1)], .atMost, 4)
    program.require([(1, 2)], .atMost, 12)
    program.require([(0, 3), (1, 2)], .atMost, 18)
    let solution = try solve(program)
    #expect(solution.value == 36)
    #expect(solution.variables == [2, 6])
    #expect(solution.duals == [0, Rational(3, 2), 1])
  }

  @Test("The example of Chvátal (1983), chapter 2, has the value 13 at (2, 0, 1)")
  func chvatal() throws {
    var program = LinearProgram<Rational>(.maximize, [5, 4, 3])
    program.require([(0, 2), (1, 3), (2, 1)], .atMost, 5)
    program.require([(0, 4), (1, 1), (2, 2)], .atMost, 11)
    program.require([(0, 3), (1, 4), (2, 2)], .atMost, 8)
    let solution = try solve(program)
    #expect(solution.value == 13 && solution.variables == [2, 0, 1])
    #expect(solution.duals == [1, 0, 1])
  }

  @Test("Chvátal's example of two phases (1983, chapter 3) has the value 3/5")
  func twoPhases() throws {
    var program = LinearProgram<Rational>(.maximize, [1, -1, 1])
    program.require([(0, 2), (1, -1), (2, 2)], .atMost, 4)
    program.require([(0, 2), (1, -3), (2, 1)], .atMost, -5)
    program.require([(0, -1), (1, 1), (2, -2)], .atMost, -1)
    let solution = try solve(program)
    #expect(solution.value == Rational(3, 5))
    #expect(solution.variables == [0, Rational(14, 5), Rational(17, 5)])
  }

  @Test("The transport problem of Dantzig (1963, chapter 1) costs 153.675 thousand dollars")
  func transport() throws {
    // Canneries in Seattle and San Diego, warehouses in New York, Chicago and Topeka.
    let distances: [[Rational]] = [
      [Rational("2.5")!, Rational("1.7")!, Rational("1.8")!],
      [Rational("2.5")!, Rational("1.8")!, Rational("1.4")!],
    ]
    let freight = Rational("0.09")!
    var program = LinearProgram<Rational>(
      .minimize, distances.flatMap { $0.map { $0 * freight } })
    for (plant, capacity) in [350, 600].enumerated() {
      program.require((0..<3).map { (3 * plant + $0, 1) }, .atMost, Rational(capacity))
    }
    for (market, demand) in [325, 300, 275].enumerated() {
      program.require([(market, 1), (3 + market, 1)], .atLeast, Rational(demand))
    }
    let solution = try solve(program)
    #expect(solution.value == Rational("153.675")!)
    #expect(solution.duals[0...1].allSatisfy { $0 <= 0 })
    #expect(solution.duals[2...].allSatisfy { $0 >= 0 })
  }

  @Test("Free variables and equations: the best line by largest deviation through three points")
  func chebyshevLine() throws {
    // |a + bx − y| ≤ e at (0, 0), (1, 2), (2, 1): the line 1/2 x + 3/4 misses each by 3/4
    // (alternating deviations, Chebyshev 1854).
    var program = LinearProgram<Rational>(.minimize, [0, 0, 1])
    program.isFree = [true, true, true]
    for (x, y) in [(0, 0), (1, 2), (2, 1)] as [(Rational, Rational)] {
      program.require([(0, 1), (1, x), (2, -1)], .atMost, y)
      program.require([(0, 1), (1, x), (2, 1)], .atLeast, y)
    }
    let solution = try solve(program)
    #expect(solution.variables == [Rational(3, 4), Rational(1, 2), Rational(3, 4)])
  }

  @Test("An equation alone determines what it can, and its price has either sign")
  func equations() throws {
    var program = LinearProgram<Rational>(.minimize, [-2, 3])
    program.isFree[0] = true
    program.require([(0, 1), (1, 1), (0, 1)], .equal, -4)
    program.require([(0, -1), (1, 3)], .atMost, 10)
    let solution = try solve(program)
    // 2x + y = -4 with x free: x = -2 − y/2, so −2x + 3y = 4 + 4y.
    #expect(solution.value == 4 && solution.variables == [-2, 0])
    #expect(solution.duals == [-1, 0])
  }

  @Test("Beale's example (1955), on which the plain method goes in circles, has the value 1/20")
  func beale() throws {
    var program = LinearProgram<Rational>(
      .maximize, [Rational(3, 4), -150, Rational(1, 50), -6])
    program.require([(0, Rational(1, 4)), (1, -60), (2, Rational(-1, 25)), (3, 9)], .atMost, 0)
    program.require([(0, Rational(1, 2)), (1, -90), (2, Rational(-1, 50)), (3, 3)], .atMost, 0)
    program.require([(2, 1)], .atMost, 1)
    let solution = try solve(program)
    #expect(solution.value == Rational(1, 20))
    #expect(solution.variables == [Rational(1, 25), 0, 1, 0])
  }

  @Test("The cubes of Klee & Minty (1972) have the value 5ⁿ", arguments: 1...12)
  func kleeMinty(order: Int) throws {
    var powers: [Rational] = [1]
    for _ in 0..<(2 * order) { powers.append(powers[powers.count - 1] * 2) }
    var program = LinearProgram<Rational>(.maximize, (1...order).map { powers[order - $0] })
    var five = Rational.one
    for row in 0..<order {
      five *= 5
      program.require(
        (0..<row).map { ($0, powers[row - $0 + 1]) } + [(row, 1)], .atMost, five)
    }
    #expect(try solve(program).value == five)
  }

  @Test("Contradicting constraints are infeasible, in every way of writing them")
  func infeasible() throws {
    var inequalities = LinearProgram<Rational>(.maximize, [1, 1])
    inequalities.require([(0, 1), (1, 2)], .atLeast, 7)
    inequalities.require([(0, 1), (1, 2)], .atMost, 6)
    var equations = LinearProgram<Rational>(.minimize, [1, 0])
    equations.isFree = [true, true]
    equations.require([(0, 1), (1, 1)], .equal, 1)
    equations.require([(0, 2), (1, 2)], .equal, 3)
    var signs = LinearProgram<Rational>(.minimize, [0, 0])
    signs.require([(0, 1), (1, 1)], .equal, -1)
    var empty = LinearProgram<Rational>(.minimize, [1])
    empty.require([], .atLeast, 1)
    for program in [inequalities, equations, signs, empty] {
      #expect(try program.solve() == .infeasible)
      #expect(try program.numeric.solve() == .infeasible)
    }
  }

  @Test("A gain without end is unbounded, unless the constraints contradict each other")
  func unbounded() throws {
    var ray = LinearProgram<Rational>(.maximize, [1, 1])
    ray.require([(0, 1), (1, -1)], .atMost, 3)
    var free = LinearProgram<Rational>(.minimize, [1, 1])
    free.isFree[1] = true
    free.require([(0, 1)], .atLeast, 2)
    for program in [ray, free] {
      #expect(try program.solve() == .unbounded)
      #expect(try program.numeric.solve() == .unbounded)
    }
    free.require([(0, 1)], .atMost, 1)
    #expect(try free.solve() == .infeasible)
    #expect(try free.numeric.solve() == .infeasible)
  }

  @Test("A program without constraints is best at 0 or unbounded")
  func noConstraints() throws {
    let still = LinearProgram<Rational>(.maximize, [-1, 0])
    #expect(try solve(still).value == 0)
    #expect(try LinearProgram<Rational>(.maximize, [-1, 1]).solve() == .unbounded)
    #expect(try LinearProgram<Double>(.maximize, [-1, 1]).solve() == .unbounded)
    #expect(try LinearProgram<Rational>(.maximize, []).solve().solution?.value == 0)
  }

  @Test("The method stops at its limit of pivots and of entries, and refuses what is not a number")
  func limits() throws {
    var program = LinearProgram<Rational>(.maximize, [1, 1, 1])
    for row in 0..<3 {
      program.require((0..<3).map { ($0, $0 == row ? 1 : 2) }, .atMost, 1)
    }
    #expect(throws: LinearProgramError.stopped(.steps(1))) {
      try program.numeric.solve(limit: WorkLimit(steps: 1))
    }
    #expect(throws: LinearProgramError.stopped(.steps(1))) {
      try program.solve(limit: WorkLimit(steps: 1))
    }
    #expect(throws: LinearProgramError.tooLarge(rows: 3, columns: 3, limit: 8)) {
      try program.solve(entryLimit: 8)
    }
    #expect(throws: LinearProgramError.notFinite) {
      try LinearProgram<Double>(.maximize, [.nan]).solve()
    }
  }
}
