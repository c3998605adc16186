import Forecasts
public import Scenarios

/// Questions asked under more suppositions than their own, as `--supposing` gives them.
public enum Supposing {
  /// The scenario with every question asked under these suppositions, too. One about a step of which
  /// the question itself supposes something replaces that.
  ///
  /// - Parameter texts: such as `strike = hold`; several hold together.
  public static func apply(
    _ texts: [String], to scenario: Scenario
  ) throws(AskStudy.Failure) -> Scenario {
    var result = scenario
    for text in texts {
      let (suppositions, diagnostics) = ScenarioReader.suppositions(
        text, of: scenario, origin: "--supposing")
      guard let suppositions else { throw .input(diagnostics) }
      for index in result.questions.indices {
        result.questions[index].leaveOut(suppositions)
      }
      result.imposed += suppositions.map {
        Supposition(fact: $0.fact, round: $0.round, value: $0.value, isLimited: false)
      }
      result.writtenImposed = [result.writtenImposed, text].compactMap(\.self)
        .joined(separator: " and ")
    }
    return result
  }

  /// The scenario without the questions that cannot be asked in it, such as one whose own supposition
  /// cannot come about under another. The one with this id stays in any case; so does, without an id,
  /// the first.
  ///
  /// - Complexity: a compilation for each question.
  static func answerable(
    _ scenario: Scenario, keeping id: String?, options: Forecaster.Options
  ) -> Scenario {
    let kept = id ?? scenario.questions.first { $0.asksProbability }?.id
    var result = scenario
    result.questions = scenario.questions.indices.filter { index in
      let question = scenario.questions[index]
      return !question.asksProbability || question.id == kept
        || (try? Forecaster(scenario, questions: [index], options: options)) != nil
    }.map { scenario.questions[$0] }
    return result
  }
}

extension Question {
  /// Leaves out of what is supposed whatever is about the steps of some suppositions.
  fileprivate mutating func leaveOut(_ suppositions: [Supposition]) {
    let kept = supposing.filter { own in !suppositions.contains { $0.fact == own.fact } }
    if kept.count == supposing.count { return }
    supposing = kept
    if kept.isEmpty {
      isSecret = false
      whereCondition = nil
      writtenWhere = nil
      writtenSupposing = nil
    }
  }
}
