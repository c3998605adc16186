import Mathematics

/// A basic solution from which complementary pivoting can go to the next.
protocol PivotingTableau {
  /// Whether a variable is basic.
  func isBasic(_ variable: Int) -> Bool
  /// A variable enters. The one that leaves, ties broken lexicographically; nil if none does.
  mutating func enter(_ variable: Int) -> Int?
  /// Goes back to the first solution.
  mutating func reset()
}

/// A pair of vertices of the two best-response polytopes (see ``BestResponsePolytopes``) with all
/// labels, or all but one: where a path of Lemke & Howson (1964) is.
struct LabeledPair<Tableau: PivotingTableau> {
  /// The vertex of the row player's polytope and that of the column player's.
  var tableaus: [Tableau]
  /// For each tableau the label of each variable; each label is one variable in each.
  private let labels: [[Int]]
  private let variables: [[Int]]
  /// The label that is missing on the path, and the one to be dropped next, in the tableau `side`.
  private var missing = -1
  private var duplicate = -1
  private var side = 0
  /// The pivots of the path.
  private(set) var length = 0

  /// The pair of origins.
  init(rowTableau: Tableau, columnTableau: Tableau, rows: Int, columns: Int) {
    tableaus = [rowTableau, columnTableau]
    let count = rows + columns
    labels = [Array(0..<count), Array(rows..<count) + Array(0..<rows)]
    // The second list is a rotation, and this is its inverse.
    variables = [Array(0..<count), Array(columns..<count) + Array(0..<columns)]
  }

  /// At a pair with all labels, the strategies whose variables are basic: those that are played,
  /// and at a degenerate equilibrium perhaps others with probability 0. Both lists are as long, and
  /// the strategies of each are best responses to the other.
  func support(rows: Int) -> (rows: [Int], columns: [Int]) {
    (
      (0..<rows).filter { tableaus[0].isBasic($0) },
      (0..<(labels[0].count - rows)).filter { tableaus[1].isBasic($0) }
    )
  }

  /// Goes back to the pair of origins.
  mutating func reset() {
    for side in tableaus.indices { tableaus[side].reset() }
  }

  /// All labels are there.
  var isComplete: Bool { duplicate == missing }

  /// From a pair with all labels begins the path on which one label is missing.
  mutating func start(dropping label: Int) {
    missing = label
    duplicate = label
    // The vertex that has the label drops it: there its variable is not basic.
    side = tableaus[0].isBasic(variables[0][label]) ? 1 : 0
    length = 0
  }

  /// Where a path stopped.
  enum End {
    /// All labels are there.
    case complete
    /// The path has as many pivots as it may have for now.
    case capped
    /// The limit came first; the label is to be dropped next.
    case stopped(WorkLimit.Stop, duplicate: Int)
    /// An edge had no end, which rounding alone can cause.
    case unbounded
  }

  /// Goes on along the path that was begun.
  ///
  /// - Parameters:
  ///   - cap: the most pivots of this path so far.
  ///   - pivots: counts those of all paths.
  ///   - limit: of the pivots of all paths.
  mutating func follow(upTo cap: Int = .max, pivots: inout Int, limit: WorkLimit) -> End {
    while length < cap {
      if let stop = limit.stop(after: pivots) { return .stopped(stop, duplicate: duplicate) }
      guard let left = tableaus[side].enter(variables[side][duplicate]) else { return .unbounded }
      duplicate = labels[side][left]
      side = 1 - side
      length += 1
      pivots += 1
      if isComplete { return .complete }
    }
    return .capped
  }
}

extension NumericTableau: PivotingTableau {}

/// An exact tableau, with the memory for its next pivot.
struct ExactWalk: PivotingTableau {
  private(set) var tableau: ExactTableau
  private var other: ExactTableau
  private let first: ExactTableau

  init(_ tableau: ExactTableau) {
    self.tableau = tableau
    other = tableau
    first = tableau
  }

  func isBasic(_ variable: Int) -> Bool { tableau.place[variable] < 0 }

  mutating func enter(_ variable: Int) -> Int? {
    let column = tableau.place[variable]
    guard column >= 0, let row = tableau.leavingRow(column: column) else { return nil }
    let leaving = tableau.basic[row]
    tableau.pivot(row: row, column: column, into: &other)
    swap(&tableau, &other)
    return leaving
  }

  mutating func reset() { tableau = first }
}
