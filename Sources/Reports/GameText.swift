public import Equilibria
public import Games
public import Scenarios

/// A solved game as text: what each party does where, and how well that is proved.
public enum GameText {
  /// The whole of `solve`.
  public static func solution(
    _ game: ExtensiveGame, decisions: [ParametricGame.Decision], assessment: Assessment,
    certificate: Certificate, method: String, concept: String, misperceivers: [String]
  ) -> String {
    let tree = game.tree
    var lines = TextLayout.wrap(game.title)
    lines.append(
      "\(NumberFormat.count(tree.nodes.count)) nodes, "
        + "\(tree.informationSets.count) information sets, "
        + "\(tree.players.count) parties. Every quantity at its best estimate.")
    lines.append("")
    let reach = assessment.profile.realization(in: tree, odds: game.odds)
    for (player, name) in tree.players.enumerated() {
      let sets = tree.informationSets.indices.filter { tree.informationSets[$0].player == player }
      if sets.isEmpty { continue }
      lines.append(name)
      for index in sets {
        lines += self.set(
          index, tree, decisions[index], assessment.profile,
          reached: tree.informationSets[index].nodes.contains { reach[$0] > 0 })
      }
    }
    lines.append("")
    lines.append("Payoffs, each on its party's own scale:")
    let payoffs = GameValues.expectedPayoffs(game, reach: reach)
    lines += TextLayout.columns(
      zip(tree.players, payoffs).map { [$0, NumberFormat.short($1)] }, indent: 2)
    lines.append("")
    let shares = GameValues.outcomes(game, reach: reach)
    lines.append("How it ends:")
    lines += TextLayout.columns(
      zip(tree.outcomes, shares).map { [NumberFormat.percent($1), $0] }, rightAligned: [0],
      indent: 2)
    lines.append("")
    let verdict =
      concept == "logit"
      ? "A logit equilibrium, found by the \(method)."
        + (certificate.holds
          ? " Certified: its equations hold to " : " NOT CERTIFIED: its equations hold only to ")
        + "\(NumberFormat.scientific(max(certificate.maximumRegret, 1e-16))) in the logarithms of "
        + "odds."
      : "A sequential equilibrium, found by the \(method)."
        + (certificate.holds
          ? " Certified: nobody gains more than "
            + "\(NumberFormat.scientific(max(certificate.maximumRegret, 1e-16))) of its payoff range "
            + "by acting otherwise at any information set."
          : " NOT CERTIFIED: somebody gains \(NumberFormat.scientific(certificate.maximumRegret)) of "
            + "its payoff range by acting otherwise.")
    lines += TextLayout.wrap(verdict)
    if !misperceivers.isEmpty {
      lines += TextLayout.wrap(
        "\(misperceivers.joined(separator: " and ")) sees the game otherwise: "
          + "`--as \(misperceivers[0])` solves the game that it thinks it plays.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func set(
    _ index: Int, _ tree: GameTree, _ decision: ParametricGame.Decision,
    _ profile: BehaviorProfile, reached: Bool
  ) -> [String] {
    let set = tree.informationSets[index]
    var known = decision.types
    known += decision.seen
    let place =
      known.isEmpty ? decision.step : "\(decision.step) (\(known.joined(separator: "; ")))"
    let choices = set.actions.enumerated().compactMap { ordinal, action -> String? in
      let probability = profile.probabilities[set.firstAction + ordinal]
      if probability == 0 { return nil }
      return probability == 1 ? action : "\(action) \(NumberFormat.percent(probability))"
    }
    let mark = reached ? "" : "  [not reached]"
    return TextLayout.wrap(
      "\(place): \(choices.joined(separator: ", "))\(mark)", first: "  ", indent: 6)
  }
}
