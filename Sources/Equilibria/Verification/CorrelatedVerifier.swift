public import Games
public import Mathematics

/// What a distribution over the profiles of a strategic game is worth to the players who are told
/// their part of the profile that is drawn, and what each could gain by not doing as told.
public struct CorrelatedCertificate<Number: Sendable & Equatable>: Sendable, Equatable {
  /// What each player expects if all do as they are told.
  public var values: [Number]
  /// What each could gain by answering every recommendation in the best way: the swap regret (Blum
  /// & Mansour 2007). All are 0 at a correlated equilibrium (Aumann 1974).
  public var swapRegrets: [Number]
  /// What each could gain by one strategy whatever is recommended, below 0 if it would lose. None
  /// is above 0 at a coarse correlated equilibrium (Moulin & Vial 1978).
  public var externalRegrets: [Number]
}

extension CorrelatedCertificate<Rational> {
  /// Nobody gains by answering any recommendation otherwise.
  public var isCorrelatedEquilibrium: Bool { swapRegrets.allSatisfy { $0.signum == 0 } }
  /// Nobody gains by one strategy whatever is recommended.
  public var isCoarseCorrelatedEquilibrium: Bool { externalRegrets.allSatisfy { $0.signum <= 0 } }
}

/// Checks distributions over profiles against the definitions of correlated and coarse correlated
/// equilibrium, without any solver (Aumann 1974, Subjectivity and correlation in randomized
/// strategies; Moulin & Vial 1978, Strategically zero-sum games).
public enum CorrelatedVerifier {
  /// Why something is not a distribution over the profiles of the game.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is not one probability for each profile.
    case profiles(expected: Int, found: Int)
    /// A probability is below 0, or not a number.
    case negative(profile: Int)
    /// The probabilities do not add up to 1.
    case sum(String)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .profiles(let expected, let found):
        "the game has \(expected) profiles, the distribution \(found)"
      case .negative(let profile): "the probability of profile \(profile) is below 0"
      case .sum(let total): "the probabilities add up to \(total), not to 1"
      }
    }
  }

  /// The exact certificate of a distribution, given by the index of the profile.
  ///
  /// - Complexity: the number of profiles times the sum of the players' strategies.
  public static func certificate(
    of probabilities: [Rational], in game: StrategicGame
  ) throws(Defect) -> CorrelatedCertificate<Rational> {
    try check(probabilities, count: game.profileCount)
    let total = probabilities.reduce(.zero, +)
    if total != .one { throw .sum(total.description) }
    return certificate(
      of: probabilities, sizes: game.strategies.map(\.count), strides: game.strides
    ) { game.payoff($0, at: $1) }
  }

  /// The certificate of a distribution in floating point. Regrets are in the units of the table.
  public static func certificate(
    of probabilities: [Double], in table: PayoffTable
  ) throws(Defect) -> CorrelatedCertificate<Double> {
    try check(probabilities, count: table.profileCount)
    let total = probabilities.reduce(0, +)
    if !(abs(total - 1) <= 1e-9) { throw .sum("\(total)") }
    return certificate(of: probabilities, sizes: table.sizes, strides: table.strides) {
      table.payoffs[$0][$1]
    }
  }

  private static func check<Number: SimplexNumber>(
    _ probabilities: [Number], count: Int
  ) throws(Defect) {
    guard probabilities.count == count else {
      throw .profiles(expected: count, found: probabilities.count)
    }
    if let flaw = probabilities.firstIndex(where: { !($0 >= .zero) }) {
      throw .negative(profile: flaw)
    }
  }

  private static func certificate<Number: SimplexNumber>(
    of probabilities: [Number], sizes: [Int], strides: [Int],
    payoff: (_ player: Int, _ profile: Int) -> Number
  ) -> CorrelatedCertificate<Number> {
    var result = CorrelatedCertificate<Number>(values: [], swapRegrets: [], externalRegrets: [])
    let drawn = probabilities.indices.filter { !probabilities[$0].isZero }
    for (player, count) in sizes.enumerated() {
      // yields[told * count + done]
      var yields = [Number](repeating: .zero, count: count * count)
      for index in drawn {
        let told = index / strides[player] % count
        let base = index - told * strides[player]
        for done in 0..<count {
          let yield = payoff(player, base + done * strides[player])
          yields[told * count + done] =
            yields[told * count + done] + probabilities[index] * yield
        }
      }
      var value = Number.zero
      var answered = Number.zero
      var constant = [Number](repeating: .zero, count: count)
      for told in 0..<count {
        let line = yields[(told * count)..<((told + 1) * count)]
        value = value + line[told * count + told]
        answered = answered + (line.max() ?? .zero)
        for done in 0..<count { constant[done] = constant[done] + line[told * count + done] }
      }
      result.values.append(value)
      result.swapRegrets.append(answered + -value)
      result.externalRegrets.append((constant.max() ?? .zero) + -value)
    }
    return result
  }
}

extension MixedProfile {
  /// The distribution over the profiles of a game when all players mix on their own, by index.
  public func distribution(in game: StrategicGame) -> [Rational] {
    (0..<game.profileCount).map { index in
      game.players.indices.reduce(Rational.one) { product, player in
        product * probabilities[player][game.strategy(of: player, in: index)]
      }
    }
  }
}
