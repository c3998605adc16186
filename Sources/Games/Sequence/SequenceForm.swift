/// The sequence form of a game with perfect recall (Koller & Megiddo 1992; von Stengel 1996,
/// Efficient computation of behavior strategies).
///
/// A sequence of a player is the list of its own moves on the way to a node; with perfect recall it
/// is known from its last move. Sequence 0 is the empty one, and each action of each of the
/// player's information sets is the last move of exactly one other. Sequences are numbered set by
/// set, in the order of ``GameTree/informationSets``, so that a sequence follows those that it
/// continues.
///
/// A realization plan gives each sequence the probability with which its player's strategy plays
/// all its moves: 1 for the empty one, and at each information set those of the continuations add
/// up to that of the sequence that leads there.
public struct SequenceForm: Sendable, Equatable {
  /// One player's sequences.
  public struct Side: Sendable, Equatable {
    /// The ids of the player's information sets, in the order of the tree.
    public let informationSets: [Int]
    /// For each of these sets the sequence that leads there.
    public let parent: [Int]
    /// For each of these sets its first continuation, and last the number of sequences.
    public let first: [Int]
    /// For each sequence the action of the flat vector that is its last move; -1 for the empty one.
    public let action: [Int]

    /// The number of sequences.
    public var count: Int { action.count }
    /// The continuations at the set in this position of ``informationSets``.
    public func sequences(at position: Int) -> Range<Int> { first[position]..<first[position + 1] }
  }

  /// Each player's sequences.
  public let sides: [Side]
  /// `leaves[terminal * players + player]`: the player's sequence on the way to an end.
  public let leaves: [Int32]
  /// For each action of the flat vector the sequence that it ends.
  public let sequence: [Int]

  /// The sequence form of a tree.
  ///
  /// - Throws: ``Defect`` if a player forgets, or two players bargain.
  /// - Complexity: linear in nodes × players.
  public init(of tree: GameTree) throws(Defect) {
    for set in tree.informationSets where set.bargain != nil {
      throw .bargain(informationSet: set.displayLabel)
    }
    if let lapse = Recall(of: tree).firstLapse {
      throw .imperfectRecall(informationSet: tree.informationSets[lapse].displayLabel)
    }
    let memory = OwnPast(of: tree)
    let players = tree.players.count
    var sets = [[Int]](repeating: [], count: players)
    var parent = [[Int]](repeating: [], count: players)
    var first = [[Int]](repeating: [1], count: players)
    var action = [[Int]](repeating: [-1], count: players)
    var sequence = [Int](repeating: 0, count: tree.actionCount)
    for (id, set) in tree.informationSets.enumerated() {
      let before = memory.lastMove(before: id).map {
        sequence[tree.informationSets[$0.set].firstAction + $0.action]
      }
      sets[set.player].append(id)
      parent[set.player].append(before ?? 0)
      for own in set.actionRange {
        sequence[own] = action[set.player].count
        action[set.player].append(own)
      }
      first[set.player].append(action[set.player].count)
    }
    sides = (0..<players).map {
      Side(informationSets: sets[$0], parent: parent[$0], first: first[$0], action: action[$0])
    }
    self.sequence = sequence
    var leaves: [Int32] = []
    leaves.reserveCapacity(tree.terminals.count * players)
    for end in tree.terminals {
      for player in 0..<players {
        let last = memory.lastAction(of: player, at: end.node)
        leaves.append(last < 0 ? 0 : Int32(sequence[last]))
      }
    }
    self.leaves = leaves
  }

  /// Why a game has no sequence form.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// A player forgets what it knew or did.
    case imperfectRecall(informationSet: String)
    /// A joint choice, which is nobody's move.
    case bargain(informationSet: String)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .imperfectRecall(let label):
        "the player who moves at '\(label)' forgets what it knew or did; "
          + "the sequence form needs recall"
      case .bargain(let label):
        "the bargain at '\(label)' is a joint choice, which the sequence form does not know"
      }
    }
  }
}
