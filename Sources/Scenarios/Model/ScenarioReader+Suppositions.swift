extension ScenarioReader {
  /// Reads a supposition such as `strike = hold and reply of 2 = accept` against a scenario that has
  /// been read already, as `--supposing` gives it.
  ///
  /// - Parameter origin: where the text comes from, for messages.
  public static func suppositions(
    _ text: String, of scenario: Scenario, origin: String
  ) -> (suppositions: [Supposition]?, diagnostics: [Diagnostic]) {
    var reader = ScenarioReader(file: origin, settings: [])
    reader.scenario = scenario
    // A supposition names steps and options, so definitions need not be known inside out.
    reader.definitions = scenario.definitions.map {
      ExpressionParser.DefinitionInterface(
        type: $0.type, neededLoops: [], height: $0.expression.height)
    }
    let node = SyntaxNode(
      place: Place(line: 1, column: 1), length: text.count,
      content: .scalar(text: text, isQuoted: false))
    let result = reader.suppositions(node)
    let isGood = !reader.sink.hasErrors && !result.isEmpty
    return (isGood ? result : nil, reader.sink.diagnostics)
  }
}
