import Foundation
import Games
import Scenarios
import Testing

/// Scenarios to games, and trees to compare.
enum CompilationSupport {
  static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Data")

  /// A scenario that was read without an error.
  static func scenario(_ text: String, settings: [(name: String, estimate: String)] = []) throws
    -> Scenario
  {
    let (node, diagnostics) = SyntaxReader.read(text, file: "a.yaml")
    let root = try #require(node, "\(diagnostics.map(\.message))")
    let shape = ShapeChecker.check(root, by: ScenarioShape.grammar, file: "a.yaml")
    let (scenario, reading) = ScenarioReader.read(
      root, source: SourceText(text), file: "a.yaml", settings: settings)
    let errors = (diagnostics + shape + reading).filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(SyntaxTestSupport.rendered(errors, text))")
    return try #require(scenario)
  }

  /// A scenario of the folder `language`.
  static func reference(_ name: String) throws -> Scenario {
    try scenario(
      String(contentsOf: data.appending(path: "language/\(name).yaml"), encoding: .utf8))
  }

  /// The game of a text, which must compile.
  static func compile(_ text: String, _ order: GameCompiler.Order = GameCompiler.Order()) throws
    -> (scenario: Scenario, game: ParametricGame)
  {
    let scenario = try scenario(text)
    let (game, diagnostics) = GameCompiler.compile(scenario, order)
    return (
      scenario, try #require(game, "\(SyntaxTestSupport.rendered(diagnostics, text))")
    )
  }

  /// What compiling a text reports.
  static func diagnostics(
    _ text: String, _ order: GameCompiler.Order = GameCompiler.Order()
  ) throws -> [Diagnostic] {
    GameCompiler.compile(try scenario(text), order).diagnostics
  }

  /// One view of a game with every quantity at its best estimate.
  static func numbers(
    _ scenario: Scenario, _ game: ParametricGame, view: Int = 0
  ) throws -> ExtensiveGame {
    var values: [Double] = []
    game.graph.evaluate(inputs: scenario.inputs.map(\.best), into: &values)
    return try game.game(view: view, values: values)
  }

  /// The game of a text at the best estimates.
  static func game(_ text: String, view: Int = 0) throws -> ExtensiveGame {
    let (scenario, game) = try compile(text)
    return try numbers(scenario, game, view: view)
  }
}

/// A tree without names: see the README of the folder `Data/trees`.
struct BareTree: Equatable, CustomStringConvertible {
  enum Node: Equatable {
    case choice(player: Int, set: Int, options: Int)
    case chance([Double])
    case end([Double])
  }

  var nodes: [Node]

  /// The tree of a game; odds as everybody holds them.
  init(_ game: ExtensiveGame) {
    let count = game.tree.players.count
    nodes = game.tree.nodes.indices.map { id in
      let node = game.tree.nodes[id]
      switch node.kind {
      case .terminal:
        let first = Int(node.index) * count
        return .end(Array(game.payoffs[first..<(first + count)]))
      case .chance: return .chance(game.tree.branches(of: id).map { game.odds[$0] })
      case .decision:
        // Sets are numbered by first appearance in preorder, as the file's are.
        return .choice(
          player: game.tree.informationSets[Int(node.index)].player, set: Int(node.index),
          options: Int(node.branchCount))
      }
    }
  }

  /// Trees of a file, by key.
  static func read(_ name: String) throws -> [String: BareTree] {
    let url = CompilationSupport.data.appending(path: "trees/\(name).json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    let trees = try #require(json as? [String: [[Any]]])
    return try trees.mapValues { list in
      var tree = BareTree(nodes: [])
      for entry in list {
        let numbers = try entry.dropFirst().map { try #require($0 as? NSNumber).doubleValue }
        switch entry[0] as? String {
        case "p":
          tree.nodes.append(
            .choice(player: Int(numbers[0]), set: Int(numbers[1]), options: Int(numbers[2])))
        case "c": tree.nodes.append(.chance(numbers))
        default: tree.nodes.append(.end(numbers))
        }
      }
      return tree
    }
  }

  private init(nodes: [Node]) { self.nodes = nodes }

  /// The first node at which two trees differ by more than `tolerance`, relative to what is
  /// compared where it is above 1; nil if there is none.
  func firstDifference(from other: BareTree, tolerance: Double = 1e-12) -> String? {
    if nodes.count != other.nodes.count {
      return "\(nodes.count) nodes, not \(other.nodes.count)"
    }
    func close(_ first: [Double], _ second: [Double]) -> Bool {
      first.count == second.count
        && zip(first, second).allSatisfy {
          abs($0 - $1) <= tolerance * max(1, abs($0), abs($1))
        }
    }
    for (id, (own, theirs)) in zip(nodes, other.nodes).enumerated() {
      switch (own, theirs) {
      case (.choice, .choice): if own == theirs { continue }
      case (.chance(let first), .chance(let second)),
        (.end(let first), .end(let second)):
        if close(first, second) { continue }
      default: break
      }
      return "node \(id): \(own), not \(theirs)"
    }
    return nil
  }

  /// The tree in brackets: `p0:2(…)` for a choice of player 0 at set 2, `[…]` at an end.
  var description: String {
    var position = 0
    func text(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
    }
    func next() -> String {
      let node = nodes[position]
      position += 1
      switch node {
      case .end(let payoffs): return "[" + payoffs.map(text).joined(separator: " ") + "]"
      case .chance(let odds):
        return "c(" + odds.map { "\(text($0)) " + next() }.joined(separator: ", ") + ")"
      case .choice(let player, let set, let options):
        return "p\(player):\(set)("
          + (0..<options).map { _ in next() }.joined(separator: ", ") + ")"
      }
    }
    return next()
  }
}
