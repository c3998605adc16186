import Equilibria
import Games
import Mathematics
import Testing

@Suite("Constant-sum games in sequence form") struct ZeroSumSequenceFormTests {
  @Test(
    "One-card poker has its known values",
    arguments: [(3, -1, 9), (4, -1, 12), (8, -5, 48), (16, -7, 64), (32, -85, 768)])
  func poker(ranks: Int, top: Int, bottom: Int) throws {
    let game = try BenchmarkGames.oneCardPoker(ranks: ranks)
    let exact = try ZeroSumSequenceForm().solve(game)
    #expect(exact.value == Rational(top, bottom) && exact.sum == 0)
    let numeric = try ZeroSumSequenceForm().solveNumerically(game)
    #expect(abs(numeric.value - Double(top) / Double(bottom)) < 1e-14)
  }
}
