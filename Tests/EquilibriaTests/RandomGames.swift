import Games
import Mathematics

/// Random games with perfect recall, a pure function of a seed.
///
/// Every player has a memory of what it has seen and done; an information set is a player with a
/// memory. After each move every other player sees the move, sees that there was one, or sees
/// nothing, by chance. Payoffs come from few values, so that there are many ties.
struct RandomGames {
  /// What kinds of games to make.
  struct Kind {
    var players = 1...4
    var largestDepth = 4
    var nodeLimit = 60
    /// Everybody sees everything.
    var perfectInformation = false
    /// Bargains between two players (with perfect information only).
    var bargains = false
    var subjectiveOdds = true
    var zeroOdds = true
    /// From few values, with ties; else from a continuum.
    var ties = true
    /// Sizes of payoffs from 1e-6 to 1e6.
    var scales = true
    var duplicates = true
  }

  private var kind: Kind
  private var stream: SplitMix64
  private var builder: GameTreeBuilder
  private let playerCount: Int
  private var payoffs: [Double] = []
  private var odds: [(branch: Int, values: [Double])] = []
  private var nodesLeft: Int
  private var bargains = 0

  /// The game of a seed.
  static func game(_ kind: Kind, seed: UInt64) throws -> ExtensiveGame {
    var maker = RandomGames(kind, seed: seed)
    maker.grow(at: .root, depth: 0, memories: Array(repeating: "", count: maker.playerCount))
    return try maker.finish(seed: seed)
  }

  private init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    stream = SplitMix64(seed: SplitMix64.hash(seed, 7))
    playerCount = Int.random(in: kind.players, using: &stream)
    builder = GameTreeBuilder(players: (0..<playerCount).map { "P\($0)" })
    nodesLeft = kind.nodeLimit
  }

  private mutating func chance(_ probability: Double) -> Bool { stream.uniform() < probability }

  private mutating func grow(at place: GameTreeBuilder.Place, depth: Int, memories: [String]) {
    nodesLeft -= 1
    if depth > 0, depth >= kind.largestDepth || nodesLeft <= 0 || chance(0.12) {
      builder.terminal(outcome: "end \(payoffs.count / playerCount)", at: place)
      for _ in 0..<playerCount {
        payoffs.append(kind.ties ? Double(Int.random(in: 0...4, using: &stream)) : stream.uniform())
      }
      return
    }
    if chance(depth == 0 ? 0.5 : 0.15) {
      growChance(at: place, depth: depth, memories: memories)
    } else {
      growDecision(at: place, depth: depth, memories: memories)
    }
  }

  private mutating func growChance(
    at place: GameTreeBuilder.Place, depth: Int, memories: [String]
  ) {
    let count = Int.random(in: 2...3, using: &stream)
    let node = builder.chance(
      label: "chance \(builder.nodeCount)", branches: (0..<count).map { "b\($0)" }, at: place)
    odds.append((node.node, drawOdds(count)))
    let seen = memories.map { _ in kind.perfectInformation || chance(0.4) }
    for branch in 0..<count {
      var after = memories
      for player in after.indices where seen[player] { after[player] += "c\(branch)." }
      grow(at: node.branch(branch), depth: depth + 1, memories: after)
    }
  }

  private mutating func drawOdds(_ count: Int) -> [Double] {
    var shares = (0..<count).map { _ in Double(Int.random(in: 1...4, using: &stream)) }
    if kind.zeroOdds, chance(0.15) { shares[Int.random(in: 0..<count, using: &stream)] = 0 }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  private mutating func growDecision(
    at place: GameTreeBuilder.Place, depth: Int, memories: [String]
  ) {
    let player = Int.random(in: 0..<playerCount, using: &stream)
    let memory = memories[player]
    // The number of actions is a function of the set, so that nodes of a set agree.
    var bits = SplitMix64.hash(UInt64(player), 99)
    for byte in memory.utf8 { bits = SplitMix64.hash(bits, UInt64(byte)) }
    let count = [1, 2, 2, 2, 2, 3, 3, 2, 2, 4][Int(bits % 10)]
    var bargain: GameTree.Bargain?
    if kind.bargains, kind.perfectInformation, playerCount > 1, chance(0.3) {
      bargain = GameTree.Bargain(
        between: [player, (player + 1) % playerCount], powerIndex: bargains)
      bargains += 1
    }
    let label =
      kind.perfectInformation ? "\(player) at \(builder.nodeCount)" : "\(player)|\(memory)"
    let node = builder.decision(
      player: player, informationSet: label, actions: (0..<count).map { "a\($0)" },
      bargain: bargain, at: place)
    let seen = memories.indices.map { other in
      kind.perfectInformation ? 2 : Int.random(in: 0...2, using: &stream)
    }
    let copies = kind.duplicates && !kind.perfectInformation && chance(0.1)
    let start = stream
    for action in 0..<count {
      if copies { stream = start }
      var after = memories
      for other in after.indices {
        if other == player {
          after[other] += "m\(action)."
        } else if !copies, seen[other] == 2 {
          after[other] += "\(player)\(action)."
        } else if seen[other] == 1 {
          after[other] += "\(player)?."
        }
      }
      grow(at: node.branch(action), depth: depth + 1, memories: after)
    }
  }

  private mutating func finish(seed: UInt64) throws -> ExtensiveGame {
    let tree = try builder.tree()
    if kind.scales {
      for player in 0..<playerCount {
        let scale = [1e-6, 1, 1, 37, 1e6][Int.random(in: 0..<5, using: &stream)]
        let shift = Double(Int.random(in: -3...3, using: &stream))
        for place in stride(from: player, to: payoffs.count, by: playerCount) {
          payoffs[place] = (payoffs[place] + shift) * scale
        }
      }
    }
    var common = [Double](repeating: 0, count: tree.branchTarget.count)
    var own = [[Double]?](repeating: nil, count: playerCount)
    for entry in odds {
      for (ordinal, branch) in tree.branches(of: entry.branch).enumerated() {
        common[branch] = entry.values[ordinal]
      }
    }
    for player in 0..<playerCount where kind.subjectiveOdds && chance(0.25) {
      var view = common
      for entry in odds {
        let branches = Array(tree.branches(of: entry.branch))
        let held = zip(entry.values, drawOdds(branches.count)).map { $0.0 == 0 ? 0 : $0.1 }
        let total = held.reduce(0, +)
        if total == 0 { continue }
        for (ordinal, branch) in branches.enumerated() { view[branch] = held[ordinal] / total }
      }
      own[player] = view
    }
    let power = (0..<bargains).map { _ in 0.1 + 0.8 * stream.uniform() }
    return ExtensiveGame(
      title: "random \(seed)", tree: tree, payoffs: payoffs, odds: common, subjectiveOdds: own,
      power: power)
  }
}
