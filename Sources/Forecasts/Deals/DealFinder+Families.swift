import Mathematics
import Scenarios

extension DealFinder {
  /// Folds deals of the same clauses, and finds the amounts at which each signatory signs.
  func families(_ samples: [DealSample], _ deals: [Deals.Deal]) -> [Deals.Family] {
    var sets: [[Int]] = []
    var members: [[Int]] = []
    for (index, deal) in deals.enumerated() {
      if let known = sets.firstIndex(of: deal.bundle.clauseSet) {
        members[known].append(index)
      } else {
        sets.append(deal.bundle.clauseSet)
        members.append([index])
      }
    }
    return zip(sets, members).map { family($0, $1, samples, deals) }
  }

  private func family(
    _ clauses: [Int], _ members: [Int], _ samples: [DealSample], _ deals: [Deals.Deal]
  ) -> Deals.Family {
    let valid = samples[members[0]].isValid.indices.filter { draw in
      members.allSatisfy { samples[$0].isValid[draw] }
    }
    func share(_ gains: KeyPath<DealSample, [[Double]]>) -> Double {
      DealSample.share(
        valid.map { draw in
          members.contains { samples[$0][keyPath: gains].allSatisfy { $0[draw] > 0 } }
        })
    }
    let amounts = clauses.filter { scenario.clauses[$0].amounts != nil }
    let priced = amounts.count == 1 && members.count > 1 ? amounts[0] : nil
    // Somebody may gain by nothing; a product of losses is none.
    func product(_ index: Int) -> Double {
      let gains = negotiation.signatories.map { deals[index].gains[$0].mean }
      return gains.reduce(1) { $0 * max($1, 0) }
    }
    let best =
      members.max {
        (deals[$0].goodForAll, product($0), -$0) < (deals[$1].goodForAll, product($1), -$1)
      } ?? members[0]
    return Deals.Family(
      clauses: clauses, name: clauses.map { scenario.clauses[$0].name }.joined(separator: " + "),
      isWritten: negotiation.written.contains(clauses), deals: members, priced: priced,
      prices: priced.map { clause in
        negotiation.signatories.indices.map {
          price(of: clause, $0, members, samples, valid, deals)
        }
      } ?? [],
      goodForAll: share(\.gains), wantedByAll: share(\.ownGains), best: best)
  }

  private func price(
    of clause: Int, _ signatory: Int, _ members: [Int], _ samples: [DealSample], _ draws: [Int],
    _ deals: [Deals.Deal]
  ) -> Deals.Price {
    let amounts = members.map { member -> Double in
      let item = deals[member].bundle.clauses.first { $0.clause == clause }
      return item?.amount.flatMap { scenario.clauses[clause].amounts?.values[$0] } ?? 0
    }
    let (first, last) = (members[0], members[members.count - 1])
    let wantsMore =
      deals[last].ownGains[signatory].mean >= deals[first].ownGains[signatory].mean
    func limit(_ signs: (DealSample, Int) -> Bool) -> Deals.Limit {
      let limits = draws.map { draw -> Double? in
        let signed = members.indices.filter { signs(samples[members[$0]], draw) }
        return (wantsMore ? signed.first : signed.last).map { amounts[$0] }
      }
      return Deals.Limit(limits, wantsMore: wantsMore)
    }
    return Deals.Price(
      wantsMore: wantsMore, limit: limit { $0.ownGains[signatory][$1] > 0 },
      byType: samples[first].isWantedByType[signatory].indices.map { type in
        limit { $0.isWantedByType[signatory][type][$1] }
      })
  }
}

extension Deals.Limit {
  /// The percentiles of limits on a grid; nil is worse than any.
  init(_ limits: [Double?], wantsMore: Bool) {
    let sorted = limits.sorted { left, right in
      guard let left else { return false }
      guard let right else { return true }
      return wantsMore ? left < right : left > right
    }
    func at(_ level: Double) -> Double? {
      sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(level * Double(sorted.count)))]
    }
    signs = DealSample.share(limits.map { $0 != nil })
    easy = at(0.05)
    median = at(0.5)
    hard = at(0.95)
  }
}
