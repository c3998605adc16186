public import Games
import Mathematics

/// One equilibrium of a two-player game, exactly, by the path of Lemke & Howson (1964).
///
/// From the pair of origins one label is dropped; pivots in the two best-response polytopes
/// alternate, each dropping the label that the other picked up, until the missing label is found.
/// Ties of a degenerate game are broken lexicographically, so that every path ends (von Stengel
/// 2002, sections 2.3 and 2.6). Some equilibria may be on no path: this method proves no list
/// complete.
///
/// - Complexity: a pivot costs rows times columns; paths are short as a rule and exponential in the
///   worst case (Savani & von Stengel 2006).
public struct LemkeHowson: Sendable {
  /// The most pivots that a path may have.
  public var pivotLimit: Int

  /// A solver whose paths may have so many pivots.
  public init(pivotLimit: Int = 1_000_000) { self.pivotLimit = pivotLimit }

  /// An equilibrium, and how long the way to it was.
  public struct Result: Sendable, Hashable {
    /// The equilibrium, exact.
    public var profile: MixedProfile
    /// The number of pivots.
    public var pivots: Int
  }

  /// The equilibrium at the end of the path on which a label is missing. Labels number the
  /// strategies of both players from 0, the first player's first.
  ///
  /// ```swift
  /// let result = try LemkeHowson().equilibrium(of: game, dropping: 0)
  /// ```
  public func equilibrium(
    of game: StrategicGame, dropping label: Int = 0
  ) throws(BimatrixError) -> Result {
    let polytopes = try BestResponsePolytopes(game)
    guard label >= 0, label < polytopes.labelCount else {
      throw .noSuchLabel(label, count: polytopes.labelCount)
    }
    var sides = [
      Side(polytopes.rowTableau(), labels: polytopes.rowLabels),
      Side(polytopes.columnTableau(), labels: polytopes.columnLabels),
    ]
    var side = label < polytopes.rows ? 0 : 1
    var entering = label
    var pivots = 0
    repeat {
      if pivots >= pivotLimit {
        throw .pathTooLong(label: label, pivots: pivots, duplicateLabel: entering)
      }
      entering = sides[side].drop(entering)
      side = 1 - side
      pivots += 1
    } while entering != label
    return Result(
      profile: MixedProfile(sides.map { BestResponsePolytopes.strategy($0.tableau) }),
      pivots: pivots)
  }

  /// A polytope and the vertex at which the path is in it.
  private struct Side {
    var tableau: ExactTableau
    private var other: ExactTableau
    private let labels: [Int]
    private let variables: [Int]

    init(_ tableau: ExactTableau, labels: [Int]) {
      self.tableau = tableau
      other = tableau
      self.labels = labels
      var variables = labels
      for (variable, label) in labels.enumerated() { variables[label] = variable }
      self.variables = variables
    }

    /// Moves along the edge on which the label is not held; the label that is picked up.
    mutating func drop(_ label: Int) -> Int {
      let column = tableau.place[variables[label]]
      // The polytope is bounded, so that every edge ends.
      guard column >= 0, let row = tableau.leavingRow(column: column) else { return label }
      let picked = labels[tableau.basic[row]]
      tableau.pivot(row: row, column: column, into: &other)
      swap(&tableau, &other)
      return picked
    }
  }
}
