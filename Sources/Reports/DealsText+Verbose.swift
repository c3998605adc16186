import Forecasts
import Scenarios

extension DealsText {
  /// What signatories that know their type make of the deals, where their types part.
  func types() -> [String] {
    var sections: [String] = []
    for (index, signatory) in found.signatories.enumerated() where found.types[index].count > 1 {
      var lines: [String] = []
      for family in shown {
        let deal = found.deals[family.best]
        let odds = deal.byType[index].map(\.signed).filter { !$0.isNaN }
        guard let least = odds.min(), let most = odds.max(), most - least > 0.1 else { continue }
        if isVerbose {
          lines.append("   \(deal.name)")
          var rows: [[String]] = []
          for (place, type) in deal.byType[index].enumerated() {
            var row = ["\(type.type):", share(type.wanted), DealsText.percent(type.signed)]
            if !family.prices.isEmpty {
              let price = family.prices[index]
              row.append(self.price(price.byType[place], wantsMore: price.wantsMore))
            }
            rows.append(row)
          }
          lines += TextLayout.columns(rows, rightAligned: [1, 2], indent: 6)
        } else {
          let shares = deal.byType[index].map { "\($0.type) \(DealsText.percent($0.signed))" }
          lines += TextLayout.wrap(
            "\(deal.name): \(shares.joined(separator: "; "))", first: "   ", indent: 6)
        }
      }
      if lines.isEmpty { continue }
      let lead =
        isVerbose
        ? "What \(name(signatory)) makes of it, knowing its own type, where types part: in what "
          + "share of worlds it gains, how likely the deal is signed once it is on the table, and "
          + "from which amount on:"
        : "What \(name(signatory)) signs, knowing its own type, where types part:"
      sections += TextLayout.wrap(lead) + lines
    }
    return sections
  }

  /// Every bundle with every amount.
  func everyDeal() -> [String] {
    let head =
      ["", "deal"] + found.signatories.map(name)
      + ["good", "seen", "signed", "Nash", "K-S"]
    var rows = [head]
    func add(_ name: String, _ deal: Deals.Deal) {
      rows.append(
        [deal.isEfficient ? "*" : "", name]
          + found.signatories.map { NumberFormat.signed(deal.gains[$0].mean) }
          + [
            share(deal.goodForAll), share(deal.wantedByAll), DealsText.percent(deal.signed),
            NumberFormat.share(deal.nashShare), NumberFormat.share(deal.kalaiSmorodinskyShare),
          ])
    }
    for family in found.families {
      guard let clause = family.priced else {
        for index in family.deals { add(found.deals[index].name, found.deals[index]) }
        continue
      }
      rows.append(["", family.name] + Array(repeating: "", count: head.count - 2))
      for index in family.deals {
        let deal = found.deals[index]
        let item = deal.bundle.clauses.first { $0.clause == clause }
        let amount = item?.amount.flatMap { scenario.clauses[clause].amounts?.values[$0] }
        add("  " + (amount.map { NumberFormat.amount($0) } ?? deal.name), deal)
      }
    }
    return TextLayout.wrap(
      "Every deal: average gains; the share of worlds in which all gain, by the analyst's odds and "
        + "as they see it; how likely it is signed once it is on the table; the share of worlds in "
        + "which it is the solution of Nash, and of Kalai and Smorodinsky.")
      + DealsText.fitted(rows, flexible: 1, rightAligned: Set(2..<head.count), indent: 1).map {
        // Headings have no numbers.
        String($0.reversed().drop { $0 == " " }.reversed())
      }
  }
}
