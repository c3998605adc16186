import Foundation
import Mathematics
import Testing

@Suite("Estimates")
struct DistributionFitTests {
  /// All the three-point estimates of the seed scenario, as they stand there.
  static let seedTriples = [
    "2% .. 10% .. 25%", "20% .. 40% .. 60%", "60% .. 80% .. 95%", "40% .. 60% .. 90%",
    "5% .. 10% .. 20%", "20% .. 35% .. 50%", "15% .. 25% .. 45%", "2 .. 4 .. 5", "6 .. 8 .. 12",
    "0.3 .. 1 .. 2.5", "3 .. 6 .. 10", "0 .. 0.5 .. 1", "0.1 .. 0.3 .. 0.6", "0.5 .. 1 .. 2",
    "0.02 .. 0.05 .. 0.2", "5% .. 30% .. 70%", "0.5 .. 2 .. 4", "2 .. 4 .. 7", "0.3 .. 1.5 .. 3",
    "0.2 .. 1 .. 2", "3 .. 5 .. 8", "0.2 .. 0.5 .. 1.5", "2 .. 4 .. 6", "15% .. 25% .. 35%",
    "45% .. 60% .. 80%", "30% .. 50% .. 70%", "1.5 .. 3 .. 5", "1 .. 2 .. 3", "1 .. 3 .. 6",
    "20% .. 30% .. 50%", "0.5 .. 1.5 .. 3", "-0.3 .. 0.5 .. 1", "2.5 .. 3.5 .. 5",
    "0.5 .. 1 .. 1.5", "2 .. 3 .. 5", "1.5 .. 2.5 .. 4", "0 .. 0.3 .. 0.8", "30% .. 50% .. 80%",
    "5 .. 8 .. 12", "15% .. 35% .. 60%", "40% .. 55% .. 80%",
  ]

  @Test("Every estimate of the seed scenario has a distribution with exactly those percentiles")
  func seed() throws {
    for text in DistributionFitTests.seedTriples {
      let isPercent = text.contains("%")
      let points = text.replacingOccurrences(of: "%", with: "").components(separatedBy: " .. ")
        .compactMap(Double.init).map { isPercent ? $0 / 100 : $0 }
      try #require(points.count == 3)
      let support: Distribution.Support =
        isPercent ? .probability : (points.allSatisfy { $0 > 0 } ? .positive : .real)
      let fitted = try Distribution.fit(
        low: points[0], best: points[1], high: points[2], support: support)
      #expect(isNear(fitted.quantile(0.05), points[0], within: 1e-13), "\(text)")
      #expect(fitted.median == points[1], "\(text)")
      #expect(isNear(fitted.quantile(0.95), points[2], within: 1e-13), "\(text)")
      var last = -Double.infinity
      for i in 1..<1000 {
        let x = fitted.quantile(Double(i) / 1000)
        #expect(x > last && fitted.support ~= x, "\(text)")
        last = x
      }
    }
  }

  @Test("Metalog quantiles and means agree with the published formula and numerical quadrature")
  func metalog() throws {
    // M(u) = a1 + a2 L + a3 (u − .5) L in NumPy; means by scipy.integrate.quad
    let positive = try Distribution.fit(low: 0.02, best: 0.05, high: 0.2, support: .positive)
    let odds = try Distribution.fit(low: 0.02, best: 0.1, high: 0.25, support: .probability)
    let real = try Distribution.fit(low: -0.3, best: 0.5, high: 1, support: .real)
    let negative = try Distribution.fit(
      low: -3, best: -1, high: -0.5, support: .bounded(atLeast: nil, atMost: 0))
    let table = [
      (
        positive,
        [0.012362287539074437, 0.0341639779850104, 0.08066455334193887, 0.44947804066080266],
        0.07597796425213535
      ),
      (
        odds,
        [0.0075160906462979704, 0.05840977431881974, 0.14957973268260846, 0.3719039877333242],
        0.11284495193105469
      ),
      (
        real,
        [-0.7692958391123346, 0.22638284665079955, 0.7114314366789276, 1.259496690616397],
        0.44339612135081524
      ),
      (
        negative,
        [-5.71233664633948, -1.4568682592934468, -0.746587857624101, -0.34867712190788197],
        -1.3052737398783227
      ),
    ]
    for (fitted, quantiles, mean) in table {
      for (u, expected) in zip([0.01, 0.25, 0.75, 0.99], quantiles) {
        #expect(isClose(fitted.quantile(u), expected, within: 1e-12))
      }
      #expect(isClose(fitted.mean, mean, within: 1e-9), "\(fitted.mean) for \(mean)")
    }
  }

  @Test("A lopsided triple is refused, and the nearest middle value works")
  func infeasible() throws {
    let supports: [(Distribution.Support, Double, Double)] = [
      (.real, 0, 1), (.positive, 1, 2), (.probability, 0.1, 0.9),
      (.bounded(atLeast: -1, atMost: nil), 0, 1), (.bounded(atLeast: nil, atMost: 3), 0, 1),
    ]
    for (support, low, high) in supports {
      for best in [low + (high - low) * 0.02, low + (high - low) * 0.98, low, high] {
        var caught: DistributionError?
        do {
          _ = try Distribution.fit(low: low, best: best, high: high, support: support)
        } catch {
          caught = error
        }
        guard case .infeasibleTriple(let nearest, _, _, _, let feasible) = caught else {
          Issue.record("\(support) \(best) gave \(String(describing: caught))")
          continue
        }
        #expect(nearest == feasible.lowerBound || nearest == feasible.upperBound)
        let inward = nearest + (feasible.lowerBound / 2 + feasible.upperBound / 2 - nearest) * 1e-9
        let fitted = try Distribution.fit(low: low, best: inward, high: high, support: support)
        var last = -Double.infinity
        for i in 1..<1000 {
          let x = fitted.quantile(Double(i) / 1000)
          #expect(x >= last)
          last = x
        }
        // A little further out is refused.
        let outward = nearest - (feasible.lowerBound / 2 + feasible.upperBound / 2 - nearest) * 1e-6
        #expect(throws: DistributionError.self) {
          try Distribution.fit(low: low, best: outward, high: high, support: support)
        }
      }
    }
  }

  @Test("The refusal names a short number that works")
  func shortRemedy() {
    let error = #expect(throws: DistributionError.self) {
      try Distribution.fit(low: 2, best: 2.1, high: 7, support: .positive)
    }
    #expect(
      error?.remedy
        == "the nearest best estimate that works is 2.339 (between these ends, any from 2.339 to "
        + "5.986 does)")
    for best in [2.339, 5.986] {
      #expect(throws: Never.self) {
        try Distribution.fit(low: 2, best: best, high: 7, support: .positive)
      }
    }
    #expect(throws: DistributionError.self) {
      try Distribution.fit(low: 2, best: 2.338, high: 7, support: .positive)
    }
  }

  @Test("Without bounds the middle may lie within 37.5% of the width around the centre")
  func feasibleRange() throws {
    // Keelin 2016: k = (1 − 1.66711 (1/2 − α)) / 2 for the α-percentile, here α = 0.05
    let k = 0.5 * (1 - 1.66711 * 0.45)
    #expect(throws: Never.self) {
      try Distribution.fit(low: 0, best: k + 1e-5, high: 1, support: .real)
    }
    #expect(throws: DistributionError.self) {
      try Distribution.fit(low: 0, best: k - 1e-5, high: 1, support: .real)
    }
  }

  @Test("Two points between two bounds give SciPy's beta")
  func beta() throws {
    // scipy.optimize.fsolve on betainc(a, b, low) = .05, betaincc(a, b, high) = .05
    let table = [
      (0.05, 0.25, 4.054026359433477, 25.752643273495583),
      (0.6, 0.95, 10.007558105275924, 2.449370072615048),
      (0.001, 0.02, 1.575228340920762, 199.53732932303737),
      (0.01, 0.99, 0.5638011929923045, 0.5638011929923044),
      (0.45, 0.55, 134.84921230992316, 134.84921230992316),
      (0.0001, 0.9999, 0.25873341997611293, 0.25873341997611077),
    ]
    for (low, high, alpha, beta) in table {
      let fitted = try Distribution.fit(low: low, best: nil, high: high, support: .probability)
      guard case .beta(let family) = fitted else {
        Issue.record("\(fitted)")
        continue
      }
      #expect(isClose(family.alpha, alpha, within: 1e-9), "\(family)")
      #expect(isClose(family.beta, beta, within: 1e-9), "\(family)")
    }
  }

  @Test("Two points are met exactly by the family of each support")
  func twoPoints() throws {
    let cases: [(Distribution.Support, Double, Double, String)] = [
      (.real, -2, 5, "normal"), (.positive, 0.5, 8, "lognormal"),
      (.bounded(atLeast: -3, atMost: nil), -2, 5, "lognormal"),
      (.bounded(atLeast: nil, atMost: 9), -2, 5, "lognormal"),
      (.bounded(atLeast: -3, atMost: 9), -2, 5, "beta"),
      (.bounded(atLeast: nil, atMost: nil), -2, 5, "normal"), (.probability, 1e-9, 1e-8, "beta"),
      (.probability, 1e-6, 0.999, "beta"), (.probability, 0.99, 0.99999, "beta"),
      (.probability, 0.3, 0.3001, "beta"), (.probability, 1e-5, 0.3, "beta"),
    ]
    for (support, low, high, name) in cases {
      let fitted = try Distribution.fit(low: low, best: nil, high: high, support: support)
      #expect(fitted.name == name)
      #expect(isClose(fitted.quantile(0.05), low, within: 1e-8), "\(fitted)")
      #expect(isClose(fitted.quantile(0.95), high, within: 1e-8), "\(fitted)")
    }
    let centred = try Distribution.fit(low: -2, best: nil, high: 5, support: .real)
    #expect(centred.median == 1.5)
    let geometric = try Distribution.fit(low: 1, best: nil, high: 4, support: .positive)
    #expect(isClose(geometric.median, 2, within: 1e-15))
  }

  @Test("Equal points are a known number, even on the edge of the support")
  func known() throws {
    #expect(
      try Distribution.fit(low: 0, best: 0, high: 0, support: .probability) == .constant(0))
    #expect(try Distribution.fit(low: 2, best: nil, high: 2, support: .positive) == .constant(2))
    #expect(throws: DistributionError.self) {
      try Distribution.fit(low: 2, best: 2, high: 2, support: .probability)
    }
  }

  @Test("A percentile on or beyond the edge of the support is refused with a cure")
  func edges() {
    let edge = DistributionError.outsideSupport(
      percentile: "5th percentile", value: 0, lower: 0, upper: 1)
    #expect(throws: edge) {
      try Distribution.fit(low: 0, best: 0.05, high: 0.2, support: .probability)
    }
    #expect(throws: edge) {
      try Distribution.fit(low: 0, best: nil, high: 0.2, support: .probability)
    }
    #expect(
      edge.description
        == "the 5th percentile, 0, must lie strictly between 0 and 1; "
        + "5% of the odds lie beyond it, so move it a little away from 0")
    #expect(
      throws: DistributionError.outsideSupport(
        percentile: "95th percentile", value: 5, lower: -.infinity, upper: 4)
    ) {
      try Distribution.fit(
        low: 0, best: 1, high: 5, support: .bounded(atLeast: nil, atMost: 4))
    }
  }

  @Test("Points that are out of order or not numbers are refused")
  func malformed() {
    #expect(throws: DistributionError.lowNotBelowHigh(low: 2, high: 1)) {
      try Distribution.fit(low: 2, best: nil, high: 1, support: .real)
    }
    #expect(
      throws: DistributionError.middleOutside(parameter: "best estimate", value: 3, low: 0, high: 1)
    ) {
      try Distribution.fit(low: 0, best: 3, high: 1, support: .real)
    }
    #expect(throws: DistributionError.notFinite(parameter: "low end")) {
      try Distribution.fit(low: -.infinity, best: 0, high: 1, support: .real)
    }
    #expect(throws: DistributionError.notFinite(parameter: "best estimate")) {
      try Distribution.fit(low: 0, best: .nan, high: 1, support: .real)
    }
    #expect(throws: DistributionError.lowNotBelowHigh(low: 5, high: 1)) {
      try Distribution.fit(low: 2, best: 3, high: 4, support: .bounded(atLeast: 5, atMost: 1))
    }
  }
}
