/// What has happened so far on one line of play.
struct History {
  /// By slot: the ordinal of what happened, -1 where nothing has.
  var facts: [Int32]
  /// By clause: -1 out of force, else the ordinal of its amount (0 where it has none).
  var clauses: [Int32]
  /// What has been put into force, in order, and the slot of the step that did it.
  var enacted: [Enactment] = []
  /// The bundle on the table.
  var offer: Bundle?
  /// By party: what it has seen and done, as an id of ``Observations``.
  var seen: [Int32]
  /// What some have not seen yet and will.
  var pending: [Pending] = []
  /// Loops that have been stopped.
  var stopped: Set<Int> = []

  struct Pending {
    var until: Visibility.Until
    var loop: Int?
    var party: Int
    var slot: Int
    var value: Int32
  }

  struct Enactment {
    var slot: Int
    var bundle: Bundle
  }

  init(slots: Int, clauses: Int, parties: Int) {
    facts = Array(repeating: -1, count: slots)
    self.clauses = Array(repeating: -1, count: clauses)
    seen = Array(repeating: Observations.nothing, count: parties)
  }

  /// Puts a bundle into force at a step.
  mutating func enact(_ bundle: Bundle, at slot: Int) {
    enacted.append(Enactment(slot: slot, bundle: bundle))
    for item in bundle.clauses {
      clauses[item.clause] = Int32(item.amount ?? 0)
    }
  }
}

/// Sequences of observations, each stored once: an id stands for the whole sequence, so that two
/// histories look alike to a party exactly if their ids are equal.
struct Observations {
  static let nothing: Int32 = -1

  private struct Entry: Hashable {
    var before: Int32
    var slot: Int32
    var value: Int32
  }

  private var entries: [Entry] = []
  private var known: [Entry: Int32] = [:]

  /// The sequence `before` with one more observation.
  mutating func adding(slot: Int, value: Int32, to before: Int32) -> Int32 {
    let entry = Entry(before: before, slot: Int32(slot), value: value)
    if let id = known[entry] { return id }
    let id = Int32(entries.count)
    entries.append(entry)
    known[entry] = id
    return id
  }

  /// The observations of a sequence, first to last.
  func sequence(_ id: Int32) -> [(slot: Int, value: Int)] {
    var result: [(slot: Int, value: Int)] = []
    var current = id
    while current >= 0 {
      let entry = entries[Int(current)]
      result.append((Int(entry.slot), Int(entry.value)))
      current = entry.before
    }
    return result.reversed()
  }

  /// The sequence holds an observation of this slot.
  func contains(slot: Int, in id: Int32) -> Bool {
    var current = id
    while current >= 0 {
      let entry = entries[Int(current)]
      if entry.slot == Int32(slot) { return true }
      current = entry.before
    }
    return false
  }
}
