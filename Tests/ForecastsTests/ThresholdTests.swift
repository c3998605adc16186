import Forecasts
import Foundation
import Mathematics
import Scenarios
import Testing

/// Thresholds of published models, against the closed forms that their papers give for the instances
/// of this project's scenario files.
@Suite("Thresholds")
struct ThresholdTests {
  /// One quantity's threshold, the others fixed as the file has them.
  private func threshold(
    _ file: String, _ question: String, _ name: String, _ estimate: String,
    level: Double = 0.5
  ) async throws -> Threshold? {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: file), settings: [(name, estimate)])
    let index = try #require(scenario.questions.firstIndex { $0.id == question })
    let response = try ScenarioResponse(scenario, question: index, options: .init())
    let input = try #require(scenario.input(named: name))
    let found = try await response.thresholdsAtBest(level: level).found.first { $0.input == input }
    // With nothing else uncertain, draws say the same.
    var options = Thresholds.Options()
    options.draws = 16
    let drawn = try await response.thresholds(level: level, options).found
      .first { $0.input == input }
    #expect(found?.crossings.count == drawn?.crossings.count)
    for (one, other) in zip(found?.crossings ?? [], drawn?.crossings ?? []) {
      #expect(other.lower.value <= one.upper.value && one.lower.value <= other.upper.value)
    }
    return found
  }

  private func expect(
    _ threshold: Threshold?, at values: [Double], isRising: [Bool],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let crossings = threshold?.crossings ?? []
    #expect(crossings.count == values.count, sourceLocation: sourceLocation)
    for ((crossing, value), isRising) in zip(zip(crossings, values), isRising) {
      let width = crossing.upper.value - crossing.lower.value
      #expect(crossing.lower.value - width <= value, sourceLocation: sourceLocation)
      #expect(crossing.upper.value + width >= value, sourceLocation: sourceLocation)
      #expect(width < 1e-4, sourceLocation: sourceLocation)
      #expect(crossing.isRising == isRising, sourceLocation: sourceLocation)
    }
  }

  @Test("Fearon (1995): the risk is run below q* = (x_H - x_L) / (x_H - p + c_A) = 4/9")
  func fearon() async throws {
    expect(
      try await threshold(
        "fearon-1995-ultimatum.yaml", "risk", "odds resolute", "uniform(10%, 90%)"),
      at: [4.0 / 9], isRising: [false])
    // At q = 30%: 0.2 / (0.25 + c_A) = 0.3.
    expect(
      try await threshold("fearon-1995-ultimatum.yaml", "risk", "cost A", "uniform(0.1, 0.8)"),
      at: [0.2 / 0.3 - 0.25], isRising: [false])
  }

  @Test("Kreps and Wilson (1982): the first entrant stays out above b^2 = 1/4")
  func krepsWilson() async throws {
    expect(
      try await threshold(
        "kreps-wilson-1982-reputation.yaml", "entry", "odds strong", "uniform(2%, 60%)"),
      at: [0.25], isRising: [false])
  }

  @Test("Morrow (1994): an alliance is attacked with (l - k) / (l + a), bluffed q w / ((1 - q) g)")
  func morrow() async throws {
    // The reliable join as long as k <= 0.23; at k = 0.2 attack falls to 0.64.
    expect(
      try await threshold(
        "morrow-1994-alliance.yaml", "deters", "peacetime cost", "uniform(0.05, 0.22)",
        level: 0.36),
      at: [0.2], isRising: [true])
    expect(
      try await threshold(
        "morrow-1994-alliance.yaml", "bluff", "odds reliable", "uniform(5%, 38%)"),
      at: [0.25], isRising: [true])
  }

  @Test("Smith and Stam (2004): war where A's odds less its cost exceed the best accepted demand")
  func smithStam() async throws {
    // On the grid the best accepted demand is 0.45; p_A - c > 0.45.
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "smith-stam-2004-optimism.yaml"))
    let war = try #require(scenario.questions.first { $0.writtenEvent.contains("fight") })
    expect(
      try await threshold(
        "smith-stam-2004-optimism.yaml", war.id, "odds in A's eyes", "uniform(30%, 90%)"),
      at: [0.55], isRising: [true])
  }

  @Test("Debs and Monteiro (2014): peace above d* = (Delta - k) / (Delta + c_T) = 0.6")
  func debsMonteiro() async throws {
    let file = "debs-monteiro-2014-power-shift.yaml"
    expect(
      try await threshold(file, "strike", "odds of detection", "uniform(30%, 95%)", level: 0.2),
      at: [0.6], isRising: [false])
    // Below it P(strike) = q d + (1 - q d) r, with q = 0.3 / (1 - 0.7 d), r = 1 - 0.1 / (1 - 1.5 d):
    // one half at d = 4/7.
    expect(
      try await threshold(file, "strike", "odds of detection", "uniform(30%, 95%)"),
      at: [4.0 / 7], isRising: [false])
  }

  @Test("Deterrence: prize / (prize + war), and a tripwire worth more than the war that it brings")
  func deterrence() async throws {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "deterrence.yaml"))
    func crossings(_ id: String, _ name: String) async throws -> [Threshold.Crossing]? {
      let question = try #require(scenario.questions.firstIndex { $0.id == id })
      let response = try ScenarioResponse(scenario, question: question, options: .init())
      return try await response.thresholdsAtBest().found
        .first { scenario.inputs[$0.input].name == name }?.crossings
    }
    for (id, name, value) in [
      ("unguarded", "odds resolute", 1 / 2.5), ("tripwire", "garrison lost", 1.6 - 1),
      ("tripwire", "war of the irresolute", 1 + 0.8),
    ] {
      let found = try #require(try await crossings(id, name))
      #expect(found.count == 1)
      #expect(abs(found[0].lower.value - value) < 2e-5 && abs(found[0].upper.value - value) < 2e-5)
    }
  }

  @Test("Rubinstein (1982), three rounds on a grid: three eighths from d = 1/5 to d = 5/7")
  func rubinstein() async throws {
    let found = try await threshold(
      "rubinstein-1982-bargaining.yaml", "three-eighths", "discount", "uniform(5%, 95%)")
    expect(found, at: [0.2, 5.0 / 7], isRising: [true, false])
    // With d = 1/2 it is offered: beyond lie 15 and 23.57 of 90 points.
    #expect(abs(try #require(found).shareBeyond - (0.15 + 0.95 - 5.0 / 7) / 0.9) < 1e-3)
  }

  @Test("With others as drawn: normal sums cross where the mean is one half")
  func drawn() async throws {
    // P(x0 + x1 + x2 > 1 | x0 = v) = 1/2 at v = 1.
    let response = try FunctionResponse(normal: 3) { $0[0] + 0.5 * $0[1] + 0.2 * $0[2] > 1 ? 1 : 0 }
    let found = try await response.thresholds()
    #expect(found.found.map(\.input) == [0, 1])
    let first = try #require(found.found.first?.crossings.first)
    #expect(abs(first.lower.value - 1) < 0.03)
    #expect(abs((found.found.first?.shareBeyond ?? 0) - 0.1587) < 0.01)
    #expect(first.isRising)
    #expect(first.upper.value - first.lower.value < 0.0101)
    // The second must be 2 standard deviations high: at 99.5% it is 2.58.
    #expect(abs(try #require(found.found.last?.crossings.first).lower.value - 2) < 0.1)
    #expect(found.closest == nil)
  }

  @Test("An answer that rises and falls again has two thresholds")
  func twoCrossings() async throws {
    let response = try FunctionResponse(uniform: 2) {
      abs($0[0] - 0.5) < 0.3 + 0.1 * ($0[1] - 0.5) ? 1 : 0
    }
    let found = try await response.thresholds()
    #expect(found.found.map(\.input) == [0])
    let crossings = try #require(found.found.first).crossings
    try #require(crossings.map(\.isRising) == [true, false])
    #expect(abs(crossings[0].lower.value - 0.2) < 0.02)
    #expect(abs(crossings[1].lower.value - 0.8) < 0.02)
  }

  @Test("Worlds that turn between two values are not taken for granted")
  func refutedInference() async throws {
    // Every draw is 1 near one value of its own and 0 elsewhere, on top of a rise at 0.7.
    let response = try FunctionResponse(uniform: 2) { u in
      u[0] > 0.7 || abs(u[0] - u[1] * 0.2 - 0.4) < 0.1 ? 1 : 0
    }
    let found = try await response.thresholds()
    for threshold in found.found where threshold.input == 0 {
      for crossing in threshold.crossings {
        for side in [crossing.lower, crossing.upper] {
          var points = response.space.points(1_024, seed: 1)
          for draw in points.indices { points[draw][0] = side.value }
          #expect(try await response.values(at: points).mean == side.response)
        }
      }
    }
    #expect(
      found.found.first { $0.input == 0 }?.crossings.last.map { abs($0.lower.value - 0.7) < 0.01 }
        == true)
  }

  @Test("Where nothing crosses, what comes closest is named")
  func closest() async throws {
    let response = try FunctionResponse(uniform: 3) { 0.1 + 0.2 * $0[0] + 0.05 * $0[1] }
    let found = try await response.thresholds()
    #expect(found.found.isEmpty)
    let closest = try #require(found.closest)
    #expect(closest.input == 0)
    #expect(abs(closest.response - 0.325) < 0.01)
  }

  @Test("A correlated quantity that is set tells its companions nothing, as with --set")
  func correlated() async throws {
    let response = try FunctionResponse(normal: 2, correlations: [RankCorrelation(0, 1, 0.8)]) {
      $0[0] + $0[1] > 1 ? 1 : 0
    }
    let found = try await response.thresholds()
    // Conditionally it would be 1 / (1 + 0.81) = 0.55.
    let crossing = try #require(found.found.first { $0.input == 0 }?.crossings.first)
    #expect(abs(crossing.lower.value - 1) < 0.05)
  }
}
