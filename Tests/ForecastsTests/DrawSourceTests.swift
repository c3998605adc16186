import Forecasts
import Scenarios
import Testing

private let quantities = """
  entente: 1
  title: Numbers
  parties: {A: One., B: Two.}
  quantities:
    low to high: 1 .. 3
    three points: 0.5 .. 2 .. 4
    share: 10% .. 30%
    fixed: 7
    normal one: normal(2, 0.5)
  together: [{quantities: [low to high, normal one], correlation: 0.6}]
  story: [{step: move, by: A, options: [up, down]}]
  payoffs:
    A: {all: if move = up then low to high + three points + share + fixed + normal one}
    B: {none: 0}
  """

/// All draws of one input, 0 to 4,095.
private func column(_ name: String, of text: String, seed: UInt64 = 1) throws -> [Double] {
  let scenario = try ForecastTestSupport.scenario(text)
  let source = try DrawSource(scenario, seed: seed)
  let index = try #require(scenario.input(named: name))
  var point = source.makePoint()
  var inputs: [Double] = []
  return (0..<4096).map { draw in
    source.draw(draw, point: &point, into: &inputs)
    return inputs[index]
  }
}

@Test("Written percentiles are the percentiles of the draws")
func percentilesOfDraws() throws {
  func share(_ name: String, atMost limit: Double) throws -> Double {
    Double(try column(name, of: quantities).count { $0 <= limit }) / 4096
  }
  #expect(abs(try share("low to high", atMost: 1) - 0.05) < 0.005)
  #expect(abs(try share("low to high", atMost: 3) - 0.95) < 0.005)
  #expect(abs(try share("three points", atMost: 0.5) - 0.05) < 0.005)
  #expect(abs(try share("three points", atMost: 2) - 0.5) < 0.005)
  #expect(abs(try share("three points", atMost: 4) - 0.95) < 0.005)
  #expect(abs(try share("share", atMost: 0.1) - 0.05) < 0.005)
  #expect(abs(try share("share", atMost: 0.3) - 0.95) < 0.005)
  // The standard normal's quartile is 0.6745.
  #expect(abs(try share("normal one", atMost: 2 - 0.6745 * 0.5) - 0.25) < 0.005)
  #expect(try column("fixed", of: quantities).allSatisfy { $0 == 7 })
  #expect(try column("share", of: quantities).allSatisfy { $0 > 0 && $0 < 1 })
}

@Test("A stated rank correlation is that of the draws")
func rankCorrelationOfDraws() throws {
  func ranks(_ values: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: values.count)
    for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
      result[index] = Double(rank)
    }
    return result
  }
  func correlation(_ one: [Double], _ other: [Double]) -> Double {
    let (a, b) = (ranks(one), ranks(other))
    let mean = Double(a.count - 1) / 2
    let joint = zip(a, b).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return joint / a.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
  let first = try column("low to high", of: quantities)
  #expect(abs(correlation(first, try column("normal one", of: quantities)) - 0.6) < 0.02)
  #expect(abs(correlation(first, try column("share", of: quantities))) < 0.02)
}

@Test("A draw is a function of seed and number, whatever was drawn before")
func drawsArePure() throws {
  let scenario = try ForecastTestSupport.scenario(quantities)
  let source = try DrawSource(scenario, seed: 9)
  var point = source.makePoint()
  var late: [Double] = []
  source.draw(1234, point: &point, into: &late)
  var again: [Double] = []
  source.draw(7, point: &point, into: &again)
  source.draw(1234, point: &point, into: &again)
  #expect(late == again)
  #expect(try column("share", of: quantities, seed: 1) != column("share", of: quantities, seed: 2))
}

@Test("Fixing one quantity leaves the draws of the others as they were")
func fixingLeavesOthersAlone() throws {
  let fixed = quantities.replacing("0.5 .. 2 .. 4", with: "2")
  #expect(try column("share", of: fixed) == column("share", of: quantities))
  #expect(try column("normal one", of: fixed) == column("normal one", of: quantities))
}

@Test("Correlations that contradict each other are refused at their place")
func contradictoryCorrelations() throws {
  let text = quantities.replacing(
    "together: [{quantities: [low to high, normal one], correlation: 0.6}]",
    with: """
      together:
        - {quantities: [low to high, three points], correlation: 0.9}
        - {quantities: [three points, share], correlation: 0.9}
        - {quantities: [low to high, share], correlation: -0.9}
      """)
  let scenario = try ForecastTestSupport.scenario(text)
  #expect(throws: Diagnostic.self) { try DrawSource(scenario, seed: 1) }
}
