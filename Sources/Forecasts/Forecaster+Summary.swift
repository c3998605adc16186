import Games
import Mathematics
import Scenarios

extension Forecaster {
  /// Puts the draws together, in their order.
  func summarize(_ blocks: [Block]) throws(Defect) -> Forecast {
    let results = blocks.flatMap(\.results)
    var forecast = Forecast(
      seed: options.seed, draws: results.count, isBest: options.isBest, invalid: 0,
      uncertified: 0, largestRegret: 0, answers: [], outcomes: [], mainLine: [], idleOptions: [])
    // By world, the draws that it has certified. A question rests on its own world alone, so its
    // answer does not depend on what else is asked.
    var certified: [[Int]] = worlds.map { _ in [] }
    for (draw, result) in results.enumerated() {
      if let invalid = result.invalid {
        forecast.invalid += 1
        forecast.invalidReason =
          forecast.invalidReason
          ?? Forecast.DrawProblem(draw: draw, message: invalid.message, place: invalid.place)
        continue
      }
      forecast.largestRegret = max(forecast.largestRegret, result.regret)
      for world in worlds.indices where result.failures[world] == nil {
        certified[world].append(draw)
      }
      if let failure = result.failures.lazy.compactMap({ $0 }).first {
        forecast.uncertified += 1
        forecast.uncertifiedReason =
          forecast.uncertifiedReason
          ?? Forecast.DrawProblem(draw: draw, message: failure, place: nil)
      }
    }
    if certified.contains(where: \.isEmpty) {
      if let reason = forecast.uncertifiedReason { throw .allUncertified(reason) }
      if let reason = forecast.invalidReason { throw .allInvalid(reason) }
    }
    forecast.answers = answers(results, certified, valid: results.count - forecast.invalid)
    var sums = Array(repeating: 0.0, count: worlds[0].game.tree.terminals.count)
    var highest = Array(repeating: 0.0, count: worlds[0].game.tree.actionCount)
    for block in blocks {
      for index in sums.indices { sums[index] += block.terminalSums[index] }
      for index in highest.indices {
        highest[index] = max(highest[index], block.highestProbability[index])
      }
    }
    let shares = sums.map { $0 / Double(certified[0].count) }
    forecast.outcomes = outcomes(shares)
    forecast.mainLine = MainLine.play(worlds[0].game, scenario: scenario, shares: shares)
    forecast.idleOptions = idleOptions(highest)
    return forecast
  }

  private func answers(
    _ results: [DrawResult], _ certified: [[Int]], valid: Int
  ) -> [Answer] {
    var answers: [Answer] = []
    for (index, world) in worlds.enumerated() {
      for query in world.queries {
        answers.append(
          answer(
            query.question, results, certified[index], valid - certified[index].count,
            position: answers.count))
      }
    }
    let order = Dictionary(uniqueKeysWithValues: questions.enumerated().map { ($1, $0) })
    return answers.sorted { (order[$0.question] ?? 0) < (order[$1.question] ?? 0) }
  }

  private func answer(
    _ index: Int, _ results: [DrawResult], _ certified: [Int], _ uncertified: Int, position: Int
  ) -> Answer {
    let question = scenario.questions[index]
    let mixes = scenario.outside != nil && question.given == nil && question.supposing.isEmpty
    var joint: [Double] = []
    var weights: [Double] = []
    var inside = Statistics.Sum()
    for draw in certified {
      let result = results[draw]
      var value = result.joint[position]
      inside.add(value)
      if mixes { value = (1 - result.outside) * value + result.outside * result.outsideThen }
      joint.append(value)
      weights.append(result.condition[position])
    }
    let total = Statistics.sum(weights)
    let isOffPath = question.given != nil && total == 0
    if isOffPath {
      joint = certified.map { results[$0].limit[position] }
      weights = joint.map { $0.isNaN ? 0 : 1 }
      joint = joint.map { $0.isNaN ? 0 : $0 }
    }
    return Answer(
      question: index, id: question.id, ask: question.ask, by: question.by,
      estimate: estimate(
        joint, weights, certified, uncertified: uncertified,
        insideTheStory: mixes ? inside.value / Double(certified.count) : nil),
      conditionProbability: question.given == nil
        ? nil : (isOffPath ? 0 : total / Double(certified.count)),
      isOffPath: isOffPath)
  }

  /// The ratio of the sums, with its band and bounds; nil where the weights are 0.
  private func estimate(
    _ joint: [Double], _ weights: [Double], _ certified: [Int], uncertified: Int,
    insideTheStory: Double?
  ) -> Estimate? {
    let weight = Statistics.sum(weights)
    guard weight > 0 else { return nil }
    let sum = Statistics.sum(joint)
    let probability = sum / weight
    let ratios = zip(joint, weights).map { $1 > 0 ? $0 / $1 : 0 }
    let low = Statistics.quantile(ratios, weights: weights, at: 0.05) ?? probability
    let high = Statistics.quantile(ratios, weights: weights, at: 0.95) ?? probability
    // An uncertified draw counts with all the weight that it can have.
    let open = Double(uncertified)
    return Estimate(
      probability: probability, insideTheStory: insideTheStory,
      bounds: open == 0
        ? probability...probability : (sum / (weight + open))...((sum + open) / (weight + open)),
      band: min(low, high)...max(low, high),
      samplingError: samplingError(joint, weights, certified))
  }

  /// The standard error of a ratio over the scrambled sequences.
  private func samplingError(
    _ joint: [Double], _ weights: [Double], _ certified: [Int]
  ) -> Double {
    if options.isBest { return 0 }
    var sums = Array(repeating: 0.0, count: DrawSource.replicates)
    var totals = Array(repeating: 0.0, count: DrawSource.replicates)
    for (ordinal, draw) in certified.enumerated() {
      let replicate = DrawSource.replicate(of: draw)
      sums[replicate] += joint[ordinal]
      totals[replicate] += weights[ordinal]
    }
    return Statistics.ratioStandardError(numerators: sums, denominators: totals) ?? 0
  }

  private func outcomes(_ shares: [Double]) -> [Forecast.OutcomeShare] {
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
