import Games
import Testing

@Test("A tree is built in preorder, with shared information sets")
func buildsTree() throws {
  var builder = GameTreeBuilder(players: ["Entrant", "Incumbent"])
  let entry = builder.decision(player: 0, informationSet: "entry", actions: ["enter", "stay out"])
  let fight = builder.decision(
    player: 1, informationSet: "response", actions: ["fight", "share"], at: entry.branch(0))
  builder.terminal(outcome: "war", at: fight.branch(0))
  builder.terminal(outcome: "shared", at: fight.branch(1))
  builder.terminal(outcome: "monopoly", at: entry.branch(1))
  let tree = try builder.tree()
  #expect(tree.nodes.count == 5)
  #expect(tree.child(of: 0, action: 1) == 4)
  #expect(tree.informationSets.map(\.label) == ["entry", "response"])
  #expect(tree.actionCount == 4)
}

@Test("A branch without a node is a defect")
func unfinishedBranch() {
  var builder = GameTreeBuilder(players: ["One"])
  builder.decision(player: 0, informationSet: "a", actions: ["x", "y"])
  #expect(throws: GameTreeBuilder.Defect.unfinishedBranch(node: 0)) { try builder.tree() }
}
