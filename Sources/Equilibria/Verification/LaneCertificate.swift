import Mathematics

/// What the check of eight draws comes to.
struct LaneCertificate {
  var regret = Lanes()
  var informationSet = Lanes(repeating: -1)
  var distance = Lanes()
  /// Not 0 where something is wrong with an assessment or a game in itself, or beyond what is
  /// computed in lanes.
  var isUnusual = Lanes()

  /// Payoff ranges above this could overflow.
  static let largestRange = 1e300
  /// Sums of trembles below this could overflow.
  static let leastTremble = -1e300

  /// Notes what is unusual. What is not a number fulfills no condition.
  @inline(__always)
  mutating func require(_ condition: SIMDMask<SIMD8<Int64>>) {
    isUnusual.replace(with: 1, where: .!condition)
  }

  /// Notes a set's regret. What is not a number is never forgotten.
  @inline(__always)
  mutating func note(_ regret: Lanes, at set: Int32) {
    let isWorse = .!(regret .<= self.regret) .& (self.regret .== self.regret)
    self.regret.replace(with: regret, where: isWorse)
    informationSet.replace(with: Double(set), where: isWorse)
  }

  /// One draw's certificate.
  func certificate(_ lane: Int, tolerance: Double) -> Certificate {
    Certificate(
      defect: nil, maximumRegret: regret[lane], informationSet: Int(informationSet[lane]),
      distance: distance[lane],
      holds: regret[lane] <= tolerance && distance[lane] <= Verifier.largestDistance)
  }
}
