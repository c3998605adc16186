import Forecasts
import Foundation
import Mathematics
import Scenarios
import Testing

@Suite("Sensitivity of an answer")
struct SensitivityTests {
  @Test("Ishigami and Homma (1990), a = 7, b = 0.1: intervals contain the closed forms")
  func ishigami() async throws {
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
    let found = try await response.sensitivity(options)
    for (place, input) in found.inputs.enumerated() {
      #expect(abs(input.first.estimate - first[place]) < 0.02)
      #expect(abs(input.total.estimate - total[place]) < 0.02)
      #expect(input.first.interval.contains(first[place]))
      #expect(input.total.interval.contains(total[place]))
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
      #expect(abs(input.total.estimate - total) < 0.03)
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
      #expect(abs(input.total.estimate - total[place]) < 0.03)
      #expect(input.isCorrelated == (place > 0))
    }
    // To know one of the two tells of the other: the first index is above the total one.
    #expect(found.inputs[1].first.interval.lowerBound > found.inputs[1].total.interval.upperBound)
    #expect(found.runs == 4_096 * 7)
    #expect(found.sumOfFirst == nil)
  }

  @Test("Three correlated normals with other weights: conditional variances in closed form")
  func correlatedTriple() async throws {
    let weights = [1.0, -2, 0.5]
    let ranks = [RankCorrelation(0, 1, 0.5), RankCorrelation(0, 2, 0.3), RankCorrelation(1, 2, -0.2)]
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
      #expect(abs(found.inputs[i].total.estimate - total) < 0.03)
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
    #expect(found.inputs[1].total.estimate == 0)
    #expect(found.inputs[1].finding == .onlyByCompanions)
  }

  @Test("Intervals of 90% contain the truth at least 85% of the time")
  func coverage() async throws {
    let rank = 0.6
    let rho = 2 * sin(Double.pi * rank / 6)
    var covered = 0
    var all = 0
    var options = Sensitivity.Options()
    options.basePoints = 256
    options.resamples = 200
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
        if input.total.interval.contains(total[place]) { covered += 1 }
      }
    }
    print("Indices of a linear function: \(covered) of \(all) intervals of 90% cover")
    #expect(covered * 100 >= 85 * all)
  }

  @Test("A step function of a few worlds in a hundred: intervals of 90% cover at least 85%")
  func coverageOfSteps() async throws {
    // Y = 1 where u0 < 0.2 and u1 < 0.5: p = 0.1, and Var E[Y | u0] = 0.2 · 0.25 − 0.01 = 0.04,
    // Var E[Y | u1] = 0.5 · 0.04 − 0.01 = 0.01, of 0.09.
    let first = [4.0 / 9, 1.0 / 9]
    let total = [8.0 / 9, 5.0 / 9]
    var covered = 0
    var all = 0
    var options = Sensitivity.Options()
    options.basePoints = 256
    options.resamples = 200
    for seed in UInt64(1)...200 {
      let response = try FunctionResponse(uniform: 3, seed: SplitMix64.hash(seed, 4)) {
        $0[0] < 0.2 && $0[1] < 0.5 ? 1 : 0
      }
      let found = try await response.sensitivity(options)
      for (place, input) in found.inputs.prefix(2).enumerated() {
        all += 2
        if input.first.interval.contains(first[place]) { covered += 1 }
        if input.total.interval.contains(total[place]) { covered += 1 }
      }
      #expect(found.inputs[2].finding == .none)
    }
    print("Indices of a step function: \(covered) of \(all) intervals of 90% cover")
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
}
