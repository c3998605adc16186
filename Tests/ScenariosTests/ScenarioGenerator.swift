import Mathematics

/// Random scenario texts for properties that hold of every scenario.
struct ScenarioGenerator {
  private var random: SplitMix64
  private let names = ["North", "South Side", "East"]

  /// A generator; the same seed gives the same texts.
  init(seed: UInt64) { random = SplitMix64(seed: SplitMix64.hash(seed, 0x5ce)) }

  /// A scenario whose parties can be declared in any order.
  struct Text {
    var parties: [String]
    var head: String
    var story: String
    var payoffs: [String]
    var beliefs: String

    /// The whole text, its parties in this order.
    func text(order: [Int]? = nil) -> String {
      let order = order ?? Array(parties.indices)
      return """
        entente: 1
        title: Generated
        parties: {\(order.map { "\(parties[$0]): Text." }.joined(separator: ", "))}
        \(head)
        story:
        \(story)
        payoffs:
        \(order.map { "  \(parties[$0]):\n" + payoffs[$0] }.joined(separator: "\n"))
        \(beliefs)
        """
    }
  }

  private mutating func chance(_ share: Double) -> Bool { random.uniform() < share }
  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  /// A step told so far.
  private struct Told {
    var name: String
    var values: [String]
    /// The party that chose; nil for chance.
    var mover: Int?
  }

  mutating func text() -> Text {
    let count = 2 + pick(2)
    let parties = Array(names.prefix(count))
    var types = ""
    var typed: [Int] = []
    for party in 0..<count where chance(0.4) {
      types += "\n  \(parties[party]): {kind: {hi: p\(pick(2)), lo: rest}}"
      typed.append(party)
    }
    var head = """
      quantities:
        p0: 10% .. 30% .. 60%
        p1: 20% .. 70%
        q0: 1 .. 2 .. 4
        q1: -1 .. 0.5 .. 1
      clauses:
        deal: {text: D., falls due: \(chance(0.5) ? "s0 = s0o0" : "s0 != s0o0"), obliges: \(parties[pick(count)]), choice: [keep, break it], breach costs: q0}
      """
    if !types.isEmpty { head = "private types:" + types + "\n" + head }
    var told: [Told] = []
    var story: [String] = []
    let steps = 2 + pick(3)
    for index in 0..<steps {
      story.append(step(index, of: steps, parties: parties, &told, typed: typed))
      if index == steps - 2, chance(0.4) { story.append("  - {clause: deal}") }
      if chance(0.15), let one = told.last {
        story.append("  - {reveal: \(one.name), to: [\(parties[pick(count)])]}")
      }
    }
    if chance(0.3) { story.append(rounds(parties)) }
    let payoffs = (0..<count).map { party -> String in
      var terms = told.map { one in
        "    \(one.name): if \(one.name) = \(one.values[0]) then q\(pick(2)) else q\(pick(2)) * p\(pick(2))"
      }
      if typed.contains(party) {
        terms.append("    kind: if \(parties[party]).kind = hi and with deal then q0 * q1 else -q0")
      }
      return terms.joined(separator: "\n")
    }
    var beliefs = ""
    if let owner = typed.first, chance(0.5) {
      let holder = (owner + 1) % count
      let known = chance(0.5) ? "yes" : "no"
      beliefs =
        "beliefs: {\(parties[holder]): {\(parties[owner]).kind = hi: 40% .. 50% .. 60%, known to others: \(known)}}"
    }
    return Text(
      parties: parties, head: head, story: story.joined(separator: "\n"), payoffs: payoffs,
      beliefs: beliefs)
  }

  private mutating func step(
    _ index: Int, of steps: Int, parties: [String], _ told: inout [Told], typed: [Int]
  ) -> String {
    let name = "s\(index)"
    let values = (0..<(2 + pick(2))).map { "\(name)o\($0)" }
    var line = "  - {step: \(name), "
    let kind = index == 0 ? 0.0 : random.uniform()
    var mover: Int?
    if kind < 0.65 {
      let by = pick(parties.count)
      mover = by
      var options = values.map { "\($0): {}" }
      options[0] = "\(values[0]): {enacts: [deal]}"
      // What a party did itself it has seen.
      if let own = told.last(where: { $0.mover == by }), chance(0.4) {
        options[1] = "\(values[1]): {only if: \(own.name) = \(own.values[0])}"
      }
      line += "by: \(parties[by]), options: {\(options.joined(separator: ", "))}"
      let others = parties.indices.filter { $0 != by && chance(0.5) }
      if !others.isEmpty {
        line += ", hidden from: [\(others.map { parties[$0] }.joined(separator: ", "))]"
        if index + 1 < steps, chance(0.5) {
          line += ", until: s\(index + 1 + pick(steps - index - 1))"
        }
      }
    } else if kind < 0.8 {
      line += "chance: {\(values[0]): p0, \(values[1]): rest}"
    } else {
      let before = told[pick(told.count)]
      line += "signal to: [\(parties[pick(parties.count)])], says: {"
      line += "\(values[0]): {when: \(before.name) = \(before.values[0]), odds: p1}, "
      line += "\(values[1]): {}}"
    }
    if index > 0, chance(0.3) {
      let before = told[pick(told.count)]
      line += ", when: \(before.name) != \(before.values[0])"
    }
    told.append(
      Told(name: name, values: kind < 0.65 ? values : Array(values.prefix(2)), mover: mover))
    return line + "}"
  }

  private mutating func rounds(_ parties: [String]) -> String {
    let secret = chance(0.5) ? ", hidden from: [\(parties[1])], until: round ends" : ""
    return """
        - repeat: 2
          as: round
          stop when: call = halt
          story:
            - {step: bid, by: \(parties[0]), options: [low, high]\(secret)}
            - {step: call, by: \(parties[1]), options: [go on, halt]}
      """
  }
}
