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
        result.questions[index].suppose(suppositions, written: text)
      }
    }
    return result
  }
}

extension Question {
  fileprivate mutating func suppose(_ suppositions: [Supposition], written: String) {
    func isReplaced(_ own: Supposition) -> Bool { suppositions.contains { $0.fact == own.fact } }
    if supposing.contains(where: isReplaced) {
      supposing.removeAll(where: isReplaced)
      if supposing.isEmpty {
        isSecret = false
        whereCondition = nil
        writtenWhere = nil
        writtenSupposing = nil
      }
    }
    alsoSupposing += suppositions
    writtenAlsoSupposing = [writtenAlsoSupposing, written].compactMap(\.self)
      .joined(separator: " and ")
  }
}
