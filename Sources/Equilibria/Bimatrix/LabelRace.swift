import Mathematics

/// Follows the paths of Lemke & Howson from the origin for all missing labels in turn, each a
/// little at first and then four times as far, until one ends.
///
/// Paths differ in length by orders of magnitude, and about one in ten of a random game has no more
/// than ``firstCap`` pivots, whatever its size up to 200 by 200. The order is fixed: which path wins
/// does not depend on time.
struct LabelRace<Tableau: PivotingTableau> {
  /// What the first path that ended, and was accepted, led to.
  struct Outcome<Value> {
    var value: Value
    /// The label that was dropped at first.
    var label: Int
    /// The pivots of that path.
    var length: Int
    /// The pivots of all paths.
    var pivots: Int
  }

  /// The most pivots of a path in the first round.
  private static var firstCap: Int { 24 }

  private var pair: LabeledPair<Tableau>

  /// A race from the pair of origins.
  init(from origins: LabeledPair<Tableau>) { pair = origins }

  /// Runs until a path ends that is accepted; nil if all end and none is.
  mutating func run<Value>(
    labels: Int, limit: WorkLimit, accept: (LabeledPair<Tableau>) -> Value?
  ) throws(BimatrixError) -> Outcome<Value>? {
    var open = Array(0..<labels)
    var cap = Self.firstCap
    while !open.isEmpty {
      var capped: [Int] = []
      for label in open {
        pair.reset()
        switch pair.follow(dropping: label, cap: cap, limit: limit) {
        case .complete:
          if let value = accept(pair) {
            return Outcome(value: value, label: label, length: pair.length, pivots: pair.pivots)
          }
        case .capped: capped.append(label)
        case .stopped(let stop, _): throw .raceStopped(stop, paths: labels - open.count)
        case .unbounded: break
        }
      }
      open = capped
      cap = cap > Int.max / 4 ? .max : cap * 4
    }
    return nil
  }
}
