import Mathematics

/// The parser of `.efg`: what has been defined so far, and the tree that grows.
struct GambitExtensiveParser {
  /// A node whose branches are being read.
  private struct Open {
    var started: GameTreeBuilder.Started
    var next: Int
    var count: Int
    /// The payoffs at it and above are on the stack of sums.
    var hasSum: Bool
  }

  private let title: String
  private let comment: String
  private var sets: GambitSets
  private var outcomes: GambitOutcomes
  private var builder: GameTreeBuilder
  private var payoffs: [Double] = []
  private var odds: [Double] = []
  private var exact = ExactNumbers()

  /// Reads what stands before the tree.
  init(_ tokens: inout GambitTokens) throws(FormatError) {
    try tokens.word("EFG", expecting: "the header `EFG 2 R`")
    guard try tokens.integer(expecting: "the version 2") == 2 else {
      throw tokens.error("this version of the format is not supported; expected `EFG 2 R`")
    }
    _ = try tokens.letter(among: "RD", expecting: "`R` after the version")
    title = try tokens.string(expecting: "the title in quotes")
    let players = try tokens.strings(expecting: "the players' names in braces")
    if players.isEmpty { throw tokens.error("expected at least one player") }
    comment = tokens.atString ? try tokens.string(expecting: "the comment") : ""
    sets = GambitSets(players: players)
    outcomes = GambitOutcomes(players: players.count)
    builder = GameTreeBuilder(players: players)
  }

  /// Reads the tree.
  mutating func game(_ tokens: inout GambitTokens) throws(FormatError) -> ExtensiveGame {
    var open: [Open] = []
    var place = GameTreeBuilder.Place.root
    var pending = 0
    repeat {
      if let started = try node(&tokens, at: place) {
        open.append(started)
        pending += started.count
        // Memory is taken for branches before their nodes are read; each node takes some bytes.
        if pending > 4096, 4 * pending > tokens.remaining + 1 {
          throw tokens.error("expected more nodes than the rest of the file can hold")
        }
      }
      while let last = open.last, last.next == last.count {
        if last.hasSum { outcomes.popSum() }
        open.removeLast()
      }
      if let last = open.last {
        place = last.started.branch(last.next)
        open[open.count - 1].next += 1
        pending -= 1
      }
    } while !open.isEmpty
    if !tokens.atEnd {
      throw tokens.errorAhead("expected the end of the file: the tree is complete")
    }
    let tree: GameTree
    do {
      tree = try builder.tree()
    } catch {
      throw tokens.error("the tree is not complete")
    }
    var game = ExtensiveGame(title: title, tree: tree, payoffs: payoffs, odds: odds)
    game.comment = comment
    game.exact = exact
    return game
  }

  /// Reads one node; returns it if it has branches.
  private mutating func node(
    _ tokens: inout GambitTokens, at place: GameTreeBuilder.Place
  ) throws(FormatError) -> Open? {
    let kind = try tokens.letter(among: "cpt", expecting: "a node: `c`, `p` or `t`")
    _ = try tokens.piece(expecting: "the node's label in quotes")
    if kind == UInt8(ascii: "t") {
      try end(&tokens, at: place)
      return nil
    }
    let started: GameTreeBuilder.Started
    let count: Int
    if kind == UInt8(ascii: "c") {
      let move = try sets.chance(&tokens)
      started = builder.chance(label: move.label, branches: move.branches, at: place)
      for odds in move.odds {
        if !odds.isDouble { exact.odds[self.odds.count] = odds }
        self.odds.append(odds.doubleValue)
      }
      count = move.branches.count
    } else {
      let set = try sets.decision(&tokens, in: &builder)
      started = builder.decision(inSet: set.id, at: place)
      count = set.actionCount
      odds.append(contentsOf: repeatElement(0, count: count))
    }
    let outcome = try outcomes.read(&tokens)
    if let outcome { try outcomes.pushSum(with: outcome, tokens) }
    return Open(started: started, next: 0, count: count, hasSum: outcome != nil)
  }

  private mutating func end(
    _ tokens: inout GambitTokens, at place: GameTreeBuilder.Place
  ) throws(FormatError) {
    let outcome = try outcomes.read(&tokens)
    builder.terminal(outcomeID: outcomes.label(of: outcome, in: &builder, tokens), at: place)
    try outcomes.appendPayoffs(at: outcome, to: &payoffs, exact: &exact.payoffs, tokens)
    if payoffs.count > GambitExtensiveReader.largestPayoffCount {
      throw tokens.error(
        "the game has more than \(GambitExtensiveReader.largestPayoffCount) payoffs, "
          + "the most that can be read")
    }
  }
}
