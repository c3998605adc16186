import Forecasts
import Foundation
import Mathematics
import Scenarios
import Testing

@Suite("Sensitivity of an answer")
struct SensitivityTests {
  @Test(
    "Ishigami and Homma (1990), a = 7, b = 0.1: the closed forms",
    arguments: [Sensitivity.FirstOrderEstimator.conditionalMeans, .pickFreeze])
  func ishigami(estimator: Sensitivity.FirstOrderEstimator) async throws {
    let one = 0.5 * pow(1 + 0.1 * pow(Double.pi, 4) / 5, 2)
    let three = 0.01 * pow(Double.pi, 8) * 8 / 225
    let all = one + 49.0 / 8 + three
    let first = [one / all, 49 / 8 / all, 0]
    let total = [(one + three) / all, 49 / 8 / all, three / all]
    let response = try FunctionResponse(uniform: 3, seed: 3) { u in
      let x = u.map { (2 * $0 - 1) * Double.pi }
      return sin(x[0]) + 7 * pow(sin(x[1]), 2) + 0.1 * pow(x[2], 4) * sin(x[0])
    }
    var options = Sensitivity.Options()
    options.basePoints = 4_096
    options.firstOrder = estimator
    let found = try await response.sensitivity(options)
    for (place, input) in found.inputs.enumerated() {
      #expect(abs(input.first.estimate - first[place]) < 0.02)
      #expect(abs(input.inAll.estimate - total[place]) < 0.02)
      #expect(input.inAll.interval.contains(total[place]))
      #expect(!input.isCorrelated)
    }
    #expect(found.inputs[2].finding == .onlyTogether)
    #expect(found.runs == 4_096 * 5)
    #expect(abs(found.mean - 3.5) < 0.02)
    #expect(found.ranking.first == 0)
  }

  @Test("Sobol's g-function: intervals contain the closed forms, and what does not matter is said")
  func gFunction() async throws {
    let a = [0.0, 1, 4.5, 9, 99, 99]
    let response = try FunctionResponse(uniform: 6, seed: 11) { u in
      zip(u, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
    var options = Sensitivity.Options()
    options.basePoints = 2_048
    let found = try await response.sensitivity(options)
    let parts = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = parts.reduce(1) { $0 * (1 + $1) }
    for (place, input) in found.inputs.enumerated() {
      let first = parts[place] / (product - 1)
      let total = parts[place] * product / (1 + parts[place]) / (product - 1)
      #expect(abs(input.first.estimate - first) < 0.03)
      #expect(abs(input.inAll.estimate - total) < 0.03)
    }
    #expect(found.inputs[0].finding == .detected)
    #expect(found.ranking.prefix(4) == [0, 1, 2, 3])
    #expect(found.settledRanks >= 2)
  }

  /// Y = Σ x_i with three standard normals, the second and third correlated: Mara & Tarantola (2012),
  /// §4.1, whose closed forms follow from conditional variances of a normal vector.
  @Test("A linear function of correlated normals: both ends have their closed forms")
  func correlatedLinear() async throws {
    let rank = 0.7
    let rho = 2 * sin(Double.pi * rank / 6)
    let response = try FunctionResponse(
      normal: 3, correlations: [RankCorrelation(1, 2, rank)], seed: 5
    ) { $0[0] + $0[1] + $0[2] }
    var options = Sensitivity.Options()
    options.basePoints = 4_096
    let found = try await response.sensitivity(options)
    let variance = 3 + 2 * rho
    let first = [1, (1 + rho) * (1 + rho), (1 + rho) * (1 + rho)].map { $0 / variance }
    let total = [1, 1 - rho * rho, 1 - rho * rho].map { $0 / variance }
    for (place, input) in found.inputs.enumerated() {
      #expect(abs(input.first.estimate - first[place]) < 0.03)
      #expect(abs(input.inAll.estimate - total[place]) < 0.03)
      #expect(input.isCorrelated == (place > 0))
    }
    // To know one of the two tells of the other: the first index is above the total one.
    #expect(found.inputs[1].first.interval.lowerBound > found.inputs[1].inAll.interval.upperBound)
    // A, B and one mixed sample for each input.
    #expect(found.runs == 4_096 * 5)
    #expect(found.sumOfFirst == nil)
  }

  @Test("Three correlated normals with other weights: conditional variances in closed form")
  func correlatedTriple() async throws {
    let weights = [1.0, -2, 0.5]
    let ranks = [
      RankCorrelation(0, 1, 0.5), RankCorrelation(0, 2, 0.3), RankCorrelation(1, 2, -0.2),
    ]
    let response = try FunctionResponse(normal: 3, correlations: ranks, seed: 8) { x in
      zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var options = Sensitivity.Options()
    options.basePoints = 4_096
    let found = try await response.sensitivity(options)
    func rho(_ rank: Double) -> Double { 2 * sin(Double.pi * rank / 6) }
    let r = [[1, rho(0.5), rho(0.3)], [rho(0.5), 1, rho(-0.2)], [rho(0.3), rho(-0.2), 1]]
    var variance = 0.0
    for i in 0..<3 { for j in 0..<3 { variance += weights[i] * weights[j] * r[i][j] } }
    for i in 0..<3 {
      let slope = (0..<3).reduce(0) { $0 + weights[$1] * r[$1][i] }
      #expect(abs(found.inputs[i].first.estimate - slope * slope / variance) < 0.03)
      let (j, k) = ((i + 1) % 3, (i + 2) % 3)
      let between = r[j][k]
      let explained =
        (r[i][j] * r[i][j] + r[i][k] * r[i][k] - 2 * r[i][j] * r[i][k] * between)
        / (1 - between * between)
      let total = weights[i] * weights[i] * (1 - explained) / variance
      #expect(abs(found.inputs[i].inAll.estimate - total) < 0.03)
    }
  }

  @Test("One that does nothing but moves along with one that matters tells of it, and acts not")
  func companion() async throws {
    let response = try FunctionResponse(
      normal: 2, correlations: [RankCorrelation(0, 1, 0.8)], seed: 2
    ) { $0[0] }
    let found = try await response.sensitivity()
    let rho = 2 * sin(Double.pi * 0.8 / 6)
    #expect(abs(found.inputs[1].first.estimate - rho * rho) < 0.1)
    #expect(found.inputs[1].inAll.estimate == 0)
    #expect(found.inputs[1].finding == .onlyByCompanions)
  }

  @Test(
    "Intervals of 90% contain the truth at least 85% of the time",
    arguments: [Sensitivity.FirstOrderEstimator.conditionalMeans, .pickFreeze])
  func coverage(estimator: Sensitivity.FirstOrderEstimator) async throws {
    let rank = 0.6
    let rho = 2 * sin(Double.pi * rank / 6)
    var covered = 0
    var all = 0
    var options = Sensitivity.Options()
    options.basePoints = 256
    options.resamples = 200
    options.firstOrder = estimator
    let variance = 1 + (1 + rho) * 2 + 0.25
    let slopes = [1, 1 + rho, 1 + rho, 0.5]
    let first = slopes.map { $0 * $0 / variance }
    let total = [1, 1 - rho * rho, 1 - rho * rho, 0.25].map { $0 / variance }
    for seed in UInt64(1)...200 {
      let response = try FunctionResponse(
        normal: 4, correlations: [RankCorrelation(1, 2, rank)], seed: SplitMix64.hash(seed, 9)
      ) { $0[0] + $0[1] + $0[2] + 0.5 * $0[3] }
      let found = try await response.sensitivity(options)
      for (place, input) in found.inputs.enumerated() {
        all += 2
        if input.first.interval.contains(first[place]) { covered += 1 }
        if input.inAll.interval.contains(total[place]) { covered += 1 }
      }
    }
    print(
      "Indices of a linear function by \(estimator): \(covered) of \(all) intervals of 90% cover")
    #expect(covered * 100 >= 85 * all)
  }

  @Test(
    "A step function of a few worlds in a hundred: intervals of 90% cover at least 85%",
    arguments: [Sensitivity.FirstOrderEstimator.conditionalMeans, .pickFreeze])
  func coverageOfSteps(estimator: Sensitivity.FirstOrderEstimator) async throws {
    // Y = 1 where u0 < 0.2 and u1 < 0.5: p = 0.1, and Var E[Y | u0] = 0.2 · 0.25 − 0.01 = 0.04,
    // Var E[Y | u1] = 0.5 · 0.04 − 0.01 = 0.01, of 0.09.
    let first = [4.0 / 9, 1.0 / 9]
    let total = [8.0 / 9, 5.0 / 9]
    var covered = 0
    var all = 0
    var options = Sensitivity.Options()
    options.basePoints = 256
    options.resamples = 200
    options.firstOrder = estimator
    for seed in UInt64(1)...200 {
      let response = try FunctionResponse(uniform: 3, seed: SplitMix64.hash(seed, 4)) {
        $0[0] < 0.2 && $0[1] < 0.5 ? 1 : 0
      }
      let found = try await response.sensitivity(options)
      for (place, input) in found.inputs.prefix(2).enumerated() {
        all += 2
        if input.first.interval.contains(first[place]) { covered += 1 }
        if input.inAll.interval.contains(total[place]) { covered += 1 }
      }
      #expect(found.inputs[2].finding == .none)
    }
    print("Indices of a step function by \(estimator): \(covered) of \(all) intervals of 90% cover")
    #expect(covered * 100 >= 85 * all)
  }

  @Test("What does not vary has indices of 0, and rows that fail are left out and counted")
  func edges() async throws {
    let constant = try await FunctionResponse(uniform: 2) { _ in 3 }.sensitivity()
    #expect(constant.variance == 0)
    #expect(constant.inputs.allSatisfy { $0.first.estimate == 0 && $0.finding == .none })
    let broken = try FunctionResponse(uniform: 2) { $0[1] > 0.9 ? .nan : $0[0] }
    let found = try await broken.sensitivity()
    // A and B fail at one row in ten each.
    #expect(abs(Double(found.inputs[0].rowsLeftOut) / 512 - 0.19) < 0.03)
    #expect(abs(found.inputs[0].first.estimate - 1) < 0.1)
    let dead = try FunctionResponse(uniform: 1) { _ in .nan }
    await #expect(throws: AnalysisError.noCertifiedWorld) { try await dead.sensitivity() }
  }

  @Test(
    "The first sample is that of the forecast: draws worked out before change nothing but the work")
  func reuse() async throws {
    let response = try FunctionResponse(normal: 4, correlations: [RankCorrelation(1, 3, -0.4)]) {
      $0[0] * $0[1] + $0[2] - $0[3]
    }
    let fresh = try await response.sensitivity()
    var reused = try await response.sensitivity(reusing: response.sample(512))
    #expect(reused.runs == fresh.runs - 512)
    reused.runs = fresh.runs
    #expect(reused == fresh)
  }

  @Test("Draws of two values: to know the one that decides is worth the whole Brier score")
  func twoPoints() async throws {
    // A goes where x is 2, never where it is -1; it rains on half of the days, whatever x is. So
    // P(go) is 1 or 0, and P(go and rain) is 1/2 or 0, with odds of 70% and 30%.
    let scenario = try ForecastTestSupport.scenario(
      """
      entente: 1
      title: Two points
      parties: {A: Goes., B: Watches.}
      quantities: {x: "discrete(-1 at 30%, 2 at 70%)", y: 1 .. 2, z: 1 .. 2}
      story:
        - {step: walk, by: A, options: [go, stay]}
        - {step: weather, chance: {rain: 50%, sun: rest}}
      payoffs:
        A: {walk: if walk = go then x * y}
        B: {nothing: 0}
      questions:
        - {ask: Go, id: go, probability of: walk = go}
        - {ask: Wet, id: wet, probability of: walk = go and weather = rain}
      """)
    let (x, y, z) = (0, 1, 2)
    for (question, brier, worth) in [(0, 0.7 * 0.3, 0.21), (1, 0.35 * 0.65, 0.25 * 0.21)] {
      let response = try ScenarioResponse(scenario, question: question, options: .init())
      #expect(response.drivers == [x, y])
      let found = try await response.sensitivity()
      #expect(found.bystanders == [z])
      let value = ValueOfInformation(found, isProbability: true)
      #expect(value.items.map(\.input) == [x, y])
      #expect(abs(try #require(value.brierScore) - brier) < 5e-3)
      #expect(abs(value.items[0].reduction.estimate - worth) < 5e-3)
      #expect(abs(value.items[0].share.estimate - worth / brier) < 5e-3)
      #expect(found.inputs[1].finding == .none)
      #expect(value.items[1].reduction.estimate == 0)
    }
  }

  @Test("A condition: the influence function has the indices that its formula gives")
  func conditional() async throws {
    // P(both) = x y and P(condition) = x with x and y uniform on 0.2 to 0.6. The influence function
    // is x (y - E y) / E x: knowing x alone tells nothing, knowing y removes E[x]² / E[x²].
    let scenario = try ForecastTestSupport.scenario(
      """
      entente: 1
      title: Two coins
      parties: {A: Waits., B: Watches.}
      quantities: {x: "uniform(0.2, 0.6)", y: "uniform(0.2, 0.6)"}
      story:
        - {step: first, chance: {heads: x, tails: rest}}
        - {step: second, chance: {heads: y, tails: rest}}
        - {step: walk, by: A, options: [go, stay]}
      payoffs:
        A: {walk: if walk = go then 1}
        B: {coins: (if first = heads then x) + (if second = heads then 2)}
      questions: [{ask: Both, id: both, probability of: second = heads, given: first = heads}]
      """)
    let response = try ScenarioResponse(scenario, question: 0, options: .init())
    var options = Sensitivity.Options()
    options.basePoints = 4_096
    let found = try await response.sensitivity(options)
    let share = 0.16 / (0.16 + 0.16 / 12)
    #expect(abs(found.mean - 0.4) < 1e-3)
    #expect(abs(found.inputs[0].first.estimate) < 0.02)
    #expect(abs(found.inputs[1].first.estimate - share) < 0.02)
    #expect(abs(found.inputs[0].inAll.estimate - (1 - share)) < 0.03)
    #expect(abs(found.inputs[1].inAll.estimate - 1) < 0.1)
    // B's payoff is x² + 2 y: variances by moments of the uniform distribution.
    var request = WorldRequest(scenario)
    request.measures = [.init(payoffOf: 1)]
    let payoff = try ScenarioResponse(request, .measure(0), options: .init())
    let indices = try await payoff.sensitivity(options)
    func moment(_ n: Double) -> Double { (pow(0.6, n + 1) - pow(0.2, n + 1)) / (0.4 * (n + 1)) }
    let squares: Double = moment(4) - moment(2) * moment(2)
    let linear = 4 * 0.16 / 12
    #expect(abs(indices.inputs[0].first.estimate - squares / (squares + linear)) < 0.02)
    #expect(abs(indices.inputs[1].inAll.estimate - linear / (squares + linear)) < 0.05)
    #expect(ValueOfInformation(indices, isProbability: false).brierScore == nil)
  }

  @Test("The tornado: one at a time, widest first, turns are marked")
  func tornado() async throws {
    let response = try FunctionResponse(uniform: 4) {
      0.2 * $0[0] + 4 * ($0[1] - 0.5) * ($0[1] - 0.5) - 3 * $0[2]
    }
    let tornado = try await response.tornado()
    #expect(tornado.bars.map(\.input) == [2, 1, 0, 3])
    #expect(tornado.bars.map(\.isMonotone) == [true, false, true, true])
    #expect(abs(tornado.bars[0].width - 2.7) < 1e-9)
    #expect(tornado.bars[0].values.map { ($0 * 100).rounded() } == [5, 25, 50, 75, 95])
    #expect(try abs(#require(tornado.base) - (0.1 - 1.5)) < 1e-12)
    #expect(tornado.runs == 17)
  }

  @Test("Partial dependence is the mean answer at a value; equal values share a bin")
  func partialDependence() async throws {
    let two = try Distribution.discrete([(value: 1, weight: 0.25), (value: 2, weight: 0.75)])
    let one = try Distribution.uniform(low: 0, high: 1)
    let response = FunctionResponse(try InputSpace([one, two])) { $0[0] * $0[1] }
    let sample = try await response.sample(4_096)
    let line = sample.partialDependence(of: 0, in: response.space)
    #expect(line.bins.count == 16 && line.bins.allSatisfy { $0.count == 256 })
    #expect(!line.isConditional)
    for bin in line.bins {
      #expect(abs(bin.mean - 1.75 * bin.center) < 4 * bin.standardError + 0.01)
    }
    let steps = sample.partialDependence(of: 1, in: response.space)
    #expect(steps.bins.map(\.center) == [1, 2])
    #expect(abs(steps.bins[1].mean - 1) < 0.01)
    let scatter = sample.scatter(of: 0, atMost: 100)
    #expect(scatter.values.count == 100 && scatter.responses.count == 100)
  }
}
