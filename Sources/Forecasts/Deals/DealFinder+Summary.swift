import Mathematics
import Scenarios

extension DealFinder {
  /// Puts together what all bundles come to.
  func summarize(_ samples: [DealSample], _ plan: DealPlan, _ base: Responses) throws -> Deals {
    let possible = samples.filter(\.isPossible)
    let baseDraws = base.measures[0].indices.filter { !base.measures[0][$0].isNaN }
    guard !baseDraws.isEmpty, possible.allSatisfy({ $0.isValid.contains(true) }) else {
      let problem =
        possible.compactMap(\.problem).first ?? base.invalidReason
        ?? base.uncertifiedReason ?? Forecast.DrawProblem(draw: 0, message: "no deal is certified")
      throw base.invalid == base.draws
        ? Forecaster.Defect.allInvalid(problem) : .allUncertified(problem)
    }
    let draws = base.measures[0].indices
    let complete = draws.filter { draw in
      !base.measures[0][draw].isNaN && possible.allSatisfy { $0.isValid[draw] }
    }
    var result = Deals(
      seed: options.forecast.seed, draws: base.draws, isBest: options.forecast.isBest,
      leftOut: base.draws - complete.count,
      leftOutReason: possible.compactMap(\.problem).first,
      signatories: negotiation.signatories, types: plan.types.map { $0.map(\.name) },
      withoutDeal: scenario.parties.indices.map { party in
        Deals.Spread(baseDraws.map { base.measures[party][$0] })
      },
      movesWithoutDeal: DealSample.moves(base, plan, baseDraws), deals: possible.map(deal),
      impossible: samples.filter { !$0.isPossible }.map(\.bundle), families: [],
      someIsGood: share(complete) { draw in
        possible.contains { isPositive($0.gains, draw) }
      },
      someIsWanted: share(complete) { draw in
        possible.contains { isPositive($0.ownGains, draw) }
      },
      isNoDealEfficient: true, points: [])
    bargain(possible, complete, &result)
    result.families = families(possible, result.deals)
    return result
  }

  private func deal(_ sample: DealSample) -> Deals.Deal {
    let valid = sample.isValid.indices.filter { sample.isValid[$0] }
    func share(_ gains: [[Double]]) -> Double {
      DealSample.share(valid.map { isPositive(gains, $0) })
    }
    return Deals.Deal(
      bundle: sample.bundle, name: sample.name, inForce: sample.inForce,
      gains: sample.gainSpreads, ownGains: sample.ownSpreads, byType: sample.byType,
      terms: sample.terms,
      wanted: sample.ownGains.map { gains in DealSample.share(valid.map { gains[$0] > 0 }) },
      goodForAll: share(sample.gains), wantedByAll: share(sample.ownGains),
      signed: sample.signed, isEfficient: false, nashShare: 0, kalaiSmorodinskyShare: 0,
      moves: sample.moves)
  }

  private func isPositive(_ gains: [[Double]], _ draw: Int) -> Bool {
    gains.allSatisfy { $0[draw] > 0 }
  }

  /// The share of draws in which something holds, with its error over the scramblings.
  private func share(_ draws: [Int], _ holds: (Int) -> Bool) -> Deals.Share {
    var counts = [Double](repeating: 0, count: DrawSource.replicates)
    var totals = counts
    for draw in draws {
      let replicate = DrawSource.replicate(of: draw)
      totals[replicate] += 1
      if holds(draw) { counts[replicate] += 1 }
    }
    let used = totals.indices.filter { totals[$0] > 0 }
    return Deals.Share(
      value: Statistics.sum(counts) / Statistics.sum(totals),
      error: Statistics.ratioStandardError(
        numerators: used.map { counts[$0] }, denominators: used.map { totals[$0] }) ?? 0)
  }
}
