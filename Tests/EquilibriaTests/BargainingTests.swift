import Equilibria
import Mathematics
import Testing

@Suite("Bargaining: solutions with and without lotteries")
struct BargainingTests {
  private let rules: [BargainingRule] = [.nash, .kalaiSmorodinsky, .egalitarian, .utilitarian]

  private func mixed(
    _ problem: BargainingProblem, _ rule: BargainingRule
  ) throws -> Agreement {
    try #require(try problem.mixedSolution(rule).agreements.first)
  }

  private func payoffs(
    _ outcomes: [[Rational]], _ rule: BargainingRule
  ) throws -> [Rational] {
    let disagreement = Array(repeating: Rational.zero, count: outcomes[0].count)
    return try mixed(
      BargainingProblem(outcomes: outcomes, disagreement: disagreement), rule
    ).payoffs
  }

  // MARK: The literature

  @Test("Bill gives book, whip, ball and bat for pen, toy and knife (Nash 1950, example)")
  func billAndJack() throws {
    let problem = try BargainingProblems.billAndJack()
    #expect(problem.disagreement == [12, 6])
    for solution in [try problem.solution(.nash), try problem.mixedSolution(.nash)] {
      let agreement = try #require(solution.agreements.first)
      #expect(solution.agreements.count == 1)
      #expect(agreement.payoffs == [24, 11])
      #expect(agreement.lottery == [.init(outcome: 0b0_1110_1111, probability: 1)])
    }
  }

  @Test("A better chance for the second hurts him by Nash's rule (Kalai & Smorodinsky 1975)")
  func monotonicity() throws {
    let narrow: [[Rational]] = [[0, 1], [1, 0], [Rational(3, 4), Rational(3, 4)]]
    let wide: [[Rational]] = [[0, 1], [1, 0], [1, Rational(7, 10)]]
    #expect(try payoffs(narrow, .nash) == [Rational(3, 4), Rational(3, 4)])
    #expect(try payoffs(wide, .nash) == [1, Rational(7, 10)])
    #expect(try payoffs(narrow, .kalaiSmorodinsky) == [Rational(3, 4), Rational(3, 4)])
    #expect(try payoffs(wide, .kalaiSmorodinsky) == [Rational(10, 13), Rational(10, 13)])
  }

  @Test("On a triangle each rule selects its own point")
  func triangle() throws {
    let outcomes: [[Rational]] = [[2, 0], [0, 1]]
    #expect(try payoffs(outcomes, .nash) == [1, Rational(1, 2)])
    #expect(try payoffs(outcomes, .kalaiSmorodinsky) == [1, Rational(1, 2)])
    #expect(try payoffs(outcomes, .egalitarian) == [Rational(2, 3), Rational(2, 3)])
    #expect(try payoffs(outcomes, .utilitarian) == [2, 0])
    #expect(try payoffs(outcomes, .egalitarian(units: [2, 1])) == [1, Rational(1, 2)])
    #expect(try payoffs(outcomes, .utilitarian(weights: [1, 3])) == [0, 1])
    #expect(
      try payoffs(outcomes, .nash(powers: [2, 1])) == [Rational(4, 3), Rational(1, 3)])
    #expect(
      try payoffs(outcomes, .nash(powers: [Rational(1, 3), Rational(2, 3)]))
        == [Rational(2, 3), Rational(2, 3)])
  }

  @Test("Who fears risk gets a third of the dollar by Nash's rule (Roth 1979; utility √share)")
  func riskAversion() throws {
    // The second has 1/n, 2/n, … with a share of 1/n², 4/n², …; the product is largest at √(1/3).
    let steps = 100
    let problem = try BargainingProblem(
      outcomes: (0...steps).map { [1 - Rational($0 * $0, steps * steps), Rational($0, steps)] },
      disagreement: [0, 0])
    let pure = try problem.solution(.nash).agreements
    #expect(pure.map(\.payoffs) == [[1 - Rational(58 * 58, 10000), Rational(58, 100)]])
    // On the line through (0.6751, 0.57) and (0.6636, 0.58) both get half of what it would give each
    // alone: the first (0.6751 + 0.57 · 1.15) / 2.
    let agreement = try mixed(problem, .nash)
    #expect(agreement.payoffs == [Rational(6653, 10000), Rational(6653, 11500)])
    #expect(problem.efficientOutcomes.count == steps + 1)
    #expect(try problem.mixedFrontier().count == steps + 1)
  }

  @Test("A dollar for three is split by powers; what two of them like is not wasted")
  func threePlayers() throws {
    let dollar: [[Rational]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let third = Rational(1, 3)
    #expect(try payoffs(dollar, .kalaiSmorodinsky) == [third, third, third])
    #expect(try payoffs(dollar, .egalitarian) == [third, third, third])
    #expect(
      try payoffs(dollar, .egalitarian(units: [1, 2, 3])) == [
        Rational(1, 6), third, Rational(1, 2),
      ])
    #expect(try payoffs(dollar, .utilitarian) == [third, third, third])
    for (powers, shares) in [
      ([1, 1, 1], [1.0 / 3, 1.0 / 3, 1.0 / 3]), ([3, 2, 1], [0.5, 1.0 / 3, 1.0 / 6]),
    ] {
      let found = try payoffs(dollar, .nash(powers: powers.map { Rational($0) }))
      #expect(zip(found, shares).allSatisfy { abs($0.doubleValue - $1) < 1e-9 })
    }
    // Roth (1979), An impossibility result concerning n-person bargaining games: (½, ½, ½) lies on
    // the ray to the ideal point; Imai (1983) does not stop there.
    let problem = try BargainingProblem(
      outcomes: [[0, 0, 0], [1, 0, 1], [0, 1, 1]], disagreement: [0, 0, 0])
    let agreement = try mixed(problem, .kalaiSmorodinsky)
    #expect(agreement.payoffs == [Rational(1, 2), Rational(1, 2), 1])
    #expect(agreement.level == Rational(1, 2))
  }

  @Test("Nobody who can gain: the answer says so, for any number of players")
  func noGain() throws {
    for players in 2...4 {
      let zero = Array(repeating: Rational.zero, count: players)
      func unit(_ player: Int, _ size: Rational) -> [Rational] {
        zero.indices.map { $0 == player ? size : .zero }
      }
      let cases: [([[Rational]], BargainingSolution, BargainingSolution)] = [
        ([], .disagreement(.nothingAcceptable), .disagreement(.nothingAcceptable)),
        ([zero], .disagreement(.nobodyGains), .disagreement(.nobodyGains)),
        (
          [unit(0, -1), unit(1, -2)], .disagreement(.nothingAcceptable),
          .disagreement(.nothingAcceptable)
        ),
        (
          [zip(unit(0, 1), unit(1, -1)).map(+), zip(unit(0, -1), unit(1, 1)).map(+)],
          .disagreement(.nothingAcceptable), .disagreement(.nobodyGains)
        ),
      ]
      for (outcomes, pure, mixed) in cases {
        let problem = try BargainingProblem(outcomes: outcomes, disagreement: zero)
        for rule in rules {
          #expect(try problem.solution(rule) == pure)
          #expect(try problem.mixedSolution(rule) == mixed)
        }
      }
      // Only one can gain: it gets what there is.
      let problem = try BargainingProblem(
        outcomes: [unit(1, 3), unit(1, 2)], disagreement: zero)
      for rule in rules {
        #expect(try problem.solution(rule).agreements.map(\.payoffs) == [unit(1, 3)])
        #expect(try problem.mixedSolution(rule).agreements.map(\.payoffs) == [unit(1, 3)])
      }
    }
  }

  @Test("Three can only gain by a lottery that leaves one of them where it was")
  func degenerate() throws {
    let problem = try BargainingProblem(
      outcomes: [[-1, 1, 0], [1, -1, 2], [-3, -3, 9]], disagreement: [0, 0, 0])
    for rule in rules { #expect(try mixed(problem, rule).payoffs == [0, 0, 1]) }
  }

  @Test("Without lotteries all outcomes that tie are agreements")
  func ties() throws {
    let problem = try BargainingProblem(
      outcomes: [[4, 1], [2, 2], [1, 4], [2, 2], [3, 1]], disagreement: [0, 0])
    func found(_ rule: BargainingRule) throws -> [Int] {
      try problem.solution(rule).agreements.flatMap { $0.lottery.map(\.outcome) }
    }
    #expect(try found(.nash) == [0, 1, 2, 3])
    #expect(try found(.nash(powers: [2, 1])) == [0])
    #expect(try found(.kalaiSmorodinsky) == [1, 3])
    #expect(try found(.egalitarian) == [1, 3])
    #expect(try found(.utilitarian) == [0, 2])
    #expect(problem.efficientOutcomes == [0, 1, 2, 3])
    // 2³ · 9 = 1 · 72, and close to a tie: 2³ · 9 against 1 · 72 and a bit.
    let fine = Rational(1, 1 << 60)
    let near = try BargainingProblem(
      outcomes: [[2, 9], [1, 72], [1, 72 + fine]], disagreement: [0, 0])
    let rule = BargainingRule.nash(powers: [3, 1])
    #expect(try near.solution(rule).agreements.map(\.payoffs) == [[1, 72 + fine]])
    #expect(
      try near.with(outcomes: [[2, 9], [1, 72]]).solution(rule).agreements.count == 2)
  }

  @Test("Problems and rules that make no sense are refused")
  func errors() throws {
    #expect(throws: BargainingError.fewerThanTwoPlayers) {
      try BargainingProblem(outcomes: [], disagreement: [0])
    }
    #expect(throws: BargainingError.wrongPayoffCount(outcome: 1)) {
      try BargainingProblem(outcomes: [[1, 1], [1]], disagreement: [0, 0])
    }
    let problem = try BargainingProblem(outcomes: [[1, 2], [2, 1]], disagreement: [0, 0])
    for powers in [[1], [1, 0], [1, -1]] {
      #expect(throws: BargainingError.invalidFactors) {
        try problem.solution(.nash(powers: powers.map { Rational($0) }))
      }
    }
    #expect(throws: BargainingError.powersTooFine) {
      try problem.solution(.nash(powers: [1, Rational(1, 5000)]))
    }
    let three = try problem.withBystander()
    #expect(throws: BargainingError.notTwoPlayers) { try three.mixedFrontier() }
    #expect(throws: BargainingError.stopped(.steps(1))) {
      try three.mixedSolution(.nash, limit: WorkLimit(steps: 1))
    }
  }

  // MARK: Axioms

  @Test(
    "Two players' mixed solutions lie on the upper hull, with their rule's first-order property")
  func optimality() throws {
    var stream = SplitMix64(seed: 20)
    for round in 0..<400 {
      let problem = try BargainingProblems.random(players: 2, outcomes: 1 + round % 9, &stream)
      for rule in rules {
        guard let agreement = try problem.mixedSolution(rule).agreements.first else { continue }
        let found = agreement.payoffs
        #expect(zip(found, problem.disagreement).allSatisfy(>=))
        #expect(problem.mostForSecond(whereFirstGets: found[0]) == found[1])
        let average = (0..<2).map { player in
          agreement.lottery.reduce(Rational.zero) {
            $0 + $1.probability * problem.outcomes[$1.outcome][player]
          }
        }
        #expect(average == found)
        let gains = zip(found, problem.disagreement).map(-)
        if rule == .nash, gains.allSatisfy({ $0 > 0 }) {
          for outcome in problem.outcomes.indices {
            let other = problem.gains(of: outcome)
            #expect(other[0] / gains[0] + other[1] / gains[1] <= 2)
          }
        }
      }
    }
  }

  @Test("Along the frontier and by linear programs the solutions are the same")
  func bystander() throws {
    var stream = SplitMix64(seed: 21)
    for round in 0..<300 {
      let problem = try BargainingProblems.random(players: 2, outcomes: 1 + round % 9, &stream)
      let powers = (0..<2).map { _ in Rational(Int.random(in: 1...5, using: &stream)) }
      let three = try problem.withBystander()
      for rule in rules.dropFirst() + [
        .egalitarian(units: powers), .utilitarian(weights: powers),
      ] {
        let factors: BargainingRule =
          switch rule {
          case .egalitarian(.some): .egalitarian(units: powers + [1])
          case .utilitarian(.some): .utilitarian(weights: powers + [1])
          default: rule
          }
        let (plane, space) = (try problem.mixedSolution(rule), try three.mixedSolution(factors))
        #expect(plane.agreements.first.map { $0.payoffs + [5] } == space.agreements.first?.payoffs)
        #expect(plane.agreements.first?.level == space.agreements.first?.level)
        if case .disagreement = plane { #expect(plane == space) }
      }
      let plane = try problem.mixedSolution(.nash(powers: powers))
      let space = try three.mixedSolution(.nash(powers: powers + [1]))
      #expect(plane.agreements.count == space.agreements.count)
      for (exact, near) in zip(plane.agreements, space.agreements) {
        #expect(near.gap <= 1e-12)
        for (first, second) in zip(exact.payoffs, near.payoffs) {
          #expect(abs((first - second).doubleValue) < 1e-6)
        }
      }
    }
  }

  @Test("More players' Nash solutions meet the condition of the first order, and are acceptable")
  func nashForMore() throws {
    var stream = SplitMix64(seed: 22)
    for round in 0..<150 {
      let players = 3 + round % 3
      let problem = try BargainingProblems.random(
        players: players, outcomes: 1 + round % 12, &stream)
      guard let agreement = try problem.mixedSolution(.nash).agreements.first else { continue }
      #expect(agreement.lottery.reduce(.zero) { $0 + $1.probability } == 1)
      let gains = zip(agreement.payoffs, problem.disagreement).map(-)
      #expect(gains.allSatisfy { $0 >= 0 })
      guard gains.allSatisfy({ $0 > 0 }) else { continue }
      for outcome in problem.outcomes.indices {
        let sum = zip(problem.gains(of: outcome), gains).reduce(Rational.zero) { $0 + $1.0 / $1.1 }
        #expect((sum - Rational(players)).doubleValue <= 1e-12)
      }
    }
  }

  @Test("Solutions of symmetric problems give all the same")
  func symmetry() throws {
    var stream = SplitMix64(seed: 23)
    for round in 0..<100 {
      let half = try BargainingProblems.random(players: 2, outcomes: 1 + round % 6, &stream)
      let problem = try BargainingProblem(
        outcomes: half.outcomes + half.outcomes.map { $0.reversed() }, disagreement: [0, 0])
      for rule in rules {
        for agreement in try problem.mixedSolution(rule).agreements {
          #expect(agreement.payoffs[0] == agreement.payoffs[1])
        }
        let pure = try problem.solution(rule).agreements.map(\.payoffs)
        #expect(pure.allSatisfy { pure.contains($0.reversed()) })
      }
      let ring = try BargainingProblem(
        outcomes: half.outcomes.flatMap {
          [[$0[0], $0[1], 0], [0, $0[0], $0[1]], [$0[1], 0, $0[0]]]
        },
        disagreement: [0, 0, 0])
      for rule in rules {
        for agreement in try ring.mixedSolution(rule).agreements {
          let found = agreement.payoffs.map(\.doubleValue)
          #expect((found.max() ?? 0) - (found.min() ?? 0) < 1e-6)
        }
      }
    }
  }

  @Test("Nash's and Kalai and Smorodinsky's solutions do not depend on anybody's units")
  func scaleInvariance() throws {
    var stream = SplitMix64(seed: 24)
    for round in 0..<200 {
      let players = 2 + round % 3
      let problem = try BargainingProblems.random(
        players: players, outcomes: 1 + round % 8, &stream)
      let scales = (0..<players).map { _ in
        Rational(Int.random(in: 1...50, using: &stream), Int.random(in: 1...50, using: &stream))
      }
      let shifts = (0..<players).map { _ in Rational(Int.random(in: -9...9, using: &stream)) }
      let other = try problem.rescaled(scales, shifts)
      for rule in [BargainingRule.nash, .kalaiSmorodinsky] {
        #expect(
          try problem.solution(rule).agreements.map { $0.payoffs.rescaled(scales, shifts) }
            == other.solution(rule).agreements.map(\.payoffs))
        if rule == .nash, players > 2 { continue }
        #expect(
          try problem.mixedSolution(rule).agreements.map { $0.payoffs.rescaled(scales, shifts) }
            == other.mixedSolution(rule).agreements.map(\.payoffs))
      }
    }
  }

  @Test("Nash's solution stays when alternatives go that were not chosen")
  func independence() throws {
    var stream = SplitMix64(seed: 25)
    for round in 0..<200 {
      let players = 2 + round % 3
      let problem = try BargainingProblems.random(
        players: players, outcomes: 2 + round % 8, &stream)
      for isMixed in [false, true] where !isMixed || players == 2 {
        let solution = try isMixed ? problem.mixedSolution(.nash) : problem.solution(.nash)
        let used = Set(solution.agreements.flatMap { $0.lottery.map(\.outcome) })
        let kept = problem.outcomes.indices.filter {
          used.contains($0) || (stream.uniform() < 0.5)
        }
        let fewer = try problem.with(outcomes: kept.map { problem.outcomes[$0] })
        let again = try isMixed ? fewer.mixedSolution(.nash) : fewer.solution(.nash)
        guard !used.isEmpty else { continue }
        #expect(again.agreements.map(\.payoffs) == solution.agreements.map(\.payoffs))
      }
    }
  }

  @Test("More alternatives hurt nobody (egalitarian), nor him whose rival's ideal stays (KS)")
  func monotone() throws {
    var stream = SplitMix64(seed: 26)
    for round in 0..<300 {
      let players = 2 + round % 3
      let large = try BargainingProblems.random(
        players: players, outcomes: 2 + round % 8, &stream)
      let small = try large.with(
        outcomes: large.outcomes.filter { _ in stream.uniform() < 0.6 })
      for isMixed in [false, true] {
        let levels = try [small, large].map {
          try (isMixed ? $0.mixedSolution(.egalitarian) : $0.solution(.egalitarian))
            .agreements.first
        }
        // Those who gain must be the same.
        guard let before = levels[0], let after = levels[1],
          isMixed == false || players == 2,
          zip(before.payoffs, small.disagreement).allSatisfy(>)
        else { continue }
        #expect((before.level ?? 0) <= (after.level ?? 0))
      }
      guard players == 2 else { continue }
      let (before, after) = (
        try small.mixedSolution(.kalaiSmorodinsky).agreements.first,
        try large.mixedSolution(.kalaiSmorodinsky).agreements.first
      )
      guard let before, let after, let first = before.level, let second = after.level else {
        continue
      }
      let gains = [(before, small), (after, large)].map { agreement, problem in
        zip(agreement.payoffs, problem.disagreement).map(-)
      }
      guard first > 0, second > 0, gains[0][0] / first == gains[1][0] / second else { continue }
      #expect(gains[0][1] <= gains[1][1])
    }
  }

  @Test("No outcome is better for one and no worse for the others than a solution")
  func efficiency() throws {
    var stream = SplitMix64(seed: 27)
    for round in 0..<150 {
      let players = 2 + round % 4
      let problem = try BargainingProblems.random(
        players: players, outcomes: 1 + round % 15, &stream)
      func isBeaten(_ payoffs: [Rational]) -> Bool {
        problem.outcomes.contains { $0 != payoffs && zip($0, payoffs).allSatisfy(>=) }
      }
      #expect(
        problem.efficientOutcomes
          == problem.outcomes.indices.filter { !isBeaten(problem.outcomes[$0]) })
      for rule in rules {
        for agreement in try problem.solution(rule).agreements {
          #expect(!isBeaten(agreement.payoffs))
        }
        for agreement in try problem.mixedSolution(rule).agreements where agreement.gap == 0 {
          #expect(!isBeaten(agreement.payoffs))
        }
      }
    }
  }
}
