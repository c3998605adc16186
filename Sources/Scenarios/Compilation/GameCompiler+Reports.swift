extension GameCompiler {
  /// Whether there is room for a node with so many branches; if not, says so and stops.
  mutating func withinLimits(adding branches: Int, at place: Place?) -> Bool {
    if evaluator.isExhausted {
      stopForWork()
      return false
    }
    nodesAhead += branches
    if nodesAhead <= order.limits.nodes { return true }
    fail(
      "too-many-nodes", at: place,
      "the game has more than \(order.limits.nodes) nodes",
      remedy: "use fewer options or rounds, or raise the limit with --max-nodes")
    stopped = true
    return false
  }

  /// Stops where following the story takes too long for the size of the game.
  mutating func stopForWork() {
    fail(
      "too-much-work", at: nil,
      "the story takes more than \(order.limits.work) steps to follow",
      remedy: "use fewer rounds or simpler sums, or raise the limit with --max-nodes")
    stopped = true
  }

  /// Notes an error, once.
  mutating func fail(
    _ code: String, at place: Place?, _ message: String, remedy: String? = nil
  ) {
    let key = "\(code) \(place?.line ?? 0) \(place?.column ?? 0) \(message)"
    guard reported.insert(key).inserted else { return }
    diagnostics.append(
      Diagnostic(
        code: code, severity: .error, file: scenario.file, place: place, message: message,
        remedy: remedy))
  }

  mutating func failUnsettled(_ key: String, at place: Place) {
    fail(
      "uncertain-structure", at: place,
      "'\(key)' depends on a quantity that differs between draws",
      remedy: "what can happen must depend on play and types only; "
        + "let the quantity change odds or payoffs instead")
  }

  // MARK: What cannot matter

  /// Warns of steps that never happen, options that are never open, and choices that change
  /// nothing.
  mutating func reportIdleSteps() {
    // A supposition makes steps idle on purpose.
    guard order.supposing.isEmpty else { return }
    let uses = FactUses(of: scenario)
    var reportedFacts: Set<Int> = []
    for moment in moments {
      guard case .step(let step, _, _, _) = moment, reportedFacts.insert(step.fact).inserted
      else { continue }
      let first = layout.first[step.fact]
      let rounds =
        scenario.names.facts[step.fact].loop.map { scenario.names.loops[$0].rounds.count } ?? 1
      if !(first..<(first + rounds)).contains(where: happened.contains) {
        warn(
          "step-never-happens", step.place, "'\(step.name)' can never happen",
          "look at its 'when', or at what comes before it")
        continue
      }
      reportClosedOptions(step)
      if !uses.matters(step, parties: scenario.parties.count) {
        warn(
          "step-without-effect", step.place,
          "nothing depends on '\(step.name)', and nobody else sees it",
          "let a payoff, a condition or another party's knowledge depend on it, or take it out")
      }
    }
  }

  private mutating func reportClosedOptions(_ step: Step) {
    let names = scenario.names.facts[step.fact].values
    let closed = names.indices.filter { !chosen.contains(fact: step.fact, $0) }
    guard let first = closed.first else { return }
    let place: Place =
      switch step.kind {
      case .choice(_, let options): options[first].place
      case .chance(let values): values[first].place
      case .signal(let lines): lines[first].place
      case .clause, .bargain: step.place
      }
    let list = listed(closed.map { "'\(names[$0])'" })
    let isOne = closed.count == 1
    let verb =
      switch step.kind {
      case .chance: isOne ? "never happens" : "never happen"
      case .signal: isOne ? "is never said" : "are never said"
      default: isOne ? "is never open" : "are never open"
      }
    warn(
      "option-never-open", place, "\(list) of '\(step.name)' \(verb)",
      "look at its condition or odds")
  }

  private mutating func warn(
    _ code: String, _ place: Place, _ message: String, _ remedy: String
  ) {
    diagnostics.append(
      Diagnostic(
        code: code, severity: .warning, file: scenario.file, place: place, message: message,
        remedy: remedy))
  }
}
