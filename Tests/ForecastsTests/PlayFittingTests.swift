import Foundation
import Forecasts
import Mathematics
import Scenarios
import Testing

/// Quantities fitted to past plays.
@Suite("Fitting to plays")
struct PlayFittingTests {
  /// One choice between 1 and 0: odds exp(rationality), since the gain is the whole range.
  static let binary = """
    entente: 1
    title: One choice
    parties: {A: Chooses., B: Looks on.}
    story:
      - {step: choice, by: A, options: [good, bad]}
    payoffs: {A: {gain: if choice = good then 1}, B: {nothing: 0}}
    solve: {rationality: 0.5 .. 2 .. 8}
    """

  /// A worker who may be able chooses whether to study, which costs the less able more; an employer
  /// sees it and pays. The odds of the able are unknown.
  static let signal = """
    entente: 1
    title: A signal
    parties: {Worker: Studies or not., Employer: Pays.}
    private types: {Worker: {skill: {able: odds able, other: rest}}}
    quantities: {odds able: 10% .. 40% .. 80%}
    story:
      - {step: study, by: Worker, options: [learn, work]}
      - {step: pay, by: Employer, options: [high, low]}
    payoffs:
      Worker:
        wage: if pay = high then 2
        effort: if study = learn then (if Worker.skill = able then -0.5 else -2)
      Employer:
        match: if pay = high and Worker.skill = able then 1 else if pay = high then -1
    solve: {rationality: 2 .. 4 .. 8}
    """

  static func table(_ text: String, of scenario: Scenario) throws -> PlayTable {
    let (table, diagnostics) = PlayTable.read(Array(text.utf8), of: scenario, file: "plays.csv")
    return try #require(table, "\(diagnostics)")
  }

  static func likelihood(
    _ table: PlayTable, _ scenario: Scenario, _ names: [String]
  ) throws -> PlayLikelihood {
    try PlayLikelihood(
      table, of: scenario, file: "plays.csv",
      targets: names.map { try #require(scenario.input(named: $0)) },
      options: Forecaster.Options())
  }

  static func codes(_ text: String, _ scenario: Scenario) -> [String] {
    PlayTable.read(Array(text.utf8), of: scenario, file: "plays.csv").diagnostics.map(\.code)
  }

  // MARK: - Closed forms

  @Test("The rationality of a choice between two is the log-odds of its frequency")
  func binaryLogit() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.binary)
    let table = try Self.table("choice,count\ngood,80\nbad,20\n", of: scenario)
    let fit = try await Self.likelihood(table, scenario, ["rationality"]).fit()
    let estimate = try #require(fit.estimates.first)
    #expect(abs(estimate.value - log(4)) < 1e-4)
    #expect(abs(fit.logLikelihood - (80 * log(0.8) + 20 * log(0.2))) < 1e-8)
    #expect(abs(fit.blind - 100 * log(0.5)) < 1e-3)
    // At the ends the log-likelihood is lower by half of 1.645².
    for end in [estimate.interval.lowerBound, estimate.interval.upperBound] {
      let drop =
        fit.logLikelihood + 80 * log(1 + exp(-end)) + 20 * log(1 + exp(end))
      #expect(abs(drop - 1.644853627 * 1.644853627 / 2) < 1e-3)
    }
    let good = try #require(fit.steps.first?.frequencies.first)
    #expect(good.observed == 80 && abs(good.expected - 80) < 1e-2)
  }

  @Test("Odds of a type that was seen are fitted by its frequency")
  func frequency() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    let table = try Self.table(
      "Worker.skill,count\nable,30\nother,70\n", of: scenario)
    let fit = try await Self.likelihood(table, scenario, ["odds able"]).fit()
    #expect(abs(try #require(fit.estimates.first).value - 0.3) < 1e-5)
    #expect(abs(fit.logLikelihood - (30 * log(0.3) + 70 * log(0.7))) < 1e-8)
  }

  @Test("A cell that is empty is summed out")
  func marginal() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    let likelihood = try Self.likelihood(
      Self.table("study,pay,Worker.skill\nlearn,,\n", of: scenario), scenario, ["rationality"])
    let full = try Self.likelihood(
      Self.table(
        "study,pay,Worker.skill,count\nlearn,high,able,1\n", of: scenario), scenario,
      ["rationality"])
    let parts = ["learn,high,able", "learn,high,other", "learn,low,able", "learn,low,other"]
    var sum = 0.0
    for part in parts {
      let one = try Self.likelihood(
        Self.table("study,pay,Worker.skill\n\(part)\n", of: scenario), scenario, ["rationality"])
      sum += exp(try await one.logLikelihoods([[4]])[0])
    }
    #expect(abs(exp(try await likelihood.logLikelihoods([[4]])[0]) - sum) < 1e-12)
    #expect(try await full.logLikelihoods([[4]])[0] < 0)
  }

  @Test("A column named like a quantity holds each play's own value")
  func ownValues() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    let table = try Self.table(
      "Worker.skill,odds able,count\nable,20%,3\nother,0.6,2\nable,,1\n", of: scenario)
    let value = try await Self.likelihood(table, scenario, ["rationality"]).logLikelihoods([[4]])
    #expect(abs(value[0] - (3 * log(0.2) + 2 * log(0.4) + log(0.4))) < 1e-12)
  }

  @Test("Samples weighed by the plays give the posterior of a beta prior")
  func betaPosterior() async throws {
    let text = """
      entente: 1
      title: Rain
      parties: {A: Looks., B: Looks.}
      quantities: {x: "beta(2, 3)"}
      story:
        - {step: day, chance: {rain: x, sun: rest}}
      payoffs: {A: {nothing: 0}, B: {nothing: 0}}
      solve: {rationality: 5}
      """
    let scenario = try ForecastTestSupport.scenario(text)
    for (rain, sun) in [(3, 1), (200, 600)] {
      let table = try Self.table("day,count\nrain,\(rain)\nsun,\(sun)\n", of: scenario)
      let result = try await Self.likelihood(table, scenario, []).posterior(draws: 8192, seed: 1)
      let change = try #require(result.quantities.first)
      let beta = try Distribution.beta(alpha: 2 + Double(rain), beta: 3 + Double(sun))
      let width = beta.quantile(0.95) - beta.quantile(0.05)
      for (level, value) in zip([0.05, 0.5, 0.95], change.posterior) {
        #expect(abs(value - beta.quantile(level)) < 0.08 * width, "\(rain) \(level)")
      }
      #expect(result.isComplete && result.effectiveSamples >= 400)
    }
  }

  // MARK: - Recovery

  @Test("The 90% interval of rationality holds the truth in at least 85% of simulated tables")
  func rationalityCovered() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.binary)
    var covered = 0
    let repetitions = 300
    var inputs = scenario.inputs.map(\.best)
    inputs[try #require(scenario.solve.rationality)] = 1.5
    let simulator = try await PlaySimulator(
      scenario, inputs: inputs, options: Forecaster.Options())
    for seed in 0..<repetitions {
      let table = simulator.plays(60, seed: UInt64(seed))
      let fit = try await Self.likelihood(table, scenario, ["rationality"]).fit()
      if try #require(fit.estimates.first).interval.contains(1.5) { covered += 1 }
    }
    let rate = Double(covered) / Double(repetitions)
    print("90% intervals of rationality hold the truth in \(rate * 100)% of \(repetitions) tables")
    #expect(rate >= 0.85)
  }

  @Test("The 90% interval of a type's odds holds the truth in at least 85% of simulated tables")
  func oddsCovered() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    var covered = 0
    let repetitions = 200
    var inputs = scenario.inputs.map(\.best)
    inputs[try #require(scenario.input(named: "odds able"))] = 0.35
    let simulator = try await PlaySimulator(
      scenario, inputs: inputs, options: Forecaster.Options())
    for seed in 0..<repetitions {
      // The type itself is not seen: only what the worker does and what it is paid.
      let table = simulator.plays(150, seed: UInt64(seed)).keeping(["study", "pay"])
      let fit = try await Self.likelihood(table, scenario, ["odds able"]).fit()
      if try #require(fit.estimates.first).interval.contains(0.35) { covered += 1 }
    }
    let rate = Double(covered) / Double(repetitions)
    print(
      "90% intervals of a type's odds hold the truth in \(rate * 100)% of \(repetitions) tables")
    #expect(rate >= 0.85)
  }

  @Test("Two quantities are found again together")
  func two() async throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    let simulator = try await PlaySimulator(
      scenario, inputs: scenario.inputs.map(\.best), options: Forecaster.Options())
    let table = simulator.plays(4000, seed: 5)
    let fit = try await Self.likelihood(table, scenario, ["odds able", "rationality"]).fit()
    #expect(fit.estimates.count == 2)
    for estimate in fit.estimates {
      let truth = scenario.inputs[estimate.input].best
      #expect(abs(estimate.value - truth) < 0.1 * truth)
      #expect(estimate.interval.contains(estimate.value))
      #expect(!estimate.isOpenBelow && !estimate.isOpenAbove)
    }
    #expect(fit.logLikelihood >= fit.unfitted)
  }

  // MARK: - Tables

  @Test("Quotes, line ends, a byte order mark and blanks are read as RFC 4180 has them")
  func quotes() throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    let plain = try Self.table("study,pay\nlearn,high\nwork,\n", of: scenario)
    let other = try Self.table(
      "\u{feff}\"study\" , pay\r\n learn ,\"high\"\r\n\r\n\"work\",", of: scenario)
    #expect(plain.facts == other.facts)
    #expect(plain.rows.map(\.values) == other.rows.map(\.values))
    #expect(other.rows.map(\.line) == [2, 4])
  }

  @Test("What is wrong in a table is said with its place and a remedy")
  func problems() throws {
    let scenario = try ForecastTestSupport.scenario(Self.signal)
    #expect(Self.codes("", scenario) == ["table-empty"])
    #expect(Self.codes("studdy\nlearn\n", scenario) == ["unknown-column"])
    #expect(Self.codes("study\nlearm\n", scenario) == ["unknown-value"])
    #expect(Self.codes("study,pay\nlearn\n", scenario) == ["table-width"])
    #expect(Self.codes("study,study\nlearn,work\n", scenario) == ["column-twice"])
    #expect(Self.codes("study,count\nlearn,many\n", scenario) == ["table-number"])
    #expect(Self.codes("study\n\"learn\n", scenario) == ["table-quote"])
    let (_, diagnostics) = PlayTable.read(
      Array("pay,study\nhigh,work\nhigh,learm\n".utf8), of: scenario, file: "plays.csv")
    let problem = try #require(diagnostics.first)
    #expect(problem.place == Place(line: 3, column: 6))
    #expect(problem.remedy == "did you mean 'learn'?")
  }

  @Test("A play that the rules exclude is named by its row")
  func impossible() throws {
    let scenario = try ForecastTestSupport.scenario(
      Self.signal.replacing("by: Employer,", with: "by: Employer, when: study = learn,"))
    let table = try Self.table("study,pay\nlearn,high\nwork,high\n", of: scenario)
    do {
      _ = try Self.likelihood(table, scenario, ["rationality"])
      Issue.record("it should have been refused")
    } catch Forecaster.Defect.diagnostics(let diagnostics) {
      #expect(diagnostics.map(\.code) == ["play-impossible"])
      #expect(diagnostics.first?.place?.line == 3)
    }
  }
}
