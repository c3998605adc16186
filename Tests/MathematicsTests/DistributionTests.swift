import Foundation
import Mathematics
import Testing

@Suite("Distributions")
struct DistributionTests {
  /// The levels of the tables.
  static let levels = [0.001, 0.05, 0.4, 0.5, 0.8, 0.95, 0.9999]

  /// A distribution, SciPy's quantiles at the levels, SciPy's mean, and SciPy's expression.
  struct Row {
    var distribution: Distribution
    var quantiles: [Double]
    var mean: Double
    var name: String
  }

  static func rows() throws -> [Row] {
    [
      Row(
        distribution: try .normal(mean: 2, standardDeviation: 3),
        quantiles: [
          -7.27069691850344, -2.934560880854418, 1.2399586905926008, 2.0, 4.524863700718743,
          6.934560880854416, 13.157049456367126,
        ], mean: 2, name: "norm(2, 3).ppf"),
      Row(
        distribution: try .lognormal(mu: 1, sigma: 0.5),
        quantiles: [
          0.5797744368398611, 1.1943154625015757, 2.394864009939245, 2.718281828459045,
          4.140475419145248, 6.186854588195452, 17.45294221469887,
        ], mean: 3.080216848918031, name: "lognorm(.5, scale=e).ppf"),
      Row(
        distribution: try .uniform(low: -1, high: 4),
        quantiles: [-0.995, -0.75, 1.0, 1.5, 3.0, 3.75, 3.9995], mean: 1.5,
        name: "uniform(-1, 5).ppf"),
      Row(
        distribution: try .triangular(low: 1, mode: 2, high: 6),
        quantiles: [
          1.0707106781186548, 1.5, 2.5358983848622456, 2.8377223398316205, 4.0, 5.0,
          5.955278640450007,
        ], mean: 3, name: "triang(.2, 1, 5).ppf"),
      Row(
        distribution: try .pert(low: 1, mode: 2, high: 6),
        quantiles: [
          1.0315698708392351, 1.2948869380590862, 2.1529877108491693, 2.3833612969625944,
          3.251293069078726, 4.106383620080951, 5.592573390980065,
        ], mean: 2.5, name: "beta(1.8, 4.2, 1, 5).ppf"),
      Row(
        distribution: try .beta(alpha: 2, beta: 3),
        quantiles: [
          0.013022947370814273, 0.09761146288641434, 0.3291665033784079, 0.3857275681323895,
          0.5824535745243333, 0.7513953742698181, 0.9705412504285347,
        ], mean: 0.4, name: "beta(2, 3).ppf"),
      Row(
        distribution: try .beta(alpha: 0.4, beta: 0.7),
        quantiles: [
          5.0993315862314404e-08, 0.0009012688650899144, 0.15745741314924938,
          0.26755992832498654, 0.7357934593105259, 0.960101970790205, 0.9999943572652247,
        ], mean: 0.36363636363636365, name: "beta(.4, .7).ppf"),
      Row(
        distribution: try .gamma(shape: 2.5, scale: 3),
        quantiles: [
          0.3153189039438288, 1.7182143390926539, 5.4832494347123815, 6.52719028664329,
          10.933914189973441, 16.605746540274527, 38.617247938584185,
        ], mean: 7.5, name: "gamma(2.5, scale=3).ppf"),
      Row(
        distribution: try .exponential(mean: 4),
        quantiles: [
          0.004002001334334134, 0.20517317755020215, 2.043302495063963, 2.772588722239781,
          6.437751649736402, 11.98292909421596, 36.841361487905175,
        ], mean: 4, name: "expon(scale=4).ppf"),
      Row(
        distribution: try .student(degreesOfFreedom: 3, location: 1, scale: 2),
        quantiles: [
          -19.42906370481477, -3.7067268696036484, 0.44665867533462045, 1.0, 2.9569446247266082,
          5.706726869603647, 45.40748454641,
        ], mean: 1, name: "t(3, 1, 2).ppf"),
      Row(
        distribution: try .student(degreesOfFreedom: 250),
        quantiles: [
          -3.123150229027092, -1.6509714898128585, -0.2536168815819393, 0.0, 0.8430613607403348,
          1.650971489812858, 3.7749127906181994,
        ], mean: 0, name: "t(250).ppf"),
      Row(
        distribution: try .truncated(.normal(mean: 5, standardDeviation: 2), low: 3, high: 9),
        quantiles: [
          3.00675465693032, 3.3137908821021043, 4.930267014220015, 5.34232783603565,
          6.781966674260749, 8.049193365551956, 8.996972247937238,
        ], mean: 5.459274358182658, name: "truncnorm(-1, 2, 5, 2).ppf"),
      Row(
        distribution: try .mixture([
          (3, .normal(mean: 0, standardDeviation: 1)),
          (7, .normal(mean: 4, standardDeviation: 0.5)),
        ]),
        quantiles: [
          -2.7130518884727177, -0.967421566101701, 3.4664650724134085, 3.7170891121877156,
          4.282980223732055, 4.7326186377538075, 5.813960942260825,
        ], mean: 2.8, name: "brentq(.3 * norm.cdf(x) + .7 * norm.cdf(x, 4, .5) - u)"),
    ]
  }

  @Test("Quantiles, cumulative probabilities and means agree with SciPy")
  func tables() throws {
    for row in try DistributionTests.rows() {
      for (u, expected) in zip(DistributionTests.levels, row.quantiles) {
        let value = row.distribution.quantile(u)
        #expect(isClose(value, expected, within: 1e-12), "\(row.name) at \(u) gave \(value)")
        let probability = row.distribution.cumulative(expected)
        #expect(isClose(probability, u, within: 1e-11), "\(row.name): \(probability) for \(u)")
      }
      #expect(isNear(row.distribution.mean, row.mean, within: 1e-8), "\(row.name)")
      #expect(isClose(row.distribution.median, row.quantiles[3], within: 1e-12), "\(row.name)")
    }
  }

  static func continuous() throws -> [Distribution] {
    try rows().map(\.distribution) + [
      .student(degreesOfFreedom: 1), .student(degreesOfFreedom: 0.3), .gamma(shape: 0.05, scale: 2),
      .beta(alpha: 30_000, beta: 20, low: -3, high: 8), .triangular(low: 0, mode: 0, high: 1),
      .triangular(low: 0, mode: 1, high: 1), .pert(low: 0, mode: 0, high: 1),
      .metalog(low: -0.3, best: 0.5, high: 1), .metalog(low: 2, best: 4, high: 7, atLeast: 0),
      .metalog(low: 2, best: 4, high: 7, atMost: 8),
      .metalog(low: 2, best: 4, high: 7, atLeast: 1, atMost: 8),
      .fit(low: -5, best: nil, high: -2, support: .bounded(atLeast: nil, atMost: 0)),
      .truncated(.student(degreesOfFreedom: 2), low: 1),
      .mixture([
        (1, .uniform(low: 0, high: 1)), (1, .uniform(low: 5, high: 6)),
        (0.1, .gamma(shape: 2, scale: 1)),
      ]),
    ]
  }

  @Test("Quantile and cumulative probability undo each other; quantiles rise within the support")
  func inverse() throws {
    for distribution in try DistributionTests.continuous() {
      var last = -Double.infinity
      for i in 1..<200 {
        let u = Double(i) / 200
        let x = distribution.quantile(u)
        #expect(x >= last && distribution.support ~= x, "\(distribution) at \(u)")
        last = x
        let back = distribution.cumulative(x)
        #expect(isClose(back, u, within: 1e-9), "\(distribution) at \(u): \(back)")
      }
      for u in [0x1p-53, 1e-12, 1 - 1e-12, 1 - 0x1p-53] {
        #expect(distribution.support ~= distribution.quantile(u), "\(distribution) at \(u)")
      }
      #expect(distribution.quantile(0) == distribution.support.lowerBound)
      #expect(distribution.quantile(1) == distribution.support.upperBound)
      #expect(distribution.cumulative(distribution.support.upperBound) == 1)
      #expect(distribution.cumulative(distribution.support.lowerBound) == 0)
      #expect(distribution.quantile(.nan).isNaN)
    }
  }

  @Test("A discrete distribution steps at its numbers")
  func discrete() throws {
    let die = try Distribution.discrete([(3, 1), (1, 2), (2, 0), (3, 1), (10, 4)])
    #expect(die.quantile(0.25) == 1)
    #expect(die.quantile(0.2500001) == 3)
    #expect(die.quantile(0.5) == 3)
    #expect(die.quantile(0.9) == 10)
    #expect(die.cumulative(0.9) == 0)
    #expect(die.cumulative(1) == 0.25)
    #expect(die.cumulative(2) == 0.25)
    #expect(die.probabilityBelow(3) == 0.25)
    #expect(die.cumulative(3) == 0.5)
    #expect(die.cumulative(11) == 1)
    #expect(isClose(die.mean, (2.0 + 6 + 40) / 8, within: 1e-15))
    #expect(die.support == 1...10)
  }

  @Test("Single values keep their odds in mixtures and when cut off")
  func atoms() throws {
    let spike = try Distribution.mixture([
      (1, .constant(0)), (2, .uniform(low: -1, high: 1)), (1, .discrete([(0.5, 1), (7, 1)])),
    ])
    #expect(spike.cumulative(0) == 0.5)
    #expect(spike.probabilityBelow(0) == 0.25)
    for u in [0.26, 0.3, 0.49, 0.5] { #expect(spike.quantile(u) == 0) }
    #expect(spike.quantile(0.65) == 0.5)
    #expect(spike.quantile(0.99) == 7)
    #expect(isClose(spike.mean, 0.25 * 3.75, within: 1e-14))
    let cut = try Distribution.truncated(spike, low: 0, high: 1)
    #expect(isClose(cut.cumulative(0), 0.25 / 0.625, within: 1e-14))
    #expect(cut.quantile(0.2) == 0)
    #expect(cut.support == 0...1)
    #expect(isClose(cut.mean, (0.125 * 0.5 + 0.25 * 0.5) / 0.625, within: 1e-9))
  }

  @Test("A mixture of very small and very large numbers keeps both")
  func magnitudes() throws {
    let mixed = try Distribution.mixture([
      (1, .exponential(mean: 1e-200)), (1, .exponential(mean: 1e200)), (2, .constant(3e-5)),
    ])
    // Half of the lower component: 10⁻²⁰⁰ log 2; and of the upper: 10²⁰⁰ log 2.
    #expect(isClose(mixed.quantile(0.125), 0.6931471805599453e-200, within: 1e-12))
    #expect(isClose(mixed.quantile(0.875), 0.6931471805599453e200, within: 1e-12))
    #expect(mixed.median == 3e-5)
  }

  @Test("A known number is itself at every level")
  func constant() throws {
    let known = try Distribution.constant(0.4)
    #expect(known.quantile(0.01) == 0.4 && known.median == 0.4 && known.mean == 0.4)
    #expect(known.cumulative(0.39) == 0 && known.cumulative(0.4) == 1)
    #expect(known.probabilityBelow(0.4) == 0)
  }

  @Test("Distributions without a mean say so")
  func meanless() throws {
    #expect(try Distribution.student(degreesOfFreedom: 1).mean.isNaN)
    #expect(try Distribution.metalog(low: 0.01, best: 1, high: 100, atLeast: 0).mean == .infinity)
    #expect(try Distribution.truncated(.student(degreesOfFreedom: 1), low: 0).mean.isNaN)
  }

  @Test("Malformed parameters are refused with what is wrong")
  func malformed() {
    #expect(throws: DistributionError.notFinite(parameter: "value")) {
      try Distribution.constant(.nan)
    }
    #expect(throws: DistributionError.notPositive(parameter: "standard deviation", value: 0)) {
      try Distribution.normal(mean: 1, standardDeviation: 0)
    }
    #expect(throws: DistributionError.lowNotBelowHigh(low: 3, high: 2)) {
      try Distribution.uniform(low: 3, high: 2)
    }
    #expect(throws: DistributionError.middleOutside(parameter: "mode", value: 9, low: 1, high: 2)) {
      try Distribution.triangular(low: 1, mode: 9, high: 2)
    }
    #expect(throws: DistributionError.empty) { try Distribution.discrete([]) }
    #expect(throws: DistributionError.noWeight) { try Distribution.discrete([(1, 0)]) }
    #expect(throws: DistributionError.negativeWeight(-1)) {
      try Distribution.mixture([(-1, .constant(1)), (2, .constant(3))])
    }
    #expect(throws: DistributionError.nothingLeft(low: 50, high: 60)) {
      try Distribution.truncated(.normal(mean: 0, standardDeviation: 1), low: 50, high: 60)
    }
    #expect(throws: DistributionError.notPositive(parameter: "shape", value: -1)) {
      try Distribution.gamma(shape: -1, scale: 1)
    }
    #expect(throws: DistributionError.notFinite(parameter: "degrees of freedom")) {
      try Distribution.student(degreesOfFreedom: .infinity)
    }
    #expect(throws: DistributionError.self) { try Distribution.beta(alpha: 1, beta: -2) }
    #expect(throws: DistributionError.self) { try Distribution.exponential(mean: 0) }
    #expect(throws: DistributionError.self) { try Distribution.lognormal(mu: 0, sigma: -1) }
    #expect(throws: DistributionError.self) { try Distribution.discrete([(.infinity, 1)]) }
  }

  @Test("Shapes beyond all use are refused, and ends too far apart")
  func extremes() {
    #expect(
      throws: DistributionError.outsideRange(
        parameter: "shape", value: 1e10, range: 1e-6...1e9)
    ) {
      try Distribution.gamma(shape: 1e10, scale: 1)
    }
    #expect(throws: DistributionError.self) { try Distribution.beta(alpha: 1e10, beta: 1e10) }
    #expect(throws: DistributionError.self) { try Distribution.student(degreesOfFreedom: 1e13) }
    #expect(throws: DistributionError.notFinite(parameter: "distance between the ends")) {
      try Distribution.uniform(low: -1e308, high: 1e308)
    }
  }

  @Test("A beta with little room is the gamma that it tends to")
  func gammaLimit() throws {
    let beta = try Distribution.beta(alpha: 5, beta: 1e12)
    let gamma = try Distribution.gamma(shape: 5, scale: 1e-12)
    for u in [1e-9, 0.01, 0.5, 0.9, 1 - 1e-9] {
      #expect(isClose(beta.quantile(u), gamma.quantile(u), within: 1e-10))
    }
  }

  @Test("No numbers, however odd, do more than throw")
  func oddNumbers() throws {
    var stream = SplitMix64(seed: 77)
    func odd() -> Double {
      let kind = stream.next() % 8
      if kind == 0 {
        return [0, 1, -1, .nan, .infinity, .leastNonzeroMagnitude, 1e308, -1e308][
          Int(stream.next() % 8)]
      }
      let size = pow(10.0, stream.uniform() * (kind < 4 ? 600 : 12) - (kind < 4 ? 310 : 6))
      return stream.next().isMultiple(of: 4) ? -size : size
    }
    for round in 0..<600 {
      let (a, b, c) = (odd(), odd(), odd())
      let points = [a, b, c].sorted()
      let supports: [Distribution.Support] = [
        .real, .positive, .probability, .bounded(atLeast: odd(), atMost: nil),
        .bounded(atLeast: nil, atMost: odd()), .bounded(atLeast: odd(), atMost: odd()),
      ]
      let support = supports[round % 6]
      let best = round.isMultiple(of: 4) ? nil : points[1]
      let made = [
        try? Distribution.fit(low: points[0], best: best, high: points[2], support: support),
        try? .beta(alpha: a, beta: b), try? .gamma(shape: a, scale: b),
        try? .student(degreesOfFreedom: a, location: b, scale: c),
        try? .pert(low: points[0], mode: points[1], high: points[2]),
        try? .triangular(low: points[0], mode: points[1], high: points[2]),
        try? .discrete([(a, b), (c, a)]),
      ].compactMap { $0 }
      for distribution in made {
        var last = -Double.infinity
        for u in [1e-9, 0.3, 0.9] {
          let x = distribution.quantile(u)
          #expect(x >= last || x.isInfinite, "\(distribution) at \(u): \(x)")
          last = x
        }
        #expect(!distribution.cumulative(0.5).isNaN, "\(distribution)")
      }
    }
  }

  @Test("Errors are sentences")
  func sentences() {
    #expect(
      DistributionError.lowNotBelowHigh(low: 3, high: 2).description
        == "the low end must be below the high end, but 3 is not below 2; swap them: 2 .. 3")
    #expect(
      DistributionError.notPositive(parameter: "scale", value: -0.5).description
        == "the scale must be above 0, but is -0.5")
  }
}
