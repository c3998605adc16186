public import Scenarios

/// The story as it is told, with how likely it takes each turn: what parties and chance do, one step
/// after the other, whatever the parties' private types. Lines of play that differ in types alone
/// are one line here, and odds are averaged over types and over the certified draws.
public struct StoryTree: Sendable, Equatable {
  /// The names of the parties.
  public let parties: [String]
  /// What can happen, each node after its parent and in the order of the story; the first is the
  /// root.
  public let nodes: [Node]
  /// By node: the nodes that its branches lead to, in the order of the options.
  public let children: [[Int]]
  /// By node: how likely the story comes there. At the root it is 1, or less where the forecast
  /// counts only a part of the story.
  public let shares: [Double]

  /// What happens at a node.
  public enum Kind: Sendable, Hashable {
    /// The choice of a party, by index; of two where they bargain.
    case choice([Int])
    case chance
    /// What follows, a step or an end, depends on types that only a party knows. Such a node is none
    /// of the story's own: each branch leads to one way of going on.
    case hidden
    /// The story ends, with the outcome of this name.
    case end(String)
  }

  /// A node with the branch that leads to it.
  public struct Node: Sendable, Equatable {
    /// The node before it; nil at the root.
    public var parent: Int?
    /// The option or the value on the branch that leads here; empty at the root and below a hidden
    /// node.
    public var branch: String
    /// What happens here.
    public var kind: Kind
    /// The step's name, with its round where it has one, as a supposition names it; empty where there
    /// is no step.
    public var step = ""
    /// Where the step stands in the text.
    public var place: Place?
    /// Nodes of one number look alike to the party that moves; nil for a node that looks like no
    /// other.
    public var sight: Int?
  }

  /// How likely the branch to a node is taken once the node before it is reached; nil where that never
  /// happens, and at the root.
  public func probability(_ node: Int) -> Double? {
    guard let parent = nodes[node].parent, shares[parent] > 0 else { return nil }
    return min(shares[node] / shares[parent], 1)
  }

  /// The likeliest course of the story: the likeliest value of each step in turn, as long as it is
  /// likelier than that the story ends there.
  public var mainLine: [Forecast.PlayedStep] {
    var line: [Forecast.PlayedStep] = []
    var node = 0
    while shares[node] > 0 {
      // What can happen next, whatever the types.
      let turns = nodes[node].kind == .hidden ? children[node] : [node]
      let ended = turns.reduce(0.0) { children[$1].isEmpty ? $0 + shares[$1] : $0 }
      func rank(_ child: Int) -> (share: Double, step: String, value: String) {
        (shares[child], nodes[nodes[child].parent ?? 0].step, nodes[child].branch)
      }
      let next = turns.flatMap { children[$0] }.max {
        let (a, b) = (rank($0), rank($1))
        return (a.share, b.step, b.value) < (b.share, a.step, a.value)
      }
      guard let next, shares[next] > ended, let turn = nodes[next].parent else { break }
      line.append(
        Forecast.PlayedStep(
          party: mover(of: turn), step: nodes[turn].step, value: nodes[next].branch,
          probability: min(shares[next] / shares[node], 1)))
      node = next
    }
    return line
  }

  /// Who chooses at a node, in words; nil where nobody does.
  public func mover(of node: Int) -> String? {
    guard case .choice(let movers) = nodes[node].kind else { return nil }
    return movers.map { parties[$0] }.joined(separator: " and ")
  }
}
