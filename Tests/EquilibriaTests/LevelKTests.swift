import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// Levels of reasoning and the cognitive hierarchy, against published predictions and simulations.
@Suite("Levels of reasoning")
struct LevelKTests {
  /// Two players guess between 0 and a top, in steps; each wants to be at p times the other's guess
  /// (the two-person guessing games of Costa-Gomes & Crawford 2006, with a square loss).
  private func guessing(_ p: Double, perUnit: Int, top: Int = 100) -> PayoffTable {
    let size = top * perUnit + 1
    var payoffs = Array(repeating: [Double](), count: 2)
    for second in 0..<size {
      for first in 0..<size {
        let (one, other) = (Double(first), Double(second))
        payoffs[0].append(-(one - p * other) * (one - p * other))
        payoffs[1].append(-(other - p * one) * (other - p * one))
      }
    }
    return PayoffTable(sizes: [size, size], payoffs: payoffs)
  }

  /// Nagel (1995), Unraveling in guessing games: level k guesses 50 p^k.
  @Test("guesses 50 p^k in the beauty contest", arguments: [0.5, 2.0 / 3])
  func beautyContest(p: Double) {
    let levels = LevelK.levels(of: guessing(p, perUnit: 4), upTo: 6)
    for level in 1...6 {
      let mixture = levels[level].probabilities[0]
      let guess = mixture.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / 4
      // Guesses are whole quarters, and roundings are replied to.
      #expect(abs(guess - 50 * pow(p, Double(level))) <= 0.125 / (1 - p) + 1e-9)
    }
  }

  /// Camerer, Ho & Chong (2004), section II: predictions approach the equilibrium of a game that
  /// iterated dominance solves as τ grows, and level 0's at τ = 0.
  @Test("has hierarchies that lead from chance to equilibrium")
  func hierarchy() {
    let table = guessing(0.5, perUnit: 1)
    var last = 51.0
    for tau in [0, 0.5, 1, 2, 4, 8] as [Double] {
      let hierarchy = CognitiveHierarchy(of: table, tau: tau)
      let mean = hierarchy.profile.probabilities[0].enumerated().reduce(0) {
        $0 + Double($1.offset) * $1.element
      }
      if tau == 0 { #expect(abs(mean - 50) <= 1e-9) }
      #expect(mean < last)
      last = mean
      #expect(abs(hierarchy.shares.reduce(0, +) - 1) <= 1e-11)
      // Level 1 replies to chance: 25 is half of 50.
      if hierarchy.levels.count > 1 { #expect(hierarchy.levels[1].probabilities[0][25] == 1) }
    }
    #expect(last < 5)
  }

  /// Level 2 of the hierarchy weighs levels 0 and 1 by 1 : τ.
  @Test("replies to the truncated law")
  func truncation() {
    let tau = 2.0
    let table = guessing(0.5, perUnit: 1)
    let hierarchy = CognitiveHierarchy(of: table, tau: tau)
    // Half the mean of what it believes in, rounded.
    let believed = (50 + tau * 25) / (1 + tau) / 2
    #expect(hierarchy.levels[2].probabilities[0][Int(believed.rounded())] == 1)
  }

  @Test("gives shares of levels back")
  func shares() throws {
    let table = guessing(0.5, perUnit: 1)
    let levels = LevelK.levels(of: table, upTo: 3)
    let truth = [0.2, 0.4, 0.3, 0.1]
    let counts = (0..<2).map { player in
      table.strategyRange(player).map { strategy in
        1000 * (0..<4).reduce(0) { $0 + truth[$1] * levels[$1].probabilities[player][strategy] }
      }
    }
    let fit = try LevelK.Fit(of: table, counts: counts)
    for (share, expected) in zip(fit.shares, truth) { #expect(abs(share - expected) <= 1e-6) }
    let play = try ObservedPlay(counts, of: table)
    #expect(abs(fit.logLikelihood - play.saturatedLogLikelihood) <= 1e-6)
    #expect(fit.logLikelihood > play.uniformLogLikelihood)
  }

  @Test("gives τ back within its interval about 95 times in 100")
  func coverage() throws {
    let table = guessing(0.5, perUnit: 1, top: 20)
    let truth = CognitiveHierarchy(of: PayoffTable(StrategicGames.table([4, 4], 7)), tau: 1.5)
    let small = PayoffTable(StrategicGames.table([4, 4], 7))
    var stream = SplitMix64(seed: 15)
    var held = 0
    let games = 100
    for _ in 0..<games {
      let counts = FittingTests.draw(50, from: truth.profile.probabilities, using: &stream)
      let fit = try CognitiveHierarchy.Fit(of: small, counts: counts)
      if fit.interval.contains(1.5) { held += 1 }
    }
    print("τ within its 95% interval in \(held) of \(games)")
    #expect(held >= 89 && held <= 100)
    let exact = CognitiveHierarchy(of: table, tau: 2.25)
    let fit = try CognitiveHierarchy.Fit(
      of: table, counts: exact.profile.probabilities.map { $0.map { 1000 * $0 } }, largestTau: 5)
    #expect(abs(fit.tau - 2.25) <= 1e-3)
  }
}

extension PayoffTable {
  fileprivate func strategyRange(_ player: Int) -> Range<Int> { 0..<sizes[player] }
}
