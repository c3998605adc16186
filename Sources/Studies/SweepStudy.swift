import Forecasts
public import Reports
public import Scenarios
import Synchronization

/// `sweep`: a scenario's answers at many points, line by line.
public enum SweepStudy {
  /// What an earlier run has left behind: its whole lines, and one that was cut short.
  public struct Kept: Sendable, Equatable {
    /// How many.
    public var lines = 0
    /// The first, with its end.
    public var first = ""
    /// The last, with its end.
    public var last = ""
    /// The bytes of an unfinished line after them; of a long one the beginning.
    public var unfinished: [UInt8] = []

    /// Nothing.
    public init() {}
  }

  /// Writes the lines of a plan's shard that are not there yet, some whole lines at a time and in
  /// their order.
  ///
  /// The last row that is there is computed once more: it must come out the same, or the file is
  /// of another sweep. `progress` is told how many draws are done.
  ///
  /// - Returns: warnings about draws that are left out of the rows written.
  /// - Throws: an `AskStudy.Failure`, or what `write` throws.
  @discardableResult
  public static func run(
    _ plan: SweepPlan, format: SweepText.Format, after kept: Kept = Kept(),
    progress: (@Sendable (Int) -> Void)? = nil,
    write: @escaping @Sendable (String) throws -> Void
  ) async throws -> [Diagnostic] {
    let text = plan.text(format)
    let keptRows = try rows(of: kept, plan: plan, text: text)
    if plan.hasHeader, kept.lines == 0 { try write(text.header) }
    // From the last row that is there, which is compared and not written again.
    let first = plan.rows.lowerBound + max(keptRows - 1, 0)
    let compared = keptRows > 0 ? first : nil
    let left = Mutex(LeftOut())
    do {
      try await plan.forecaster.rows(
        first..<plan.rows.upperBound, draws: plan.draws, of: plan.inputs, progress: progress
      ) { rows in
        var lines = ""
        for row in rows {
          let line = text.line(row, values: plan.inputs.point(row.number))
          if row.number == compared {
            if line != kept.last { throw mismatch(plan) }
          } else {
            lines += line
            left.withLock { $0.add(row) }
          }
        }
        if !lines.isEmpty { try write(lines) }
      }
    } catch is CancellationError {
      throw AskStudy.Failure.cancelled
    }
    return left.withLock { $0.warnings(plan) } + unused(plan.scenario)
  }

  /// What the rows do not say.
  private static func unused(_ scenario: Scenario) -> [Diagnostic] {
    guard let first = scenario.evidence.first else { return [] }
    return [
      Diagnostic(
        code: "evidence-unused", severity: .warning, file: scenario.file, place: first.place,
        message: "the rows are answers before the evidence in the file",
        remedy: "`entente ask` weighs it")
    ]
  }

  /// The draws that are left out.
  private struct LeftOut {
    typealias First = (row: Int, problem: Forecast.DrawProblem)
    var invalid = 0
    var firstInvalid: First?
    var uncertified = 0
    var firstUncertified: First?

    mutating func add(_ row: SweepRow) {
      invalid += row.invalid
      uncertified += row.uncertified
      firstInvalid = firstInvalid ?? row.invalidReason.map { (row.number, $0) }
      firstUncertified = firstUncertified ?? row.uncertifiedReason.map { (row.number, $0) }
    }

    func warnings(_ plan: SweepPlan) -> [Diagnostic] {
      func warning(
        _ code: String, _ first: First?, _ what: String, _ remedy: String
      ) -> Diagnostic? {
        first.map {
          Diagnostic(
            code: code, severity: .warning, file: plan.scenario.file, place: $0.problem.place,
            message: "\(what), first in row \($0.row): \($0.problem.message)", remedy: remedy)
        }
      }
      return [
        warning(
          "invalid-draws", firstInvalid,
          "\(NumberFormat.count(invalid)) draw\(invalid == 1 ? " has" : "s have") no game",
          "sweep over a smaller range, or bound the formula"),
        warning(
          "uncertified-draws", firstUncertified,
          "\(NumberFormat.count(uncertified)) draw\(uncertified == 1 ? " is" : "s are") "
            + "not certified",
          "the column 'uncertified' shows in which rows; they are left out of the averages"),
      ].compactMap { $0 }
    }
  }

  /// How many draws are to be done.
  public static func draws(_ plan: SweepPlan, after kept: Kept = Kept()) -> Int {
    let rows = max(kept.lines - (plan.hasHeader ? 1 : 0) - 1, 0)
    return max(plan.rows.count - rows, 0) * plan.draws
  }

  /// How many rows are there already.
  private static func rows(
    of kept: Kept, plan: SweepPlan, text: SweepText
  ) throws(AskStudy.Failure) -> Int {
    if kept.lines == 0 {
      // A file without a line end may be anything; only the beginning of a sweep is cut away.
      let start = plan.hasHeader ? text.header : text.start(ofRow: plan.rows.lowerBound)
      let isBegun = zip(start.utf8, kept.unfinished).allSatisfy { $0 == $1 }
      guard isBegun, !plan.hasHeader || kept.unfinished.count < start.utf8.count else {
        throw mismatch(plan)
      }
      return 0
    }
    let rows = kept.lines - (plan.hasHeader ? 1 : 0)
    if plan.hasHeader && kept.first != text.header || rows > plan.rows.count {
      throw mismatch(plan)
    }
    return rows
  }

  private static func mismatch(_ plan: SweepPlan) -> AskStudy.Failure {
    .input([
      Diagnostic(
        code: "sweep-mismatch", file: plan.scenario.file,
        message: "the file to resume does not hold the first rows of this sweep",
        remedy: "give the scenario and the options that it was begun with, or another name to -o")
    ])
  }
}
