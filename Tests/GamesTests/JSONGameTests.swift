import Games
import Mathematics
import Testing

@Suite("Games as JSON")
struct JSONGameTests {
  private func read(_ text: String) throws -> GameForm { try JSONGameReader.game(from: text) }

  private func tree(_ text: String) throws -> ExtensiveGame {
    guard case .extensive(let game) = try read(text) else { throw NotATree() }
    return game
  }

  private struct NotATree: Error {}

  /// The entry game, its nodes in a list.
  private let nodes = [
    "{\"decision\": \"entry\"}",
    "{\"parent\": 1, \"branch\": \"enter\", \"decision\": \"response\"}",
    "{\"parent\": 2, \"branch\": \"fight\", \"end\": \"price war\", \"payoffs\": [0, \"-1/3\"]}",
    "{\"parent\": 2, \"branch\": 2, \"end\": \"duopoly\", \"payoffs\": [0.1, 2e0]}",
    "{\"parent\": 1, \"branch\": \"stay out\", \"end\": \"monopoly\", \"payoffs\": [1, 5]}",
  ]

  private func entry(_ nodes: [String]) -> String {
    """
    {"entente": 1, "kind": "extensive", "title": "Entry \\u00e9\\n", "comment": "c",
     "players": ["Entrant", "Incumbent"],
     "information_sets": [
      {"player": "Entrant", "label": "entry", "number": 4, "actions": ["enter", "stay out"]},
      {"player": 2, "label": "response", "actions": ["fight", "share"]}],
     "nodes": [
    \(nodes.joined(separator: ",\n"))
    ]}
    """
  }

  @Test("A tree has its players, sets, ends and exact numbers")
  func extensive() throws {
    let game = try tree(entry(nodes))
    #expect(game.title == "Entry é\n" && game.comment == "c")
    #expect(game.tree.players == ["Entrant", "Incumbent"])
    #expect(game.tree.informationSets.map(\.label) == ["entry", "response"])
    #expect(game.tree.informationSets.map(\.number) == [4, 1])
    #expect(game.tree.nodes.map(\.parent) == [-1, 0, 1, 1, 0])
    #expect(game.tree.outcomes == ["price war", "duopoly", "monopoly"])
    #expect(game.exactPayoff(at: 0, of: 1) == Rational(-1, 3))
    #expect(game.exactPayoff(at: 1, of: 0) == Rational(1, 10))
    #expect(game.payoffs.suffix(2) == [1, 5])
  }

  @Test("The nodes of a tree may come in any order")
  func anyOrder() throws {
    // Node 1 comes last: its number is now 5, that of the response 4.
    let shuffled = nodes.reversed().map {
      $0.replacing("\"parent\": 1", with: "\"parent\": 5")
        .replacing("\"parent\": 2", with: "\"parent\": 4")
    }
    #expect(try tree(entry(Array(shuffled))) == tree(entry(nodes)))
  }

  @Test("A table lists payoffs by profile, the first player's strategy varying fastest")
  func strategic() throws {
    let game = try read(
      """
      {"payoffs": [[1, 10], ["2/3", 20], [3, 3e1], [4, 40], [5, 50], [6, 60]],
       "strategies": [["up", "down"], ["left", "middle", "right"]],
       "players": ["Row", "Column"], "kind": "strategic", "entente": 1}
      """)
    #expect(
      game
        == .strategic(
          StrategicGame(
            title: "", players: ["Row", "Column"],
            strategies: [["up", "down"], ["left", "middle", "right"]],
            payoffs: [1, 10, Rational(2, 3), 20, 3, 30, 4, 40, 5, 50, 6, 60])))
  }

  @Test("Trees and tables come back as they were, in hundreds of random games")
  func roundTrips() throws {
    for seed in 0..<UInt64(400) {
      var game = try GeneratedGames.random(seed)
      game.comment = seed % 2 == 0 ? "" : "It says: \"\\ \u{1} é 🦉\"\n"
      let form = GameForm.extensive(game)
      let text = try JSONGameWriter.text(of: form, numbers: .doubles)
      #expect(try read(text) == form, "seed \(seed)")
      let table = GameForm.strategic(GeneratedGames.table(seed))
      #expect(try read(JSONGameWriter.text(of: table)) == table, "seed \(seed)")
    }
    for (name, text) in try GamesSupport.files() {
      let game = GameForm.extensive(try GambitExtensiveReader.game(from: text))
      #expect(try read(JSONGameWriter.text(of: game, numbers: .doubles)) == game, "\(name)")
    }
  }

  @Test("Odds that players hold on their own and bargains are kept")
  func subjective() throws {
    var builder = GameTreeBuilder(players: ["A", "B"])
    let root = builder.chance(label: "war", branches: ["won", "lost"])
    for branch in 0..<2 {
      let node = builder.decision(
        player: 1, informationSet: "price \(branch)", actions: ["1", "none"],
        bargain: GameTree.Bargain(between: [1, 0], powerIndex: branch), at: root.branch(branch))
      for action in 0..<2 { builder.terminal(outcome: "o", at: node.branch(action)) }
    }
    let third = 1.0 / 3
    let game = ExtensiveGame(
      title: "t", tree: try builder.tree(), payoffs: [0.5, 1, 2, 3, 4, 5, 6, 7],
      odds: [0.75, 0.25, 0, 0, 0, 0], subjectiveOdds: [nil, [third, 1 - third, 0, 0, 0, 0]],
      power: [0.5, third])
    let again = try tree(JSONGameWriter.text(of: .extensive(game)))
    #expect(again.tree == game.tree)
    #expect(again.subjectiveOdds == game.subjectiveOdds && again.power == game.power)
    #expect(again.odds == game.odds && again.payoffs == game.payoffs)
  }

  @Test("What is not in the form is refused with line, column and what was expected")
  func malformed() throws {
    let head = "{\"entente\": 1, \"kind\": \"extensive\", \"players\": [\"A\"], \"nodes\": ["
    let cases: [(text: String, line: Int, column: Int, part: String)] = [
      ("", 1, 1, "a game: an object"), ("[]", 1, 1, "an object"), ("{", 1, 2, "name of a member"),
      ("{\"entente\": 2}", 1, 13, "expected 1"), ("{\"entente\": 1,}", 1, 15, "name of a member"),
      ("{\"a\": 1}", 1, 2, "not `a`"), ("{\"title\": \"\\x\"}", 1, 12, "an escape"),
      ("{\"title\": \"a\nb\"}", 1, 13, "control character"),
      ("{\"title\": \"a", 1, 11, "never closed"), ("{\"title\" \"a\"}", 1, 10, "a colon"),
      ("{\"title\": \"a\" \"kind\"", 1, 15, "a comma"),
      ("{\"title\": \"a\", \"title\": \"b\"}", 1, 16, "two members `title`"),
      ("{\"kind\": \"extensive\"}", 1, 21, "the version 1"),
      (head + "]}", 1, 65, "at least one node"),
      (head + "{\"end\": \"o\", \"payoffs\": [1]}]} x", 1, 96, "end of the file"),
      (head + "\n{\"end\": \"o\", \"payoffs\": [1, 2]}]}", 2, 1, "1 payoffs"),
      (head + "\n{\"end\": \"o\", \"payoffs\": [\"1/0\"]}]}", 2, 26, "a fraction"),
      (head + "\n{\"end\": \"o\", \"payoffs\": [1e5000]}]}", 2, 26, "exponent"),
      (head + "\n{\"end\": \"o\", \"payoffs\": [nan]}]}", 2, 26, "a payoff"),
      (head + "\n{\"end\": \"o\"}]}", 2, 1, "`end` and `payoffs`"),
      (head + "\n{\"decision\": \"x\"}]}", 2, 1, "information set"),
      (
        head + "\n{\"chance\": \"\", \"branches\": [\"a\"], \"odds\": [0.9]}]}", 2, 47, "not to 1"
      ),
      (
        head + "\n{\"chance\": \"\", \"branches\": [\"a\"], \"odds\": [1]}]}", 2, 1,
        "a node for each branch"
      ),
      (entry(nodes.map { $0.replacing("\"share\"", with: "") } + [nodes[4]]), 12, 1, "already"),
      (entry(Array(nodes.dropLast())), 8, 1, "a node for each branch"),
      (entry(nodes.map { $0.replacing("\"fight\"", with: "\"x\"") }), 9, 1, "`branch` of node 2"),
      (entry(nodes.map { $0.replacing("\"parent\": 1", with: "\"parent\": 9") }), 8, 1, "1 to 5"),
      (
        entry([nodes[0], nodes[4].replacing("\"parent\": 1, \"branch\": \"stay out\", ", with: "")]
        ),
        7, 1, "a node for each branch"
      ),
    ]
    for one in cases {
      let error = #expect(throws: FormatError.self, "\(one.text)") { try read(one.text) }
      guard let error else { continue }
      #expect(
        error.line == one.line && error.column == one.column && error.message.contains(one.part),
        "\(one.text): \(error)")
    }
  }

  @Test("Nodes that go in a circle are refused")
  func circle() {
    // Node 1 is an end without a parent; 2 and 3 are each other's parents.
    let text = """
      {"entente": 1, "kind": "extensive", "players": ["A"],
       "information_sets": [{"player": 1, "actions": ["x"]}, {"player": 1, "actions": ["x"]}],
       "nodes": [{"end": "", "payoffs": [0]},
      {"parent": 3, "branch": 1, "decision": 1},
      {"parent": 2, "branch": 1, "decision": 2}]}
      """
    let error = #expect(throws: FormatError.self) { try read(text) }
    #expect(error?.line == 4 && error?.message.contains("not below") == true)
  }

  @Test("A tree of a hundred thousand moves in a row is read and written without recursion")
  func deep() throws {
    var builder = GameTreeBuilder(players: ["A"])
    var place = GameTreeBuilder.Place.root
    let depth = 100_000
    for move in 0..<depth {
      let node = builder.decision(
        player: 0, informationSet: "\(move)", actions: ["stop", "go"], at: place)
      builder.terminal(outcome: "", at: node.branch(0))
      place = node.branch(1)
    }
    builder.terminal(outcome: "", at: place)
    let tree = try builder.tree()
    let game = GameForm.extensive(
      ExtensiveGame(
        title: "", tree: tree, payoffs: Array(repeating: 1, count: depth + 1),
        odds: Array(repeating: 0, count: 2 * depth)))
    #expect(try read(JSONGameWriter.text(of: game)) == game)
  }

  @Test("Mutations of valid files are games or errors with a place in the file, never worse")
  func mutations() throws {
    var texts = [entry(nodes)]
    for seed in 0..<UInt64(20) {
      texts.append(try JSONGameWriter.text(of: .extensive(GeneratedGames.random(seed))))
      texts.append(try JSONGameWriter.text(of: .strategic(GeneratedGames.table(seed))))
    }
    var games = 0
    for text in texts {
      games += FormatMutations.check(text, count: 100) { text throws(FormatError) in
        _ = try JSONGameReader.game(from: text)
      }
    }
    #expect(games > 100)
  }

  @Test("A file is read by what it contains, whatever its name")
  func byContent() throws {
    let efg = "  EFG 2 R \"t\" { \"A\" } t \"\" 0"
    #expect(try GameFile.game(from: efg, named: "x.json").title == "t")
    #expect(try GameFile.game(from: entry(nodes), named: "x.efg").players.count == 2)
    #expect(GameFile.Format(name: "a.b.NFG") == .strategic && GameFile.Format(name: "efg") == nil)
    let error = #expect(throws: FormatError.self) { try GameFile.game(from: "x", named: "y.txt") }
    #expect(error?.message.contains("EFG 2 R") == true)
    #expect(throws: FormatError.self) { try GameFile.game(from: "", named: "y.efg") }
  }
}
