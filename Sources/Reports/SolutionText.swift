public import Equilibria
public import Games
import Mathematics
public import Scenarios

/// A solved game as text: what each player does where, and how well that is proved.
public struct SolutionText {
  private let game: GameForm
  /// ``GameForm/places``, which is made anew on every call.
  private let places: [GamePlace]
  private let solution: Solution
  private let decisions: [ParametricGame.Decision]

  /// The whole of `solve`.
  ///
  /// - Parameters:
  ///   - decisions: what is decided at each information set of a scenario's game; empty for others.
  ///   - misperceivers: parties that see another game.
  public static func text(
    _ solution: Solution, of game: GameForm, decisions: [ParametricGame.Decision] = [],
    misperceivers: [String] = []
  ) -> String {
    let report = SolutionText(
      game: game, places: game.places, solution: solution, decisions: decisions)
    var lines = report.head
    for ordinal in solution.equilibria.indices { lines += report.equilibrium(ordinal) }
    if let play = solution.correlated { lines += report.correlated(play) }
    if let dominance = solution.dominance { lines += report.dominance(dominance) }
    if let components = solution.components { lines += report.components(components) }
    lines.append("")
    lines += TextLayout.wrap(report.verdict)
    if !misperceivers.isEmpty {
      lines += TextLayout.wrap(
        "\(misperceivers.joined(separator: " and ")) sees the game otherwise: "
          + "`--as \(misperceivers[0])` solves the game that it thinks it plays.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var isScenario: Bool { !decisions.isEmpty }

  // MARK: - The game

  private var head: [String] {
    var lines = game.title.isEmpty ? [] : TextLayout.wrap(game.title)
    switch game {
    case .extensive(let game):
      let tree = game.tree
      lines += TextLayout.wrap(
        "\(NumberFormat.count(tree.nodes.count)) nodes, "
          + "\(NumberFormat.count(tree.informationSets.count)) information sets, "
          + "\(tree.players.count) \(isScenario ? "parties" : "players")."
          + (isScenario ? " Every quantity at its best estimate." : ""))
    case .strategic(let game):
      let sizes = game.strategies.map { "\($0.count)" }.joined(separator: " × ")
      lines.append("\(game.players.count) players, \(sizes) strategies.")
    }
    return lines
  }

  // MARK: - An equilibrium

  private func equilibrium(_ ordinal: Int) -> [String] {
    let equilibrium = solution.equilibria[ordinal]
    var lines = [""]
    if solution.equilibria.count > 1 { lines.append("Equilibrium \(ordinal + 1)") }
    switch game {
    case .strategic: lines += strategies(equilibrium)
    case .extensive(let game): lines += behavior(equilibrium, game)
    }
    if !equilibrium.survives.isEmpty {
      if solution.equilibria.count == 1 { lines.append("") }
      lines += TextLayout.wrap(
        "Survives: \(equilibrium.survives.map(\.rawValue).joined(separator: ", ")).",
        first: solution.equilibria.count > 1 ? "  " : "", indent: 4)
    }
    return lines
  }

  private func strategies(_ equilibrium: Equilibrium) -> [String] {
    let shares = Shares(equilibrium.profile)
    return zip(game.players.indices, places).flatMap { player, place in
      TextLayout.wrap(
        "\(game.players[player]): \(choices(shares, at: player, of: place)); "
          + "payoff \(payoff(equilibrium, player))", first: "  ", indent: 4)
    }
  }

  /// The probabilities of a profile, rounded and exact.
  private struct Shares {
    let numeric: [[Double]]
    let exact: [[Rational]]?

    init(_ profile: StrategyProfile) {
      numeric = profile.numeric
      exact = profile.exact
    }
  }

  private func choices(_ all: Shares, at index: Int, of place: GamePlace) -> String {
    let shares = all.numeric[index]
    let exact = all.exact?[index]
    return place.choices.indices.compactMap { choice -> String? in
      if shares[choice] == 0, exact == nil || exact?[choice].signum == 0 { return nil }
      if shares[choice] == 1, exact == nil || exact?[choice] == 1 { return place.choices[choice] }
      let share =
        exact.flatMap { NumberFormat.fraction($0[choice]) } ?? NumberFormat.percent(shares[choice])
      return "\(place.choices[choice]) \(share)"
    }.joined(separator: ", ")
  }

  private func payoff(_ equilibrium: Equilibrium, _ player: Int) -> String {
    equilibrium.exactPayoffs.flatMap { NumberFormat.fraction($0[player]) }
      ?? NumberFormat.short(equilibrium.payoffs[player])
  }

  private func behavior(_ equilibrium: Equilibrium, _ game: ExtensiveGame) -> [String] {
    let tree = game.tree
    let shares = Shares(equilibrium.profile)
    let profile = BehaviorProfile(shares.numeric.flatMap { $0 })
    let reach = profile.realization(in: tree, odds: game.odds)
    var lines: [String] = []
    for (player, name) in tree.players.enumerated() {
      let sets = tree.informationSets.indices.filter { tree.informationSets[$0].player == player }
      if sets.isEmpty { continue }
      lines.append(name)
      for index in sets {
        let isReached = tree.informationSets[index].nodes.contains { reach[$0] > 0 }
        lines += set(index, tree, shares, reached: isReached)
      }
    }
    lines.append(isScenario ? "Payoffs, each on its party's own scale:" : "Payoffs:")
    if isScenario { lines.insert("", at: lines.count - 1) }
    lines += TextLayout.columns(
      tree.players.indices.map { [tree.players[$0], payoff(equilibrium, $0)] }, indent: 2)
    if solution.equilibria.count == 1 { lines += ends(game, profile) }
    return lines
  }

  private func set(
    _ index: Int, _ tree: GameTree, _ shares: Shares, reached: Bool
  ) -> [String] {
    let set = tree.informationSets[index]
    let decision = isScenario ? decisions[index] : nil
    let known = decision.map { $0.types + $0.seen } ?? []
    let name =
      decision?.step ?? (set.displayLabel.isEmpty ? "set \(set.number)" : set.displayLabel)
    let place = known.isEmpty ? name : "\(name) (\(known.joined(separator: "; ")))"
    let what = choices(shares, at: index, of: places[index])
    return TextLayout.wrap(
      "\(place): \(what)\(reached ? "" : "  [not reached]")", first: "  ", indent: 6)
  }

  private func ends(_ game: ExtensiveGame, _ profile: BehaviorProfile) -> [String] {
    let shares = Array(zip(game.tree.outcomes, game.outcomeProbabilities(of: profile)))
    // Outcomes without names tell nothing.
    guard shares.contains(where: { !$0.0.isEmpty }) else { return [] }
    let reached = shares.filter { $0.1 > 0 }
    var lines = ["", "How it ends:"]
    lines += TextLayout.columns(
      reached.map { [NumberFormat.percent($0.1), $0.0] }, rightAligned: [0], indent: 2)
    if reached.count < shares.count {
      lines.append("  Not reached: \(shares.count - reached.count) of \(shares.count) outcomes.")
    }
    return lines
  }

  // MARK: - Sets of equilibria and devices

  private func components(_ components: [[EquilibriumSubset]]) -> [String] {
    let large = components.enumerated().filter { component in
      component.element.contains { $0.first.count > 1 || $0.second.count > 1 }
    }
    if large.isEmpty { return [] }
    let names = solution.plans ?? places.map(\.choices)
    var lines: [String] = []
    for (ordinal, component) in large {
      lines.append("")
      lines += TextLayout.wrap(
        "Connected set \(ordinal + 1) of \(components.count), infinitely many equilibria:")
      for subset in component {
        let sides = zip([subset.first, subset.second], names).map { strategies, names in
          strategies.map { mixture($0, names) }.joined(separator: " or ")
        }
        lines += TextLayout.wrap(
          "\(game.players[0]): any mixture of \(sides[0]); \(game.players[1]): any mixture of "
            + "\(sides[1])", first: "  ", indent: 4)
      }
    }
    return lines
  }

  private func mixture(_ shares: [Rational], _ names: [String]) -> String {
    let parts = zip(names, shares).filter { $0.1.signum > 0 }.map { name, share in
      share == 1 ? name : "\(name) \(NumberFormat.fraction(share) ?? "\(share)")"
    }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: ", ")))"
  }

  private func correlated(_ play: CorrelatedPlay) -> [String] {
    var lines = ["", "What the device recommends:"]
    lines += TextLayout.columns(
      play.profiles.enumerated().map { ordinal, profile in
        let names = zip(places, profile).map { $0.choices[$1] }
        let share =
          play.exact.flatMap { NumberFormat.fraction($0[ordinal]) }
          ?? NumberFormat.percent(play.probabilities[ordinal])
        return [share, names.joined(separator: ", ")]
      }, rightAligned: [0], indent: 2)
    lines.append("Payoffs:")
    lines += TextLayout.columns(
      zip(game.players, play.payoffs).map { [$0, NumberFormat.short($1)] }, indent: 2)
    return lines
  }

  private func dominance(_ result: DominanceResult) -> [String] {
    var lines = ["", "What survives:"]
    for (player, survivors) in result.elimination.survivors.enumerated() {
      let names = survivors.map { result.strategies[player][$0] }
      lines += TextLayout.wrap(
        "\(game.players[player]): \(names.joined(separator: ", "))", first: "  ", indent: 4)
    }
    for (round, gone) in result.elimination.rounds.enumerated() {
      lines.append("Round \(round + 1) eliminates:")
      for one in gone {
        let names = result.strategies[one.player]
        lines += TextLayout.wrap(
          "\(game.players[one.player]): \(names[one.strategy]), worse than "
            + mixture(one.dominator, names), first: "  ", indent: 4)
      }
    }
    return lines
  }

  // MARK: - The verdict

  private var verdict: String {
    let count = solution.equilibria.count
    var sentences: [String] = []
    if let dominance = solution.dominance {
      sentences.append(
        dominance.elimination.rounds.isEmpty && dominance.elimination.stop == nil
          ? "No strategy is strictly dominated." : "Every Nash equilibrium is among what survives.")
    } else if count == 0, solution.correlated == nil {
      // An empty list proves something only if nothing cut it.
      let kind = "equilibrium of the kind that the method '\(solution.method)' looks for"
      sentences.append(
        solution.isComplete
          ? "There is no \(kind)." : "No \(kind) was found; there may be some.")
    } else if count > 0 {
      let kind = solution.method == "extreme" ? "extreme " : ""
      let noun =
        "\(kind)\(SolutionText.name(of: solution.concept)) equilibri\(count == 1 ? "um" : "a")"
      let article = kind.isEmpty ? "A" : "An"
      sentences.append(
        "\(count == 1 ? article : "\(count)") \(noun), found by \(solution.approach)"
          + (solution.isComplete ? "; no other of this kind is missing." : "; there may be others.")
      )
    } else {
      sentences.append(
        "The best \(solution.concept.rawValue) equilibrium, found by \(solution.approach).")
    }
    sentences += solution.notes
    if solution.isDegenerate == true {
      sentences.append("The game is degenerate: some strategy has more best replies than parts.")
    }
    if let certificate = worstCertificate { sentences.append(proof(certificate)) }
    return sentences.joined(separator: " ")
  }

  private var worstCertificate: EquilibriumCertificate? {
    (solution.equilibria.map(\.certificate) + [solution.correlated?.certificate].compactMap { $0 })
      .max { ($0.holds ? 0 : 1, $0.maximumRegret) < ($1.holds ? 0 : 1, $1.maximumRegret) }
  }

  private func proof(_ certificate: EquilibriumCertificate) -> String {
    let size = NumberFormat.scientific(max(certificate.maximumRegret, 1e-16))
    if solution.concept == .logit {
      return certificate.holds
        ? "Certified: its equations hold to \(size) in the logarithms of odds."
        : "NOT CERTIFIED: its equations hold only to \(size) in the logarithms of odds."
    }
    if !certificate.holds {
      return "NOT CERTIFIED: somebody gains \(size) of its payoff range by acting otherwise."
    }
    let place = solution.concept == .sequential ? " at any information set" : ""
    return certificate.isExact
      ? "Certified in exact arithmetic: nobody gains anything by acting otherwise\(place)."
      : "Certified: nobody gains more than \(size) of its payoff range by acting otherwise\(place)."
  }

  static func name(of concept: SolutionConcept) -> String {
    switch concept {
    case .nash: "Nash"
    default: concept.rawValue
    }
  }
}
