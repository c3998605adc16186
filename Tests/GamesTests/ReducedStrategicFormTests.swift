import Games
import Mathematics
import Testing

@Suite("The reduced strategic form")
struct ReducedStrategicFormTests {
  /// The numbers of strategies, by player.
  private func sizes(_ game: ExtensiveGame) throws -> [Int] {
    try ReducedStrategicForm(of: game).game.strategies.map(\.count)
  }

  @Test("Published models have the numbers of reduced strategies that Gambit finds")
  func models() throws {
    let expected: [(String, [Int])] = [
      ("debs_monteiro_hidden", [2, 4]), ("debs_monteiro_transparent", [2, 4]),
      ("fearon1995_ultimatum_risky", [5, 1024]), ("fearon1995_ultimatum_safe", [5, 1024]),
      ("fearon1997_tying_hands", [36, 64]), ("kreps_wilson_low_reputation", [64, 2, 8]),
      ("kydd2005_trust", [4, 4]), ("monitoring_false_alarms", [2, 4]),
      ("morrow1994_alliance_signal", [4, 16]), ("smith_stam_optimism_peace", [6, 64]),
      ("smith_stam_optimism_war", [6, 64]), ("spence1973_signal", [4, 25]),
    ]
    for (name, counts) in expected {
      #expect(try sizes(GamesSupport.model(name)) == counts, "\(name)")
    }
  }

  @Test("Names are the ordinals of actions, with stars where earlier choices exclude the set")
  func names() throws {
    let game = try ReducedStrategicForm(of: GamesSupport.model("morrow1994_alliance_signal")).game
    // As Gambit 16.7 names them.
    #expect(game.strategies[0] == ["11", "12", "21", "22"])
    #expect(
      game.strategies[1].prefix(7) == [
        "11*11*", "11*12*", "11*2*1", "11*2*2", "12*11*", "12*12*", "12*2*1",
      ])
    let idle = try ReducedStrategicForm(
      of: GamesSupport.game("p \"\" 1 1 \"\" { \"x\" \"y\" } 0 t \"\" 1 \"\" { 1 2 } t \"\" 1"))
    #expect(idle.game.strategies == [["1", "2"], ["*"]])
    let actions = (1...12).map { "\"a\($0)\"" }.joined(separator: " ")
    let ends = (1...11).map { _ in "t \"\" 1 \"\" { 1 2 }" }.joined(separator: " ")
    let wide = try ReducedStrategicForm(
      of: GamesSupport.game(
        "p \"\" 1 1 \"\" { \(actions) } 0 \(ends) p \"\" 1 2 \"\" { \"x\" \"y\" } 0 "
          + "t \"\" 1 t \"\" 1"))
    #expect(wide.game.strategies[0].suffix(4) == ["10.*", "11.*", "12.1", "12.2"])
  }

  /// Two players pass or take in turn; whoever takes ends the game (Rosenthal 1981).
  private func centipede(_ legs: Int) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["A", "B"])
    var place = GameTreeBuilder.Place.root
    var payoffs: [Double] = []
    for leg in 0..<legs {
      let node = builder.decision(
        player: leg % 2, informationSet: "leg \(leg)", actions: ["take", "pass"], at: place)
      builder.terminal(outcome: "taken", at: node.branch(0))
      payoffs += [Double(leg), Double(leg) / 2]
      place = node.branch(1)
    }
    builder.terminal(outcome: "passed", at: place)
    payoffs += [Double(legs), 0]
    let tree = try builder.tree()
    return ExtensiveGame(
      title: "centipede", tree: tree, payoffs: payoffs,
      odds: tree.branchTarget.map { _ in 0 })
  }

  @Test("In the centipede game a player with k moves has k + 1 reduced strategies, not 2 to the k")
  func centipede() throws {
    for legs in 1...20 {
      #expect(try sizes(centipede(legs)) == [(legs + 1) / 2 + 1, legs / 2 + 1])
    }
    // Each profile ends at the first leg at which somebody takes.
    let form = try ReducedStrategicForm(of: centipede(7))
    for first in 0...4 {
      for second in 0...3 {
        let last = min(2 * first, 2 * second + 1, 7)
        let place = form.game.index(of: [first, second])
        #expect(form.game.payoff(0, at: place) == Rational(last))
      }
    }
  }

  /// Cards 0, 1, 2; ante 1; a bet of 1 (Kuhn 1950, A simplified two-person poker).
  private func kuhnPoker() throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["A", "B"])
    var payoffs: [Double] = []
    let deals = (0..<3).flatMap { a in (0..<3).filter { $0 != a }.map { (a, $0) } }
    let root = builder.chance(label: "deal", branches: deals.map { "\($0)" })
    for (branch, (a, b)) in deals.enumerated() {
      func end(_ stake: Double, _ place: GameTreeBuilder.Place) {
        builder.terminal(outcome: "end", at: place)
        payoffs += [stake, -stake]
      }
      let sign = a > b ? 1.0 : -1
      let first = builder.decision(
        player: 0, informationSet: "A \(a)", actions: ["bet", "pass"], at: root.branch(branch))
      let called = builder.decision(
        player: 1, informationSet: "B \(b) bet", actions: ["call", "fold"], at: first.branch(0))
      end(2 * sign, called.branch(0))
      end(1, called.branch(1))
      let second = builder.decision(
        player: 1, informationSet: "B \(b) pass", actions: ["bet", "pass"], at: first.branch(1))
      let answer = builder.decision(
        player: 0, informationSet: "A \(a) bet", actions: ["call", "fold"], at: second.branch(0))
      end(2 * sign, answer.branch(0))
      end(-1, answer.branch(1))
      end(sign, second.branch(1))
    }
    let tree = try builder.tree()
    let odds = tree.branchTarget.indices.map { tree.branches(of: 0).contains($0) ? 1.0 / 6 : 0 }
    return ExtensiveGame(title: "Kuhn poker", tree: tree, payoffs: payoffs, odds: odds)
  }

  @Test("Kuhn's poker has 27 strategies against 64, payoffs in exact sixths, and sums to zero")
  func poker() throws {
    let form = try ReducedStrategicForm(of: kuhnPoker())
    #expect(form.game.strategies.map(\.count) == [27, 64])
    for index in 0..<form.game.profileCount {
      let payoff = form.game.payoff(0, at: index)
      #expect((payoff * 6).isInteger)
      #expect(payoff + form.game.payoff(1, at: index) == 0)
    }
  }

  // MARK: Against plain definitions, on random games

  /// A random game with perfect recall: everybody sees everything except, by chance, what the
  /// move just before was.
  private func random(_ seed: UInt64) throws -> ExtensiveGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 23))
    let players = Int.random(in: 1...3, using: &stream)
    var builder = GameTreeBuilder(players: (0..<players).map { "P\($0)" })
    var payoffs: [Double] = []
    var odds: [Int: [Double]] = [:]
    func grow(_ place: GameTreeBuilder.Place, depth: Int, memories: [String]) {
      if depth == 4 || (depth > 0 && stream.uniform() < 0.2) {
        builder.terminal(outcome: "end", at: place)
        for _ in 0..<players { payoffs.append(Double(Int.random(in: -8...8, using: &stream)) / 4) }
        return
      }
      let isChance = stream.uniform() < 0.25
      let mover = Int.random(in: 0..<players, using: &stream)
      let hidden = (0..<players).map { _ in stream.uniform() < 0.5 }
      let node: GameTreeBuilder.Started
      var count = 2
      if isChance {
        node = builder.chance(label: "c", branches: ["a", "b"], at: place)
        odds[node.node] = [[0.5, 0.5], [0.25, 0.75], [0, 1], [0.1, 0.9]].randomElement(
          using: &stream)
      } else {
        let label = "\(mover): \(memories[mover])"
        count =
          1 + Int(label.utf8.reduce(SplitMix64.hash(5, 5)) { SplitMix64.hash($0, UInt64($1)) } % 3)
        node = builder.decision(
          player: mover, informationSet: label, actions: (0..<count).map { "\($0)" }, at: place)
      }
      for branch in 0..<count {
        var after = memories
        for player in 0..<players {
          let sees = !hidden[player] || (!isChance && player == mover)
          after[player] += sees ? "\(isChance ? "c" : "\(mover)")\(branch)." : "?."
        }
        grow(node.branch(branch), depth: depth + 1, memories: after)
      }
    }
    grow(.root, depth: 0, memories: Array(repeating: "", count: players))
    let tree = try builder.tree()
    var all = tree.branchTarget.map { _ in 0.0 }
    for (node, values) in odds {
      for (branch, value) in zip(tree.branches(of: node), values) { all[branch] = value }
    }
    return ExtensiveGame(title: "random", tree: tree, payoffs: payoffs, odds: all)
  }

  /// What a profile yields, by walking the tree; nil if it comes to a set without a choice.
  private func walk(
    _ game: ExtensiveGame, from node: Int, choose: (Int) -> Int?
  ) -> [Rational]? {
    let tree = game.tree
    let place = tree.nodes[node]
    let players = tree.players.count
    switch place.kind {
    case .terminal:
      let first = Int(place.index) * players
      return game.payoffs[first..<(first + players)].compactMap { Rational(exactly: $0) }
    case .decision:
      guard let action = choose(Int(place.index)) else { return nil }
      return walk(game, from: tree.child(of: node, action: action), choose: choose)
    case .chance:
      let shares = tree.branches(of: node).compactMap { Rational(exactly: game.odds[$0]) }
      let total = shares.reduce(0, +)
      var sum = [Rational](repeating: 0, count: players)
      for (branch, share) in shares.enumerated() {
        let child = tree.child(of: node, action: branch)
        guard let below = walk(game, from: child, choose: choose) else { return nil }
        for player in 0..<players { sum[player] += below[player] * share / total }
      }
      return sum
    }
  }

  /// A player's strategy with a choice at every set, cut down to the sets that it leaves open.
  private func reduced(_ full: [Int: Int], of player: Int, in tree: GameTree) -> [Int: Int] {
    var open: Set<Int> = []
    var nodes = [0]
    while let node = nodes.popLast() {
      let place = tree.nodes[node]
      let set = Int(place.index)
      if place.kind == .decision, tree.informationSets[set].player == player {
        open.insert(set)
        nodes.append(tree.child(of: node, action: full[set] ?? 0))
      } else {
        nodes += tree.branches(of: node).map { Int(tree.branchTarget[$0]) }
      }
    }
    return full.filter { open.contains($0.key) }
  }

  @Test("Strategies are those of the definition: full ones cut down to the sets they leave open")
  func definition() throws {
    var compared = 0
    for seed in 0..<UInt64(400) {
      let game = try random(seed)
      let tree = game.tree
      let form = try ReducedStrategicForm(of: game)
      for player in tree.players.indices {
        let sets = form.informationSets[player]
        let counts = sets.map { tree.informationSets[$0].actions.count }
        let total = counts.reduce(1.0) { $0 * Double($1) }
        if total > 3000 { continue }
        var plans: Set<[Int: Int]> = []
        for code in 0..<Int(total) {
          var rest = code
          var full: [Int: Int] = [:]
          for (set, count) in zip(sets, counts) {
            full[set] = rest % count
            rest /= count
          }
          plans.insert(reduced(full, of: player, in: tree))
        }
        let found = form.game.strategies[player].indices.map { strategy in
          var plan: [Int: Int] = [:]
          for (position, set) in sets.enumerated() {
            plan[set] = form.action(of: player, strategy: strategy, at: position)
          }
          return plan
        }
        #expect(found.count == plans.count && Set(found) == plans, "seed \(seed)")
        #expect(Set(form.game.strategies[player]).count == found.count)
        compared += 1
      }
    }
    #expect(compared > 500)
  }

  @Test("Payoffs are those of a walk through the tree, exactly")
  func payoffs() throws {
    for seed in 0..<UInt64(250) {
      let game = try random(seed)
      guard let form = try? ReducedStrategicForm(of: game, limits: .init(payoffs: 4000)) else {
        continue
      }
      var position: [Int: (player: Int, place: Int)] = [:]
      for (player, sets) in form.informationSets.enumerated() {
        for (place, set) in sets.enumerated() { position[set] = (player, place) }
      }
      for index in 0..<form.game.profileCount {
        let walked = walk(game, from: 0) { set in
          guard let (player, place) = position[set] else { return nil }
          return form.action(
            of: player, strategy: form.game.strategy(of: player, in: index), at: place)
        }
        #expect(
          walked == game.tree.players.indices.map { form.game.payoff($0, at: index) },
          "seed \(seed)")
      }
    }
  }

  // MARK: What is refused

  @Test("Sizes beyond the limits are refused with the size, before anything is listed")
  func limits() throws {
    let game = try GamesSupport.model("fearon1995_ultimatum_risky")
    #expect(
      throws: ReducedStrategicForm.Defect.tooManyStrategies(
        player: "B", count: 1024, limit: 1000)
    ) { try ReducedStrategicForm(of: game, limits: .init(strategies: 1000)) }
    #expect(
      throws: ReducedStrategicForm.Defect.tooManyChoices(
        player: "B", count: 10240, limit: 10239)
    ) { try ReducedStrategicForm(of: game, limits: .init(choices: 10239)) }
    #expect(
      throws: ReducedStrategicForm.Defect.tooManyPayoffs(
        profiles: 5120, count: 10240, limit: 10239)
    ) { try ReducedStrategicForm(of: game, limits: .init(payoffs: 10239)) }
    let exact = ReducedStrategicForm.Limits(strategies: 1024, payoffs: 10240, choices: 10240)
    #expect(try ReducedStrategicForm(of: game, limits: exact).game.profileCount == 5120)
  }

  @Test("A player with a hundred independent choices has more strategies than can be counted")
  func overflow() throws {
    var text = "c \"\" 1 \"\" { "
    text += (1...100).map { "\"\($0)\" 0.01" }.joined(separator: " ") + " } 0\n"
    for set in 1...100 {
      text += "p \"\" 1 \(set) \"\" { \"x\" \"y\" } 0 t \"\" 1 \"\" { 1 2 } t \"\" 1\n"
    }
    let game = try GamesSupport.game(text)
    let error = #expect(throws: ReducedStrategicForm.Defect.self) {
      try ReducedStrategicForm(of: game)
    }
    #expect(error == .tooManyStrategies(player: "A", count: nil, limit: 100_000))
    #expect(error.map { "\($0)" }?.contains("more than 9223372036854775807 strategies") == true)
  }

  @Test("Imperfect recall is refused, with the set at which the player forgets")
  func recall() throws {
    // The absent-minded driver (Piccione & Rubinstein 1997).
    let driver = try GamesSupport.game(
      """
      p "" 1 1 "crossing" { "exit" "go on" } 0
      t "" 1 "" { 0, 0 }
      p "" 1 1 0
      t "" 2 "" { 4, 0 }
      t "" 3 "" { 1, 0 }
      """)
    #expect(throws: ReducedStrategicForm.Defect.absentMindedness(informationSet: "crossing")) {
      try ReducedStrategicForm(of: driver)
    }
  }

  @Test("Bargains, numbers that are not finite and odds that are all zero are refused")
  func refusals() throws {
    var builder = GameTreeBuilder(players: ["A", "B"])
    let root = builder.decision(
      player: 0, informationSet: "price", actions: ["1", "none"],
      bargain: GameTree.Bargain(between: [0, 1], powerIndex: 0))
    builder.terminal(outcome: "o", at: root.branch(0))
    builder.terminal(outcome: "o", at: root.branch(1))
    let bargain = ExtensiveGame(
      title: "t", tree: try builder.tree(), payoffs: [0, 0, 0, 0], odds: [0, 0], power: [0.5])
    #expect(throws: ReducedStrategicForm.Defect.bargain(informationSet: "price")) {
      try ReducedStrategicForm(of: bargain)
    }
    let toss = try GamesSupport.game(
      "c \"\" 1 \"toss\" { \"a\" 1/2 \"b\" 1/2 } 0 t \"\" 1 \"\" { 1 2 } t \"\" 1")
    var broken = toss
    broken.payoffs[0] = .infinity
    #expect(throws: ReducedStrategicForm.Defect.notFinite) { try ReducedStrategicForm(of: broken) }
    broken = toss
    broken.odds = [0, 0]
    #expect(throws: ReducedStrategicForm.Defect.odds(move: "toss")) {
      try ReducedStrategicForm(of: broken)
    }
    broken.odds = [.nan, 1]
    #expect(throws: ReducedStrategicForm.Defect.notFinite) { try ReducedStrategicForm(of: broken) }
  }

  @Test("Numbers are the doubles themselves, or the decimals that they were written as")
  func numbers() throws {
    var game = try GamesSupport.game(
      "c \"\" 1 \"\" { \"a\" 0.1 \"b\" 0.9 } 0 t \"\" 1 \"\" { 0.3 1e-7 } "
        + "t \"\" 2 \"\" { -2 5e+20 }")
    // Numbers that are known exactly are themselves either way.
    let known = try ReducedStrategicForm(of: game).game.payoffs
    #expect(known[0] == Rational(3, 100) - Rational(9, 5))
    game.exact = ExactNumbers()
    let decimals = try ReducedStrategicForm(of: game, numbers: .decimals).game.payoffs
    #expect(decimals[0] == Rational(3, 100) - Rational(9, 5))
    #expect(decimals[1] == Rational(1, 100_000_000) + Rational(450_000_000_000) * 1_000_000_000)
    let doubles = try ReducedStrategicForm(of: game).game.payoffs
    #expect(doubles[0] != decimals[0])
    #expect(abs((doubles[0] - decimals[0]).doubleValue) < 1e-15)
    // A third of each stays a third.
    let thirds = try GamesSupport.game(
      "c \"\" 1 \"\" { \"a\" 1/3 \"b\" 1/3 \"c\" 1/3 } 0 t \"\" 1 \"\" { 1 2 } "
        + "t \"\" 2 \"\" { 0 0 } t \"\" 2")
    for numbers in [ReducedStrategicForm.Numbers.doubles, .decimals] {
      #expect(
        try ReducedStrategicForm(of: thirds, numbers: numbers).game.payoffs
          == [Rational(1, 3), Rational(2, 3)])
    }
  }

  @Test("A player's own odds weigh its own payoffs only")
  func subjective() throws {
    var game = try GamesSupport.game(
      "c \"\" 1 \"\" { \"a\" 1/4 \"b\" 3/4 } 0 t \"\" 1 \"\" { 8 8 } t \"\" 2 \"\" { 0 0 }")
    game.subjectiveOdds[0] = [0.5, 0.5]
    #expect(try ReducedStrategicForm(of: game).game.payoffs == [4, 2])
  }
}
