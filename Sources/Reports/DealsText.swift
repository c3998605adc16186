public import Forecasts
public import Scenarios

/// Deals as text: what can be agreed on, then the amounts, the refusals, what others do, and how it
/// was found.
public struct DealsText {
  let found: Deals
  let scenario: Scenario
  let file: String
  let isVerbose: Bool

  /// Families that fit two screens.
  private static let mostRows = 7

  /// The whole of `deals`.
  ///
  /// - Parameters:
  ///   - file: the scenario's file, for commands to type.
  ///   - verbose: everything, not only what fits two screens.
  public static func deals(
    _ found: Deals, scenario: Scenario, file: String, verbose: Bool = false
  ) -> String {
    let text = DealsText(found: found, scenario: scenario, file: file, isVerbose: verbose)
    var parts = [text.finding()]
    if !found.deals.isEmpty {
      parts += [text.table(), text.amounts(), text.refusals(), text.replies()]
      if verbose { parts += [text.types(), text.everyDeal()] }
    }
    parts.append(text.method())
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: - Names

  func name(_ party: Int) -> String { scenario.parties[party].name }

  var signatories: String { DealsText.list(found.signatories.map(name)) }

  /// "both", "all" or the only one.
  private var everybody: String {
    switch found.signatories.count {
    case 1: name(found.signatories[0])
    case 2: "both"
    default: "all"
    }
  }

  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The families, those that suit everybody in most worlds first.
  var families: [Deals.Family] {
    found.families.enumerated().sorted {
      let (left, right) = (found.deals[$0.element.best], found.deals[$1.element.best])
      return ($0.element.goodForAll, left.wantedByAll, left.signed, -$0.offset)
        > ($1.element.goodForAll, right.wantedByAll, right.signed, -$1.offset)
    }.map(\.element)
  }

  var shown: [Deals.Family] {
    isVerbose ? families : Array(families.prefix(DealsText.mostRows))
  }

  /// A share of worlds; at the best estimates there is one world.
  func share(_ value: Double) -> String {
    found.isBest ? (value > 0.5 ? "yes" : "no") : NumberFormat.percent(value)
  }

  // MARK: - The finding

  private func finding() -> [String] {
    var lines = TextLayout.wrap("Which deal would \(signatories) sign?")
    guard !found.deals.isEmpty else {
      return lines
        + TextLayout.wrap(
          "None: the story can put no bundle of its clauses into force.", first: "  ", indent: 2)
    }
    for sentence in [existence(), average(), misjudged()].compactMap({ $0 }) {
      lines += TextLayout.wrap(sentence, first: "  ", indent: 2)
    }
    return lines
  }

  private func existence() -> String {
    let (good, wanted) = (found.someIsGood, found.someIsWanted)
    let who = found.signatories.count == 1 ? everybody : "\(everybody) \(signatories)"
    if found.isBest {
      return good.value > 0.5
        ? "At the best estimates some deal is better than none for \(who)."
        : "At the best estimates no deal is better than none for \(who)."
    }
    var text =
      "In \(NumberFormat.percent(good.value)) of worlds some deal is better than none for \(who)"
    if abs(wanted.value - good.value) > 2 * (wanted.error + good.error) {
      text += "; in \(NumberFormat.percent(wanted.value)) as they see it themselves"
    }
    return text + "."
  }

  private func average() -> String? {
    guard let nash = found.points.first(where: { $0.rule == .nash }) else { return nil }
    guard let best = nash.deals.first else {
      let mostly = found.deals.indices.max {
        (found.deals[$0].goodForAll, -$0) < (found.deals[$1].goodForAll, -$1)
      }
      var text = found.isBest ? "" : "On average none is."
      if let mostly, found.deals[mostly].goodForAll > 0, !found.isBest {
        text +=
          " The one that suits \(everybody) most often is \(quoted(mostly)): in "
          + "\(NumberFormat.percent(found.deals[mostly].goodForAll))."
      }
      return text.isEmpty ? nil : text
    }
    let deal = found.deals[best]
    let gains = found.signatories.map {
      "\(name($0)) \(NumberFormat.signed(deal.gains[$0].mean))"
    }
    var text =
      (found.isBest ? "The best for" : "On average the best for")
      + " \(everybody) is \(quoted(best)) (gains: \(DealsText.list(gains)), each in its own units)"
    let others = found.points.filter { $0.rule != .nash }
    if others.allSatisfy({ $0.deals == nash.deals }) {
      let rules = found.points.map { DealsText.title(of: $0.rule) }
      text += ", by \(DealsText.list(rules))"
    } else {
      text += " by \(DealsText.title(of: .nash))"
      for point in others {
        let names = point.deals.prefix(2).map(quoted)
        text += ", \(DealsText.list(names)) by \(DealsText.title(of: point.rule))"
      }
    }
    text += ". Once on the table it is signed "
    text +=
      found.isBest
      ? "with \(NumberFormat.percent(deal.signed))." : "in \(NumberFormat.percent(deal.signed))."
    return text
  }

  /// Deals that a party wants in most worlds, and that are bad for it on average.
  private func misjudged() -> String? {
    for (index, signatory) in found.signatories.enumerated() {
      let wrong = families.filter {
        let deal = found.deals[$0.best]
        return deal.wanted[index] > 0.5 && deal.gains[signatory].mean < 0
          && deal.ownGains[index].mean > 0
      }
      guard let worst = wrong.min(by: {
        found.deals[$0.best].gains[signatory].mean < found.deals[$1.best].gains[signatory].mean
      }) else { continue }
      let deal = found.deals[worst.best]
      return "\(name(signatory)) would want \(quoted(worst.best)) and be wrong: it expects "
        + "\(NumberFormat.signed(deal.ownGains[index].mean)), and by the analyst's odds gets "
        + "\(NumberFormat.signed(deal.gains[signatory].mean))."
    }
    return nil
  }

  func quoted(_ deal: Int) -> String { "'\(found.deals[deal].name)'" }

  static func title(of rule: Deals.Point.Rule) -> String {
    switch rule {
    case .nash: "Nash"
    case .kalaiSmorodinsky: "Kalai-Smorodinsky"
    case .egalitarian: "equal gains"
    }
  }

  // MARK: - Tables

  private func table() -> [String] {
    var head = ["", "deal"]
    head += found.signatories.count > 1 ? ["good for \(everybody)"] : []
    head += found.signatories.map { name($0) } + ["signed"]
    var rows = [head]
    for family in shown {
      let deal = found.deals[family.best]
      var row = [deal.isEfficient ? "*" : "", TextLayout.clipped(deal.name, to: 36)]
      if found.signatories.count > 1 { row.append(share(deal.goodForAll)) }
      row += found.signatories.map { NumberFormat.signed(deal.gains[$0].mean) }
      row.append(NumberFormat.percent(deal.signed))
      rows.append(row)
    }
    var lines = TextLayout.wrap(
      "Deals over no deal"
        + (found.families.contains { $0.deals.count > 1 }
          ? ", each with the amount that suits best" : "")
        + ": in what share of worlds everybody gains, the average gains in the parties' own units, "
        + "and how likely it is signed once it is on the table.")
    lines += TextLayout.columns(
      rows, rightAligned: Set(2..<head.count), indent: 1)
    var notes: [String] = []
    if found.deals.contains(where: \.isEfficient) {
      notes.append("* on the Pareto frontier of average gains.")
    }
    let left = families.count - shown.count
    if left > 0 { notes.append("\(left) more with --verbose.") }
    if !notes.isEmpty { lines += TextLayout.wrap(notes.joined(separator: " "), first: "  ", indent: 2) }
    return lines
  }

  /// The amounts at which each signs.
  private func amounts() -> [String] {
    let priced = shown.filter { $0.priced != nil }
    guard !priced.isEmpty else { return [] }
    var rows = [["deal"] + found.signatories.map(name)]
    for family in priced {
      rows.append(
        [TextLayout.clipped(family.name, to: 34)]
          + family.prices.map { price($0.limit, wantsMore: $0.wantsMore) })
    }
    return TextLayout.wrap(
      found.isBest
        ? "The amounts at which each signs, before types are known:"
        : "The amounts at which each signs, as it sees it and before types are known: median, and "
          + "in brackets the 5th to the 95th percentile of worlds; 'none': at no amount tried.")
      + TextLayout.columns(rows, indent: 3)
  }

  /// A limit, with what it can be from its best case to its worst.
  func price(_ limit: Deals.Limit, wantsMore: Bool) -> String {
    func number(_ value: Double?) -> String { value.map { NumberFormat.amount($0) } ?? "none" }
    if limit.easy == nil { return "none" }
    let lead = wantsMore ? "from " : "up to "
    let median = limit.median.map { lead + NumberFormat.amount($0) } ?? "none"
    if found.isBest || limit.easy == limit.hard { return median }
    return "\(median) (\(number(limit.easy)) to \(number(limit.hard)))"
  }

  /// Who would not sign, and by which terms of its payoff.
  private func refusals() -> [String] {
    var rows: [[String]] = []
    for family in shown {
      let deal = found.deals[family.best]
      for (index, signatory) in found.signatories.enumerated() where deal.wanted[index] < 0.5 {
        let worst = deal.terms[index].filter { $0.gain < 0 }.sorted { $0.gain < $1.gain }
        let terms = worst.prefix(isVerbose ? 4 : 2).map {
          "\($0.name) \(NumberFormat.signed($0.gain))"
        }
        rows.append([
          TextLayout.clipped(deal.name, to: 34), name(signatory), share(1 - deal.wanted[index]),
          terms.joined(separator: ", "),
        ])
      }
    }
    guard !rows.isEmpty else { return [] }
    let most = isVerbose ? rows.count : 6
    return TextLayout.wrap(
      found.isBest
        ? "Who would not sign, and what costs it most:"
        : "Who would not sign in most worlds, and what costs it most on average:")
      + TextLayout.columns(Array(rows.prefix(most)), rightAligned: [2], indent: 3).map {
        TextLayout.clipped($0, to: TextLayout.width)
      }
  }

  /// What happens after each deal.
  private func replies() -> [String] {
    var lines: [String] = []
    for (index, base) in found.movesWithoutDeal.enumerated() {
      var rows: [[String]] = []
      func add(_ label: String, _ move: Deals.Move) {
        guard move.happens > 0 else { return }
        rows.append([label] + move.options.map { NumberFormat.percent($0.probability) })
      }
      add("no deal", base)
      for family in shown {
        let deal = found.deals[family.best]
        add(TextLayout.clipped(family.name, to: 34), deal.moves[index])
      }
      // Rows that say the same thing say it once.
      guard !rows.isEmpty else { continue }
      let head = [""] + base.options.map { TextLayout.clipped($0.name, to: 12) }
      if !lines.isEmpty { lines.append("") }
      lines += TextLayout.wrap(
        "What \(DealsText.list(base.parties.map(name))) then does (\(base.step)):")
      lines += TextLayout.columns(
        [head] + rows, rightAligned: Set(1..<head.count), indent: 3)
    }
    return lines
  }

  // MARK: - How it was found

  private func method() -> [String] {
    var text =
      found.isBest
      ? "One world, every quantity at its best estimate."
      : "\(NumberFormat.count(found.draws)) draws of the assumptions, seed \(found.seed)."
    text +=
      " \(NumberFormat.count(found.deals.count)) bundles, each forced as all know, the game solved "
      + "anew and certified."
    if !found.isBest {
      text += " Shares are good to about \(NumberFormat.points(max(found.someIsGood.error, 0.01)))"
      text += " points."
    }
    if found.leftOut > 0 {
      text +=
        " \(NumberFormat.count(found.leftOut)) draws have no certified play in some world and are "
        + "left out of the shares."
    }
    if !found.impossible.isEmpty {
      text +=
        " The story can put \(found.impossible.count) more bundles on the table, but not into "
        + "force."
    }
    if !scenario.evidence.isEmpty {
      text += " The evidence in the file is not used: these are the odds before it."
    }
    var lines = TextLayout.wrap(text)
    if !isVerbose {
      lines += TextLayout.wrap("All of it: entente deals \(file) --verbose")
    }
    return lines
  }
}
