import Foundation
import Mathematics
import Scenarios
import Testing

/// Numbers with their uncertainty, as they are written.
@Suite("Quantities")
struct EstimateTests {
  /// The quantity `q` of a small scenario.
  private func quantity(_ estimate: String, _ more: String = "") -> Input? {
    let result = ScenarioTestSupport.read(
      SmallScenario.text(["quantities: {q: {is: '\(estimate)'\(more), source: judgment}}"]))
    guard let input = result.scenario?.inputs.first else {
      Issue.record("\(estimate): \(result.errors.map(\.message))")
      return nil
    }
    return input
  }

  private func codes(_ estimate: String, _ more: String = "") -> [String] {
    ScenarioTestSupport.read(
      SmallScenario.text(["quantities: {q: {is: '\(estimate)'\(more), source: judgment}}"])
    ).diagnostics.map(\.code)
  }

  private func isClose(_ left: Double, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(left - right) <= tolerance * max(1, abs(right))
  }

  @Test("A single number is the same in every draw")
  func numbers() throws {
    let cases: [(String, Double)] = [
      ("3", 3), ("-3", -3), ("+3", 3), ("0.25", 0.25), (".25", 0.25), ("40%", 0.4), ("1e-3", 1e-3),
      ("1E3", 1000), (" 7 ", 7), ("0", 0),
    ]
    for (text, value) in cases {
      let input = try #require(quantity(text))
      #expect(input.isFixed)
      #expect(input.best == value, "\(text)")
    }
    #expect(quantity("40%")?.isProbability == true)
    #expect(quantity("0.4")?.isProbability == false)
  }

  @Test("Two points are the 5th and 95th percentile; the best estimate is the median")
  func twoPoints() throws {
    // Both ends, and the family by its closed form: lognormal and normal have known medians.
    for (text, low, high) in [
      ("1 .. 4", 1.0, 4.0), ("-2 .. 4", -2, 4), ("5% .. 25%", 0.05, 0.25), ("0 .. 1", 0, 1),
      ("-3..-1", -3, -1), ("1e2 .. 1e4", 100, 10_000),
    ] {
      let input = try #require(quantity(text))
      #expect(!input.isFixed)
      #expect(isClose(input.distribution.quantile(0.05), low, 1e-6), "\(text)")
      #expect(isClose(input.distribution.quantile(0.95), high, 1e-6), "\(text)")
      #expect(isClose(input.best, input.distribution.quantile(0.5), 1e-6), "\(text)")
    }
    #expect(isClose(try #require(quantity("1 .. 4")).best, 2))
    #expect(isClose(try #require(quantity("-2 .. 4")).best, 1))
  }

  @Test("Three points are percentiles with the best estimate as the median")
  func threePoints() throws {
    for (text, points) in [
      ("0.5 .. 2 .. 4", [0.5, 2, 4]), ("2% .. 5% .. 15%", [0.02, 0.05, 0.15]),
      ("-1 .. 0 .. 3", [-1, 0, 3]),
    ] {
      let input = try #require(quantity(text))
      #expect(isClose(input.distribution.quantile(0.05), points[0], 1e-6), "\(text)")
      #expect(isClose(input.distribution.quantile(0.5), points[1], 1e-6), "\(text)")
      #expect(isClose(input.distribution.quantile(0.95), points[2], 1e-6), "\(text)")
      #expect(input.best == points[1])
    }
  }

  @Test("The kind decides what is possible; else percent signs and signs do")
  func kinds() throws {
    let inside: [(String, String, ClosedRange<Double>)] = [
      ("5% .. 25%", "", 0...1), ("1 .. 4", "", 0...Double.infinity),
      ("-2 .. 4", "", -Double.infinity...Double.infinity),
      ("0.1 .. 0.3", ", kind: probability", 0...1),
      ("1 .. 4", ", kind: real", -Double.infinity...Double.infinity),
      ("10% .. 30%", ", kind: positive", 0...Double.infinity),
      ("1 .. 4", ", at least: 0.5", 0.5...Double.infinity),
      ("1 .. 4", ", at most: 5", -Double.infinity...5),
      ("1 .. 2 .. 4", ", at least: 0, at most: 5", 0...5),
      ("20% .. 40%", ", kind: probability, at most: 50%", 0...0.5),
    ]
    for (text, more, range) in inside {
      let distribution = try #require(quantity(text, more)).distribution
      for step in 1..<200 {
        let value = distribution.quantile(Double(step) / 200)
        #expect(range.contains(value), "\(text)\(more): \(value)")
      }
      #expect(
        isClose(distribution.quantile(0.001), max(range.lowerBound, distribution.quantile(0.001))))
    }
  }

  @Test("Every family can be written by its name")
  func families() throws {
    // Medians in closed form, or by symmetry.
    let medians: [(String, Double)] = [
      ("normal(3, 2)", 3), ("lognormal(0, 1)", 1), ("uniform(2, 6)", 4),
      ("triangular(0, 1, 2)", 1), ("pert(0, 1, 2)", 1), ("beta(3, 3)", 0.5),
      ("exponential(2)", 2 * log(2.0)), ("student(5, 1, 2)", 1),
      ("discrete(1 at 20%, 2 at 80%)", 2),
      ("mixture(normal(-5, 1) at 50%, normal(5, 1) at 50%)", 0),
      ("truncate(normal(0, 1), -1, 1)", 0),
      ("metalog(1, 2, 4)", 2), ("gamma(1, 2)", 2 * log(2.0)),
      ("mixture(1 .. 4 at 100%)", 2),
      ("truncate(mixture(normal(0, 1) at 1, normal(0, 2) at 3), -1, 1)", 0),
      ("discrete(-1 at 1, 0 at 1, 1 at 1)", 0),
    ]
    for (text, median) in medians {
      let input = try #require(quantity(text))
      #expect(isClose(input.distribution.quantile(0.5), median, 1e-6), "\(text)")
      #expect(isClose(input.best, median, 1e-6), "\(text)")
    }
    #expect(codes("discrete(5% at 50%, 10% at 50%)") == [])
    #expect(quantity("discrete(1 at 50%, 3 at 50%)")?.isProbability == false)
    #expect(quantity("discrete(10% at 50%, 30% at 50%)")?.isProbability == true)
  }

  @Test("What is no estimate is refused with a code of its own")
  func refusals() {
    let cases: [(String, String, String)] = [
      ("", "", "missing-value"), ("x", "", "unknown-family"), ("1 2", "", "estimate"),
      ("1 .. x", "", "estimate"), ("4 .. 1", "", "estimate-order"),
      ("1 .. 3 .. 2", "", "estimate-order"),
      ("1e999", "", "estimate"), ("- -1", "", "estimate"),
      ("0 .. 4", ", kind: positive", "estimate-infeasible"), ("120%", "", "outside-support"),
      ("-1", ", kind: positive", "outside-support"), ("7", ", at most: 5", "outside-support"),
      ("normal(0, 1)", ", kind: probability", "outside-support"), ("normal()", "", "estimate"),
      ("normal(0, 0)", "", "estimate-infeasible"), ("uniform(2, 1)", "", "estimate-infeasible"),
      (
        "mixture(mixture(mixture(mixture(mixture(mixture(mixture(mixture(1 at 1) at 1) at 1) at 1) at 1) at 1) at 1) at 1)",
        "", "unknown-family"
      ),
      ("1", ", at least: 3, at most: 2", "bounds"), ("1", ", at least: 1 .. 2", "bad-number"),
      ("50%", ", kind: probability, at least: 2", "bounds"),
      ("1", ", kind: positive, at least: -1", "bounds"),
    ]
    for (text, more, code) in cases { #expect(codes(text, more) == [code], "\(text)\(more)") }
  }

  @Test("An infeasible triple names the nearest that works, and that one does work")
  func nearestFeasible() throws {
    let result = ScenarioTestSupport.read(
      SmallScenario.text(["quantities: {q: {is: 1 .. 1.01 .. 100, kind: real, source: judgment}}"]))
    let remedy = try #require(result.diagnostics.first?.remedy)
    let number = try #require(remedy.firstMatch(of: /works is ([0-9.]+)/)?.output.1)
    #expect(codes("1 .. \(number) .. 100", ", kind: real") == [])
    let slightlyLess = try #require(Double(number)) * 0.99
    #expect(codes("1 .. \(slightlyLess) .. 100", ", kind: real") == ["estimate-infeasible"])
  }

  @Test("Settings replace what is written, within the kind that the quantity declares")
  func settings() throws {
    let text = SmallScenario.text(["quantities: {q: {is: 10% .. 20%, source: judgment}}"])
    func read(_ name: String, _ estimate: String) -> ScenarioTestSupport.Result {
      ScenarioTestSupport.read(text, settings: [(name: name, estimate: estimate)])
    }
    #expect(read("q", "50%").scenario?.inputs.first?.best == 0.5)
    #expect(read("q", "30% .. 40%").scenario?.inputs.first?.isFixed == false)
    #expect(read("q", "3").errors.map(\.code) == ["outside-support"])
    #expect(read("q", "high").errors.map(\.code) == ["unknown-family"])
    #expect(read("qq", "3").errors.map(\.remedy) == ["did you mean 'q'?"])
    #expect(read("A.mood = hot", "30%").errors.map(\.code) == ["unknown-setting"])
    // What is wrong in the text is not blamed on the setting.
    let broken = SmallScenario.text(["quantities: {q: {is: 20% .. 10%, source: judgment}}"])
    #expect(
      ScenarioTestSupport.read(broken, settings: [(name: "q", estimate: "5%")]).errors.map(\.code)
        == ["estimate-order"])
  }
}
