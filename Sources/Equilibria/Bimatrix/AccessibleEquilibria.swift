public import Games
public import Mathematics

/// The equilibria of a two-player game that paths of Lemke & Howson (1964) reach, one after the
/// other, from the pair of origins: those at the ends of its paths for all labels, those at the ends
/// of theirs, and so on; exactly.
///
/// Other equilibria may exist (Shapley 1974, A note on the Lemke-Howson algorithm): only
/// ``ExtremeEquilibria`` proves a list complete.
///
/// ```swift
/// let accessible = try AccessibleEquilibria(of: game)
/// print(accessible.profiles.count)
/// ```
///
/// - Complexity: one path for each equilibrium and label, halved since each path has two ends.
public struct AccessibleEquilibria: Sendable, Equatable {
  /// A pair of vertices with all labels. In a nondegenerate game it is one equilibrium, but for the
  /// first, which is the pair of origins; in a degenerate game, where vertices have several bases,
  /// several pairs may be one equilibrium.
  public struct Node: Sendable, Equatable {
    /// The equilibrium; nil for the pair of origins.
    public var profile: MixedProfile?
    /// The two ends of a path have opposite indices; that of the origins is -1. The indices of all
    /// equilibria of a nondegenerate game add up to 1 (Shapley 1974).
    public var index: Int
    /// For each label the node at the other end of the path on which it is missing, by position in
    /// ``AccessibleEquilibria/nodes``; -1 where the search stopped before.
    public var ends: [Int]
  }

  /// All pairs found, the origins first, then in the order in which they were found.
  public private(set) var nodes: [Node]
  /// Why the search ended before all paths were followed; nil if it did not.
  public private(set) var stop: WorkLimit.Stop?
  /// The number of pivots of all paths.
  public private(set) var pivots = 0

  /// The equilibria, each once, in the order in which they were found.
  public var profiles: [MixedProfile] {
    var seen: Set<MixedProfile> = []
    return nodes.compactMap(\.profile).filter { seen.insert($0).inserted }
  }

  /// Follows the paths of all labels from the origins and from all that is found.
  ///
  /// - Parameters:
  ///   - count: the search ends when it has found so many different equilibria.
  ///   - limit: its steps are the pivots of all paths. What was found before is kept.
  public init(
    of game: StrategicGame, stopAfter count: Int = .max, limit: WorkLimit = .none
  ) throws(BimatrixError) {
    let polytopes = try BestResponsePolytopes(game)
    let labels = polytopes.labelCount
    var pairs = [polytopes.origins]
    var places: [[Int]: Int] = [[]: 0]
    nodes = [Node(profile: nil, index: -1, ends: Array(repeating: -1, count: labels))]
    var found: Set<MixedProfile> = []
    var start = 0
    while start < nodes.count {
      for label in 0..<labels where nodes[start].ends[label] < 0 {
        if found.count >= count { return }
        var pair = pairs[start]
        pair.start(dropping: label)
        if case .stopped(let stop, _) = pair.follow(pivots: &pivots, limit: limit) {
          self.stop = stop
          return
        }
        let support = pair.support(rows: polytopes.rows)
        let key = support.rows + support.columns.map { polytopes.rows + $0 }
        let place = places[key] ?? nodes.count
        if place == nodes.count {
          places[key] = place
          let profile = LemkeHowson.profile(at: pair)
          found.insert(profile)
          pairs.append(pair)
          nodes.append(
            Node(
              profile: profile, index: -nodes[start].index,
              ends: Array(repeating: -1, count: labels)))
        }
        nodes[start].ends[label] = place
        nodes[place].ends[label] = start
      }
      start += 1
    }
  }
}
