import Mathematics

/// Sums over draws from which the reasons for a choice come.
struct ChoiceSums: Sendable {
  /// By option, by replicate: the weight of the draws and types in which the choice is made and the
  /// option is open, and the gain over it times that weight.
  var weights: [[Double]]
  var gains: [[Double]]
  /// By option and term: the term's part of the gain, times the weight.
  var terms: [[Double]]
  /// The draws, and those in which the choice is made with a chance of at least one half; by how
  /// likely they make the evidence, where there is any.
  var draws = 0.0
  var chosen = 0.0
  /// The payoff range times the weight of the choice.
  var range = 0.0

  init(options: Int, terms count: Int) {
    weights = Array(repeating: Array(repeating: 0, count: DrawSource.replicates), count: options)
    gains = weights
    terms = Array(repeating: Array(repeating: 0, count: count), count: options)
  }

  mutating func add(_ other: ChoiceSums) {
    for option in weights.indices {
      for replicate in weights[option].indices {
        weights[option][replicate] += other.weights[option][replicate]
        gains[option][replicate] += other.gains[option][replicate]
      }
      for term in terms[option].indices { terms[option][term] += other.terms[option][term] }
    }
    draws += other.draws
    chosen += other.chosen
    range += other.range
  }

  /// The reasons that the sums amount to.
  func reason(
    _ decision: ChoicePlan.Decision, line: Forecast.PlayedStep, party: String, terms names: [String]
  ) -> ChoiceReason {
    var reason = ChoiceReason(
      party: party, step: line.step, option: line.value, probability: line.probability,
      shareOfDraws: draws == 0 ? 0 : chosen / draws, payoffRange: 0,
      alternatives: [])
    let weight = Statistics.sum(weights[0])
    if weight > 0 { reason.payoffRange = range / weight }
    for (option, name) in decision.options.enumerated().dropFirst() {
      let weight = Statistics.sum(weights[option])
      guard weight > 0 else { continue }
      let parts = zip(names, terms[option]).map {
        ChoiceReason.Term(name: $0, gain: $1 / weight)
      }
      // What cancels but for rounding does not differ.
      let least = 1e-9 * max(reason.payoffRange, .leastNormalMagnitude)
      reason.alternatives.append(
        ChoiceReason.Alternative(
          option: name, gain: Statistics.sum(gains[option]) / weight,
          error: Statistics.ratioStandardError(
            numerators: gains[option], denominators: weights[option]) ?? 0,
          terms: parts.filter { abs($0.gain) > least }.sorted { abs($0.gain) > abs($1.gain) }))
    }
    reason.alternatives.sort { $0.gain < $1.gain }
    return reason
  }
}
