import Mathematics

/// What the JSON form of an extensive game says, before names are looked up.
struct JSONTreeParser {
  /// An information set.
  struct InformationSet {
    var place: Int
    var player = JSONTokens.Reference.number(0)
    var label = ""
    var number: Int?
    var actions: [String] = []
    var bargain: (between: [JSONTokens.Reference], power: Double)?
  }

  /// A move of chance.
  struct Chance {
    var label = ""
    var branches: [String] = []
    var odds: [Rational] = []
    var held: [(player: JSONTokens.Reference, odds: [Rational])] = []
  }

  /// What happens at a node; positions of ``chances`` and ``ends``.
  enum Kind {
    case decision(JSONTokens.Reference)
    case chance(Int)
    case end(Int)
  }

  /// A node.
  struct Node {
    var place: Int
    var parent: Int?
    var branch: JSONTokens.Reference?
    var kind: Kind
  }

  /// All information sets, in the order of the file.
  private(set) var sets: [InformationSet] = []
  /// All nodes, in the order of the file.
  private(set) var nodes: [Node] = []
  /// All moves of chance, in the order of the file.
  private(set) var chances: [Chance] = []
  /// The name of each end, and where its payoffs begin.
  private(set) var ends: [(outcome: String, firstPayoff: Int)] = []
  /// All payoffs.
  private(set) var payoffs: [Rational] = []

  // MARK: Information sets

  mutating func readSets(_ tokens: inout JSONTokens) throws(FormatError) {
    let members = ["player", "label", "number", "actions", "bargain"]
    var array = try tokens.openArray(expecting: "the information sets")
    while try tokens.element(of: &array) {
      var object = try tokens.openObject(expecting: "an information set")
      var set = InformationSet(place: tokens.start)
      while let name = try tokens.member(of: &object, among: members) {
        switch name {
        case "player":
          set.player = try tokens.reference(expecting: "a player's name or number from 1")
        case "label": set.label = try tokens.string(expecting: "the label")
        case "number": set.number = try tokens.integer(expecting: "the number")
        case "actions": set.actions = try tokens.strings(expecting: "the actions")
        default: set.bargain = try bargain(&tokens)
        }
      }
      if set.actions.isEmpty { throw tokens.error("expected `actions`, at least one") }
      sets.append(set)
    }
  }

  private func bargain(
    _ tokens: inout JSONTokens
  ) throws(FormatError) -> (between: [JSONTokens.Reference], power: Double) {
    var between: [JSONTokens.Reference] = []
    var power: Double?
    var object = try tokens.openObject(expecting: "a bargain")
    while let name = try tokens.member(of: &object, among: ["between", "power"]) {
      if name == "power" {
        let value = try tokens.number(expecting: "the power of the first").doubleValue
        if value < 0 || value > 1 { throw tokens.error("power must be between 0 and 1") }
        power = value
      } else {
        var array = try tokens.openArray(expecting: "the two bargainers")
        while try tokens.element(of: &array) {
          between.append(try tokens.reference(expecting: "a player's name or number from 1"))
        }
      }
    }
    guard between.count == 2, let power else {
      throw tokens.error("expected `between`, two players, and the first one's `power`")
    }
    return (between, power)
  }

  // MARK: Nodes

  private static let nodeMembers = [
    "parent", "branch", "decision", "chance", "branches", "odds", "held", "end", "payoffs",
  ]

  mutating func readNodes(_ tokens: inout JSONTokens) throws(FormatError) {
    var array = try tokens.openArray(expecting: "the nodes")
    while try tokens.element(of: &array) { try readNode(&tokens) }
    if nodes.isEmpty { throw tokens.error("expected at least one node") }
  }

  private mutating func readNode(_ tokens: inout JSONTokens) throws(FormatError) {
    var object = try tokens.openObject(expecting: "a node")
    let place = tokens.start
    var parent: Int?
    var branch: JSONTokens.Reference?
    var decision: JSONTokens.Reference?
    var chance = Chance()
    var isChance = false
    var outcome: String?
    var values: Range<Int>?
    while let name = try tokens.member(of: &object, among: JSONTreeParser.nodeMembers) {
      switch name {
      case "parent": parent = try tokens.integer(expecting: "the number of a node")
      case "branch":
        branch = try tokens.reference(expecting: "the name of a branch or its number from 1")
      case "decision":
        decision = try tokens.reference(
          expecting: "the label of an information set or its number from 1 in the list")
      case "chance":
        chance.label = try tokens.string(expecting: "the name of the move of chance")
        isChance = true
      case "branches": chance.branches = try tokens.strings(expecting: "the branches")
      case "odds": chance.odds = try odds(&tokens)
      case "held": chance.held = try held(&tokens)
      case "end": outcome = try tokens.string(expecting: "the name of the end")
      default:
        let first = payoffs.count
        var array = try tokens.openArray(expecting: "the payoffs")
        while try tokens.element(of: &array) {
          payoffs.append(try tokens.number(expecting: "a payoff"))
        }
        values = first..<payoffs.count
      }
    }
    let hasOdds = !chance.branches.isEmpty || !chance.odds.isEmpty || !chance.held.isEmpty
    let kind: Kind
    switch (decision, isChance, outcome) {
    case (let decision?, false, nil) where !hasOdds && values == nil: kind = .decision(decision)
    case (nil, true, nil) where values == nil:
      if chance.branches.isEmpty || chance.branches.count != chance.odds.count {
        throw tokens.error("expected `branches` and as many `odds`", at: place)
      }
      kind = .chance(chances.count)
      chances.append(chance)
    case (nil, false, let outcome?) where !hasOdds && values != nil:
      kind = .end(ends.count)
      ends.append((outcome, values?.lowerBound ?? 0))
    default:
      throw tokens.error(
        "expected a node with `decision`, or with `chance`, `branches` and `odds`, "
          + "or with `end` and `payoffs`", at: place)
    }
    nodes.append(Node(place: place, parent: parent, branch: branch, kind: kind))
  }

  private func odds(_ tokens: inout JSONTokens) throws(FormatError) -> [Rational] {
    var sum = OddsSum()
    var array = try tokens.openArray(expecting: "the odds")
    while try tokens.element(of: &array) {
      let value = try tokens.number(expecting: "odds")
      if value.signum < 0 || value > .one { throw tokens.error("odds must be between 0 and 1") }
      if !sum.add(value, decimals: tokens.decimals) {
        throw tokens.error("these odds together have more digits than can be added up")
      }
    }
    guard let odds = sum.odds else {
      throw tokens.error("odds add up to \(sum.description), not to 1")
    }
    return odds
  }

  private func held(
    _ tokens: inout JSONTokens
  ) throws(FormatError) -> [(player: JSONTokens.Reference, odds: [Rational])] {
    var list: [(player: JSONTokens.Reference, odds: [Rational])] = []
    var array = try tokens.openArray(expecting: "the odds that players hold on their own")
    while try tokens.element(of: &array) {
      var object = try tokens.openObject(expecting: "a player's odds")
      var player: JSONTokens.Reference?
      var odds: [Rational] = []
      while let name = try tokens.member(of: &object, among: ["player", "odds"]) {
        if name == "player" {
          player = try tokens.reference(expecting: "a player's name or number from 1")
        } else {
          odds = try self.odds(&tokens)
        }
      }
      guard let player else { throw tokens.error("expected `player` and its `odds`") }
      list.append((player, odds))
    }
    return list
  }
}
