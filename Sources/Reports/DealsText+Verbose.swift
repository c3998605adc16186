import Forecasts
import Scenarios

extension DealsText {
  /// What signatories that know their type make of the deals.
  func types() -> [String] {
    var lines: [String] = []
    for (index, signatory) in found.signatories.enumerated() where found.types[index].count > 1 {
      let names = found.types[index]
      var rows = [["deal"] + names]
      for family in shown {
        let deal = found.deals[family.best]
        rows.append(
          [TextLayout.clipped(deal.name, to: 30)]
            + deal.byType[index].map { "\(share($0.wanted))/\(NumberFormat.percent($0.signed))" })
      }
      if !lines.isEmpty { lines.append("") }
      lines += TextLayout.wrap(
        "By what \(name(signatory)) knows of itself: in what share of worlds it gains, and how "
          + "likely the deal is signed once it is on the table.")
      lines += TextLayout.columns(rows, rightAligned: Set(1...names.count), indent: 3)
      let priced = shown.filter { $0.priced != nil }
      if priced.isEmpty { continue }
      lines.append("")
      lines.append("The amounts at which it signs:")
      var amounts = [["deal"] + names]
      for family in priced {
        let price = family.prices[index]
        amounts.append(
          [TextLayout.clipped(family.name, to: 30)]
            + price.byType.map { self.price($0, wantsMore: price.wantsMore) })
      }
      lines += TextLayout.columns(amounts, indent: 3)
    }
    return lines
  }

  /// Every bundle with every amount.
  func everyDeal() -> [String] {
    let head =
      ["", "deal"] + found.signatories.map(name)
      + ["good", "as seen", "signed", "Nash", "K-S"]
    var rows = [head]
    for deal in found.deals {
      rows.append(
        [deal.isEfficient ? "*" : "", TextLayout.clipped(deal.name, to: 30)]
          + found.signatories.map { NumberFormat.signed(deal.gains[$0].mean) }
          + [
            share(deal.goodForAll), share(deal.wantedByAll), NumberFormat.percent(deal.signed),
            NumberFormat.share(deal.nashShare), NumberFormat.share(deal.kalaiSmorodinskyShare),
          ])
    }
    return TextLayout.wrap(
      "Every deal: average gains; the share of worlds in which all gain, by the analyst's odds and "
        + "as they see it; how likely it is signed once it is on the table; the share of worlds in "
        + "which it is the solution of Nash, and of Kalai and Smorodinsky.")
      + TextLayout.columns(rows, rightAligned: Set(2..<head.count), indent: 1)
  }
}
