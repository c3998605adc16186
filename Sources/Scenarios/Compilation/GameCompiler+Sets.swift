import Games

/// The information sets found so far, by what their movers know.
struct InformationSets {
  /// A step, and what its movers have seen and done.
  struct Key: Hashable {
    var slot: Int
    var seen: [Int32]
  }

  /// What must be the same at every node of a set.
  struct Entry {
    var label: String
    var actions: [String]
    /// The index of the bargaining power, where the choice is a bargain.
    var power: Int?
  }

  var entries: [Key: Entry] = [:]
  var labels: Set<String> = []
  /// What labels and lists of observations may still take, in bytes.
  var room = 48 << 20
}

extension GameCompiler {
  /// The label of an information set, the same for all its nodes. Its actions must be the same at
  /// every node, or the mover could tell the nodes apart.
  mutating func label(
    _ key: InformationSets.Key, movers: [Int], _ here: MomentInPlay, actions: [String],
    _ history: History, power: Int? = nil
  ) -> String {
    if let known = sets.entries[key] {
      checkSame(known, actions, power, movers, here)
      return known.label
    }
    let step = layout.name(of: here.slot, names: scenario.names)
    let who = movers.map { scenario.parties[$0].name }.joined(separator: " and ")
    var types: [String] = []
    var seen: [String] = []
    var label = "\(who): \(step)"
    if sets.room > 0 {
      (types, seen) = knowledge(of: key.seen[0], mover: movers[0])
      if !types.isEmpty { label += " | " + types.joined(separator: ", ") }
      if !seen.isEmpty { label += " | " + seen.joined(separator: "; ") }
      sets.room -= label.utf8.count + seen.reduce(0) { $0 + $1.utf8.count + 32 }
    } else {
      // Games of many long histories: what has been seen would not fit into memory as text.
      label = "\(who.prefix(60)): \(step.prefix(60)) (\(sets.entries.count + 1))"
    }
    // Names may hold the marks that separate them, and a bargain joins what two parties know.
    let base = label
    var copy = 1
    while !sets.labels.insert(label).inserted {
      copy += 1
      label = "\(base) (\(copy))"
    }
    sets.entries[key] = InformationSets.Entry(label: label, actions: actions, power: power)
    decisions.append(
      ParametricGame.Decision(
        fact: here.step.fact, round: here.round, step: step, types: types, seen: seen))
    return label
  }

  /// A mover's own types, and what else it has seen and done, as `step = value`.
  private func knowledge(of seen: Int32, mover: Int) -> (types: [String], seen: [String]) {
    var types: [String] = []
    var others: [String] = []
    for observation in observations.sequence(seen) {
      let index = layout.fact[observation.slot]
      let fact = scenario.names.facts[index]
      if index < scenario.types.count, scenario.types[index].party == mover {
        types.append(fact.values[observation.value])
      } else {
        let name = layout.name(of: observation.slot, names: scenario.names)
        others.append("\(name) = \(fact.values[observation.value])")
      }
    }
    return (types, others)
  }

  private mutating func checkSame(
    _ known: InformationSets.Entry, _ actions: [String], _ power: Int?, _ movers: [Int],
    _ here: MomentInPlay
  ) {
    let who = movers.map { scenario.parties[$0].name }.joined(separator: " and ")
    if known.actions != actions {
      fail(
        "option-reveals-hidden", at: here.step.place,
        "whether an option of '\(here.step.name)' is open depends on something that "
          + "\(who) has not seen",
        remedy: "let 'only if' ask only about what the mover has seen or done")
      stopped = true
    } else if known.power != power {
      fail(
        "power-reveals-hidden", at: here.step.place,
        "the bargaining power at '\(here.step.name)' depends on something that \(who) "
          + "have not seen",
        remedy: "let 'power' depend only on what both bargainers have seen")
      stopped = true
    }
  }

  /// Branches of decisions carry no odds; every view's vectors stay as long as the tree's.
  mutating func appendDecisionBranches(_ count: Int) {
    for view in views.indices {
      views[view].odds.append(contentsOf: repeatElement(-1, count: count))
      for party in scenario.parties.indices {
        views[view].subjectiveOdds[party]?.append(contentsOf: repeatElement(-1, count: count))
      }
    }
  }
}
