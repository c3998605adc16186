import Games
import Mathematics

/// The correlated or coarse correlated equilibrium with the largest sum of payoffs: see
/// ``CorrelatedEquilibrium``. For tables alone.
struct CorrelatedMethod: EquilibriumMethod {
  let kind: CorrelatedConcept

  var name: String { kind == .correlated ? "correlated" : "coarse-correlated" }
  var summary: String {
    "the \(kind == .correlated ? "" : "coarse ")correlated equilibrium of largest total payoff"
  }

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    let table: StrategicGame
    switch game {
    case .strategic(let game): table = game
    case .extensive:
      throw .notApplicable(
        "this method is for tables; `entente convert` makes one of a tree's strategies")
    }
    var solution = Solution(
      method: name, concept: kind == .correlated ? .correlated : .coarseCorrelated)
    solution.approach = "linear programming"
    solution.notes.append("No other of its kind has a larger sum of payoffs.")
    let solver = CorrelatedEquilibrium(kind, limit: request.limit)
    do throws(CorrelatedError) {
      if request.exact ?? (table.profileCount <= 400) {
        let result = try solver.solve(table)
        solution.correlated = play(result, table, exact: result.probabilities) { $0.doubleValue }
      } else {
        let result = try solver.solveNumerically(table)
        solution.correlated = play(result, table, exact: nil) { $0 }
      }
    } catch {
      switch error {
      case .program(.stopped): throw .stopped("\(error)")
      case .program(.notConverged): throw .notConverged("\(error)")
      default: throw .notApplicable("\(error)")
      }
    }
    return solution
  }

  private func play<Number: Comparable & Sendable>(
    _ result: CorrelatedEquilibrium.Result<Number>, _ game: StrategicGame, exact: [Rational]?,
    double: (Number) -> Double
  ) -> CorrelatedPlay {
    let drawn = result.probabilities.indices.filter { double(result.probabilities[$0]) > 0 }
    let regrets =
      kind == .correlated ? result.certificate.swapRegrets : result.certificate.externalRegrets
    let table = PayoffTable(game)
    let regret = regrets.indices.map { double(regrets[$0]) / table.range(of: $0) }.max() ?? 0
    return CorrelatedPlay(
      profiles: drawn.map { index in
        game.players.indices.map { game.strategy(of: $0, in: index) }
      },
      probabilities: drawn.map { double(result.probabilities[$0]) },
      exact: exact.map { exact in drawn.map { exact[$0] } },
      payoffs: result.certificate.values.map(double),
      certificate: EquilibriumCertificate(
        maximumRegret: max(0, regret), isExact: exact != nil,
        holds: regret <= CorrelatedEquilibrium.tolerance))
  }
}
