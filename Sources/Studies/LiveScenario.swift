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
  /// The worlds that the first question rests on, with every question that rests on them.
  private let first: Forecaster
  /// The other worlds; nil if there are none.
  private let others: Forecaster?
  private let asked: [Int]
  private let options: Forecaster.Options

  /// Compiles the games of a scenario's questions.
  ///
  /// - Parameter question: the id of the question to be answered first; by default the first.
  public init(
    _ scenario: Scenario, question: String? = nil, options: Forecaster.Options
  ) throws(AskStudy.Failure) {
    try AskStudy.refuseUnsupported(scenario)
    asked = try AskStudy.choose(scenario, nil)
    let headline = try AskStudy.choose(scenario, question)[0]
    self.scenario = scenario
    self.options = options
    // How the story is played and ends comes with the first answer, too.
    let worlds = WorldRequest.worlds(scenario, questions: asked)
    let now = worlds.indices.filter { index in
      index == 0 || worlds[index].queries.contains { $0.question == headline }
    }
    let later = worlds.indices.filter { !now.contains($0) }
    do {
      first = try Forecaster(scenario, worlds: now.map { worlds[$0] }, options: options)
      others =
        later.isEmpty
        ? nil : try Forecaster(scenario, worlds: later.map { worlds[$0] }, options: options)
    } catch {
      throw AskStudy.failure(error, scenario)
    }
  }

  /// The answer to the first question, and to those that rest on the same worlds, with some
  /// quantities set, such as `("odds ready", "60%")`.
  ///
  /// `partial` is told what the draws so far come to, a block of them at a time.
  public func answerHeadline(
    _ settings: [(name: String, estimate: String)], draws: Int,
    partial: @escaping @Sendable (Forecast) -> Void = { _ in }
  ) async throws(AskStudy.Failure) -> Forecast {
    try await answer(first, settings, draws, partial)
  }

  /// The answers to all questions that ask for a probability. Where `headline` has the first ones,
  /// of the same settings and draws, only the other worlds are solved.
  public func answerAll(
    _ settings: [(name: String, estimate: String)], draws: Int, knowing headline: Forecast? = nil
  ) async throws(AskStudy.Failure) -> Forecast {
    let first =
      if let headline { headline } else { try await answerHeadline(settings, draws: draws) }
    guard let others else { return first }
    let rest = try await answer(others, settings, draws) { _ in }
    if let whole = first.joined(with: rest) { return whole }
    let all: Forecaster
    do {
      all = try Forecaster(scenario, questions: asked, options: options)
    } catch {
      throw AskStudy.failure(error, scenario)
    }
    return try await answer(all, settings, draws) { _ in }
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
