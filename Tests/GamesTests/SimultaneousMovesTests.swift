import Games
import Mathematics
import Testing

@Suite("Tables as trees")
struct SimultaneousMovesTests {
  @Test("The reduced strategic form of a table's tree is the table, in hundreds of random games")
  func roundTrips() throws {
    for seed in 0..<UInt64(300) {
      let table = GeneratedGames.table(seed)
      let tree = try ExtensiveGame(simultaneous: table)
      #expect(Recall(of: tree.tree).isPerfect)
      #expect(tree.tree.informationSets.map(\.actions) == table.strategies)
      let again = try ReducedStrategicForm(of: tree).game
      #expect(again.payoffs == table.payoffs, "seed \(seed)")
      #expect(again.strategies.map(\.count) == table.strategies.map(\.count))
    }
  }

  @Test("Ends are named by the strategies that lead to them")
  func names() throws {
    let table = StrategicGame(
      title: "t", players: ["A", "B"], strategies: [["x", "y"], ["l", "r"]],
      payoffs: [1, 2, 3, 4, 5, 6, 7, 8])
    let tree = try ExtensiveGame(simultaneous: table)
    #expect(tree.tree.outcomes == ["x, l", "x, r", "y, l", "y, r"])
    #expect(tree.payoffs == [1, 2, 5, 6, 3, 4, 7, 8])
    #expect(tree.tree.informationSets.map(\.displayLabel) == ["A", "B"])
    let lonely = StrategicGame(title: "", players: ["A"], strategies: [[]], payoffs: [])
    #expect(throws: GameTreeBuilder.Defect.self) { try ExtensiveGame(simultaneous: lonely) }
  }
}
