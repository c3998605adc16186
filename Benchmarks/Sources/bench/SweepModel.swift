import Foundation
import Games
import Mathematics
import Scenarios

/// A game like a scenario's: three players, perfect information, 100 nodes of which 60 are ends,
/// and 180 payoffs that are expressions of 15 uncertain quantities. A pure function of a seed.
struct SweepModel {
  /// Every third quantity is standard normal, the others are uniform on (0, 1).
  static let quantities = 15
  static let players = 3

  let graph: ValueGraph
  let tree: GameTree
  /// By terminal × player, as operations of the graph.
  let payoffs: [Int32]

  init(seed: UInt64) throws {
    var stream = SplitMix64(seed: seed)
    tree = try SweepModel.tree(&stream)
    var graph = ValueGraph()
    var pool: [Int32] = []
    payoffs = (0..<(tree.terminals.count * SweepModel.players)).map { _ in
      SweepModel.payoff(&graph, &pool, &stream)
    }
    self.graph = graph
  }

  /// 21 moves with two and 19 with three actions, each put in the place of a random end.
  private static func tree(_ stream: inout SplitMix64) throws -> GameTree {
    var children: [[Int]] = [[]]
    var ends = [0]
    for arity in (Array(repeating: 2, count: 21) + Array(repeating: 3, count: 19)).shuffled(
      using: &stream)
    {
      let node = ends.remove(at: Int.random(in: 0..<ends.count, using: &stream))
      for _ in 0..<arity {
        ends.append(children.count)
        children[node].append(children.count)
        children.append([])
      }
    }
    var builder = GameTreeBuilder(players: ["A", "B", "C"])
    var stack: [(node: Int, place: GameTreeBuilder.Place)] = [(0, .root)]
    while let (node, place) = stack.popLast() {
      if children[node].isEmpty {
        builder.terminal(outcome: "end \(node)", at: place)
        continue
      }
      let begun = builder.decision(
        player: Int.random(in: 0..<players, using: &stream), informationSet: "move \(node)",
        actions: children[node].indices.map { "action \($0)" }, at: place)
      for (action, child) in children[node].enumerated().reversed() {
        stack.append((child, begun.branch(action)))
      }
    }
    return try builder.tree()
  }

  /// Some operations on quantities, constants and what earlier payoffs have used.
  private static func payoff(
    _ graph: inout ValueGraph, _ pool: inout [Int32], _ stream: inout SplitMix64
  ) -> Int32 {
    func leaf(_ graph: inout ValueGraph) -> Int32 {
      let kind = stream.uniform()
      if kind < 0.1, !pool.isEmpty { return pool[Int.random(in: 0..<pool.count, using: &stream)] }
      if kind < 0.3 { return graph.constant(Double(Int.random(in: -8...8, using: &stream)) / 4) }
      return graph.input(Int.random(in: 0..<quantities, using: &stream))
    }
    var value = graph.input(Int.random(in: 0..<quantities, using: &stream))
    for _ in 0..<[2, 3, 3, 3, 4][Int.random(in: 0..<5, using: &stream)] {
      let other = leaf(&graph)
      switch stream.uniform() {
      case ..<0.35: value = graph.binary(.add, value, other)
      case ..<0.5: value = graph.binary(.subtract, value, other)
      case ..<0.85: value = graph.binary(.multiply, value, other)
      case ..<0.89: value = graph.binary(.minimum, value, other)
      case ..<0.93: value = graph.binary(.maximum, value, other)
      case ..<0.96:
        let size = graph.binary(.add, graph.constant(1), graph.unary(.absolute, other))
        value = graph.binary(.divide, value, size)
      default:
        let condition = graph.binary(.less, value, other)
        value = graph.select(condition, value, leaf(&graph))
      }
      if stream.uniform() < 0.3 { pool.append(value) }
    }
    return value
  }

  /// The model as lists of numbers, for the same computation elsewhere: operations as
  /// [code, left, right, condition, constant], nodes as [player or -1, first branch, branches].
  var json: String {
    let operations = graph.operations.map { operation in
      let constant = operation.code == .constant ? Double(bitPattern: operation.bits) : 0
      return
        "[\"\(operation.code)\", \(operation.left), \(operation.right), "
        + "\(operation.condition), \(constant)]"
    }
    let nodes = tree.nodes.map { node in
      node.kind == .terminal
        ? "[-1, \(node.index), 0]"
        : "[\(tree.informationSets[Int(node.index)].player), \(node.firstBranch), "
          + "\(node.branchCount)]"
    }
    return "{\"operations\": [\(operations.joined(separator: ", "))], "
      + "\"payoffs\": \(payoffs), \"nodes\": [\(nodes.joined(separator: ", "))], "
      + "\"targets\": \(tree.branchTarget)}"
  }
}
