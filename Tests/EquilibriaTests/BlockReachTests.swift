import Games
import Mathematics
import Testing

/// Blocks of draws against a plain walk of the tree.
@Suite("Ends of play for blocks of draws")
struct BlockReachTests {
  /// The probability of an end: the product of the shares on its path, none if any is 0.
  private func probability(
    ofEnd node: Int, _ game: ExtensiveGame, _ profile: [Double], _ forced: [Int32]?
  ) -> Double {
    let tree = game.tree
    let parent = Int(tree.nodes[node].parent)
    if parent < 0 { return 1 }
    let before = probability(ofEnd: parent, game, profile, forced)
    if before == 0 { return 0 }
    let branch = Int(tree.nodes[node].incoming)
    let ordinal = branch - Int(tree.nodes[parent].firstBranch)
    if let forced, forced[parent] >= 0 { return Int(forced[parent]) == ordinal ? before : 0 }
    if tree.nodes[parent].kind == .chance { return before * game.odds[branch] }
    let set = tree.informationSets[Int(tree.nodes[parent].index)]
    return before * profile[set.firstAction + ordinal]
  }

  @Test(
    "Each end has the product of the shares on its path, free or forced, in blocks of any length")
  func products() throws {
    var excluded = 0
    for seed in 0..<300 as Range<UInt64> {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 51))
      // Longer than what goes through a tree together, now and then.
      let draws = seed % 50 == 0 ? 523 : Int(1 + seed % 40)
      let block = try GameBlock.random(RandomGames.Kind(), seed: seed, draws: draws)
      let tree = block.tree
      var games = block.games
      let rows = games.indices.map { draw in
        var row = tree.informationSets.flatMap {
          GameBlock.distribution($0.actions.count, zeros: 0.4, &stream)
        }
        // What stands behind a move that is not made may be no number.
        if let set = tree.informationSets.last, stream.uniform() < 0.3 {
          row[set.firstAction] = .nan
        }
        if let move = tree.chanceMoves.last, stream.uniform() < 0.1 {
          games[draw].odds[tree.branches(of: move.node).lowerBound] = .nan
        }
        return row
      }
      if tree.actionCount == 0 { continue }
      let forced = tree.nodes.map { node in
        node.branchCount > 0 && stream.uniform() < 0.3
          ? Int32.random(in: 0..<node.branchCount, using: &stream) : -1
      }
      let numbers = GameBlock(games).numbers
      let profile = GameBlock.columns(rows)
      var reach = BlockReach(tree: tree, odds: block.symbols.odds)
      var ends = Columns(count: tree.terminals.count, draws: draws)
      for forced in [nil, forced, nil] {
        reach.findEnds(
          profile: profile, numbers: numbers, forced: forced, draws: draws, into: &ends)
        for draw in 0..<draws {
          let isSame = tree.terminals.enumerated().allSatisfy { ordinal, end in
            let expected = probability(ofEnd: end.node, games[draw], rows[draw], forced)
            let found = ends[ordinal, draw]
            excluded += expected == 0 ? 1 : 0
            return found == expected || found.isNaN && expected.isNaN
          }
          #expect(isSame, "seed \(seed), draw \(draw)")
        }
      }
    }
    #expect(excluded > 1_000)
  }

  @Test("A tree that ends at once ends so in every draw")
  func noMoves() throws {
    var builder = GameTreeBuilder(players: ["One"])
    builder.terminal(outcome: "over", at: .root)
    var reach = BlockReach(tree: try builder.tree(), odds: [])
    var ends = Columns(count: 1, draws: 9)
    let none = Columns(count: 0, draws: 9)
    reach.findEnds(profile: none, numbers: none, draws: 9, into: &ends)
    #expect((0..<9).allSatisfy { ends[0, $0] == 1 })
  }
}
