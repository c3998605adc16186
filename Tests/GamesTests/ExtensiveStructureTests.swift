import Games
import Mathematics
import Testing

@Suite("Structure of extensive games")
struct ExtensiveStructureTests {
  // MARK: Builder

  @Test("Nodes of one information set must agree in player and actions")
  func inconsistentSet() {
    var builder = GameTreeBuilder(players: ["A", "B"])
    let root = builder.decision(player: 0, informationSet: "a", actions: ["x", "y"])
    let left = builder.decision(
      player: 1, informationSet: "b", actions: ["x", "y"], at: root.branch(0))
    builder.terminal(outcome: "", at: left.branch(0))
    builder.terminal(outcome: "", at: left.branch(1))
    let right = builder.decision(
      player: 1, informationSet: "b", actions: ["x", "z"], at: root.branch(1))
    builder.terminal(outcome: "", at: right.branch(0))
    builder.terminal(outcome: "", at: right.branch(1))
    #expect(throws: GameTreeBuilder.Defect.inconsistentInformationSet(label: "b")) {
      try builder.tree()
    }
  }

  @Test("Nothing built is no tree; a single end is one")
  func smallest() throws {
    var builder = GameTreeBuilder(players: ["A"])
    #expect(throws: GameTreeBuilder.Defect.empty) { try builder.tree() }
    builder.terminal(outcome: "over")
    let tree = try builder.tree()
    #expect(tree.nodes.count == 1)
    #expect(Subgames(of: tree).roots == [0])
    #expect(Recall(of: tree).isPerfect)
    #expect(BehaviorProfile(centroidOf: tree).realization(in: tree, odds: []) == [1])
  }

  @Test("Parents stand before their children and name the branch that leads to them")
  func preorder() throws {
    for (name, text) in try GamesSupport.files() {
      let tree = try GambitExtensiveReader.game(from: text).tree
      for (id, node) in tree.nodes.enumerated() {
        #expect((node.parent < 0) == (id == 0))
        if node.parent >= 0 {
          #expect(Int(node.parent) < id, "\(name)")
          #expect(tree.branches(of: Int(node.parent)).contains(Int(node.incoming)), "\(name)")
          #expect(Int(tree.branchTarget[Int(node.incoming)]) == id, "\(name)")
        }
      }
      #expect(tree.branchTarget.count == tree.nodes.count - 1)
      let decisions = tree.informationSets.map(\.nodes.count).reduce(0, +)
      #expect(decisions + tree.chanceMoves.count + tree.terminals.count == tree.nodes.count)
    }
  }

  // MARK: Subgames

  @Test("A choice that is seen begins a subgame, one that is not does not")
  func subgames() throws {
    // B sees x and does not tell y from z.
    let game = try GamesSupport.game(
      """
      p "" 1 1 "a" { "x" "y" "z" } 0
      p "" 2 1 "seen" { "l" "r" } 0
      t "" 1 "" { 0, 0 }
      t "" 2 "" { 0, 0 }
      p "" 2 2 "unseen" { "l" "r" } 0
      t "" 3 "" { 0, 0 }
      c "" 1 "" { "u" 1/2 "d" 1/2 } 0
      t "" 4 "" { 0, 0 }
      t "" 5 "" { 0, 0 }
      p "" 2 2 "unseen" { "l" "r" } 0
      t "" 6 "" { 0, 0 }
      t "" 7 "" { 0, 0 }
      """)
    let subgames = Subgames(of: game.tree)
    #expect(subgames.roots == [0, 1, 6])
    #expect(subgames.end == [12, 4, 3, 4, 9, 6, 9, 8, 9, 12, 11, 12])
  }

  @Test("Perfect information makes every choice a subgame; one hidden type leaves only the whole")
  func subgamesOfModels() throws {
    let rubinstein = try GamesSupport.model("rubinstein_three_rounds").tree
    let inner = rubinstein.nodes.count - rubinstein.terminals.count
    #expect(Subgames(of: rubinstein).roots.count == inner)
    #expect(Subgames(of: try GamesSupport.model("spence1973_signal").tree).roots == [0])
  }

  // MARK: Recall

  @Test("All published models have perfect recall")
  func recall() throws {
    for (name, text) in try GamesSupport.files() {
      #expect(Recall(of: try GambitExtensiveReader.game(from: text).tree).isPerfect, "\(name)")
    }
  }

  /// Piccione & Rubinstein (1997), On the interpretation of decision problems with imperfect recall.
  @Test("A set that one play meets twice is told from one whose player forgets")
  func absentMindedness() throws {
    let driver = try ExtensiveGame(
      "driver", players: ["A"],
      .decision(
        "A", set: "home",
        [
          "stay": .end([0]),
          "drive": .decision(
            "A", set: "crossing",
            [
              "exit": .end([0]),
              "go on": .decision(
                "A", set: "crossing", ["exit": .end([4]), "go on": .end([1])]),
            ]),
        ]))
    let recall = Recall(of: driver.tree)
    #expect(recall.firstAbsentMinded == 1)
    #expect(recall.firstLapse == 1)
    #expect(throws: TreeDefect.absentMindedness(informationSet: "crossing")) {
      try driver.tree.checkRecall()
    }
    #expect(throws: ReducedStrategicForm.Defect.absentMindedness(informationSet: "crossing")) {
      try KuhnConversion(of: driver.tree)
    }
  }

  @Test("A player that forgets its own move, or a move of chance that it saw, lacks recall")
  func forgetting() throws {
    let forgetsMove = try GamesSupport.game(
      """
      p "" 1 1 "first" { "x" "y" } 0
      p "" 1 2 "second" { "l" "r" } 0
      t "" 1 "" { 0, 0 }
      t "" 2 "" { 0, 0 }
      p "" 1 2 "second" { "l" "r" } 0
      t "" 3 "" { 0, 0 }
      t "" 4 "" { 0, 0 }
      """)
    #expect(Recall(of: forgetsMove.tree).firstLapse == 1)
    #expect(Recall(of: forgetsMove.tree).firstAbsentMinded == nil)
    let forgetsChance = try GamesSupport.game(
      """
      c "" 1 "" { "u" 1/2 "d" 1/2 } 0
      p "" 1 1 "up" { "x" } 0
      p "" 1 3 "later" { "l" } 0
      t "" 1 "" { 0, 0 }
      p "" 1 2 "down" { "x" } 0
      p "" 1 3 "later" { "l" } 0
      t "" 2 "" { 0, 0 }
      """)
    #expect(Recall(of: forgetsChance.tree).firstLapse == 1)
  }

  @Test("The absent-minded driver (Piccione and Rubinstein 1997) lacks recall")
  func absentMinded() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "exit?" { "exit" "go on" } 0
      t "" 1 "" { 0 }
      p "" 1 1 "exit?" { "exit" "go on" } 0
      t "" 2 "" { 4 }
      t "" 3 "" { 1 }
      """, players: "\"Driver\"")
    #expect(Recall(of: game.tree).firstLapse == 0)
  }

  // MARK: Realization

  @Test("Ends are reached with probabilities that add up to 1, as the published ones are")
  func realization() throws {
    let game = try GamesSupport.model("monitoring_false_alarms")
    let tree = game.tree
    // T invests with 3/59; D strikes on an alarm with 18/23 (see the models' notes).
    var profile = BehaviorProfile(centroidOf: tree)
    func set(_ label: String, _ shares: [Double]) throws {
      let found = try #require(tree.informationSets.first { $0.label == label })
      for (action, share) in zip(found.actionRange, shares) {
        profile.probabilities[action] = share
      }
    }
    let invest = 3.0 / 59
    try set("T:invest?", [invest, 1 - invest])
    let strike = 18.0 / 23
    try set("D:alarm", [strike, 1 - strike])
    try set("D:quiet", [0, 1])
    let reach = profile.realization(in: tree, odds: game.odds)
    var outcomes: [String: Double] = [:]
    for terminal in tree.terminals {
      outcomes[tree.outcomes[terminal.outcome], default: 0] += reach[terminal.node]
    }
    #expect(abs(outcomes.values.reduce(0, +) - 1) < 1e-15)
    let published = [
      "quiet peace": 0.874871, "mistaken strike": 0.074282, "strike on armer": 0.031835,
      "power shift": 0.019013,
    ]
    for (name, probability) in published {
      #expect(abs((outcomes[name] ?? .nan) - probability) < 1e-6, "\(name)")
    }
  }

  @Test("Ranges are the spread of payoffs, and 1 where there is none")
  func ranges() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "a" { "x" "y" } 0
      t "" 1 "" { -2, 3 }
      t "" 2 "" { 5, 3 }
      """)
    #expect(game.payoffRanges() == [7, 1])
  }
}
