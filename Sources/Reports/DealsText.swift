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
      parts += [text.table(), text.amounts(), text.refusals(), text.types(), text.replies()]
      if verbose { parts.append(text.everyDeal()) }
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

  /// Without `--verbose`, families that suit everybody in hardly any world only if the story has them.
  var shown: [Deals.Family] {
    if isVerbose { return families }
    let worthy = families.filter { $0.isWritten || $0.goodForAll >= 0.05 }
    return Array((worthy.isEmpty ? families : worthy).prefix(DealsText.mostRows))
  }

  /// A share of worlds, in whole percent; at the best estimates there is one world.
  func share(_ value: Double) -> String {
    if found.isBest { return value > 0.5 ? "yes" : "no" }
    return DealsText.percent(value)
  }

  /// Whole percent, never 0 and never 100: the draws do not support more.
  static func percent(_ value: Double) -> String {
    if value < 0.01 { return "<1%" }
    if value > 0.99 { return ">99%" }
    return NumberFormat.share(value)
  }

  // MARK: - The finding

  func finding() -> [String] {
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
    let who =
      switch found.signatories.count {
      case 1: everybody
      case 2: "both \(signatories)"
      default: "all of \(signatories)"
      }
    if found.isBest {
      return good.value > 0.5
        ? "At the best estimates some deal is better than none for \(who)."
        : "At the best estimates no deal is better than none for \(who)."
    }
    var text =
      "In \(share(good.value)) of worlds some deal is better than none for \(who)"
    if abs(wanted.value - good.value) > 2 * (wanted.error + good.error) {
      text +=
        "; in \(share(wanted.value)) as "
        + (found.signatories.count == 1 ? "it sees it itself" : "they see it themselves")
    }
    return text + "."
  }

  private func average() -> String? {
    guard let nash = found.points.first(where: { $0.rule == .nash }) else { return nil }
    guard let best = nash.deals.first else {
      if found.isBest { return nil }
      let mostly = found.deals.indices.max {
        (found.deals[$0].goodForAll, -$0) < (found.deals[$1].goodForAll, -$1)
      }
      var text = "On average none is."
      if let mostly, found.deals[mostly].goodForAll > 0 {
        text +=
          " The one that suits \(everybody) most often is \(quoted(mostly)): in "
          + "\(share(found.deals[mostly].goodForAll))."
      }
      return text
    }
    let deal = found.deals[best]
    let gains = found.signatories.map {
      "\(name($0)) \(NumberFormat.signed(deal.gains[$0].mean))"
    }
    let lead = found.isBest ? "The best for" : "On average the best for"
    let signed =
      found.isBest ? "with \(DealsText.percent(deal.signed))" : "in \(share(deal.signed))"
    let chance = NumberFormat.percent(1 - deal.inForce)
    return "\(lead) \(everybody) is \(quoted(best)) (gains: \(DealsText.list(gains)), each in its "
      + "own units), by \(rules(agreeing: nash.deals)). Once on the table it is signed "
      + signed + "."
      + (deal.inForce < 0.99 ? " Chance then keeps it from coming into force in \(chance)." : "")
  }

  /// The rules that select these deals, with the share of worlds in which they select the first; then
  /// what the other rules select.
  private func rules(agreeing deals: [Int]) -> String {
    func name(_ point: Deals.Point) -> String {
      let deal = found.deals[deals[0]]
      let title = DealsText.title(of: point.rule)
      switch point.rule {
      case _ where found.isBest: return title
      case .nash: return "\(title) (in \(share(deal.nashShare)) of worlds)"
      case .kalaiSmorodinsky: return "\(title) (in \(share(deal.kalaiSmorodinskyShare)))"
      case .egalitarian: return title
      }
    }
    var text = DealsText.list(found.points.filter { $0.deals == deals }.map(name))
    for point in found.points where point.deals != deals {
      let names = point.deals.prefix(2).map(quoted)
      text += "; by \(DealsText.title(of: point.rule)) it is \(DealsText.list(names))"
    }
    return text
  }

  /// A deal that a party would want in most worlds, and that is bad for it on average.
  private func misjudged() -> String? {
    for (index, signatory) in found.signatories.enumerated() {
      let wrong = shown.map { found.deals[$0.best] }.filter {
        $0.wanted[index] > 0.5 && $0.ownGains[index].mean > 0 && $0.gains[signatory].mean < 0
      }
      let worst = wrong.min { $0.gains[signatory].mean < $1.gains[signatory].mean }
      guard let worst else { continue }
      return "\(name(signatory)) would want '\(worst.name)' and be wrong: it expects "
        + "\(NumberFormat.signed(worst.ownGains[index].mean)), and by the analyst's odds gets "
        + "\(NumberFormat.signed(worst.gains[signatory].mean))."
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
    let isMutual = found.signatories.count > 1
    let head = ["", "deal"] + (isMutual ? ["good"] : []) + found.signatories.map(name) + ["signed"]
    var rows = [head]
    for family in shown {
      let deal = found.deals[family.best]
      let isEfficient = family.deals.contains { found.deals[$0].isEfficient }
      rows.append(
        [isEfficient ? "*" : "", deal.name]
          + (isMutual ? [share(deal.goodForAll)] : [])
          + found.signatories.map { NumberFormat.signed(deal.gains[$0].mean) }
          + [DealsText.percent(deal.signed)])
    }
    let hasAmounts = shown.contains { $0.deals.count > 1 }
    var text = "What each deal brings: \(found.isBest ? "" : "average ")gains over no deal, before "
    text += "types are known"
    if isMutual, !found.isBest {
      text += "; 'good', the share of worlds in which \(everybody) gain"
    }
    text += "; 'signed', how likely that is once it is on the table."
    if hasAmounts { text += " Amounts are those that suit best." }
    if found.deals.contains(where: \.isEfficient) {
      text += " * is on the Pareto frontier" + (hasAmounts ? ", perhaps at another amount." : ".")
    }
    var lines = TextLayout.wrap(text)
    lines += DealsText.fitted(rows, flexible: 1, rightAligned: Set(2..<head.count), indent: 1)
    return lines
  }

  /// The amounts at which each signs, a table for each clause that has them.
  private func amounts() -> [String] {
    let isMutual = found.signatories.count > 1
    let priced = shown.filter { $0.priced != nil }
    let clauses = Set(priced.compactMap(\.priced)).sorted()
    guard !clauses.isEmpty else { return [] }
    let units = Set(clauses.compactMap { scenario.clauses[$0].amounts?.unit })
    let unit = units.count == 1 ? units.map { " (\($0))" }.joined() : ""
    var lines = TextLayout.wrap(
      "Amounts\(unit) at which each signs, as it sees it"
        + (found.isBest
          ? ":"
          : ": in the median world (in its easiest and hardest 5%), 'none' at no amount"
            + (isMutual ? "; '\(everybody)': how often \(everybody) would." : ".")))
    for clause in clauses {
      var rows = [
        [scenario.clauses[clause].name] + found.signatories.map(name)
          + (isMutual ? [everybody] : [])
      ]
      for family in priced where family.priced == clause {
        let others = family.clauses.filter { $0 != clause }.map { scenario.clauses[$0].name }
        rows.append(
          [others.isEmpty ? "alone" : "with " + others.joined(separator: " + ")]
            + family.prices.map { price($0.limit, wantsMore: $0.wantsMore) }
            + (isMutual ? [share(family.wantedByAll)] : []))
      }
      lines += DealsText.fitted(
        rows, flexible: 0, rightAligned: isMutual ? [found.signatories.count + 1] : [], indent: 3)
    }
    return lines
  }

  /// A limit, with what it can be from its best case to its worst.
  func price(_ limit: Deals.Limit, wantsMore: Bool) -> String {
    func number(_ value: Double?) -> String { value.map { NumberFormat.amount($0) } ?? "none" }
    if limit.easy == nil { return "none" }
    let lead = wantsMore ? "from " : "up to "
    let median = limit.median.map { lead + NumberFormat.amount($0) } ?? "none"
    if found.isBest || limit.easy == limit.hard { return median }
    return "\(median) (\(number(limit.easy)); \(number(limit.hard)))"
  }

  /// Who would not sign, and by which terms of its payoff.
  private func refusals() -> [String] {
    var rows: [[String]] = []
    var reasons: [[String]] = []
    for family in shown {
      let deal = found.deals[family.best]
      for (index, signatory) in found.signatories.enumerated() where deal.wanted[index] < 0.5 {
        rows.append([
          TextLayout.clipped(family.name, to: 34), name(signatory),
          found.isBest ? "" : share(1 - deal.wanted[index]), "",
        ])
        reasons.append(
          deal.terms[index].filter { $0.gain < 0 }.sorted { $0.gain < $1.gain }.map {
            "\($0.name) \(NumberFormat.signed($0.gain))"
          })
      }
    }
    guard !rows.isEmpty else { return [] }
    let most = isVerbose ? rows.count : DealsText.mostRows
    let lines = TextLayout.columns(Array(rows.prefix(most)), rightAligned: [2], indent: 3)
    return TextLayout.wrap(
      found.isBest
        ? "Who would not sign, and what costs it most:"
        : "Who would not sign in most worlds, and what costs it most on average:")
      + zip(lines, reasons).map { line, terms in
        // As many terms as there is room for.
        var line = line
        for (index, term) in terms.prefix(isVerbose ? 6 : 3).enumerated() {
          let next = (index == 0 ? "" : ", ") + term
          if index > 0, line.count + next.count > TextLayout.width { break }
          line += next
        }
        return TextLayout.clipped(line, to: TextLayout.width)
      }
  }

  /// What happens after each deal: a table of what others do, and how promises are kept.
  private func replies() -> [String] {
    var lines: [String] = []
    for (index, base) in found.movesWithoutDeal.enumerated() {
      var moves = [("no deal", base)]
      moves += shown.map { ($0.name, found.deals[$0.best].moves[index]) }
      moves = moves.filter { $0.1.happens > 0 }
      // What nobody does after any of the deals is left out.
      let open = base.options.indices.filter { option in
        moves.contains { $0.1.options[option].probability >= 0.01 }
      }
      var rows: [[String]] = []
      for (label, move) in moves {
        let odds = open.map { DealsText.percent(move.options[$0].probability) }
        // What is answered alike is said once.
        if let last = rows.last, Array(last.dropFirst()) == odds,
          last[0].count + label.count < 48
        {
          rows[rows.count - 1][0] += ", " + label
        } else {
          rows.append([label] + odds)
        }
      }
      guard let first = rows.first else { continue }
      let who = DealsText.list(base.parties.map(name))
      let options = open.map { TextLayout.clipped(base.options[$0].name, to: 14) }
      if rows.count == 1 {
        let choices = zip(options, first.dropFirst()).map { "\($0) \($1)" }
        lines += TextLayout.wrap(
          "\(who) at '\(base.step)' after '\(first[0])': "
            + choices.joined(separator: ", ") + ".")
      } else {
        if !lines.isEmpty { lines.append("") }
        lines += TextLayout.wrap("What \(who) does at '\(base.step)':")
        lines += DealsText.fitted(
          [[""] + options] + rows, flexible: 0, rightAligned: Set(1...options.count), indent: 3)
      }
    }
    return lines
  }

  /// Rows in columns, one of them cut where they are too wide.
  static func fitted(
    _ rows: [[String]], flexible: Int, rightAligned: Set<Int>, indent: Int
  ) -> [String] {
    let lines = TextLayout.columns(rows, rightAligned: rightAligned, indent: indent)
    let excess = (lines.map(\.count).max() ?? 0) - TextLayout.width
    guard excess > 0 else { return lines }
    let width = max(12, (rows.map { $0[flexible].count }.max() ?? 0) - excess)
    let cut = rows.map { row in
      var row = row
      row[flexible] = TextLayout.clipped(row[flexible], to: width)
      return row
    }
    return TextLayout.columns(cut, rightAligned: rightAligned, indent: indent)
  }

  // MARK: - How it was found

  private func method() -> [String] {
    var text =
      found.isBest
      ? "One world, every quantity at its best estimate."
      : "\(NumberFormat.count(found.draws)) draws of the assumptions, seed \(found.seed)."
    text +=
      " \(NumberFormat.count(found.deals.count)) bundle\(found.deals.count == 1 ? "" : "s"), forced "
      + "as all know, the game solved anew and certified."
    if !found.isBest {
      let error = 0.5 / Double(found.draws).squareRoot()
      text += " Sampling error of a share: up to \(NumberFormat.points(error)) points."
    }
    if found.leftOut > 0 {
      text +=
        " \(NumberFormat.count(found.leftOut)) draws have no certified play in some world and are "
        + "left out of the shares."
    }
    if !found.impossible.isEmpty {
      text += " Not in force in any line of play: \(found.impossible.count) of the bundles tried."
    }
    if !scenario.evidence.isEmpty {
      text += " The evidence in the file is not used: these are the odds before it."
    }
    var lines = TextLayout.wrap(text)
    if !isVerbose {
      lines += TextLayout.wrap("More: entente deals \(file) --verbose", indent: 2)
    }
    return lines
  }
}
