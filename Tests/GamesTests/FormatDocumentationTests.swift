import Foundation
import Games
import Mathematics
import Testing

@Suite("The page about game files")
struct FormatDocumentationTests {
  /// The blocks of code in one language.
  private func blocks(_ language: String) throws -> [String] {
    let page = GamesSupport.data.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Docs/formats.md")
    return try String(contentsOf: page, encoding: .utf8)
      .components(separatedBy: "```\(language)\n").dropFirst()
      .map { String($0.components(separatedBy: "```")[0]) }
  }

  @Test("Every example is read, as the format that it stands for, and survives a round trip")
  func examples() throws {
    var count = 0
    for format in GameFile.Format.allCases {
      for text in try blocks(format.rawValue) {
        #expect(GameFile.Format(content: text) == format)
        let game = try GameFile.game(from: text)
        #expect(try JSONGameReader.game(from: JSONGameWriter.text(of: game)) == game)
        count += 1
      }
    }
    #expect(count == 5)
  }

  @Test("The example of payoffs on the way has the payoffs that the text says")
  func tolls() throws {
    let text = try #require(try blocks("efg").first)
    let game = try GambitExtensiveReader.game(from: text)
    #expect(game.payoffs == [4, 2.5, -1, 0, -1, 0, 5, 2.5, 0, 0, 0, 0])
    #expect(game.tree.informationSets.map(\.nodes.count) == [1, 2, 1])
    #expect(game.exactOdds(of: 0) == Rational(2, 3))
  }
}
