import Equilibria
import Mathematics

/// Bargaining problems of the literature, and random ones.
enum BargainingProblems {
  /// Nash (1950), The bargaining problem: Bill has a book, a whip, a ball, a bat and a box, Jack has
  /// a pen, a toy, a knife and a hat. Every way to share these out is an outcome; bit i is set if
  /// good i changes hands.
  static func billAndJack() throws -> BargainingProblem {
    let goods: [(bill: Int, jack: Int)] = [
      (2, 4), (2, 2), (2, 1), (2, 2), (4, 1), (10, 1), (4, 1), (6, 2), (2, 2),
    ]
    let outcomes = (0..<512).map { changes in
      goods.indices.reduce(into: [Rational](repeating: .zero, count: 2)) { payoffs, good in
        let isBills = (good < 5) != (changes >> good & 1 == 1)
        payoffs[isBills ? 0 : 1] += Rational(isBills ? goods[good].bill : goods[good].jack)
      }
    }
    return try BargainingProblem(outcomes: outcomes, disagreement: outcomes[0])
  }

  /// Outcomes with gains around a disagreement, in a square or cube of a few or many numbers.
  static func random(
    players: Int, outcomes: Int, _ stream: inout SplitMix64
  ) throws -> BargainingProblem {
    let size = stream.uniform() < 0.5 ? 4 : 100
    let low = stream.uniform() < 0.5 ? 0 : -size / 2
    let disagreement = (0..<players).map { _ in Rational(Int.random(in: -3...3, using: &stream)) }
    return try BargainingProblem(
      outcomes: (0..<outcomes).map { _ in
        disagreement.map {
          $0 + Rational(Int.random(in: low...size, using: &stream), size == 4 ? 1 : 7)
        }
      },
      disagreement: disagreement)
  }
}

extension BargainingProblem {
  /// The same with every player's payoffs in other units, from another zero.
  func rescaled(_ scales: [Rational], _ shifts: [Rational]) throws -> BargainingProblem {
    try BargainingProblem(
      outcomes: outcomes.map { $0.rescaled(scales, shifts) },
      disagreement: disagreement.rescaled(scales, shifts))
  }

  /// The same with a player more, who gets 5 whatever happens.
  func withBystander() throws -> BargainingProblem {
    try BargainingProblem(
      outcomes: outcomes.map { $0 + [5] }, disagreement: disagreement + [5])
  }

  /// The same with other outcomes.
  func with(outcomes: [[Rational]]) throws -> BargainingProblem {
    try BargainingProblem(outcomes: outcomes, disagreement: disagreement)
  }

  /// What the second of two players gets at most where the first gets this much, by any lottery
  /// over two outcomes.
  func mostForSecond(whereFirstGets payoff: Rational) -> Rational? {
    var most: Rational?
    for a in outcomes {
      for b in outcomes where a[0] <= payoff && payoff <= b[0] {
        let share = a[0] == b[0] ? Rational.zero : (payoff - a[0]) / (b[0] - a[0])
        let second = a[1] + share * (b[1] - a[1])
        most = most.map { max($0, second) } ?? second
      }
    }
    return most
  }
}

extension [Rational] {
  /// In other units, from another zero.
  func rescaled(_ scales: [Rational], _ shifts: [Rational]) -> [Rational] {
    indices.map { self[$0] * scales[$0] + shifts[$0] }
  }
}
