/// A tree cut at the roots of its proper subgames: each piece is a subgame without the subgames
/// inside it, whose roots are its leaves beside the ends.
///
/// Every information set lies in one piece. Methods that go from the last subgames to the first
/// solve piece by piece (Selten 1965).
public struct SubgamePieces: Sendable, Equatable {
  /// The subgames, in preorder.
  public let roots: [Int]
  /// For each node the piece that it belongs to; the root of a subgame to its own.
  public let home: [Int32]

  private let nodeList: [Int]
  private let firstNode: [Int]
  private let setList: [Int]
  private let firstSet: [Int]
  private let innerList: [Int]
  private let firstInner: [Int]

  /// The pieces of a tree.
  ///
  /// - Complexity: linear in the number of nodes.
  public init(of tree: GameTree) {
    let roots = Subgames(of: tree).roots
    var begins = [Int32](repeating: -1, count: tree.nodes.count)
    for (piece, root) in roots.enumerated() { begins[root] = Int32(piece) }
    var home = [Int32](repeating: 0, count: tree.nodes.count)
    var nodes: [(piece: Int, item: Int)] = []
    var inner: [(piece: Int, item: Int)] = []
    nodes.reserveCapacity(tree.nodes.count + roots.count)
    for (id, node) in tree.nodes.enumerated() {
      let above = node.parent < 0 ? 0 : Int(home[Int(node.parent)])
      if begins[id] > 0 {
        nodes.append((above, id))
        inner.append((above, Int(begins[id])))
      }
      home[id] = begins[id] >= 0 ? begins[id] : Int32(above)
      nodes.append((Int(home[id]), id))
    }
    let sets = tree.informationSets.enumerated().map { (Int(home[$1.nodes[0]]), $0) }
    self.roots = roots
    self.home = home
    (nodeList, firstNode) = SubgamePieces.grouped(nodes, pieces: roots.count)
    (innerList, firstInner) = SubgamePieces.grouped(inner, pieces: roots.count)
    (setList, firstSet) = SubgamePieces.grouped(sets, pieces: roots.count)
  }

  /// The nodes of a piece in preorder, from its root to its ends and the roots inside it.
  public func nodes(of piece: Int) -> ArraySlice<Int> {
    nodeList[firstNode[piece]..<firstNode[piece + 1]]
  }

  /// The information sets of a piece, in the order of the tree.
  public func informationSets(of piece: Int) -> ArraySlice<Int> {
    setList[firstSet[piece]..<firstSet[piece + 1]]
  }

  /// The pieces whose roots are leaves of this piece, in preorder.
  public func inner(of piece: Int) -> ArraySlice<Int> {
    innerList[firstInner[piece]..<firstInner[piece + 1]]
  }

  /// Collects items by piece; within a piece they keep their order.
  private static func grouped(
    _ entries: [(piece: Int, item: Int)], pieces: Int
  ) -> (items: [Int], first: [Int]) {
    var first = [Int](repeating: 0, count: pieces + 1)
    for entry in entries { first[entry.piece + 1] += 1 }
    for piece in 0..<pieces { first[piece + 1] += first[piece] }
    var next = first
    var items = [Int](repeating: 0, count: entries.count)
    for entry in entries {
      items[next[entry.piece]] = entry.item
      next[entry.piece] += 1
    }
    return (items, first)
  }
}
