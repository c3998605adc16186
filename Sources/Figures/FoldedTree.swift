/// The part of a tree that is drawn: the likeliest nodes up to a budget, the rest folded.
struct FoldedTree {
  /// A node of the drawing.
  struct Shown {
    /// The node's index in the tree; nil for a fold of several siblings.
    var source: Int?
    var parent: Int?
    var depth: Int
    var reach: Double
    /// Ends that it holds folded; 0 if it is drawn in full.
    var hidden: Int
    /// Whether it stands for the siblings that are not drawn.
    var isRest: Bool
  }

  private(set) var shown: [Shown] = []
  /// Children of each node of the tree.
  let children: [[Int]]
  /// How likely each node of the tree is reached; nil if it has no place in the tree.
  let reach: [Double?]
  /// Nodes of the drawing on the likeliest line of play, from the root.
  private(set) var mainLine: [Int] = []
  private(set) var isMain: [Bool] = []
  private let isHidden: [Bool]
  /// Nodes without a valid parent.
  let orphans: Int
  var isFolded: Bool { shown.contains { $0.hidden > 0 } }

  /// Unfolds the likeliest node first, as long as its children fit into the budget. Of the branches
  /// of a node at least so many are drawn, however unlikely.
  init(_ nodes: [GameTreeFigure.Node], foldBelow: Double, budget: Int, keeping least: Int = 0) {
    isHidden = nodes.map { $0.kind == .hidden }
    var children = Array(repeating: [Int](), count: nodes.count)
    var reach = Array(repeating: Double?.none, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      if index == 0 {
        reach[0] = 1
      } else if let parent = node.parent, parent >= 0, parent < index, let before = reach[parent] {
        children[parent].append(index)
        reach[index] = before * min(max(finite(node.probability) ?? 1, 0), 1)
      }
    }
    var ends = Array(repeating: 0, count: nodes.count)
    for index in nodes.indices.reversed() where reach[index] != nil {
      if children[index].isEmpty { ends[index] = 1 }
      if index > 0, let parent = nodes[index].parent { ends[parent] += ends[index] }
    }
    self.children = children
    self.reach = reach
    orphans = reach.count { $0 == nil }
    guard !nodes.isEmpty else { return }
    shown = [Shown(source: 0, parent: nil, depth: 0, reach: 1, hidden: ends[0], isRest: false)]
    // What is hardly ever reached is unfolded only where that leaves nothing folded at all.
    let isSmall = least > 0 && nodes.count <= budget
    var open = [0]
    while let next = open.indices.max(by: { isLess(open[$0], open[$1]) }) {
      let at = open.remove(at: next)
      guard let source = shown[at].source else { continue }
      let ranked = children[source].sorted {
        let (a, b) = (reach[$0] ?? 0, reach[$1] ?? 0)
        return a == b ? $0 < $1 : a > b
      }
      let count = max(ranked.count { (reach[$0] ?? 0) >= foldBelow }, least)
      let likely = ranked.prefix(min(count, max(budget, 2))).sorted()
      let drawn = Set(likely)
      let rest = children[source].filter { !drawn.contains($0) }
      let added = likely.count + (rest.isEmpty ? 0 : 1)
      guard at == 0 || shown.count + added <= max(budget, 2) else { continue }
      shown[at].hidden = 0
      for child in likely {
        let isEnd = children[child].isEmpty
        shown.append(
          Shown(
            source: child, parent: at, depth: shown[at].depth + 1, reach: reach[child] ?? 0,
            hidden: isEnd ? 0 : ends[child], isRest: false))
        if !isEnd, isSmall || (reach[child] ?? 0) >= foldBelow { open.append(shown.count - 1) }
      }
      if !rest.isEmpty {
        shown.append(
          Shown(
            source: rest.count == 1 ? rest[0] : nil, parent: at, depth: shown[at].depth + 1,
            reach: rest.reduce(0) { $0 + (reach[$1] ?? 0) },
            hidden: rest.reduce(0) { $0 + ends[$1] }, isRest: true))
      }
    }
    if children[0].isEmpty { shown[0].hidden = 0 }
    findMainLine()
  }

  /// The drawing's nodes, each before its children, siblings in order.
  var depthFirst: [Int] {
    var below = Array(repeating: [Int](), count: shown.count)
    for (index, node) in shown.enumerated() {
      if let parent = node.parent { below[parent].append(index) }
    }
    var result: [Int] = []
    var stack = shown.isEmpty ? [] : [0]
    while let node = stack.popLast() {
      result.append(node)
      stack += below[node].reversed()
    }
    return result
  }

  private func isLess(_ a: Int, _ b: Int) -> Bool {
    shown[a].reach == shown[b].reach ? a > b : shown[a].reach < shown[b].reach
  }

  private func below(_ node: Int) -> [Int] {
    shown.indices.filter { shown[$0].parent == node && !shown[$0].isRest }
  }

  private mutating func findMainLine() {
    isMain = Array(repeating: false, count: shown.count)
    var at = 0
    isMain[0] = true
    while true {
      let below = self.below(at)
      guard let best = below.max(by: { isLess($0, $1) }), shown[best].reach > 0 else { return }
      // What types decide is no step: of all steps that can follow the likeliest option counts.
      func weight(_ turn: Int) -> Double {
        self.below(turn).map { shown[$0].reach }.max() ?? shown[turn].reach
      }
      let isStep = !(shown[at].source.map { isHidden[$0] } ?? false)
      let next = isStep ? best : below.max { (weight($0), $1) < (weight($1), $0) } ?? best
      mainLine.append(next)
      isMain[next] = true
      at = next
    }
  }
}
