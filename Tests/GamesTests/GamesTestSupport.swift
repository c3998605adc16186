import Foundation
import Games
import Testing

/// Games of the folder `Data` and small ones made in place.
enum GamesSupport {
  static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Data")

  /// All `.efg` files, by name.
  static func files() throws -> [(name: String, text: String)] {
    try ["models", "seed"].flatMap { folder in
      let url = data.appending(path: folder)
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(".efg") }.sorted()
        .map { ($0, try String(contentsOf: url.appending(path: $0), encoding: .utf8)) }
    }
  }

  /// A game of a model's file.
  static func model(_ name: String) throws -> ExtensiveGame {
    try GambitExtensiveReader.game(
      from: String(contentsOf: data.appending(path: "models/\(name).efg"), encoding: .utf8))
  }

  /// Players "A" and "B", a root choice of A and what follows each option, read from a text.
  static func game(_ body: String, players: String = "\"A\" \"B\"") throws -> ExtensiveGame {
    try GambitExtensiveReader.game(from: "EFG 2 R \"t\" { \(players) }\n\"\"\n" + body)
  }
}
