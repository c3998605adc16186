import Mathematics

/// How far an answer depends on which equilibrium is played.
///
/// In some sampled draws the sequential equilibria of each view of the game are sought within a
/// budget (``Equilibria/SequentialSearch``), and put together as parties play them: each its part of an
/// equilibrium of the game that it sees. Let J and C be P(event and condition) and P(condition) of
/// such a play, C = 1 without a condition. The lowest probability is the least Σ J / Σ C over the
/// draws that the choice of a play in each of them can give, the highest the greatest, the selected
/// play being one of the choices; without a condition these are the means of the lowest and of the
/// highest P(event). Where the condition has probability 0 under the selected play in all sampled
/// draws, the mean over the draws of the lowest and highest P(event | condition) stands instead, in
/// the limit of the beliefs where C = 0.
///
/// The answer rests on more draws than are sampled. ``low`` and ``high`` are therefore the answer
/// less what the lowest falls short of the selected in the sampled draws, and the answer plus what
/// the highest exceeds it by, within 0 and 1.
public struct SelectionRange: Sendable, Equatable {
  /// The answer were the equilibrium played that makes the event unlikeliest.
  public var low: Double
  /// The answer were the equilibrium played that makes it likeliest.
  public var high: Double
  /// No other sequential equilibrium exists in any sampled draw: proved. If not, the range is at
  /// least this wide.
  public var isComplete: Bool
  /// The sampled draws that it rests on: those that have a game and whose selected play is certified.
  public var draws: Int
  /// In these draws alone: the lowest, the selected and the highest probability.
  public var sampled: Sample

  /// Probabilities over the sampled draws.
  public struct Sample: Sendable, Equatable {
    /// The lowest.
    public var low: Double
    /// That of the selected equilibrium.
    public var selected: Double
    /// The highest.
    public var high: Double
  }

  /// What one play gives in one draw.
  struct Play: Sendable {
    /// P(event and condition), with what lies outside the story mixed in where it is asked for.
    var joint: Double
    /// P(condition), 1 without one.
    var condition: Double
    /// P(event | condition), in the limit where the condition has probability 0; not a number where
    /// even the limit has none.
    var probability: Double
  }

  /// What the plays of one draw give, the selected one first.
  struct Draw: Sendable {
    var plays: [Play]
    var isComplete: Bool
  }

  /// The range around an answer.
  ///
  /// - Returns: nil if there is no draw, or the condition has no probability in any.
  init?(of draws: [Draw], around answer: Double) {
    let draws = draws.filter { !$0.plays.isEmpty }
    guard let sample = SelectionRange.sample(draws) else { return nil }
    sampled = sample
    low = max(0, answer - (sample.selected - sample.low))
    high = min(1, answer + (sample.high - sample.selected))
    isComplete = draws.allSatisfy(\.isComplete)
    self.draws = draws.count
  }

  private static func sample(_ draws: [Draw]) -> Sample? {
    let weight = Statistics.sum(draws.lazy.map { $0.plays[0].condition })
    if weight > 0 {
      let selected = Statistics.sum(draws.lazy.map { $0.plays[0].joint }) / weight
      return Sample(
        low: extreme(of: draws, from: selected, sign: -1), selected: selected,
        high: extreme(of: draws, from: selected, sign: 1))
    }
    let limits = draws.compactMap { draw -> (Double, Double, Double)? in
      let selected = draw.plays[0].probability
      if selected.isNaN { return nil }
      let all = draw.plays.map(\.probability).filter { !$0.isNaN }
      return (all.min() ?? selected, selected, all.max() ?? selected)
    }
    if limits.isEmpty { return nil }
    let count = Double(limits.count)
    return Sample(
      low: Statistics.sum(limits.lazy.map(\.0)) / count,
      selected: Statistics.sum(limits.lazy.map(\.1)) / count,
      high: Statistics.sum(limits.lazy.map(\.2)) / count)
  }

  /// The extreme ratio of sums: the plays are chosen for what they add to numerator less ratio times
  /// denominator, and the ratio is that of the plays chosen, until it stays (Dinkelbach 1967, On
  /// nonlinear fractional programming).
  private static func extreme(of draws: [Draw], from selected: Double, sign: Double) -> Double {
    var ratio = selected
    for _ in 0..<100 {
      var joint = Statistics.Sum()
      var weight = Statistics.Sum()
      for draw in draws {
        var best = draw.plays[0]
        var gain = sign * (best.joint - ratio * best.condition)
        for play in draw.plays.dropFirst() {
          let own = sign * (play.joint - ratio * play.condition)
          // Less than this is rounding.
          if own > gain + 1e-12 {
            best = play
            gain = own
          }
        }
        joint.add(best.joint)
        weight.add(best.condition)
      }
      if !(weight.value > 0) { return ratio }
      let next = joint.value / weight.value
      if !(sign * (next - ratio) > 1e-12) { return ratio }
      ratio = next
    }
    return ratio
  }
}
