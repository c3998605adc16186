import Equilibria
import Games
import Mathematics
import Scenarios

extension Forecaster {
  /// Puts the draws together.
  func summarize(_ tally: Tally, isBest: Bool) throws(Defect) -> Forecast {
    var forecast = Forecast(
      seed: options.seed, draws: tally.draws, isBest: isBest, invalid: tally.invalid,
      uncertified: tally.uncertified, largestRegret: tally.largestRegret, answers: [],
      outcomes: [], story: shape.tree([]), idleOptions: [])
    forecast.invalidReason = tally.invalidReason
    forecast.uncertifiedReason = tally.uncertifiedReason
    forecast.pathsAlone = tally.statistics.alone
    forecast.paths = tally.statistics.alone + tally.statistics.lockstep
    if tally.certified.contains(0) {
      if let reason = tally.uncertifiedReason { throw .allUncertified(reason) }
      if let reason = tally.invalidReason { throw .allInvalid(reason) }
    }
    let asked = worlds.flatMap { $0.queries.map(\.question) }
    forecast.answers = zip(asked, tally.queries).compactMap { question, sums in
      question.map { answer($0, sums, tally) }
    }.sorted { $0.question < $1.question }
    let shares = tally.terminalSums.map { $0 / Double(tally.certified[0]) }
    forecast.outcomes = outcomes(shares)
    forecast.story = shape.tree(shares)
    forecast.idleOptions = idleOptions(tally.highestProbability)
    return forecast
  }

  private func answer(_ index: Int, _ query: QueryTally, _ tally: Tally) -> Answer {
    let question = scenario.questions[index]
    let certified = Double(tally.certified[query.world])
    let open = Double(tally.draws - tally.invalid) - certified
    let total = query.sums.weight
    let isOffPath = question.given != nil && total == 0
    let ratio = query.sums.ratio(isOffPath: isOffPath)
    let estimate = estimate(
      ratio.numerators, ratio.denominators, isOffPath ? query.limitSpread : query.spread,
      uncertified: open, isSingle: tally.draws == 1)
    return Answer(
      question: index, id: question.id, ask: question.ask, by: question.by,
      estimate: estimate.map {
        var result = $0
        result.insideTheStory = query.sums.mixes ? query.sums.inside.value / certified : nil
        return result
      },
      conditionProbability: question.given == nil ? nil : (isOffPath ? 0 : total / certified),
      isOffPath: isOffPath)
  }

  /// The ratio of the sums by replicate, with its band and bounds; nil where the weights are 0.
  private func estimate(
    _ joint: [Double], _ weights: [Double], _ spread: QuantileSketch, uncertified open: Double,
    isSingle: Bool
  ) -> Estimate? {
    let weight = Statistics.sum(weights)
    guard weight > 0 else { return nil }
    let sum = Statistics.sum(joint)
    let probability = sum / weight
    let band = spread.quantiles(at: [0.05, 0.95]) ?? [probability, probability]
    // An uncertified draw counts with all the weight that it can have.
    return Estimate(
      probability: probability, insideTheStory: nil,
      bounds: open == 0
        ? probability...probability : (sum / (weight + open))...((sum + open) / (weight + open)),
      band: min(band[0], band[1])...max(band[0], band[1]), bandError: spread.error,
      samplingError: isSingle
        ? 0 : Statistics.ratioStandardError(numerators: joint, denominators: weights) ?? 0)
  }

  func outcomes(_ shares: [Double]) -> [Forecast.OutcomeShare] {
    let tree = worlds[0].game.tree
    var byOutcome = Array(repeating: 0.0, count: tree.outcomes.count)
    for (terminal, share) in zip(tree.terminals, shares) { byOutcome[terminal.outcome] += share }
    let byName = Dictionary(uniqueKeysWithValues: zip(tree.outcomes, byOutcome))
    // In the author's order; an outcome that no line of play reaches has none.
    var result = scenario.outcomes.map {
      Forecast.OutcomeShare(outcome: $0.name, probability: byName[$0.name] ?? 0)
    }
    let named = Set(scenario.outcomes.map(\.name))
    for (name, share) in zip(tree.outcomes, byOutcome) where !named.contains(name) {
      result.append(Forecast.OutcomeShare(outcome: name, probability: share))
    }
    return result
  }

  /// Options that are open somewhere and chosen nowhere, in any draw, by any party that moves
  /// there. Amounts on a grid are left out: most of them are there to be passed over.
  private func idleOptions(_ highest: [Double]) -> [Forecast.IdleOption] {
    let game = worlds[0].game
    var best: [[Int]: Double] = [:]
    var order: [(key: [Int], parties: [String], option: String)] = []
    for (index, set) in game.tree.informationSets.enumerated() where set.bargain == nil {
      let fact = game.decisions[index].fact
      let declared = scenario.names.facts[fact]
      if declared.numbers != nil { continue }
      let party = game.tree.players[set.player]
      for (ordinal, action) in set.actions.enumerated() {
        let key = [fact, declared.values.firstIndex(of: action) ?? ordinal]
        if let known = order.firstIndex(where: { $0.key == key }) {
          if !order[known].parties.contains(party) { order[known].parties.append(party) }
        } else {
          order.append((key, [party], action))
        }
        best[key] = max(best[key] ?? 0, highest[set.firstAction + ordinal])
      }
    }
    return order.filter { (best[$0.key] ?? 0) < 1e-4 }.map {
      Forecast.IdleOption(
        party: $0.parties.joined(separator: ", "),
        step: scenario.names.facts[$0.key[0]].name, option: $0.option,
        place: scenario.place(ofOption: $0.option, fact: $0.key[0]))
    }
  }
}
