public import Forecasts
import Foundation
import Mathematics
import Reports
public import Scenarios

/// The rows of a sweep: which quantities take which values in which row, and over what the rest is
/// averaged.
public struct SweepPlan: Sendable {
  /// The most rows that a sweep may have.
  public static let mostRows = 1_000_000_000
  /// The most draws over all rows.
  static let mostDraws = 1_000_000_000_000_000
  /// How many draws a row of a grid is averaged over unless told otherwise.
  public static let usualDraws = 256

  /// What is asked for.
  public struct Request: Sendable {
    /// The id of one question, or all that ask for a probability.
    public var question: String?
    /// `NAME=FROM..TO:COUNT`, the first varying slowest.
    public var grids: [String] = []
    /// How many rows to draw instead.
    public var sample: Int?
    /// Which quantities are drawn; all that have a range if empty.
    public var over: [String] = []
    /// How many draws of the quantities that are not swept; nil for the usual.
    public var draws: Int?
    /// The quantities that are not swept stay at their best estimates.
    public var isBest = false
    /// Which part of the rows.
    public var shard = Shard()
    /// Seed, threads and limits.
    public var options = Forecaster.Options()

    /// Nothing yet.
    public init() {}
  }

  /// One of several parts of the rows, which are contiguous and as even as can be.
  public struct Shard: Sendable, Equatable {
    /// From 1.
    public var number = 1
    /// How many there are.
    public var count = 1

    /// All rows.
    public init() {}

    /// Reads `k/n`.
    public init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
        number >= 1, number <= count, count <= 1_000_000
      else { return nil }
      self.number = number
      self.count = count
    }

    /// This part of so many rows.
    func rows(of total: Int) -> Range<Int> {
      total * (number - 1) / count..<total * number / count
    }
  }

  /// The scenario, its swept quantities open.
  let scenario: Scenario
  let questions: [Int]
  let seed: UInt64
  /// Indices of the swept quantities.
  let swept: [Int]
  let inputs: SweepInputs
  let forecaster: Forecaster
  let hasHeader: Bool
  /// How many rows the sweep has, over all shards.
  public let totalRows: Int
  /// The rows of this shard.
  public let rows: Range<Int>
  /// How many draws each row is averaged over.
  public let draws: Int

  /// Plans a sweep of a scenario that `ScenarioFile` has read with `settings`.
  public init(
    _ file: ScenarioFile, scenario: Scenario, settings: [String], limits: ScenarioFile.Limits,
    request: Request
  ) throws(AskStudy.Failure) {
    questions = try AskStudy.choose(scenario, request.question)
    try AskStudy.refuseUnsupported(scenario)
    var grids: [SweepGrid] = []
    for text in request.grids { grids.append(try SweepGrid(text, file: scenario.file)) }
    try SweepPlan.check(grids, in: file, settings: settings, limits: limits)
    let names = grids.isEmpty ? request.over : grids.map(\.name)
    swept =
      grids.isEmpty && names.isEmpty
      ? scenario.uncertainInputs : try SweepPlan.indices(of: names, in: scenario)
    try SweepPlan.checkRange(of: grids.isEmpty ? swept : [], in: scenario)

    // The draws of the rest are those under `--set`; in the game the swept quantities vary.
    var (held, open) = (scenario, scenario)
    for input in swept {
      held.inputs[input].isFixed = true
      open.inputs[input].isFixed = false
    }
    self.scenario = open
    let isBest =
      request.isBest || held.uncertainInputs.isEmpty || grids.isEmpty && request.draws == nil
    draws = isBest ? 1 : request.draws ?? SweepPlan.usualDraws
    totalRows = try SweepPlan.count(grids, request.sample ?? 0, draws: draws, scenario)
    rows = request.shard.rows(of: totalRows)
    hasHeader = request.shard.number == 1
    seed = request.options.seed
    do {
      let rest = try DrawSource(held, seed: seed)
      inputs = SweepInputs(
        swept: swept, draws: draws,
        points: grids.isEmpty
          ? .sample(try DrawSource(scenario, seed: seed)) : .grid(grids),
        rest: isBest ? .best(rest.bestEstimates) : SweepInputs.Rest(rest, draws: draws))
    } catch {
      throw .input([error])
    }
    do {
      forecaster = try Forecaster(open, questions: questions, options: request.options)
    } catch {
      throw AskStudy.failure(error, scenario)
    }
  }

  /// How the lines of this sweep are written.
  func text(_ format: SweepText.Format) -> SweepText {
    SweepText(
      format, run: .init(seed: seed, rows: totalRows, draws: draws), scenario: scenario,
      quantities: swept, questions: questions)
  }

  // MARK: - What may be wrong

  /// Both ends of a grid must be values that `--set` would take.
  private static func check(
    _ grids: [SweepGrid], in file: ScenarioFile, settings: [String], limits: ScenarioFile.Limits
  ) throws(AskStudy.Failure) {
    for grid in grids {
      for end in [grid.written.from, grid.written.to] {
        let tried = ScenarioFile.check(
          Array(file.source.text.utf8), name: file.name,
          settings: settings + ["\(grid.name)=\(end)"], limits: limits)
        let errors = tried.diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { throw .input(errors) }
      }
    }
  }

  private static func indices(
    of names: [String], in scenario: Scenario
  ) throws(AskStudy.Failure) -> [Int] {
    let known = scenario.inputs.map(\.name)
    var indices: [Int] = []
    for name in names {
      guard let index = known.firstIndex(of: name) else {
        throw .input([
          Diagnostic(
            code: "unknown-setting", file: scenario.file,
            message: "there is no quantity '\(name)' to sweep",
            remedy: Spelling.question(for: name, among: known)
              ?? "the quantities are: \(known.prefix(20).joined(separator: ", "))")
        ])
      }
      if indices.contains(index) {
        throw .input([
          Diagnostic(
            code: "sweep-twice", file: scenario.file, message: "'\(name)' is swept twice",
            remedy: "leave out one of the two")
        ])
      }
      indices.append(index)
    }
    return indices
  }

  /// What is drawn must have a range.
  private static func checkRange(
    of swept: [Int], in scenario: Scenario
  ) throws(AskStudy.Failure) {
    if let fixed = swept.first(where: { scenario.inputs[$0].isFixed }) {
      let input = scenario.inputs[fixed]
      throw .input([
        Diagnostic(
          code: "sweep-fixed", file: scenario.file, place: input.place,
          message: "'\(input.name)' is a single number: each row would have the same",
          remedy: "give it a range, here or with --set, or sweep it with --grid")
      ])
    }
  }

  private static func count(
    _ grids: [SweepGrid], _ sample: Int, draws: Int, _ scenario: Scenario
  ) throws(AskStudy.Failure) -> Int {
    if grids.isEmpty, scenario.uncertainInputs.isEmpty {
      throw .input([
        Diagnostic(
          code: "sweep-fixed", file: scenario.file,
          message: "no quantity of the scenario has a range: each row would be the same",
          remedy: "give some quantity a range, or sweep it with --grid")
      ])
    }
    var rows = grids.isEmpty ? sample : 1
    for grid in grids {
      let (product, overflows) = rows.multipliedReportingOverflow(by: grid.count)
      rows = overflows ? .max : product
    }
    guard rows <= mostRows, rows.multipliedReportingOverflow(by: draws).partialValue <= mostDraws,
      !rows.multipliedReportingOverflow(by: draws).overflow
    else {
      throw .input([
        Diagnostic(
          code: "sweep-too-large", file: scenario.file,
          message: "a sweep has at most 1,000,000,000 rows and 10^15 draws over all of them",
          remedy: "make the grids coarser, or ask for fewer rows or draws")
      ])
    }
    return rows
  }
}
