import Equilibria
import Games
import Mathematics
import Scenarios

extension EvidenceForecaster {
  /// Puts the draws together.
  func summarize(_ tally: EvidenceTally) throws(Forecaster.Defect) -> Posterior {
    let prior = try forecaster.summarize(tally.tally, isBest: forecaster.options.isBest)
    let weights = weights(tally)
    let total = Statistics.sum(weights)
    guard total > 0 else { throw .diagnostics([nothingLeft(tally)]) }
    let reader = PosteriorReader(
      plan: plan, responses: tally.responses, weights: weights, isBest: prior.isBest)
    var posterior = Posterior(
      prior: prior, forecast: prior, selection: selection, items: items(reader),
      effectiveDraws: SystematicResampling.effectiveSize(weights),
      requestedDraws: prior.isBest ? 1 : forecaster.options.draws, conflicts: conflicts(reader),
      suppositions: suppositions(), types: types(reader), quantities: quantities(weights),
      timeline: [], weights: weights)
    posterior.forecast.answers = zip(prior.answers, plan.answers).map { answer($0, $1, reader) }
    let shares = tally.weightedSums.map { $0 / total }
    posterior.forecast.outcomes = forecaster.outcomes(shares)
    posterior.forecast.story = forecaster.shape.tree(shares)
    posterior.timeline = plan.timeline.map { moment in
      let known = scenario.evidence.filter { item in
        item.on.map { day in moment.date.map { day <= $0 } ?? false } ?? true
      }
      return Posterior.Moment(
        date: moment.date,
        answers: moment.answers.map {
          reader.read($0, largest: EvidenceLikelihood.largest(known), scenario)?.estimate
        })
    }
    return posterior
  }

  private func answer(
    _ prior: Answer, _ planned: EvidencePlan.Answer, _ reader: PosteriorReader
  ) -> Answer {
    var answer = prior
    answer.estimate = nil
    answer.isOffPath = false
    let largest = EvidenceLikelihood.largest(scenario.evidence)
    guard let result = reader.read(planned, largest: largest, scenario) else { return answer }
    answer.estimate = result.estimate
    answer.isOffPath = result.isOffPath
    if prior.conditionProbability != nil { answer.conditionProbability = result.condition }
    return answer
  }

  // MARK: - The evidence itself

  private func items(_ reader: PosteriorReader) -> [Posterior.Item] {
    scenario.evidence.enumerated().map { number, item in
      Posterior.Item(
        number: number, on: item.on, text: item.written, isMove: item.isMove,
        likelihood: reader.mean(plan.singles[number]))
    }
  }

  /// Pieces of evidence whose joint likelihood is less than a third of the product of their own.
  private func conflicts(_ reader: PosteriorReader) -> [Posterior.Conflict] {
    let singles = plan.singles.map(reader.mean)
    func conflict(_ items: [Int], _ slot: EvidencePlan.Slot) -> Posterior.Conflict? {
      let apart = items.reduce(1.0) { $0 * singles[$1] }
      let together = reader.mean(slot)
      guard together > 0, together < apart / 3 else { return nil }
      return Posterior.Conflict(items: items, factor: apart / together)
    }
    var conflicts = plan.pairs.compactMap { conflict([$0.first, $0.second], $0.slot) }
    if singles.count > 2, let all = conflict(Array(singles.indices), plan.total) {
      conflicts.append(all)
    }
    return conflicts.enumerated().sorted {
      ($1.element.factor, $0.offset) < ($0.element.factor, $1.offset)
    }.map(\.element)
  }

  private func suppositions() -> [Posterior.Supposed] {
    plan.setAside.sorted { $0.key < $1.key }.map { question, items in
      Posterior.Supposed(
        question: question, setAside: items.map(\.item),
        contradicted: items.filter { item in
          guard let slot = item.check else { return item.isExcluded }
          let world = forecaster.worlds[slot.world]
          return item.isExcluded || world.isNever(world.queries[slot.place].event)
        }.map(\.item))
    }
  }

  /// No draw gives the evidence any likelihood.
  private func nothingLeft(_ tally: EvidenceTally) -> Diagnostic {
    let reader = PosteriorReader(
      plan: plan, responses: tally.responses, weights: [], isBest: false)
    let alone = plan.singles.indices.filter { reader.mean(plan.singles[$0]) == 0 }
    if let first = alone.first {
      return exclusive([first], "has probability 0 in every draw")
    }
    return exclusive(
      Array(scenario.evidence.indices), "have probability 0 together in every draw")
  }

  // MARK: - What moved

  private func types(_ reader: PosteriorReader) -> [Posterior.TypeChange] {
    zip(scenario.types, plan.types).flatMap { type, slots in
      type.values.indices.map { value in
        Posterior.TypeChange(
          type: scenario.names.facts[type.fact].name, value: type.values[value],
          prior: reader.mean(slots[value].prior, ofEvent: true),
          posterior: reader.ratio(slots[value].posterior))
      }
    }
  }

  private func quantities(_ weights: [Double]) -> [Posterior.QuantityChange] {
    if forecaster.options.isBest { return [] }
    let source = forecaster.source
    var inputs = scenario.uncertainInputs
    if selection != .fixedRationality { inputs.removeAll { $0 == scenario.solve.rationality } }
    inputs.removeAll { $0 == scenario.outside?.input }
    var values = inputs.map { _ in [Double]() }
    var point = source.makePoint()
    var draw: [Double] = []
    for number in weights.indices {
      source.draw(number, point: &point, into: &draw)
      for (place, input) in inputs.enumerated() { values[place].append(draw[input]) }
    }
    let levels = [0.05, 0.5, 0.95]
    let even = Array(repeating: 1.0, count: weights.count)
    return zip(inputs, values).compactMap { input, values in
      guard let prior = Statistics.quantiles(values, weights: even, at: levels),
        let posterior = Statistics.quantiles(values, weights: weights, at: levels)
      else { return nil }
      // A value that many draws share counts half below and half above.
      let below = values.reduce(0.0) { $0 + ($1 < posterior[1] ? 1 : $1 == posterior[1] ? 0.5 : 0) }
      return Posterior.QuantityChange(
        input: input, prior: prior, posterior: posterior,
        shift: below / Double(values.count) * 100 - 50)
    }
  }
}

/// Reads what a plan asked for off the draws.
struct PosteriorReader {
  let plan: EvidencePlan
  let responses: Responses
  /// By draw: the likelihood of all evidence.
  let weights: [Double]
  let isBest: Bool

  /// A question's answer.
  struct Reading {
    var estimate: Estimate
    /// The probability of the question's condition, by the weights of the evidence.
    var condition: Double
    var isOffPath: Bool
  }

  /// By draw: P(event, condition and evidence) and P(condition and evidence); not a number where a
  /// draw is not certified.
  private struct Terms {
    var joint: [Double]
    var weight: [Double]
    /// The weight of the evidence alone.
    var evidence: [Double]
  }

  /// The average likelihood over the draws; of a query without weights, of its event.
  func mean(_ slot: EvidencePlan.Slot, ofEvent: Bool) -> Double {
    let query = responses.queries[plan.position(slot)]
    let values = (ofEvent ? query.joint : query.condition).filter { !$0.isNaN }
    return Statistics.mean(values) ?? 0
  }

  /// The average likelihood over the draws.
  func mean(_ slot: EvidencePlan.Slot) -> Double { mean(slot, ofEvent: false) }

  /// The probability of an event by the weights of the query.
  func ratio(_ slot: EvidencePlan.Slot) -> Double {
    let query = responses.queries[plan.position(slot)]
    let total = Statistics.sum(query.condition.lazy.filter { !$0.isNaN })
    return total > 0 ? Statistics.sum(query.joint.lazy.filter { !$0.isNaN }) / total : 0
  }

  /// A question's answer, where no end has a likelihood above `largest`; nil where its condition is
  /// impossible.
  func read(
    _ answer: EvidencePlan.Answer, largest: Double, _ scenario: Scenario
  ) -> Reading? {
    switch answer.way {
    case .direct(let story, let mixed):
      let terms = direct(story)
      guard var reading = reading(terms, limit: limitTerms(story), largest: largest) else {
        return nil
      }
      if let mixed, let outside = self.reading(direct(mixed), limit: nil, largest: largest) {
        let inside = reading.estimate.probability
        reading.estimate = outside.estimate
        reading.estimate.insideTheStory = inside
      }
      return reading
    case .supposed(let profiles):
      return reading(
        supposed(profiles, offPath: false), limit: supposed(profiles, offPath: true),
        largest: largest)
    }
  }

  private func direct(_ slot: EvidencePlan.Slot) -> Terms {
    let query = responses.queries[plan.position(slot)]
    return Terms(joint: query.joint, weight: query.condition, evidence: weights)
  }

  /// Where the condition never happens: its limit in each draw, by the weight of the draw.
  private func limitTerms(_ slot: EvidencePlan.Slot) -> Terms {
    let query = responses.queries[plan.position(slot)]
    var terms = Terms(joint: [], weight: [], evidence: weights)
    for draw in query.limit.indices {
      let limit = query.limit[draw]
      terms.joint.append(limit.isNaN ? 0 : limit * weights[draw])
      terms.weight.append(limit.isNaN ? 0 : weights[draw])
    }
    return terms
  }

  private func supposed(_ profiles: [EvidencePlan.Profile], offPath: Bool) -> Terms {
    let draws = responses.draws
    var terms = Terms(
      joint: Array(repeating: 0, count: draws), weight: Array(repeating: 0, count: draws),
      evidence: Array(repeating: 0, count: draws))
    for profile in profiles {
      let story = responses.queries[plan.position(profile.weight)]
      let event = responses.queries[plan.position(profile.event)]
      let condition = profile.condition.map { responses.queries[plan.position($0)] }
      for draw in 0..<draws {
        // The likelihood of the evidence where the types are these.
        let weight = story.joint[draw]
        if weight.isNaN || event.joint[draw].isNaN {
          terms.joint[draw] = .nan
          terms.weight[draw] = .nan
          continue
        }
        if weight == 0 { continue }
        let holds = offPath ? 1 : condition.map { $0.probability(draw) } ?? 1
        let probability = event.probability(draw)
        terms.evidence[draw] += weight
        // What was observed cannot be where it is supposed, or the condition cannot.
        if holds.isNaN || probability.isNaN { continue }
        terms.weight[draw] += weight * holds
        terms.joint[draw] += weight * holds * probability
      }
    }
    return terms
  }

  private func reading(_ terms: Terms, limit: Terms?, largest: Double) -> Reading? {
    if let estimate = estimate(terms, largest: largest) {
      let weight = Statistics.sum(terms.weight.lazy.filter { !$0.isNaN })
      let evidence = Statistics.sum(
        terms.evidence.indices.lazy.filter { !terms.weight[$0].isNaN }.map { terms.evidence[$0] })
      return Reading(
        estimate: estimate, condition: evidence > 0 ? min(weight / evidence, 1) : 0,
        isOffPath: false)
    }
    guard let limit, let estimate = estimate(limit, largest: largest) else { return nil }
    return Reading(estimate: estimate, condition: 0, isOffPath: true)
  }

  /// Σ joint / Σ weight with its errors; nil where the weights are 0.
  private func estimate(_ terms: Terms, largest: Double) -> Estimate? {
    let replicates = DrawSource.replicates
    var numerators = Array(repeating: Statistics.Sum(), count: replicates)
    var denominators = numerators
    var values: [Double] = []
    var shares: [Double] = []
    var open = -Double(responses.invalid)
    for draw in terms.joint.indices {
      let weight = terms.weight[draw]
      if weight.isNaN {
        open += 1
        continue
      }
      if !(weight > 0) { continue }
      numerators[DrawSource.replicate(of: draw)].add(terms.joint[draw])
      denominators[DrawSource.replicate(of: draw)].add(weight)
      values.append(terms.joint[draw] / weight)
      shares.append(weight)
    }
    let tops = numerators.map(\.value)
    let bottoms = denominators.map(\.value)
    let total = Statistics.sum(bottoms)
    guard total > 0 else { return nil }
    let sum = Statistics.sum(tops)
    let probability = min(sum / total, 1)
    let band = Statistics.quantiles(values, weights: shares, at: [0.05, 0.95]) ?? [probability]
    // A draw that is not certified could have all the weight that an end can have.
    let most = max(open, 0) * largest
    return Estimate(
      probability: probability, insideTheStory: nil,
      bounds: most > 0
        ? (sum / (total + most))...((sum + most) / (total + most)) : probability...probability,
      band: min(band[0], band.last ?? 1)...max(band[0], band.last ?? 1),
      samplingError: isBest
        ? 0 : Statistics.ratioStandardError(numerators: tops, denominators: bottoms) ?? 0)
  }
}
