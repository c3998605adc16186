import Games
public import Scenarios

/// `convert`: a scenario's game in the formats of other programs.
public enum ConvertStudy {
  /// The game at the best estimates as Gambit's `.efg`, odds of parties folded into payoffs.
  public static func gambit(
    _ scenario: Scenario, seenBy party: String?, limits: GameCompiler.Limits
  ) throws(AskStudy.Failure) -> String {
    let (game, _, _) = try SolveStudy.game(of: scenario, seenBy: party, limits: limits)
    do {
      return try GambitExtensiveWriter.text(of: game, foldingSubjectiveOdds: true)
    } catch {
      throw .refused([
        Diagnostic(
          code: "not-convertible", file: scenario.file, message: "\(error)")
      ])
    }
  }
}
