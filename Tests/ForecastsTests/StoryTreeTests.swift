import Forecasts
import Games
import Scenarios
import Testing

@Suite("The story as a tree")
struct StoryTreeTests {
  private static let seed = "russia-iran.yaml"
  private static let files = [
    seed, "brinkmanship.yaml", "chain-store-1978.yaml", "cuban-missile-crisis-1962.yaml",
    "debs-monteiro-2014-power-shift.yaml", "deterrence.yaml", "fearon-1995-ultimatum.yaml",
    "fearon-1997-tying-hands.yaml", "gulf-1990.yaml", "kreps-wilson-1982-reputation.yaml",
    "kydd-2005-trust.yaml", "labor-contract.yaml", "merger-review.yaml",
    "morrow-1994-alliance.yaml", "rubinstein-1982-bargaining.yaml",
    "smith-stam-2004-optimism.yaml", "spence-1973-signal.yaml", "two-level-ratification.yaml",
  ]

  private func scenario(_ file: String, adding questions: String = "") throws -> Scenario {
    let text = try ForecastTestSupport.text(of: file)
    return try ForecastTestSupport.scenario(
      text.replacing("\nquestions:\n", with: "\nquestions:\n" + questions))
  }

  /// The node to which these options lead from the root.
  private func node(_ options: [String], of story: StoryTree) throws -> Int {
    var at = 0
    for option in options {
      at = try #require(
        story.children[at].first { story.nodes[$0].branch == option }, "\(option) of \(options)")
    }
    return at
  }

  @Test("Odds add up at every node and over the ends, in every scenario", arguments: files)
  func adds(file: String) async throws {
    let forecast = try await ForecastTestSupport.forecast(scenario(file), questions: []) {
      $0.draws = 32
    }
    let story = forecast.story
    var ends: [String: Double] = [:]
    for (index, node) in story.nodes.enumerated() {
      let below = story.children[index]
      if case .end(let outcome) = node.kind {
        #expect(below.isEmpty)
        ends[outcome, default: 0] += story.shares[index]
        continue
      }
      #expect(abs(below.reduce(0) { $0 + story.shares[$1] } - story.shares[index]) < 1e-12)
      let odds = below.map { story.probability($0) }
      #expect(odds.allSatisfy { ($0 == nil) == (story.shares[index] == 0) })
      if story.shares[index] > 0 {
        #expect(abs(odds.reduce(0) { $0 + ($1 ?? 0) } - 1) < 1e-9)
      }
      // What leads on without a step leads to what happens, not to another such place.
      #expect(node.kind != .hidden || below.allSatisfy { story.nodes[$0].kind != .hidden })
      #expect((node.kind == .hidden) == node.step.isEmpty)
    }
    #expect(abs(story.shares[0] - 1) < 1e-9)
    for outcome in forecast.outcomes {
      #expect(abs(ends[outcome.outcome, default: 0] - outcome.probability) < 1e-12)
    }
  }

  @Test(
    "Nodes that look alike are the same party's, at the same step, with the same options",
    arguments: files)
  func alike(file: String) async throws {
    let story = try await ForecastTestSupport.forecast(scenario(file), questions: []) {
      $0.isBest = true
    }.story
    var first: [Int: Int] = [:]
    for (index, node) in story.nodes.enumerated() {
      guard let sight = node.sight else { continue }
      let other = first[sight] ?? index
      first[sight] = other
      #expect(story.nodes[other].kind == node.kind && story.nodes[other].step == node.step)
      #expect(
        story.children[other].map { story.nodes[$0].branch }
          == story.children[index].map { story.nodes[$0].branch })
    }
  }

  @Test("Every branch can be supposed by the names of its step and its option", arguments: files)
  func names(file: String) async throws {
    let scenario = try scenario(file)
    let story = try await ForecastTestSupport.forecast(scenario, questions: []) {
      $0.isBest = true
    }.story
    var seen: Set<String> = []
    for node in story.nodes {
      guard let parent = node.parent, !node.branch.isEmpty else { continue }
      let text = "\(story.nodes[parent].step) = \(node.branch)"
      if !seen.insert(text).inserted { continue }
      let read = ScenarioReader.suppositions(text, of: scenario, origin: "test").suppositions
      #expect(read?.count == 1, "\(text)")
    }
  }

  @Test(
    "Without private types the tree is the game's, with its information sets",
    arguments: files)
  func withoutTypes(file: String) async throws {
    let scenario = try scenario(file)
    if !scenario.types.isEmpty { return }
    let story = try await ForecastTestSupport.forecast(scenario, questions: []) {
      $0.isBest = true
    }.story
    let game = try World(WorldRequest(scenario), limits: .init()).game.tree
    #expect(story.nodes.map { $0.parent ?? -1 } == game.nodes.map { Int($0.parent) })
    var joined: [Int: Set<Int>] = [:]
    for (index, node) in story.nodes.enumerated() {
      if let sight = node.sight { joined[sight, default: []].insert(index) }
    }
    #expect(
      Set(joined.values)
        == Set(game.informationSets.map { Set($0.nodes) }.filter { $0.count > 1 }))
  }

  @Test("The seed's questions are answered by the shares of its tree")
  func questions() async throws {
    let asked = """
        - {ask: Yes, id: yes, probability of: answer = accept, given: proposal = ask for pact}
        - {ask: Hit, id: hit, probability of: strike = limited,
           given: proposal = talk and news = nothing public}

      """
    let scenario = try scenario(Self.seed, adding: asked)
    let forecast = try await ForecastTestSupport.forecast(
      scenario, questions: ["sign", "yes", "hit"])
    let story = forecast.story
    func estimate(_ id: String) throws -> Estimate {
      try #require(forecast.answers.first { $0.id == id }?.estimate)
    }
    let signed = try node(["ask for pact", "accept"], of: story)
    let inside = try #require(try estimate("sign").insideTheStory)
    #expect(abs(story.shares[signed] - inside) < 1e-12)
    let yes = try #require(story.probability(signed))
    #expect(abs(yes - (try estimate("yes").probability)) < 1e-12)
    let hit = try #require(story.probability(node(["talk", "limited"], of: story)))
    #expect(abs(hit - (try estimate("hit").probability)) < 1e-12)
  }

  @Test("Under a supposition the tree is that of the supposed world, without the step")
  func supposed() async throws {
    var scenario = try scenario(Self.seed)
    let asked = try await ForecastTestSupport.forecast(scenario, questions: ["sign-if-asked"])
    scenario.imposed = try #require(
      ScenarioReader.suppositions("proposal = ask for pact", of: scenario, origin: "test")
        .suppositions)
    let story = try await ForecastTestSupport.forecast(scenario, questions: []).story
    #expect(story.nodes[0].step == "answer" && story.mover(of: 0) == "Russia")
    let share = try #require(story.probability(node(["accept"], of: story)))
    let answer = try #require(asked.answers.first?.estimate)
    #expect(abs(share - answer.probability) < 1e-12)
  }

  @Test("The main line is a way through the tree, and its odds are those of the branches")
  func mainLine() async throws {
    let forecast = try await ForecastTestSupport.forecast(scenario(Self.seed), questions: [])
    let story = forecast.story
    let end = try node(forecast.mainLine.map(\.value), of: story)
    let odds = forecast.mainLine.reduce(1) { $0 * $1.probability }
    #expect(abs(odds - story.shares[end]) < 1e-12)
    #expect(story.children[end].isEmpty)
  }

  @Test("The seed's Israel cannot tell talk from what leaves no trace, and sees a pact")
  func sight() async throws {
    let scenario = try scenario(Self.seed)
    let story = try await ForecastTestSupport.forecast(scenario, questions: []) {
      $0.isBest = true
    }.story
    let talk = try node(["talk"], of: story)
    #expect(story.nodes[talk].step == "strike")
    #expect(story.nodes[talk].place == scenario.step(ofFact: 6)?.place)
    let declined = try node(["ask for systems", "decline"], of: story)
    let undetected = try node(["ask for the bomb", "accept", "nothing public"], of: story)
    let pact = try node(["ask for pact", "accept"], of: story)
    let sight = try #require(story.nodes[talk].sight)
    #expect(story.nodes[declined].sight == sight && story.nodes[undetected].sight == sight)
    #expect(story.nodes[pact].step == "strike" && story.nodes[pact].sight == nil)
  }

  @Test(
    "Moves made at the same time are joined, moves that are seen are not",
    arguments: ["hidden from: [B], ", ""])
  func simultaneous(hiding: String) async throws {
    let story = try await ForecastTestSupport.forecast(
      ForecastTestSupport.scenario(
        """
        entente: 1
        title: Pennies
        parties: {A: Matches., B: Does not.}
        quantities: {one: 1}
        story:
          - {step: first, by: A, \(hiding)options: [heads, tails]}
          - {step: second, by: B, options: [heads, tails]}
        payoffs:
          A: {match: if (first = heads and second = heads) or (first = tails and second = tails) then one else -one}
          B: {match: if (first = heads and second = heads) or (first = tails and second = tails) then -one else one}
        outcomes: {same: first = heads and second = heads, otherwise: otherwise}
        questions: [{ask: Same, probability of: second = heads}]
        """)
    ).story
    let (heads, tails) = (story.nodes[story.children[0][0]], story.nodes[story.children[0][1]])
    #expect((heads.sight != nil) == !hiding.isEmpty)
    #expect(heads.sight == tails.sight)
  }

  @Test("Where types decide what comes next, the tree says so, and never comes is not unlikely")
  func hidden() async throws {
    let story = try await ForecastTestSupport.forecast(
      ForecastTestSupport.scenario(
        """
        entente: 1
        title: Doors
        parties: {A: Opens or not.}
        private types: {A: {key: {has one: 30%, has none: rest}}}
        quantities: {one: 1}
        story:
          - {step: walk, by: A, options: [away, up]}
          - {step: door, by: A, when: A.key = has one, options: [shut, open]}
        payoffs: {A: {up: if walk = up then one, open: if door = open then one}}
        outcomes: {inside: door = open, otherwise: otherwise}
        questions: [{ask: In, probability of: door = open}]
        """)
    ).story
    let up = try node(["up"], of: story)
    #expect(story.nodes[up].kind == .hidden && story.probability(up) == 1)
    let ways = story.children[up].map { story.nodes[$0] }
    #expect(ways.map(\.kind) == [.choice([0]), .end("otherwise")])
    let odds = story.children[up].compactMap { story.probability($0) }
    #expect(abs(odds[0] - 0.3) < 1e-12 && abs(odds[1] - 0.7) < 1e-12)
    // Likelier than any option is that the story ends there.
    #expect(story.mainLine.map(\.value) == ["up"])
    let away = try node(["away"], of: story)
    #expect(story.probability(away) == 0)
    #expect(story.children[away].allSatisfy { story.probability($0) == nil })
  }

  @Test("After evidence the tree is reweighed as the outcomes are")
  func evidence() async throws {
    let posterior = try await EvidenceTests.posterior(
      EvidenceTests.hawks(evidence: ["on: 2024-02-01, happened: move = attack"]))
    let story = posterior.forecast.story
    #expect(story.probability(try node(["attack"], of: story)) == 1)
    #expect(posterior.prior.story.nodes == story.nodes)
    #expect(posterior.prior.story.shares != story.shares)
  }
}
