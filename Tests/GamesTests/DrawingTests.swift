import Foundation
import Games
import Mathematics
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Drawings of trees")
struct DrawingTests {
  /// Counts elements of an XML text by name, and collects what is written; nil if it is malformed.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      elements[name, default: 0] += 1
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private func read(_ svg: String) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader
  }

  @Test("A drawing is well-formed XML with a line for each branch and a text for each end")
  func wellFormed() throws {
    for seed in 0..<UInt64(150) {
      let game = try GeneratedGames.random(seed)
      let reader = try read(TreeSVG.text(of: game, limit: 10_000))
      let joined = game.tree.informationSets.map { $0.nodes.count - 1 }.reduce(0, +)
      #expect(
        reader.elements["path"]
          == game.tree.branchTarget.count + joined + game.tree.chanceMoves.count)
      // Ends are squares; the page is one more rectangle.
      #expect(reader.elements["rect"] == game.tree.terminals.count + 1)
      #expect(
        reader.elements["circle"]
          == game.tree.players.count + game.tree.nodes.count { $0.kind == .decision })
    }
  }

  @Test("Names stand in a drawing as they are, and long ones are cut")
  func names() throws {
    let game = try GambitExtensiveReader.game(
      from: """
        EFG 2 R "a < b & \\"c\\"" { "<One>" "Two" }
        p "" 1 1 "set & more" { "x<y" "\(String(repeating: "long ", count: 20))" } 0
        t "" 1 "e>1" { 1/3, 123456789 }
        t "" 2 "" { 0.0000125, -2.5 }
        """)
    let text = try read(TreeSVG.text(of: game)).text
    for part in [
      "a < b & \"c\"", "<One>", "set & more", "x<y", "e>1", "1/3", "1.235e8", "1.25e-5", "-2.5",
      "…",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains(String(repeating: "long ", count: 9)))
  }

  @Test("A profile is shown by probabilities, and play goes along the dark lines")
  func profile() throws {
    let game = try GamesSupport.model("spence1973_signal")
    let plain = try TreeSVG.text(of: game)
    let drawn = try TreeSVG.text(of: game, profile: BehaviorProfile(centroidOf: game.tree))
    #expect(!plain.contains("stroke=\"#222222\""))
    let dark = drawn.components(separatedBy: "stroke=\"#222222\"").count - 1
    #expect(dark == game.tree.branchTarget.count)
    var pure = BehaviorProfile(centroidOf: game.tree)
    for set in game.tree.informationSets {
      for action in set.actionRange {
        pure.probabilities[action] = action == set.firstAction ? 1 : 0
      }
    }
    let one = try TreeSVG.text(of: game, profile: pure)
    // Chance has two branches; the sender and the receiver have one each below either.
    #expect(one.components(separatedBy: "stroke=\"#222222\"").count - 1 == 6)
  }

  @Test("Graphviz gets a node for each node, an edge for each branch, and dashed ones between")
  func dot() throws {
    for seed in 0..<UInt64(100) {
      let game = try GeneratedGames.random(seed)
      let text = try TreeDOT.text(of: game)
      let edges = text.components(separatedBy: " -> ").count - 1
      let dashed = text.components(separatedBy: "style=dashed").count - 1
      let joined = game.tree.informationSets.map { $0.nodes.count - 1 }.reduce(0, +)
      #expect(dashed == joined && edges == joined + game.tree.branchTarget.count)
      // Every quotation ends on its line.
      for line in text.split(separator: "\n") {
        #expect(
          line.replacing("\\\\", with: "").replacing("\\\"", with: "").count { $0 == "\"" } % 2 == 0
        )
      }
    }
  }

  @Test("A tree that is too large to look at is refused, with its size and the limit")
  func tooLarge() throws {
    let game = try GambitExtensiveReader.game(from: GeneratedGames.completeBinary(depth: 10))
    #expect(throws: DrawingDefect.tooManyNodes(count: 2047, limit: 1500)) {
      try TreeSVG.text(of: game)
    }
    #expect(try TreeDOT.text(of: game).contains("n2046"))
    #expect(throws: DrawingDefect.tooManyNodes(count: 2047, limit: 2000)) {
      try TreeDOT.text(of: game, limit: 2000)
    }
  }
}
