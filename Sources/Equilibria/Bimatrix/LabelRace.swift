import Mathematics

/// Follows the paths of Lemke & Howson from the origin for all missing labels by turns, until one
/// ends in what is accepted.
///
/// Paths differ in length by orders of magnitude. Of a random game up to 200 by 200 about one in ten
/// has no more than two dozen pivots; where many strategies are played all of them are long. So one
/// path, that of label 0, is followed on and on, with a third of the pivots, while the others are
/// tried from the origin a little way each, now and then further, in the order that is best up to a
/// logarithm whatever the lengths are (Luby, Sinclair & Zuckerman 1993). Which path wins does not
/// depend on time.
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

  /// The most pivots of a first try.
  private static var firstTry: Int { 24 }

  /// Where the path of label 0 is.
  private var runner: LabeledPair<Tableau>
  private var scout: LabeledPair<Tableau>

  /// A race from the pair of origins.
  init(from origins: LabeledPair<Tableau>) {
    runner = origins
    scout = origins
  }

  /// Runs until a path ends that is accepted; nil if all end and none is.
  mutating func run<Value>(
    labels: Int, limit: WorkLimit, accept: (LabeledPair<Tableau>) -> Value?
  ) throws(BimatrixError) -> Outcome<Value>? {
    // How far each label has been tried; those whose paths have ended are not tried again.
    var tried = Array(repeating: 0, count: labels)
    var open = labels - 1
    var next = 0
    var turn = 0
    var pivots = 0
    var rejected = 0
    var isRunning = true
    runner.start(dropping: 0)

    while isRunning || open > 0 {
      if isRunning {
        let goal = open > 0 ? max(Self.firstTry, (pivots - runner.length) / 2) : .max
        switch runner.follow(upTo: goal, pivots: &pivots, limit: limit) {
        case .capped: break
        case .stopped(let stop, _): throw .raceStopped(stop, paths: rejected)
        case .complete, .unbounded:
          if let value = runner.isComplete ? accept(runner) : nil {
            return Outcome(value: value, label: 0, length: runner.length, pivots: pivots)
          }
          isRunning = false
          rejected += 1
        }
      }
      turn += 1
      let cap = Self.firstTry * Self.reluctantDoubling(turn)
      // The next label that has not been tried as far.
      guard
        let step = (0..<(labels - 1)).first(where: { tried[1 + (next + $0) % (labels - 1)] < cap })
      else { continue }
      let label = 1 + (next + step) % (labels - 1)
      next = label % (labels - 1)
      scout.reset()
      scout.start(dropping: label)
      switch scout.follow(upTo: cap, pivots: &pivots, limit: limit) {
      case .capped: tried[label] = cap
      case .stopped(let stop, _): throw .raceStopped(stop, paths: rejected)
      case .complete, .unbounded:
        if let value = scout.isComplete ? accept(scout) : nil {
          return Outcome(value: value, label: label, length: scout.length, pivots: pivots)
        }
        tried[label] = .max
        open -= 1
        rejected += 1
      }
    }
    return nil
  }

  /// 1, 1, 2, 1, 1, 2, 4, 1, …
  private static func reluctantDoubling(_ turn: Int) -> Int {
    var turn = turn
    while true {
      let power = 1 << (Int.bitWidth - turn.leadingZeroBitCount - 1)
      // The last of a block of twice the power, less one.
      if turn == 2 * power - 1 { return power }
      turn -= power - 1
    }
  }
}
