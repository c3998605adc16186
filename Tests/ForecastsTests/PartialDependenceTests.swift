import Forecasts
import Mathematics
import Scenarios
import Testing

/// Whether the intervals of a curve's bins hold what they promise.
@Suite("Partial dependence")
struct PartialDependenceTests {
  /// Y is 1 where x₂ < 0.06 x₁: a rare event whose mean over a bin is 0.06 times the mean of x₁ there.
  @Test("The 90% intervals of bins hold the truth, also where an event is rare")
  func coverage() async throws {
    var held = 0
    var count = 0
    for seed in 1...200 as ClosedRange<UInt64> {
      let response = try FunctionResponse(uniform: 2, seed: seed) { $0[1] < 0.06 * $0[0] ? 1 : 0 }
      let sample = try await response.sample(1_024)
      let curve = sample.partialDependence(of: 0, in: response.space)
      #expect(curve.bins.count == 16)
      for bin in curve.bins {
        count += 1
        if bin.interval.contains(0.06 * bin.center) { held += 1 }
        #expect(bin.interval.contains(bin.mean))
        #expect(bin.interval.lowerBound >= 0 && bin.interval.upperBound <= 1)
      }
    }
    print("Bins of a rare event: \(held) of \(count) intervals of 90% hold the truth")
    #expect(Double(held) >= 0.85 * Double(count))
  }

  @Test("Intervals of a payoff are about its mean, wherever that lies")
  func payoffs() async throws {
    var held = 0
    for seed in 1...100 as ClosedRange<UInt64> {
      let response = try FunctionResponse(normal: 2, seed: seed) { 5 * $0[0] + $0[1] - 40 }
      let sample = try await response.sample(1_024)
      let curve = sample.partialDependence(of: 0, in: response.space, isProbability: false)
      held += curve.bins.count { $0.interval.contains(5 * $0.center - 40) }
    }
    #expect(held >= 1_360)
  }

  /// The seed question where the ally had stood: its curves zigzag, by no more than their intervals
  /// allow for.
  @Test("Curves of the seed's variants err by what they say")
  func ally() async throws {
    let text = try ForecastTestSupport.text(of: "russia-iran.yaml")
    let plain = try ForecastTestSupport.scenario(text)
    let variant = try #require(plain.variants.first { $0.name == "had the ally stood" })
    let scenario = try ForecastTestSupport.scenario(
      text, settings: variant.settings.map { ($0.name, $0.estimate) })
    let price = try #require(scenario.input(named: "price of missiles"))
    var curves: [PartialDependence] = []
    for seed in 1...12 as ClosedRange<UInt64> {
      var options = Forecaster.Options()
      options.seed = seed
      let response = try ScenarioResponse(scenario, question: 0, options: options)
      let sample = try await response.sample(1_024)
      curves.append(sample.partialDependence(of: price, in: response.space))
    }
    var held = 0
    for bin in 0..<16 {
      let all = curves.reduce(0) { $0 + $1.bins[bin].mean }
      for curve in curves {
        let others = (all - curve.bins[bin].mean) / Double(curves.count - 1)
        if curve.bins[bin].interval.contains(others) { held += 1 }
      }
    }
    print("Bins of 'price of missiles': \(held) of 192 intervals of 90% hold the others' mean")
    #expect(held >= 163)
  }
}
