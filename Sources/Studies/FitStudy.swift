public import Forecasts
public import Scenarios

/// `fit`: a scenario's quantities from past plays of its story.
public enum FitStudy {
  /// The most quantities that are fitted together.
  public static let mostQuantities = 3

  /// A table with the text that it was read from, for messages.
  public struct TableFile: Sendable {
    /// The plays; nil if the file holds no table.
    public var table: PlayTable?
    /// The text; nil if it could not be read.
    public var source: SourceText?
    /// Everything that there is to say against it.
    public var diagnostics: [Diagnostic]
  }

  /// The table in a file. A file that cannot be read gives a diagnostic like any other.
  public static func table(_ path: String, of scenario: Scenario) -> TableFile {
    do {
      let bytes = try BoundedFile.read(path, limit: PlayTable.largest)
      let (table, diagnostics) = PlayTable.read(bytes, of: scenario, file: path)
      return TableFile(table: table, source: SourceText(bytes: bytes), diagnostics: diagnostics)
    } catch {
      return TableFile(
        diagnostics: [
          Diagnostic(
            code: "unreadable", file: path, message: "'\(path)' cannot be read",
            remedy: "name a table of plays, such as plays.csv")
        ])
    }
  }

  /// Fits quantities by name, the rationality if none is named; or, without names, all that are
  /// uncertain, by their posterior.
  public static func run(
    _ scenario: Scenario, table: PlayTable, file: String, quantities names: [String],
    asksPosterior: Bool, options: Forecaster.Options,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(AskStudy.Failure) -> PlayFitting {
    try AskStudy.refuseUnsupported(scenario)
    let targets =
      asksPosterior ? [] : try targets(names.isEmpty ? ["rationality"] : names, scenario, table)
    do {
      let likelihood = try PlayLikelihood(
        table, of: scenario, file: file, targets: targets, options: options)
      if asksPosterior {
        return .posterior(
          try await likelihood.posterior(
            draws: options.draws, seed: options.seed, progress: progress))
      }
      return .likeliest(try await likelihood.fit(progress: progress))
    } catch let defect as Forecaster.Defect {
      throw AskStudy.failure(defect, scenario)
    } catch let diagnostic as Diagnostic {
      throw .input([diagnostic])
    } catch {
      throw .cancelled
    }
  }

  private static func targets(
    _ names: [String], _ scenario: Scenario, _ table: PlayTable
  ) throws(AskStudy.Failure) -> [Int] {
    func fail(_ code: String, _ message: String, _ remedy: String) -> AskStudy.Failure {
      .input([Diagnostic(code: code, file: scenario.file, message: message, remedy: remedy)])
    }
    if names.count > mostQuantities {
      throw fail(
        "too-many-quantities", "at most \(mostQuantities) quantities are fitted together",
        "name fewer, or ask for --posterior, which takes all that are uncertain")
    }
    var targets: [Int] = []
    for name in names {
      guard let input = scenario.input(named: name) else {
        // A file without a rationality is told so by the fit itself.
        if name == "rationality" {
          throw fail(
            "rationality-wanted", "play is fitted at a rationality, and 'solve' states none",
            "add solve: {rationality: 2 .. 8 .. 30}")
        }
        throw fail(
          "unknown-quantity", "there is no quantity '\(name)'",
          Spelling.question(for: name, among: scenario.inputs.map(\.name))
            ?? "it can be any quantity of the scenario, or 'rationality'")
      }
      if table.quantities.contains(input) {
        throw fail(
          "quantity-given", "the table has a column '\(name)', so there is nothing to fit",
          "fit another quantity, or take out the column")
      }
      if !targets.contains(input) { targets.append(input) }
    }
    return targets
  }
}
