import Mathematics
import Scenarios

/// What a bundle comes to, draw by draw where bundles are compared, else on average.
struct DealSample: Sendable {
  let bundle: Bundle
  let name: String
  /// The story can put it into force.
  let isPossible: Bool
  /// By draw, whether the bundle and no deal are both certified.
  var isValid: [Bool] = []
  /// By signatory and draw: the gain by the analyst's odds; not a number where it is not valid.
  var gains: [[Double]] = []
  /// By signatory and draw: the gain as the party sees it.
  var ownGains: [[Double]] = []
  /// By signatory, type and draw: whether that type gains, as it sees it.
  var isWantedByType: [[[Bool]]] = []
  var inForce = 0.0
  /// By party.
  var gainSpreads: [Deals.Spread] = []
  var ownSpreads: [Deals.Spread] = []
  var byType: [[Deals.TypeShare]] = []
  var terms: [[Deals.TermGain]] = []
  var signed = 0.0
  var moves: [Deals.Move] = []
  var problem: Forecast.DrawProblem?

  /// A bundle that the story cannot put into force.
  init(impossible bundle: Bundle, name: String) {
    self.bundle = bundle
    self.name = name
    isPossible = false
  }

  init(
    _ story: DealStory, name: String, plan: DealPlan, found: Responses, base: Responses
  ) {
    bundle = story.bundle
    self.name = name
    isPossible = true
    problem =
      base.invalidReason ?? base.uncertifiedReason ?? found.invalidReason
      ?? found.uncertifiedReason
    let negotiation = plan.negotiation
    let scenario = negotiation.scenario
    let draws = found.measures[0].indices
    isValid = draws.map { !found.measures[0][$0].isNaN && !base.measures[0][$0].isNaN }
    let valid = draws.filter { isValid[$0] }
    func mean(_ values: [Double]) -> Double { Statistics.mean(valid.map { values[$0] }) ?? .nan }
    func gain(_ measure: Int) -> [Double] {
      draws.map { DealSample.gain(found.measures[measure][$0], over: base.measures[measure][$0]) }
    }
    func spread(_ values: [Double]) -> Deals.Spread { Deals.Spread(valid.map { values[$0] }) }

    gainSpreads = scenario.parties.indices.map { spread(gain($0)) }
    inForce = mean(found.measures[plan.inForce])
    gains = negotiation.signatories.map(gain)
    var place = plan.signing
    func certified(_ measure: Int) -> [Double] { found.measures[measure].filter { !$0.isNaN } }
    signed = Statistics.mean(certified(place)) ?? .nan
    place += 1
    for (index, signatory) in negotiation.signatories.enumerated() {
      var measure = plan.first(of: index)
      let own = gain(measure)
      ownGains.append(own)
      ownSpreads.append(spread(own))
      measure += 1
      var shares: [Deals.TypeShare] = []
      var wanted: [[Bool]] = []
      for type in plan.types[index] {
        func conditional(_ responses: Responses) -> [Double] {
          draws.map { responses.measures[measure][$0] / responses.measures[measure + 1][$0] }
        }
        let (with, without) = (conditional(found), conditional(base))
        let gains = draws.map { DealSample.gain(with[$0], over: without[$0]) }
        let known = valid.filter { !gains[$0].isNaN }
        let joint = Statistics.sum(certified(place))
        let weight = Statistics.sum(certified(place + 1))
        shares.append(
          Deals.TypeShare(
            type: type.name, gain: Statistics.mean(known.map { gains[$0] }) ?? .nan,
            wanted: DealSample.share(known.map { gains[$0] > 0 }),
            signed: weight > 0 ? joint / weight : .nan))
        wanted.append(gains.map { $0 > 0 })
        measure += 2
        place += 2
      }
      byType.append(shares)
      isWantedByType.append(wanted)
      terms.append(
        scenario.payoffTerms(of: signatory).enumerated().map { term, name in
          Deals.TermGain(name: name, gain: mean(gain(plan.firstTerm[index] + term)))
        })
    }
    moves = DealSample.moves(found, plan, valid)
  }

  /// What happens later, averaged over draws.
  static func moves(_ found: Responses, _ plan: DealPlan, _ draws: [Int]) -> [Deals.Move] {
    var measure = plan.firstMove
    return plan.steps.map { step in
      let chances = step.values.indices.map { value in
        Statistics.mean(draws.map { found.measures[measure + value][$0] }) ?? .nan
      }
      measure += step.values.count
      let total = Statistics.sum(chances)
      return Deals.Move(
        parties: step.parties, step: step.name, happens: min(total, 1),
        options: zip(step.values, chances).map {
          .init(name: $0, probability: total > 0 ? $1 / total : .nan)
        })
    }
  }

  /// A difference; what is within rounding of 0 is 0.
  static func gain(_ payoff: Double, over other: Double) -> Double {
    let gain = payoff - other
    return abs(gain) <= 1e-9 * max(abs(payoff), abs(other)) ? 0 : gain
  }

  /// The share of those that hold; not a number of nothing.
  static func share(_ flags: [Bool]) -> Double {
    flags.isEmpty ? .nan : Double(flags.count { $0 }) / Double(flags.count)
  }
}

extension Deals.Spread {
  /// The average and the percentiles of some numbers; not numbers of none.
  init(_ values: [Double]) {
    let quantiles = Statistics.quantiles(
      values, weights: values.map { _ in 1 }, at: [0.05, 0.5, 0.95])
    mean = Statistics.mean(values) ?? .nan
    low = quantiles?[0] ?? .nan
    median = quantiles?[1] ?? .nan
    high = quantiles?[2] ?? .nan
  }
}
