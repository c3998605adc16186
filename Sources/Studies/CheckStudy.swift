import Forecasts
import Scenarios

/// `check`: everything there is to say against a scenario, in one run.
public enum CheckStudy {
  /// How many draws are tried to see what never matters.
  public static let trialDraws = 256

  /// Reads, compiles and tries a file. Returns the file with all its diagnostics.
  public static func run(
    _ path: String, settings: [String], limits: ScenarioFile.Limits, isQuick: Bool
  ) async -> ScenarioFile {
    await run(
      ScenarioFile.load(path, settings: settings, limits: limits), limits: limits,
      isQuick: isQuick)
  }

  /// Compiles and tries a text that has been read.
  public static func run(
    _ read: ScenarioFile, limits: ScenarioFile.Limits, isQuick: Bool
  ) async -> ScenarioFile {
    var file = read
    guard let scenario = file.scenario else { return file }
    var order = GameCompiler.Order()
    order.limits = limits.game
    let (game, diagnostics) = GameCompiler.compile(scenario, order)
    file.diagnostics += diagnostics
    if game == nil { file.scenario = nil }
    if game != nil {
      let problems = variantProblems(scenario, file: file, limits: limits)
      file.diagnostics += problems
    }
    if game != nil, !isQuick {
      file.diagnostics += await trial(scenario, limits: limits.game)
      file.diagnostics += await GridCheck.warnings(for: file, limits: limits)
    }
    file.diagnostics.sort {
      ($0.place ?? Place(line: .max, column: 0)) < ($1.place ?? Place(line: .max, column: 0))
    }
    return file
  }

  /// Variants whose settings do not make a scenario.
  private static func variantProblems(
    _ scenario: Scenario, file: ScenarioFile, limits: ScenarioFile.Limits
  ) -> [Diagnostic] {
    guard let syntax = file.syntax else { return [] }
    return scenario.variants.flatMap { variant -> [Diagnostic] in
      let (_, diagnostics) = ScenarioReader.read(
        syntax, source: file.source, file: file.name,
        settings: variant.settings.map { ($0.name, $0.estimate) })
      return diagnostics.filter { $0.severity == .error }.map { problem in
        Diagnostic(
          code: problem.code, file: file.name, place: problem.place ?? variant.place,
          message: "in the variant '\(variant.name)': \(problem.message)", remedy: problem.remedy)
      }
    }
  }

  /// Solves some draws, to see invalid ones and options that are never worth choosing.
  private static func trial(
    _ scenario: Scenario, limits: GameCompiler.Limits
  ) async -> [Diagnostic] {
    var options = Forecaster.Options()
    options.draws = trialDraws
    options.limits = limits
    let forecast: Forecast
    do {
      forecast = try await Forecaster(scenario, questions: [], options: options).run()
    } catch let defect as Forecaster.Defect {
      switch AskStudy.failure(defect, scenario) {
      case .input(let diagnostics), .refused(let diagnostics): return diagnostics
      case .cancelled: return []
      }
    } catch {
      return []
    }
    var diagnostics: [Diagnostic] = []
    if let reason = forecast.invalidReason {
      diagnostics.append(
        Diagnostic(
          code: "invalid-draws", severity: .warning, file: scenario.file, place: reason.place,
          message: "\(forecast.invalid) of \(forecast.draws) draws are invalid: \(reason.message)",
          remedy: "narrow the ranges, or bound the expression with min, max or clamp"))
    }
    if let reason = forecast.uncertifiedReason {
      diagnostics.append(
        Diagnostic(
          code: "uncertified-draws", severity: .warning, file: scenario.file, place: nil,
          message: "\(forecast.uncertified) of \(forecast.draws) draws could not be certified: "
            + reason.message))
    }
    for idle in forecast.idleOptions {
      diagnostics.append(
        Diagnostic(
          code: "option-never-chosen", severity: .warning, file: scenario.file, place: idle.place,
          message: "'\(idle.option)' at '\(idle.step)' is never worth choosing for \(idle.party)"
            + (forecast.draws > 1 ? " in \(forecast.draws) draws" : ""),
          remedy: "leave it as a foil, take it out, or look at what it is meant to bring"))
    }
    return diagnostics
  }
}
