import Equilibria
import Mathematics
import Scenarios

extension DealFinder {
  /// The Pareto frontier, and the solutions of the bargaining: on average, and how often a deal is one
  /// in the draws.
  ///
  /// On average the gains are those of somebody who does not know the quantities; in a draw they are
  /// those of parties that do.
  func bargain(_ samples: [DealSample], _ draws: [Int], _ result: inout Deals) {
    let signatories = negotiation.signatories
    guard signatories.count > 1, !samples.isEmpty else { return }
    let means = result.deals.map { deal in signatories.map { deal.gains[$0].mean } }
    guard let problem = problem(means) else { return }
    // No deal stands last.
    let nothing = problem.outcomes.count - 1
    for outcome in problem.efficientOutcomes where outcome != nothing {
      result.deals[outcome].isEfficient = true
    }
    result.isNoDealEfficient = problem.efficientOutcomes.contains(nothing)
    var rules: [(Deals.Point.Rule, BargainingRule)] = [
      (.nash, .nash), (.kalaiSmorodinsky, .kalaiSmorodinsky),
    ]
    if options.hasCommonUnit { rules.append((.egalitarian, .egalitarian)) }
    for (name, rule) in rules {
      result.points.append(Deals.Point(rule: name, deals: solution(problem, rule)))
    }
    if draws.isEmpty { return }
    let weight = 1 / Double(draws.count)
    for draw in draws {
      // What is beaten by another deal or by none is no solution.
      let gains = samples.map { sample in sample.gains.map { $0[draw] } }
      let open = DealFinder.undominated(gains)
      guard !open.isEmpty, let problem = self.problem(open.map { gains[$0] }) else { continue }
      if let best = solution(problem, .nash).first { result.deals[open[best]].nashShare += weight }
      if let best = solution(problem, .kalaiSmorodinsky).first {
        result.deals[open[best]].kalaiSmorodinskyShare += weight
      }
    }
  }

  /// The deals that everybody gains by and no other beats.
  private static func undominated(_ gains: [[Double]]) -> [Int] {
    let acceptable = gains.indices.filter { gains[$0].allSatisfy { $0 > 0 } }
    return acceptable.filter { one in
      !acceptable.contains { other in
        gains[other] != gains[one] && zip(gains[other], gains[one]).allSatisfy(>=)
      }
    }
  }

  /// The bargaining over gains, with no deal as the last outcome and the disagreement.
  private func problem(_ gains: [[Double]]) -> BargainingProblem? {
    let exact = gains.map { $0.compactMap { Rational(exactly: $0) } }
    let nothing = [Rational](repeating: .zero, count: negotiation.signatories.count)
    return try? BargainingProblem(outcomes: exact + [nothing], disagreement: nothing)
  }

  private func solution(_ problem: BargainingProblem, _ rule: BargainingRule) -> [Int] {
    guard let found = try? problem.solution(rule) else { return [] }
    return found.agreements.flatMap { $0.lottery.map(\.outcome) }
      .filter { $0 != problem.outcomes.count - 1 }
  }
}
