import Foundation
import Games

/// Games kept as test data, and shorthands.
enum TestData {
  /// The folder of all test data.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Data")

  /// A game in Gambit's extensive format, by its path in the folder.
  static func game(_ path: String) throws -> ExtensiveGame {
    try GambitExtensiveReader.game(
      from: String(contentsOf: folder.appending(path: path), encoding: .utf8))
  }

  /// The names of the files in a subfolder with this ending, sorted.
  static func names(in subfolder: String, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: subfolder).path
    ).filter { $0.hasSuffix(ending) }.sorted()
  }

  /// A two-player strategic game as a tree in which the second player does not see the first's
  /// choice. `payoffs[row][column]` holds both players' payoffs.
  static func simultaneous(_ payoffs: [[(Double, Double)]]) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["Row", "Column"])
    let rows = payoffs.indices.map { "row \($0)" }
    let columns = payoffs[0].indices.map { "column \($0)" }
    var numbers: [Double] = []
    let root = builder.decision(player: 0, informationSet: "Row", actions: rows)
    for row in payoffs.indices {
      let below = builder.decision(
        player: 1, informationSet: "Column", actions: columns, at: root.branch(row))
      for column in columns.indices {
        builder.terminal(outcome: "\(row) \(column)", at: below.branch(column))
        numbers += [payoffs[row][column].0, payoffs[row][column].1]
      }
    }
    let tree = try builder.tree()
    return ExtensiveGame(
      title: "simultaneous", tree: tree, payoffs: numbers,
      odds: Array(repeating: 0, count: tree.branchTarget.count))
  }
}

extension GameTree {
  /// The information set with this label.
  func set(_ label: String) -> InformationSet? { informationSets.first { $0.label == label } }
}
