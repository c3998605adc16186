public import Forecasts
public import Scenarios

/// Deals as blocks of a report.
public struct DealsDocument {
  private let text: DealsText

  private var found: Deals { text.found }

  /// The blocks of what `deals` found.
  public init(_ found: Deals, scenario: Scenario) {
    text = DealsText(found: found, scenario: scenario, file: scenario.file, isVerbose: false)
  }

  /// The finding in words, then what each deal brings, at which amounts it is signed, and what
  /// others do.
  public var blocks: [Document.Block] {
    // The first line is the question, which the section's heading asks.
    let finding = text.finding().dropFirst().map(TextLayout.oneLine)
    var blocks: [Document.Block] = [.paragraph(finding.joined(separator: " "))]
    if found.deals.isEmpty { return blocks }
    blocks.append(.table(gains))
    if let prices { blocks.append(.table(prices)) }
    return blocks + replies.map { .table($0) }
  }

  private var gains: Document.Table {
    let names = found.signatories.map(text.name)
    return Document.Table(
      caption: "Average gains over no deal, before types are known, each in the party's own units; "
        + "amounts are those that suit best",
      columns: ["Deal", "Good for all"] + names + ["Signed once on the table", "Efficient"],
      rows: text.shown.map { family in
        let deal = found.deals[family.best]
        return [deal.name, text.share(deal.goodForAll)]
          + found.signatories.map { NumberFormat.signed(deal.gains[$0].mean) }
          + [
            DealsText.percent(deal.signed),
            family.deals.contains { found.deals[$0].isEfficient } ? "yes" : "no",
          ]
      }, numeric: Set(1..<names.count + 3))
  }

  private var prices: Document.Table? {
    let priced = text.shown.filter { $0.priced != nil }
    if priced.isEmpty { return nil }
    return Document.Table(
      caption:
        "The amounts at which each signs, as it sees it: in the median world, and in brackets "
        + "in its easiest and its hardest 5%",
      columns: ["Deal"] + found.signatories.map(text.name) + ["All would"],
      rows: priced.map { family in
        [family.name] + family.prices.map { text.price($0.limit, wantsMore: $0.wantsMore) }
          + [text.share(family.wantedByAll)]
      }, numeric: [found.signatories.count + 1])
  }

  /// For each later step of others, a table of what they do after each deal.
  private var replies: [Document.Table] {
    found.movesWithoutDeal.enumerated().compactMap { index, base in
      let rows =
        [("no deal", base)] + text.shown.map { ($0.name, found.deals[$0.best].moves[index]) }
      let open = rows.filter { $0.1.happens > 0 }
      guard !open.isEmpty else { return nil }
      let who = DealsText.list(base.parties.map(text.name))
      return Document.Table(
        caption: "What \(who) does at '\(base.step)'",
        columns: ["After"] + base.options.map(\.name),
        rows: open.map { label, move in
          [label] + move.options.map { DealsText.percent($0.probability) }
        }, numeric: Set(1...max(base.options.count, 1)))
    }
  }
}
