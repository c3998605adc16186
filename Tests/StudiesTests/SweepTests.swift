import Forecasts
import Reports
import Scenarios
import Studies
import Synchronization
import Testing

/// Sweeps are held to `ask`, to their own bytes in any number of parts, and to what is refused.
@Suite("Sweeps")
struct SweepTests {
  /// Two quantities with ranges that move together, one without, two questions.
  private static let scenario = """
    entente: 1
    title: A game of chicken, of uncertain cost
    parties: {Red: One driver., Blue: The other.}
    quantities:
      crash: {is: 2 .. 4 .. 9, kind: real}
      fog: {is: 5% .. 20% .. 40%}
      pride: 1
    story:
      - {step: weather, chance: {foggy: fog, clear: rest}}
      - {step: red, by: Red, options: [straight, swerve], hidden from: [Blue]}
      - {step: blue, by: Blue, options: [straight, swerve]}
    define:
      both straight: red = straight and blue = straight
    payoffs:
      Red:
        win: if red = straight and blue = swerve then pride
        crash: if both straight then -(if weather = foggy then 2 * crash else crash)
      Blue:
        win: if blue = straight and red = swerve then pride
        crash: if both straight then -(if weather = foggy then 2 * crash else crash)
    together:
      - quantities: [crash, fog]
        correlation: 0.4
    questions:
      - {id: crash, ask: "Do they crash?", probability of: both straight}
      - {id: fog, ask: "And in fog?", probability of: both straight, given: weather = foggy}
    """

  private func file(_ settings: [String] = []) -> ScenarioFile {
    ScenarioFile.check(Array(Self.scenario.utf8), name: "chicken.yaml", settings: settings)
  }

  private func plan(
    shard: String = "1/1", threads: Int = 2, settings: [String] = [],
    _ change: (inout SweepPlan.Request) -> Void
  ) throws -> SweepPlan {
    var request = SweepPlan.Request()
    request.shard = try #require(SweepPlan.Shard(shard))
    request.options.threads = threads
    change(&request)
    let file = file(settings)
    let scenario = try #require(file.scenario)
    return try SweepPlan(
      file, scenario: scenario, settings: settings, limits: ScenarioFile.Limits(),
      request: request)
  }

  private func lines(
    _ plan: SweepPlan, _ format: SweepText.Format = .csv,
    after kept: SweepStudy.Kept = SweepStudy.Kept()
  ) async throws -> String {
    let text = Mutex("")
    try await SweepStudy.run(plan, format: format, after: kept) { part in
      #expect(part.hasSuffix("\n"))
      text.withLock { $0 += part }
    }
    return text.withLock { $0 }
  }

  private func numbers(_ line: Substring) -> [Double?] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
  }

  @Test(
    "A row of a grid is what `ask` answers with that setting, to the last bit",
    arguments: [256, 100, 3, 700])
  func ask(_ draws: Int) async throws {
    let rows = try await lines(
      plan {
        $0.grids = ["crash=2.5..7:4", "pride=0.5..1.5:3"]
        $0.draws = draws
      }
    ).split(separator: "\n")
    #expect(rows[0] == "row,crash,pride,P(crash),SE(crash),P(fog),SE(fog),invalid,uncertified")
    #expect(rows.count == 13)
    for (number, row) in rows.dropFirst().enumerated() {
      let values = numbers(row)
      let point = (crash: 2.5 + 1.5 * Double(number / 3), pride: 0.5 + 0.5 * Double(number % 3))
      #expect(values[0] == Double(number))
      #expect(values[1] == point.crash && values[2] == point.pride)
      var options = Forecaster.Options()
      options.draws = draws
      let scenario = try #require(
        file(["crash=\(point.crash)", "pride=\(point.pride)"]).scenario)
      let forecast = try await AskStudy.run(scenario, question: nil, options: options).forecast
      for (index, answer) in forecast.answers.enumerated() {
        let estimate = try #require(answer.estimate)
        #expect(values[3 + 2 * index] == estimate.probability)
        #expect(values[4 + 2 * index] == estimate.samplingError)
      }
      #expect(values[7] == Double(forecast.invalid) && values[8] == Double(forecast.uncertified))
    }
  }

  @Test("Row k of a sample is draw k of the scenario's quantities, solved there")
  func sample() async throws {
    let rows = try await lines(plan { $0.sample = 40 }).split(separator: "\n")
    #expect(rows[0] == "row,crash,fog,P(crash),P(fog),invalid,uncertified")
    let scenario = try #require(file().scenario)
    let source = try DrawSource(scenario, seed: 1)
    var point = source.makePoint()
    var values: [Double] = []
    for (number, row) in rows.dropFirst().enumerated() {
      source.draw(number, point: &point, into: &values)
      let shown = numbers(row)
      #expect(shown[1] == values[0] && shown[2] == values[1])
      var options = Forecaster.Options()
      options.isBest = true
      let held = try #require(file(["crash=\(values[0])", "fog=\(values[1])"]).scenario)
      let forecast = try await AskStudy.run(held, question: "crash", options: options).forecast
      #expect(shown[3] == forecast.answers[0].estimate?.probability)
    }
  }

  @Test("The average over the rows of a sample is the answer of `ask` with as many draws")
  func average() async throws {
    let rows = try await lines(plan { $0.sample = 512 }).split(separator: "\n").dropFirst()
    let mean = rows.compactMap { numbers($0)[3] }.reduce(0, +) / 512
    var options = Forecaster.Options()
    options.draws = 512
    let scenario = try #require(file().scenario)
    let forecast = try await AskStudy.run(scenario, question: "crash", options: options).forecast
    #expect(abs(mean - (try #require(forecast.answers[0].estimate?.probability))) < 1e-12)
  }

  @Test("Shards one after the other, and any number of threads, give the bytes of a single run")
  func shards() async throws {
    func change(_ request: inout SweepPlan.Request) {
      request.sample = 331
      request.over = ["fog"]
      request.draws = 7
    }
    for format in SweepText.Format.allCases {
      let whole = try await lines(plan(threads: 1, change), format)
      #expect(try await lines(plan(threads: 2, change), format) == whole)
      for count in [2, 3, 7, 400] {
        var joined = ""
        for number in 1...count {
          joined += try await lines(plan(shard: "\(number)/\(count)", change), format)
        }
        #expect(joined == whole)
      }
    }
  }

  @Test("After any whole line the rest is written, and the two are the bytes of a single run")
  func resume() async throws {
    for shard in ["1/1", "2/3"] {
      let plan = try plan(shard: shard) {
        $0.grids = ["crash=2..8:90"]
        $0.draws = 5
      }
      let whole = try await lines(plan, .jsonl)
      let all = whole.split(separator: "\n").map { "\($0)\n" }
      for count in [0, 1, 2, 3, 25, all.count - 1, all.count] {
        var kept = SweepStudy.Kept()
        kept.lines = count
        kept.first = all.prefix(count).first ?? ""
        kept.last = all.prefix(count).last ?? ""
        let rest = try await lines(plan, .jsonl, after: kept)
        #expect(all.prefix(count).joined() + rest == whole)
      }
    }
  }

  @Test("What another sweep has written is not gone on with")
  func mismatch() async throws {
    let first = try plan { $0.sample = 9 }
    let all = try await lines(first).split(separator: "\n").map { "\($0)\n" }
    var kept = SweepStudy.Kept()
    (kept.lines, kept.first, kept.last) = (4, all[0], all[3])
    let others = try [
      plan { $0.sample = 2 }, plan { ($0.sample, $0.options.seed) = (9, 2) },
      plan { ($0.sample, $0.draws, $0.over) = (9, 4, ["fog"]) },
      plan(settings: ["pride=2"]) { $0.sample = 9 }, plan(shard: "2/2") { $0.sample = 9 },
    ]
    for other in others {
      await #expect(throws: AskStudy.Failure.self) {
        _ = try await lines(other, after: kept)
      }
    }
  }

  @Test("Every number of a sweep reads back as the double it was")
  func tenths() async throws {
    let rows = try await lines(plan { ($0.grids, $0.isBest) = (["fog=10%..90%:9"], true) })
    let values = rows.split(separator: "\n").dropFirst().map { numbers($0)[1] }
    #expect(values == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
  }

  @Test("A draw that has no game is counted in its row, which has no answer if it has none left")
  func invalid() async throws {
    // Pride of 5 makes fog of 90% odds of 450%.
    let text = Self.scenario.replacing("foggy: fog", with: "foggy: fog * pride")
    let file = ScenarioFile.check(Array(text.utf8), name: "chicken.yaml")
    var request = SweepPlan.Request()
    request.grids = ["pride=1..5:2", "fog=10%..90%:2"]
    request.draws = 6
    let plan = try SweepPlan(
      file, scenario: try #require(file.scenario), settings: [], limits: ScenarioFile.Limits(),
      request: request)
    let warnings = try await SweepStudy.run(plan, format: .csv) { _ in }
    #expect(warnings.map(\.code) == ["invalid-draws"])
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.message.contains("in row 3") })
    let rows = try await lines(plan).split(separator: "\n").dropFirst().map(numbers)
    #expect(rows.map { $0[7] } == [0, 0, 0, 6])
    #expect(rows[3][3...6].allSatisfy { $0 == nil })
    let json = try await lines(plan, .jsonl).split(separator: "\n")
    #expect(json[4].contains(#""crash":{"probability":null,"sampling_error":null}"#))
  }

  @Test(
    "What cannot be swept is refused with a remedy",
    arguments: [
      ("fog", "sweep-grid"), ("fog=1%", "sweep-grid"), ("fog=1%..2%", "sweep-grid"),
      ("fog=1%..2%:0", "sweep-grid"), ("fog=1%..2%:1", "sweep-grid"),
      ("fog=1%..1%:2", "sweep-grid"), ("fog=2%..1%:3", "sweep-grid"),
      ("fog=1%..2%:x", "sweep-grid"), ("fog=1%..2%:9999999999", "sweep-grid"),
      ("fog=a..2%:2", "sweep-grid"), ("fog=1/3..2:2", "sweep-grid"), ("=1..2:2", "setting"),
      ("fog=..:", "sweep-grid"), ("fog=:1..2", "sweep-grid"), ("fog=1..:2", "sweep-grid"),
      ("frog=1%..2%:2", "unknown-setting"), ("fog=50%..150%:2", "outside-support"),
      ("crash=1..1e999:2", "estimate"),
    ])
  func refused(_ grid: String, _ code: String) throws {
    do {
      _ = try plan { $0.grids = [grid] }
      Issue.record("\(grid) is swept")
    } catch AskStudy.Failure.input(let diagnostics) {
      #expect(diagnostics.map(\.code) == [code])
      #expect(diagnostics.allSatisfy { $0.remedy != nil }, "\(diagnostics)")
    }
  }

  @Test("What cannot be drawn, or is too much, is refused with a remedy")
  func refusedSamples() throws {
    let changes: [(String, (inout SweepPlan.Request) -> Void)] = [
      ("sweep-fixed", { ($0.sample, $0.over) = (2, ["pride"]) }),
      ("unknown-setting", { ($0.sample, $0.over) = (2, ["prid"]) }),
      ("sweep-twice", { ($0.sample, $0.over) = (2, ["fog", "fog"]) }),
      ("sweep-too-large", { ($0.grids) = ["fog=1%..2%:100000", "crash=1..2:100000"] }),
      (
        "sweep-too-large",
        { ($0.sample, $0.over, $0.draws) = (1_000_000_000, ["fog"], 100_000_000) }
      ),
      ("unknown-question", { ($0.sample, $0.question) = (2, "crush") }),
    ]
    for (code, change) in changes {
      do {
        _ = try plan(change)
        Issue.record("\(code) is not noticed")
      } catch AskStudy.Failure.input(let diagnostics) {
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.allSatisfy { $0.remedy != nil })
      }
    }
    for wrong in ["", "1", "0/2", "3/2", "1/0", "a/2", "1/2/3", "-1/2", "1/1000001"] {
      #expect(SweepPlan.Shard(wrong) == nil)
    }
  }
}
