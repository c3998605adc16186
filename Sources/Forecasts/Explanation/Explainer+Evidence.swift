import Games
import Mathematics
import Scenarios

extension Explainer {
  /// Explains the answer in the light of the evidence, by the play that the evidence calls for.
  ///
  /// Draws count by how likely they make the evidence; where it leaves few that count, the analyses
  /// take as many more as the answer does.
  func explainPosterior() async throws -> Explanation {
    let evidence = try EvidenceForecaster(
      scenario, questions: [question], options: options.forecast)
    let tally = try await evidence.solve(progress: progress)
    let posterior = try evidence.summarize(tally)
    let answer = evidence.plan.answers[0]
    let isOffPath = posterior.forecast.answers.first?.isOffPath ?? false
    var options = options
    options.forecast.draws = posterior.prior.draws
    let growth = max(1, posterior.prior.draws / max(posterior.requestedDraws, 1))
    options.comparisonDraws *= growth
    options.thresholdDraws *= growth
    let drawn = PosteriorReader(
      plan: evidence.plan, responses: tally.responses, weights: posterior.weights,
      isBest: posterior.prior.isBest
    ).query(answer, isOffPath: isOffPath, mixesOutside: true)
    var response = try EvidenceResponse(
      scenario, question: question, selection: posterior.selection, isOffPath: isOffPath,
      options: options.forecast)
    response.progress = progress

    var comparison = options.forecast
    comparison.draws = min(options.comparisonDraws, options.forecast.draws)
    let line = try await line(posterior, answer.way, options, comparison.draws)
    let whatIf = WhatIf(
      scenario, question: question, options: comparison, evidence: posterior.selection)
    let (base, counterfactuals) = try await whatIf.counterfactuals(
      Array(whatIf.suppositions.prefix(options.mostSuppositions)), progress: progress)
    var forecast = posterior.forecast
    forecast.story = line.story
    return Explanation(
      scenario: scenario, question: question, forecast: forecast, level: level,
      comparisonDraws: comparison.draws, reasons: line.reasons, base: base,
      counterfactuals: counterfactuals,
      variants: try await whatIf.variants(progress: progress),
      dependence: try await dependence(
        of: response, level: level, drawn,
        published: forecast.answers.first?.estimate?.probability, options),
      posterior: posterior, reasonsArePrior: line.isPrior)
  }

  /// The line of play in the question's own world, and why it is chosen. In a supposed world it is that
  /// before the evidence, which was observed in another.
  private func line(
    _ posterior: Posterior, _ way: EvidencePlan.Way, _ options: Options, _ draws: Int
  ) async throws -> (story: StoryTree, reasons: [ChoiceReason], isPrior: Bool) {
    var request = request
    request.selection = posterior.selection
    let isPrior: Bool
    switch way {
    case .direct:
      isPrior = false
      // What is given holds on every line that counts, as far as it is likely.
      request.weight = EvidenceLikelihood.product(
        scenario.evidence.map(EvidenceLikelihood.factor)
          + (request.lineCondition.map { [EvidenceLikelihood.indicator($0)] } ?? []))
    case .supposed: isPrior = true
    }
    let forecaster = try Forecaster(scenario, worlds: [request], options: options.forecast)
    var story = posterior.forecast.story
    // The forecast has the line of the story as it stands.
    if isPrior || request.lineCondition != nil {
      story = try await self.story(forecaster, isPrior: isPrior, draws)
    }
    let reasons = try await forecaster.reasons(
      for: story.mainLine, draws: draws, progress: progress)
    return (story, reasons, isPrior)
  }

  /// The story of a world, its ends weighed by the evidence or not.
  private func story(
    _ forecaster: Forecaster, isPrior: Bool, _ draws: Int
  ) async throws -> StoryTree {
    let isBest = forecaster.options.isBest
    let inputs: any InputSource =
      isBest ? FixedInputs(values: forecaster.source.bestEstimates) : forecaster.source
    let none = [Double](
      repeating: 0, count: forecaster.worlds[0].game.tree.terminals.count)
    let sums = try await forecaster.fold(
      isBest ? 1 : draws, of: inputs, from: none, progress: progress
    ) { sums, block in
      let own = isPrior ? block.terminalSums : block.weightedSums
      for end in sums.indices { sums[end] += own[end] }
    }
    let total = Statistics.sum(sums)
    return forecaster.shape.tree(total > 0 ? sums.map { $0 / total } : [])
  }
}
