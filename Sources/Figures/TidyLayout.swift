/// Tidy drawing of a tree: subtrees side by side as close as their outlines allow, parents over
/// the middle of their children (Reingold and Tilford 1981, with outlines kept as arrays).
package enum TidyLayout {
  /// The place of each node across the tree, in units of the least distance of two nodes of one
  /// depth; the least place is 0. Each node comes after its parent; O(nodes · depth).
  package static func positions(parents: [Int?]) -> [Double] {
    var children = Array(repeating: [Int](), count: parents.count)
    for (node, parent) in parents.enumerated() {
      if let parent { children[parent].append(node) }
    }
    var offset = Array(repeating: 0.0, count: parents.count)
    var outlines = Array(repeating: [(first: Double, last: Double)](), count: parents.count)
    for node in parents.indices.reversed() {
      var outline: [(first: Double, last: Double)] = []
      for child in children[node] {
        var shift = 0.0
        for (level, other) in zip(outline, outlines[child]) {
          shift = max(shift, level.last + 1 - other.first)
        }
        offset[child] = shift
        for (depth, level) in outlines[child].enumerated() {
          if depth < outline.count {
            outline[depth].last = level.last + shift
          } else {
            outline.append((level.first + shift, level.last + shift))
          }
        }
        outlines[child] = []
      }
      let middle =
        ((children[node].first.map { offset[$0] } ?? 0)
          + (children[node].last.map { offset[$0] } ?? 0)) / 2
      for child in children[node] { offset[child] -= middle }
      outlines[node] =
        [(0, 0)] + outline.map { (first: $0.first - middle, last: $0.last - middle) }
    }
    var result = offset
    for node in parents.indices {
      if let parent = parents[node] { result[node] += result[parent] }
    }
    let least = result.min() ?? 0
    return result.map { $0 - least }
  }
}
