public import Forecasts
public import Scenarios

/// A scenario whose quantities can be moved without compiling its games anew: what a slider needs.
///
/// The numbers are those of `ask --set`, draw for draw: a quantity that is set leaves the others'
/// draws alone, and what was correlated with it no longer knows of it. The game stays the one in
/// which the quantity is open, so results agree to the solver's tolerance, not to the last bit.
public struct LiveScenario: Sendable {
  /// The scenario as it was read.
  public let scenario: Scenario
  private let first: Forecaster
  private let all: Forecaster
  private let options: Forecaster.Options

  /// Compiles the games of a scenario's questions.
  ///
  /// - Parameter question: the id of the question to be answered first; by default the first.
  public init(
    _ scenario: Scenario, question: String? = nil, options: Forecaster.Options
  ) throws(AskStudy.Failure) {
    try AskStudy.refuseUnsupported(scenario)
    let asked = try AskStudy.choose(scenario, nil)
    let headline = try AskStudy.choose(scenario, question)[0]
    self.scenario = scenario
    self.options = options
    do {
      first = try Forecaster(scenario, questions: [headline], options: options)
      all = try Forecaster(scenario, questions: asked, options: options)
    } catch {
      throw AskStudy.failure(error, scenario)
    }
  }

  /// The answer to the first question with some quantities set, such as `("odds ready", "60%")`.
  ///
  /// `partial` is told what the draws so far come to, a block of them at a time.
  public func answerHeadline(
    _ settings: [(name: String, estimate: String)], draws: Int,
    partial: @escaping @Sendable (Forecast) -> Void = { _ in }
  ) async throws(AskStudy.Failure) -> Forecast {
    try await answer(first, settings, draws, partial)
  }

  /// The answers to all questions that ask for a probability.
  public func answerAll(
    _ settings: [(name: String, estimate: String)], draws: Int
  ) async throws(AskStudy.Failure) -> Forecast {
    try await answer(all, settings, draws) { _ in }
  }

  private func answer(
    _ forecaster: Forecaster, _ settings: [(name: String, estimate: String)], _ draws: Int,
    _ partial: @escaping @Sendable (Forecast) -> Void
  ) async throws(AskStudy.Failure) -> Forecast {
    let moved = try apply(settings)
    do {
      return try await forecaster.run(
        of: try DrawSource(moved, seed: options.seed), draws: draws, partial: partial)
    } catch let defect as Forecaster.Defect {
      throw AskStudy.failure(defect, scenario)
    } catch let diagnostic as Diagnostic {
      throw .input([diagnostic])
    } catch {
      throw .cancelled
    }
  }

  /// The scenario with quantities set; only uncertain ones can be moved without reading it anew.
  private func apply(
    _ settings: [(name: String, estimate: String)]
  ) throws(AskStudy.Failure) -> Scenario {
    var problems: [Diagnostic] = []
    var moved = scenario
    for (name, estimate) in settings {
      guard let input = scenario.input(named: name), !scenario.inputs[input].isFixed else {
        let open = scenario.uncertainInputs.map { scenario.inputs[$0].name }
        problems.append(
          Diagnostic(
            code: "unknown-setting", file: scenario.file,
            message: "there is no uncertain quantity '\(name)' to set to \(estimate)",
            remedy: Spelling.suggestion(for: name, among: open).map { "did you mean '\($0)'?" }
              ?? "the text can be changed instead"))
        continue
      }
      do {
        moved = try moved.setting(input, to: estimate)
      } catch {
        problems.append(error)
      }
    }
    if !problems.isEmpty { throw .input(problems) }
    return moved
  }
}
