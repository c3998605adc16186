import Mathematics

/// Reads a scenario out of syntax: names first, then everything that refers to them. It goes on
/// after an error, so that one run reports them all.
public struct ScenarioReader {
  /// Reads a scenario. There is one only if no diagnostic is an error. The shape is taken to have
  /// been reported by ``ShapeChecker``; what it found wrong is not reported again here, nor is what
  /// follows from it, and there is no scenario then either.
  ///
  /// `settings` replace estimates by name, as `--set` does and as variants do.
  public static func read(
    _ root: SyntaxNode, source: SourceText, file: String,
    settings: [(name: String, estimate: String)] = []
  ) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
    let (mended, problems) = ShapeChecker.mend(root, by: ScenarioShape.grammar, file: file)
    var reader = ScenarioReader(file: file, settings: settings)
    reader.noteDamage(in: root, problems)
    reader.readAll(mended)
    reader.reportUnexplained(problems, in: root)
    let isWhole = !reader.sink.hasErrors && !reader.isDamaged
    return (isWhole ? reader.scenario : nil, reader.sink.diagnostics)
  }

  let file: String
  /// Places at which the shape is wrong: nothing more is said about what stands there.
  var wrongPlaces: Set<Place> = []
  /// Something is wrong with the shape, or could not be read at all.
  var isDamaged = false
  /// The first error that was left out because another explains it.
  var firstConsequence: ExpressionError?
  /// Names may have been lost, so that one that is not known is no error.
  var hasLostNames = false
  var settings: [String: String]
  var sink: DiagnosticSink
  var scenario = Scenario()
  /// Where each name was first declared, and as what.
  var declared: [String: (what: String, place: Place)] = [:]
  /// Where each value of a fact was first written.
  var valuePlaces: [String: Place] = [:]
  /// The two choices of each clause that can fall due.
  var clauseChoices: [String: [String]] = [:]
  /// Clauses whose duty was reported as wrong.
  var dutiesInError: Set<Int> = []
  /// Places that have been reported already while names were read.
  var reportedBargains: Set<Place> = []
  /// The facts of the story's steps, by the place where each step stands.
  var stepFacts: [Place: Int] = [:]
  /// The loops of the repeated parts, by place.
  var loopsByPlace: [Place: Int] = [:]
  /// Loops around the place that is being read.
  var boundLoops: Set<Int> = []
  var definitions: [ExpressionParser.DefinitionInterface?] = []
  /// Names that some expression or list refers to.
  var used: Set<String> = []
  var partyIndices: [String: Int] = [:]
  var inputIndices: [String: Int] = [:]
  /// Inputs whose estimate could not be read.
  var inputsInError: Set<Int> = []
  var sourceNames: Set<String> = []
  /// Some question could not be read, so that its id is not known.
  var lostQuestions = false
  /// The facts of the story that have been told up to the place that is being read.
  var toldFacts: Set<Int> = []

  init(file: String, settings: [(name: String, estimate: String)]) {
    self.file = file
    self.settings = Dictionary(settings.map { ($0.name, $0.estimate) }) { _, last in last }
    sink = DiagnosticSink(file: file)
    scenario.file = file
  }

  private mutating func readAll(_ root: SyntaxNode) {
    readHead(root)
    readParties(root["parties"])
    readTypeNames(root["private types"])
    readClauseNames(root["clauses"])
    readStoryNames(root["story"])
    readQuantities(root["quantities"])
    readDefinitionNames(root["define"])
    // From here on every name is known.
    readDefinitions(root["define"])
    readTypeOdds(root["private types"])
    readClauses(root["clauses"])
    scenario.story = readStory(root["story"], loop: nil)
    readPayoffs(root["payoffs"])
    readBeliefs(root["beliefs"])
    readOutcomes(root["outcomes"])
    readQuestions(root["questions"])
    readVariants(root["variants"])
    readCorrelations(root["together"])
    readOutside(root["outside the story"])
    readEvidence(root["evidence"])
    readSolve(root["solve"])
    reportUnweighable(root["evidence"])
    readRecord(root["record"])
    reportUnknownSettings()
    reportUnused()
  }

  private mutating func readHead(_ root: SyntaxNode) {
    scenario.title = root["title"]?.text ?? ""
    if let node = root["as of"] { scenario.asOf = date(node) }
    scenario.about = root["about"]?.text
    for entry in root["sources"]?.entries ?? [] {
      sourceNames.insert(entry.key.text ?? "")
      scenario.sources.append(
        NamedText(
          name: entry.key.text ?? "", text: entry.value.text ?? "", place: entry.key.place))
    }
  }

  // MARK: Helpers

  /// A day, unless its shape is wrong already.
  func date(_ node: SyntaxNode) -> CalendarDate? {
    readable(node).flatMap { CalendarDate($0.trimmed) }
  }

  /// Notes a declaration; two things of one name are an error unless `sharing` allows it.
  mutating func declare(
    _ name: String, as what: String, at node: SyntaxNode, sharing: Set<String> = []
  ) -> Bool {
    if node.isUnreadable { return false }
    if let first = declared[name], !sharing.contains(first.what) {
      report(
        "name-taken", at: node,
        "'\(name)' is already the name of a \(first.what), on line \(first.place.line)",
        remedy: "give one of the two another name")
      return false
    }
    if let word = name.split(whereSeparator: { $0.isWhitespace }).first.map(String.init),
      ReservedWord.all.contains(word)
    {
      report(
        "name-begins-reserved", at: node,
        "a name must not begin with '\(word)', a word of the language",
        remedy: "put another word in front, or choose another name")
      return false
    }
    if let number = ExpressionLexer.numberLength(in: Array(name.utf8), at: 0),
      number.length == name.utf8.count
    {
      report(
        "name-is-number", at: node, "'\(name)' is a number and cannot be a name",
        remedy: "add a word to it")
      return false
    }
    if name.contains(where: { "=<>!+*/^()[],".contains($0) }) || name.contains("..") {
      report(
        "name-has-symbol", at: node,
        "the name '\(name)' holds a sign that formulas use",
        remedy: "leave out = < > ! + * / ^ ( ) [ ] .. and commas")
      return false
    }
    if declared[name] == nil { declared[name] = (what, node.place) }
    return true
  }

  /// The source of an expression in a scalar.
  func expressionSource(_ node: SyntaxNode) -> ExpressionSource {
    guard case .scalar(let text, let isQuoted) = node.content else {
      return ExpressionSource(text: "", place: node.place, isOnOneLine: false)
    }
    let column = node.place.column + (isQuoted ? 1 : 0)
    // The token covers the text and its quotes exactly unless there are line breaks or escapes.
    let isOnOneLine = node.length == text.count + (isQuoted ? 2 : 0)
    return ExpressionSource(
      text: text, place: Place(line: node.place.line, column: column), isOnOneLine: isOnOneLine)
  }

  /// A parser for the expression in a scalar.
  mutating func parser(_ node: SyntaxNode, allowsFreeLoops: Bool = false) -> ExpressionParser {
    scenario.names.suggests = !sink.isFull
    return ExpressionParser(
      expressionSource(node), names: scenario.names, boundLoops: boundLoops,
      definitions: definitions, allowsFreeLoops: allowsFreeLoops)
  }

  /// A condition, or a diagnostic.
  mutating func condition(_ node: SyntaxNode?) -> Expression? {
    guard let node, readable(node) != nil else { return nil }
    var parser = self.parser(node)
    do {
      let expression = try parser.condition()
      noteUses(of: expression)
      return expression
    } catch {
      report(error)
      return nil
    }
  }

  /// A number, or a diagnostic.
  mutating func number(_ node: SyntaxNode?) -> Expression? {
    guard let node, readable(node) != nil else { return nil }
    var parser = self.parser(node)
    do {
      let expression = try parser.number()
      noteUses(of: expression)
      return expression
    } catch {
      report(error)
      return nil
    }
  }

  /// The index of a party, or a diagnostic.
  mutating func party(_ node: SyntaxNode) -> Int? {
    guard let name = readable(node) else { return nil }
    if let index = partyIndices[name] { return index }
    reportUnknown(
      "unknown-party", at: node, "'\(name)' is not a party",
      remedy: remedy(for: name, among: scenario.parties.map(\.name)) {
        "the parties are: \(listed($0))"
      })
    return nil
  }

  /// The index of a clause, or a diagnostic.
  mutating func clause(_ node: SyntaxNode) -> Int? {
    guard let name = readable(node) else { return nil }
    if let index = scenario.names.clause(named: name) { return index }
    reportUnknown(
      "unknown-clause", at: node, "'\(name)' is not a clause",
      remedy: remedy(for: name, among: scenario.names.clauses) {
        $0.isEmpty ? "declare it under 'clauses'" : "the clauses are: \(listed($0))"
      })
    return nil
  }

  /// The items of a list, or the one item that stands for it.
  func items(_ node: SyntaxNode?) -> [SyntaxNode] {
    guard let node else { return [] }
    if let items = node.items { return items }
    return node.text == nil || node.isEmpty ? [] : [node]
  }

  /// Odds as an expression, `rest`, or an estimate with a range, which becomes an input of its own.
  mutating func odds(_ node: SyntaxNode, name: String) -> Odds? {
    guard let text = readable(node) else { return nil }
    if text.trimmed == "rest" { return .rest }
    if EstimateParser.looksLikeRange(text) {
      return inlineInput(node, name: name, kind: .probability).map {
        .expression(Expression(.quantity($0), at: node.place))
      }
    }
    return number(node).map { .expression($0) }
  }

  /// An estimate written in place becomes an input of its own.
  mutating func inlineInput(
    _ node: SyntaxNode, name: String, kind: EstimateParser.Kind?, because: String? = nil,
    source: String? = nil
  ) -> Int? {
    guard let text = readable(node) else { return nil }
    let setting = settings.removeValue(forKey: name)
    do {
      var estimate = try EstimateParser.read(text, kind: kind)
      let written = setting ?? text
      if let setting {
        estimate = try readSetting(setting, name: name, support: estimate.support)
      }
      scenario.inputs.append(
        Input(
          name: name, distribution: estimate.distribution, best: estimate.best,
          isFixed: estimate.isFixed, written: written, because: because, source: source,
          unit: nil, isProbability: kind == .probability || estimate.isPercentage,
          support: estimate.support, place: node.place, isInline: true))
      if inputIndices[name] == nil { inputIndices[name] = scenario.inputs.count - 1 }
      return scenario.inputs.count - 1
    } catch {
      report(error, at: node)
      return nil
    }
  }

  /// Notes every name that an expression refers to.
  mutating func noteUses(of expression: Expression) {
    switch expression.kind {
    case .quantity(let index): used.insert(scenario.inputs[index].name)
    case .definition(let index): used.insert(scenario.definitions[index].name)
    case .inForce(let clause), .offered(let clause), .amount(let clause):
      used.insert(scenario.names.clauses[clause])
    case .fact(let reference):
      used.insert(scenario.names.facts[reference.fact].name)
      if case .computed(let inner) = reference.round { noteUses(of: inner) }
    case .negation(let inner), .not(let inner), .sum(_, let inner): noteUses(of: inner)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      noteUses(of: left)
      noteUses(of: right)
    case .membership(let inner, let members):
      noteUses(of: inner)
      for member in members { noteUses(of: member) }
    case .conditional(let condition, let yes, let no):
      noteUses(of: condition)
      noteUses(of: yes)
      if let no { noteUses(of: no) }
    case .call(_, let arguments): for argument in arguments { noteUses(of: argument) }
    case .number, .otherwise, .loopValue, .value: break
    }
  }

  // MARK: Closing checks

  private mutating func reportUnknownSettings() {
    guard !isDamaged else { return }
    for (name, estimate) in settings.sorted(by: { $0.key < $1.key }) {
      sink.error(
        "unknown-setting", at: nil, "there is no quantity '\(name)' to set to \(estimate)",
        remedy: remedy(for: name, among: scenario.inputs.map(\.name)) {
          $0.isEmpty ? "the scenario has no quantities" : "the quantities are: \(listed($0))"
        })
    }
  }

  private mutating func reportUnused() {
    guard !sink.hasErrors, !isDamaged else { return }
    func warn(_ what: String, _ name: String, _ place: Place) {
      sink.warning(
        "unused-name", at: place, length: name.count, "nothing uses the \(what) '\(name)'",
        remedy: "use it, or take it out")
    }
    for input in scenario.inputs where !input.isInline && !used.contains(input.name) {
      warn("quantity", input.name, input.place)
    }
    for definition in scenario.definitions where !used.contains(definition.name) {
      warn("definition", definition.name, definition.place)
    }
    for type in scenario.types where !used.contains(scenario.names.facts[type.fact].name) {
      warn("type", scenario.names.facts[type.fact].name, type.place)
    }
    for clause in scenario.clauses where !used.contains(clause.name) {
      warn("clause", clause.name, clause.place)
    }
    for source in scenario.sources where !used.contains("source: \(source.name)") {
      warn("source", source.name, source.place)
    }
  }
}
