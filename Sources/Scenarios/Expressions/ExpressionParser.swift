/// The text of an expression and where it stands.
public struct ExpressionSource: Sendable {
  public let text: String
  public let place: Place
  /// The offset of each character is a column on the same line.
  public let isOnOneLine: Bool
  /// For each scalar the character that it belongs to; nil where they are the same.
  private let characters: [Int]?

  /// A source. Set `isOnOneLine` where columns can be counted from `place`.
  public init(text: String, place: Place, isOnOneLine: Bool) {
    self.text = text
    self.place = place
    self.isOnOneLine = isOnOneLine
    let isPlain = !isOnOneLine || text.utf8.allSatisfy { $0 < 0x80 }
    characters =
      isPlain
      ? nil
      : text.enumerated().flatMap { index, character in
        repeatElement(index, count: character.unicodeScalars.count)
      }
  }

  /// The place of a scalar of the text.
  func place(of offset: Int) -> Place {
    guard isOnOneLine else { return place }
    guard let characters else { return Place(line: place.line, column: place.column + offset) }
    let last = characters.last.map { $0 + 1 } ?? 0
    return Place(
      line: place.line,
      column: place.column + (offset < characters.count ? characters[max(0, offset)] : last))
  }

  /// Some scalars of the text.
  func words(from offset: Int, length: Int) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.dropFirst(offset).prefix(max(0, length))))
  }
}

/// What is wrong with an expression, at its place.
public struct ExpressionError: Error, Equatable, Sendable {
  public var code: String
  public var place: Place
  public var length: Int
  public var message: String
  public var remedy: String?
  /// It follows from another error, which says what is wrong.
  public var isConsequence = false
}

/// What kind of thing an expression gives.
public enum ExpressionType: Equatable, Sendable {
  case number, boolean
  /// A value of the fact with this index.
  case fact(Int)
  /// A round of the loop with this index.
  case round(Int)
}

/// Reads expressions by recursive descent; each rule is one method. Types are checked on the way.
public struct ExpressionParser {
  let names: NameTable
  let source: ExpressionSource
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  /// How many terms the sums around this place add up together.
  private var terms = 1
  private static let mostTerms = 10_000
  /// Loops whose variable has a value here.
  private var boundLoops: Set<Int>
  /// What each definition gives and which loops it needs; filled in the order of definitions.
  let definitions: [DefinitionInterface?]

  /// What using a definition means for the expression around it.
  public struct DefinitionInterface: Sendable, Equatable {
    public var type: ExpressionType
    public var neededLoops: Set<Int>
    /// How high its expression is.
    public var height: Int
    /// It depends on some quantity.
    public var usesQuantities: Bool

    /// What a definition gives, the loops that it needs a round of, and what it is made of.
    public init(
      type: ExpressionType, neededLoops: Set<Int>, height: Int, usesQuantities: Bool
    ) {
      self.type = type
      self.neededLoops = neededLoops
      self.height = height
      self.usesQuantities = usesQuantities
    }
  }

  /// Loops that the expression needs a round of, found on the way.
  public private(set) var neededLoops: Set<Int> = []
  /// The expression depends on some quantity, found on the way.
  public private(set) var usesQuantities = false
  private let allowsFreeLoops: Bool
  /// How deep the rules may go: each level of an expression is a level of calls.
  private static let deepest = 64

  /// A parser for one expression. `boundLoops` are those around the place where it stands; with
  /// `allowsFreeLoops` (in definitions) others are noted as needed instead of refused.
  public init(
    _ source: ExpressionSource, names: NameTable, boundLoops: Set<Int> = [],
    definitions: [DefinitionInterface?] = [], allowsFreeLoops: Bool = false
  ) {
    self.names = names
    self.source = source
    self.tokens = ExpressionLexer.tokens(of: source.text, names: names)
    self.boundLoops = boundLoops
    self.definitions = definitions
    self.allowsFreeLoops = allowsFreeLoops
  }

  /// Reads the whole text as a number.
  public mutating func number() throws(ExpressionError) -> Expression {
    let (expression, type) = try whole()
    if type == .number { return expression }
    if case .fact(let fact) = type, names.facts[fact].numbers != nil { return expression }
    if case .round(let loop) = type, names.loops[loop].isNumbered { return expression }
    throw error(
      "expected-number", at: 0, length: source.text.count,
      "this gives \(describe(type)), but a number is wanted",
      remedy: counting(type))
  }

  /// Reads the whole text as a condition.
  public mutating func condition() throws(ExpressionError) -> Expression {
    let (expression, type) = try whole()
    guard type == .boolean else {
      throw error(
        "expected-condition", at: 0, length: source.text.count,
        "this gives \(describe(type)), but a condition (true or false) is wanted",
        remedy: "compare it with something, such as '\(trimmed) = …'")
    }
    return expression
  }

  /// Reads the whole text, whatever it gives.
  public mutating func whole() throws(ExpressionError) -> (Expression, ExpressionType) {
    let result = try conditional()
    if peek.kind != .end { throw unexpected("the formula should end here") }
    return try bounded(result)
  }

  private var trimmed: String { SyntaxWords.short(source.text, limit: 30) }

  // MARK: Depth

  /// Notes that the rules go one deeper; stands beside a `defer` that takes it back.
  private mutating func enter() throws(ExpressionError) {
    depth += 1
    if depth > ExpressionParser.deepest { throw tooDeep() }
  }

  private func tooDeep() -> ExpressionError {
    error(
      "expression-too-deep", at: peek.offset, length: peek.length,
      "this formula is too long, or its parts stand too deep inside each other",
      remedy: "give parts of it names under 'define'; in a long sum, put groups in parentheses")
  }

  /// The result of a rule, unless it has become too high for what walks it later.
  private func bounded(
    _ result: (Expression, ExpressionType)
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    if result.0.height > Expression.highest { throw tooDeep() }
    return result
  }

  // MARK: Rules, loosest first

  private mutating func conditional() throws(ExpressionError) -> (Expression, ExpressionType) {
    try enter()
    defer { depth -= 1 }
    // A ladder of 'else if' may be long; it is climbed without going deeper.
    var steps: [(start: Int, condition: Expression, value: (Expression, ExpressionType))] = []
    var last: (Expression, ExpressionType)?
    repeat {
      let start = peek.offset
      guard eat(word: "if") else {
        last = try disjunction()
        break
      }
      let condition = try truth(of: disjunction())
      try expect(word: "then")
      steps.append((start, condition, try conditional()))
    } while eat(word: "else")
    for step in steps.reversed() {
      last = try bounded(
        join(step.condition, step.value, otherwise: last, at: step.start))
    }
    guard let last else { throw unexpected("a number, a name or a condition is wanted here") }
    return last
  }

  /// `if … then …`, with an `else` if there is one; else 0, which for a condition is false.
  private func join(
    _ condition: Expression, _ first: (Expression, ExpressionType),
    otherwise second: (Expression, ExpressionType)?, at start: Int
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    let place = source.place(of: start)
    if first.1 == .boolean, second.map({ $0.1 == .boolean }) ?? true {
      let yes = Expression(.and(condition, first.0), at: place)
      guard let second else { return (yes, .boolean) }
      let no = Expression(.and(Expression(.not(condition), at: place), second.0), at: place)
      return (Expression(.or(yes, no), at: place), .boolean)
    }
    let yes = try numeric(first, at: start)
    var no: Expression?
    if let second { no = try numeric(second, at: start) }
    return (Expression(.conditional(condition, then: yes, otherwise: no), at: place), .number)
  }

  private mutating func disjunction() throws(ExpressionError) -> (Expression, ExpressionType) {
    var left = try conjunction()
    while case let start = peek.offset, eat(word: "or") {
      let yes = try truth(of: left)
      let right = try truth(of: conjunction())
      left = try bounded((Expression(.or(yes, right), at: source.place(of: start)), .boolean))
    }
    return left
  }

  private mutating func conjunction() throws(ExpressionError) -> (Expression, ExpressionType) {
    var left = try inversion()
    while case let start = peek.offset, eat(word: "and") {
      let yes = try truth(of: left)
      let right = try truth(of: inversion())
      left = try bounded((Expression(.and(yes, right), at: source.place(of: start)), .boolean))
    }
    return left
  }

  private mutating func inversion() throws(ExpressionError) -> (Expression, ExpressionType) {
    let start = peek.offset
    guard eat(word: "not") else { return try comparison() }
    try enter()
    defer { depth -= 1 }
    let inner = try truth(of: inversion())
    return (Expression(.not(inner), at: source.place(of: start)), .boolean)
  }

  private mutating func comparison() throws(ExpressionError) -> (Expression, ExpressionType) {
    let first = position
    let result = try oneComparison()
    if position > first + 1, result.1 == .boolean, case .symbol(let symbol) = peek.kind,
      Expression.Comparison(rawValue: symbol) != nil
    {
      throw error(
        "chained-comparison", at: peek.offset, length: peek.length,
        "a comparison cannot go on with '\(symbol)'",
        remedy: "join two comparisons by 'and', such as 'a < b and b < c'")
    }
    return result
  }

  private mutating func oneComparison() throws(ExpressionError) -> (Expression, ExpressionType) {
    let left = try sum()
    let start = peek.offset
    let place = source.place(of: start)
    if case .symbol(let symbol) = peek.kind, let operation = Expression.Comparison(rawValue: symbol)
    {
      position += 1
      if case .fact(let fact) = left.1 {
        return (try compare(left.0, fact: fact, operation, at: start), .boolean)
      }
      if case .round(let loop) = left.1, !names.loops[loop].isNumbered {
        let value = try round(of: loop)
        try requireEquality(operation, at: start)
        return (
          Expression(
            .comparison(operation, left.0, Expression(.value(value), at: place)), at: place),
          .boolean
        )
      }
      let first = try numeric(left, at: start)
      let second = try numeric(sum(), at: start)
      return (Expression(.comparison(operation, first, second), at: place), .boolean)
    }
    guard eat(word: "in") else { return left }
    try expect(symbol: "[")
    if peek.kind == .symbol("]") {
      throw error(
        "syntax", at: peek.offset, length: 1, "there is nothing between [ and ]",
        remedy: "write at least one value, such as 'in [one, another]'")
    }
    var members: [Expression] = []
    repeat {
      let at = source.place(of: peek.offset)
      switch left.1 {
      case .fact(let fact) where names.facts[fact].numbers == nil || peekIsValue(of: fact):
        members.append(Expression(.value(try value(of: fact)), at: at))
      case .round(let loop) where !names.loops[loop].isNumbered:
        members.append(Expression(.value(try round(of: loop)), at: at))
      default:
        _ = try numeric(left, at: start)
        members.append(try numeric(sum(), at: start))
      }
    } while eat(symbol: ",")
    try expect(symbol: "]")
    return (Expression(.membership(left.0, members), at: place), .boolean)
  }

  private mutating func compare(
    _ left: Expression, fact: Int, _ operation: Expression.Comparison, at start: Int
  ) throws(ExpressionError) -> Expression {
    let place = source.place(of: start)
    if names.facts[fact].numbers != nil, !peekIsValue(of: fact) {
      let right = try numeric(sum(), at: start)
      return Expression(.comparison(operation, left, right), at: place)
    }
    // Two facts over the same values can be compared with each other.
    if case .name(let name) = peek.kind, !names.facts[fact].values.contains(name),
      names.meanings(of: name).contains(where: { if case .fact = $0 { true } else { false } })
    {
      let right = try sum()
      if case .fact(let other) = right.1, names.facts[other].values == names.facts[fact].values {
        try requireEquality(operation, at: start)
        return Expression(.comparison(operation, left, right.0), at: place)
      }
      throw error(
        "wrong-value", at: start, length: 1,
        "'\(names.facts[fact].name)' and '\(name)' do not have the same values",
        remedy: "compare '\(names.facts[fact].name)' with one of its values: "
          + listed(names.facts[fact].values))
    }
    let value = try value(of: fact)
    if names.facts[fact].numbers == nil { try requireEquality(operation, at: start) }
    return Expression(.comparison(operation, left, Expression(.value(value), at: place)), at: place)
  }

  private func requireEquality(
    _ operation: Expression.Comparison, at start: Int
  ) throws(ExpressionError) {
    if operation != .equal && operation != .notEqual {
      throw error(
        "values-have-no-order", at: start, length: operation.rawValue.count,
        "these values have no order, so '\(operation.rawValue)' says nothing about them",
        remedy: "use '=', '!=' or 'in [..]'")
    }
  }

  private func peekIsValue(of fact: Int) -> Bool {
    switch peek.kind {
    case .name(let name): names.facts[fact].values.contains(name)
    case .unknown(let word): word == "none"
    default: false
    }
  }

  /// A value of the fact stands here: its ordinal, or -1 for `none`, a step that did not happen.
  private mutating func value(of fact: Int) throws(ExpressionError) -> Int {
    let token = peek
    let words: String
    switch token.kind {
    case .name(let name), .unknown(let name), .word(let name): words = name
    case .number:
      words = source.words(from: token.offset, length: token.length)
    default: throw unexpected("a value of '\(names.facts[fact].name)' is wanted here")
    }
    if names.facts[fact].values.isEmpty { throw consequence(of: names.facts[fact].name) }
    let isCutShort = if case .unknown = tokens[position + 1].kind { true } else { false }
    if let index = names.facts[fact].values.firstIndex(of: words), !isCutShort {
      position += 1
      return index
    }
    if words == "none" {
      position += 1
      return -1
    }
    // Show all words up to the next sign or reserved word: a misspelled name may hold blanks.
    var end = token.offset + token.length
    for next in tokens[(position + 1)...] {
      switch next.kind {
      case .name, .unknown, .number: end = next.offset + next.length
      default: break
      }
      if end != next.offset + next.length { break }
    }
    let written = source.words(from: token.offset, length: end - token.offset)
    let known = names.facts[fact].values
    let suggestion = Spelling.suggestion(for: written, among: known).map {
      "did you mean '\($0)'? "
    }
    throw error(
      "unknown-value", at: token.offset, length: end - token.offset,
      "'\(SyntaxWords.short(written))' is not a value of '\(names.facts[fact].name)'",
      remedy: (suggestion ?? "") + "its values are: \(listed(known))")
  }

  /// An error that follows from one of what a name stands for.
  private func consequence(of name: String) -> ExpressionError {
    var result = error(
      "broken-name", at: peek.offset, length: peek.length,
      "'\(name)' has an error of its own", remedy: "mend what '\(name)' says first")
    result.isConsequence = true
    return result
  }

  private mutating func round(of loop: Int) throws(ExpressionError) -> Int {
    let token = peek
    let words: String
    switch token.kind {
    case .name(let name), .unknown(let name): words = name
    case .number: words = source.words(from: token.offset, length: token.length)
    default: throw unexpected("a round of '\(names.loops[loop].variable)' is wanted here")
    }
    guard let index = names.loops[loop].rounds.firstIndex(of: words) else {
      throw error(
        "unknown-round", at: token.offset, length: token.length,
        "'\(words)' is not a round of '\(names.loops[loop].variable)'",
        remedy: "its rounds are: \(listed(names.loops[loop].rounds))")
    }
    position += 1
    return index
  }

  private mutating func sum() throws(ExpressionError) -> (Expression, ExpressionType) {
    var left = try product()
    while case .symbol(let symbol) = peek.kind, symbol == "+" || symbol == "-" {
      let start = peek.offset
      position += 1
      let first = try numeric(left, at: start)
      let second = try numeric(product(), at: start)
      let operation: Expression.Arithmetic = symbol == "+" ? .add : .subtract
      left = try bounded(
        (Expression(.arithmetic(operation, first, second), at: source.place(of: start)), .number))
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> (Expression, ExpressionType) {
    var left = try sign()
    while case .symbol(let symbol) = peek.kind, symbol == "*" || symbol == "/" {
      let start = peek.offset
      position += 1
      let first = try numeric(left, at: start)
      let second = try numeric(sign(), at: start)
      let operation: Expression.Arithmetic = symbol == "*" ? .multiply : .divide
      left = try bounded(
        (Expression(.arithmetic(operation, first, second), at: source.place(of: start)), .number))
    }
    return left
  }

  /// A minus binds looser than a power: -2 ^ 2 is -4.
  private mutating func sign() throws(ExpressionError) -> (Expression, ExpressionType) {
    let start = peek.offset
    guard eat(symbol: "-") else { return try power() }
    try enter()
    defer { depth -= 1 }
    let inner = try numeric(sign(), at: start)
    if case .number(let value) = inner.kind {
      return (Expression(.number(-value), at: source.place(of: start)), .number)
    }
    return (Expression(.negation(inner), at: source.place(of: start)), .number)
  }

  private mutating func power() throws(ExpressionError) -> (Expression, ExpressionType) {
    let base = try atom()
    let start = peek.offset
    guard eat(symbol: "^") else { return base }
    try enter()
    defer { depth -= 1 }
    let first = try numeric(base, at: start)
    // Right-associative, and the exponent may carry a sign.
    let second = try numeric(sign(), at: start)
    return (
      Expression(.arithmetic(.power, first, second), at: source.place(of: start)), .number
    )
  }

  private mutating func atom() throws(ExpressionError) -> (Expression, ExpressionType) {
    let token = peek
    let place = source.place(of: token.offset)
    switch token.kind {
    case .number(let value):
      position += 1
      return (Expression(.number(value), at: place), .number)
    case .symbol("("):
      position += 1
      let inner = try conditional()
      try expect(symbol: ")")
      return inner
    case .word(let word):
      position += 1
      return try construct(word, at: token)
    case .name(let name):
      position += 1
      return try named(name, at: token)
    case .unknown: throw unknownName()
    case .symbol, .end:
      throw unexpected("a number, a name or a condition is wanted here")
    }
  }

  private mutating func construct(
    _ word: String, at token: Token
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    let place = source.place(of: token.offset)
    switch word {
    case "otherwise": return (Expression(.otherwise, at: place), .boolean)
    case "with": return (Expression(.inForce(clause: try clause()), at: place), .boolean)
    case "offering": return (Expression(.offered(clause: try clause()), at: place), .boolean)
    case "amount":
      try expect(word: "of")
      return (Expression(.amount(clause: try clause()), at: place), .number)
    case "sum":
      try expect(word: "over")
      guard case .name(let name) = peek.kind,
        let loop = names.loops.lastIndex(where: { $0.variable == name })
      else {
        throw unexpected("the name of a repeated round is wanted here (its 'as')")
      }
      position += 1
      try expect(word: "of")
      try enter()
      defer { depth -= 1 }
      let outerTerms = terms
      terms *= names.loops[loop].rounds.count
      defer { terms = outerTerms }
      guard terms <= ExpressionParser.mostTerms else {
        throw error(
          "sum-too-large", at: token.offset, length: token.length,
          "sums inside each other add up \(terms) terms here, and "
            + "\(ExpressionParser.mostTerms) are the most",
          remedy: "give the inner sum a name under 'define'")
      }
      let wasBound = boundLoops.contains(loop)
      boundLoops.insert(loop)
      let body = try numeric(sign(), at: token.offset)
      if !wasBound { boundLoops.remove(loop) }
      return (Expression(.sum(loop: loop, body), at: place), .number)
    default:
      guard let function = Expression.Function(rawValue: word) else {
        position -= 1
        throw unexpected("a number, a name or a condition is wanted here")
      }
      try expect(symbol: "(")
      var arguments: [Expression] = []
      repeat {
        arguments.append(try numeric(conditional(), at: token.offset))
      } while eat(symbol: ",")
      try expect(symbol: ")")
      guard function.arity.contains(arguments.count) else {
        throw error(
          "wrong-argument-count", at: token.offset, length: token.length,
          "'\(word)' takes \(function.arity.lowerBound == 1 ? "1 number" : "3 numbers"), "
            + "not \(arguments.count)",
          remedy: function == .clamp
            ? "write clamp(value, low, high)" : "write \(word)(value)")
      }
      return (Expression(.call(function, arguments), at: place), .number)
    }
  }

  private mutating func clause() throws(ExpressionError) -> Int {
    guard case .name(let name) = peek.kind else {
      throw unexpected("the name of a clause is wanted here")
    }
    for case .clause(let index) in names.meanings(of: name) {
      position += 1
      return index
    }
    throw error(
      "unknown-clause", at: peek.offset, length: peek.length, "'\(name)' is not a clause",
      remedy: names.clauses.isEmpty
        ? "declare it under 'clauses'" : "the clauses are: \(listed(names.clauses))")
  }

  private mutating func named(
    _ name: String, at token: Token
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    let place = source.place(of: token.offset)
    let meanings = names.meanings(of: name)
    for case .fact(let fact) in meanings { return try factReference(fact, at: token) }
    for case .quantity(let index) in meanings {
      usesQuantities = true
      return (Expression(.quantity(index), at: place), .number)
    }
    for case .definition(let index) in meanings {
      guard index < definitions.count, let interface = definitions[index] else {
        throw consequence(of: name)
      }
      usesQuantities = usesQuantities || interface.usesQuantities
      for loop in interface.neededLoops.sorted() {
        try need(
          loop, at: token, "'\(name)' asks what happens in one '\(names.loops[loop].variable)'",
          remedy: "use it in the repeated part, or write 'sum over "
            + "\(names.loops[loop].variable) of (…)'")
      }
      return (
        Expression(definition: index, height: interface.height, at: place), interface.type
      )
    }
    var loops: [Int] = []
    for case .loop(let loop) in meanings { loops.append(loop) }
    // Two repeated parts may call their rounds alike: the one around this place is meant.
    if let loop = loops.first(where: boundLoops.contains) ?? loops.last {
      try need(
        loop, at: token, "'\(name)' has a value only inside the part that is repeated",
        remedy: "use it there, or in 'sum over \(name) of (…)'")
      return (Expression(.loopValue(loop: loop), at: place), .round(loop))
    }
    for case .clause(_) in meanings {
      throw error(
        "clause-as-value", at: token.offset, length: token.length,
        "'\(name)' is a clause, not a number or a condition",
        remedy: "write 'with \(name)' to ask whether it is in force, or 'amount of \(name)'")
    }
    // A value or a party beside another word is part of a name that nothing declares.
    switch peek.kind {
    case .unknown, .symbol("."): throw unknownName(from: position - 1)
    default: break
    }
    throw error(
      "stray-value", at: token.offset, length: token.length,
      "'\(name)' is a value; it says something only after '='",
      remedy: "compare a step or type with it, such as 'STEP = \(name)'")
  }

  private mutating func factReference(
    _ fact: Int, at token: Token
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    let place = source.place(of: token.offset)
    let declared = names.facts[fact]
    var round = FactReference.Round.none
    if let loop = declared.loop {
      if eat(word: "of") {
        round = try roundReference(loop)
      } else {
        let variable = names.loops[loop].variable
        try need(
          loop, at: token,
          "'\(declared.name)' happens in every '\(variable)'; say which",
          remedy: "write '\(declared.name) of \(names.loops[loop].rounds.first ?? "1")' or "
            + "'sum over \(variable) of (…)'")
        round = .current
      }
    } else if eat(word: "of") {
      throw error(
        "not-repeated", at: token.offset, length: token.length,
        "'\(declared.name)' is not repeated, so it has no rounds", remedy: "leave out 'of …'")
    }
    return (
      Expression(.fact(FactReference(fact: fact, round: round)), at: place), .fact(fact)
    )
  }

  private mutating func roundReference(
    _ loop: Int
  ) throws(ExpressionError) -> FactReference.Round {
    if case .name(let name) = peek.kind, name == names.loops[loop].variable {
      try need(
        loop, at: peek, "'\(name)' has a value only inside the part that is repeated",
        remedy: "name a round here: \(listed(names.loops[loop].rounds))")
      position += 1
      return .current
    }
    if eat(symbol: "(") {
      try enter()
      defer { depth -= 1 }
      let start = peek.offset
      let usedQuantities = usesQuantities
      usesQuantities = false
      let inner = try numeric(sum(), at: start)
      if usesQuantities {
        throw error(
          "uncertain-round", at: start, length: peek.offset - start,
          "which round is meant here depends on a quantity, and may differ between draws",
          remedy: "count rounds by numbers and the round's own name, such as "
            + "(\(names.loops[loop].variable) - 1)")
      }
      usesQuantities = usedQuantities
      try expect(symbol: ")")
      return .computed(inner)
    }
    return .fixed(try self.round(of: loop))
  }

  /// Notes that a round of a loop must be going on, or reports that none is.
  private mutating func need(
    _ loop: Int, at token: Token, _ message: String, remedy: String
  ) throws(ExpressionError) {
    if boundLoops.contains(loop) { return }
    if allowsFreeLoops {
      neededLoops.insert(loop)
      return
    }
    throw error(
      "which-round", at: token.offset, length: token.length, message, remedy: remedy)
  }

  // MARK: Helpers

  private var peek: Token { tokens[position] }

  private mutating func eat(word: String) -> Bool {
    guard peek.kind == .word(word) else { return false }
    position += 1
    return true
  }

  private mutating func eat(symbol: String) -> Bool {
    guard peek.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func expect(word: String) throws(ExpressionError) {
    if !eat(word: word) {
      throw unexpected("'\(word)' is wanted here", remedy: "write '\(word)' here")
    }
  }

  private mutating func expect(symbol: String) throws(ExpressionError) {
    if !eat(symbol: symbol) {
      throw unexpected("'\(symbol)' is wanted here", remedy: "write '\(symbol)' here")
    }
  }

  private func truth(
    of result: (Expression, ExpressionType)
  ) throws(ExpressionError) -> Expression {
    if result.1 == .boolean { return result.0 }
    throw ExpressionError(
      code: "expected-condition", place: result.0.place, length: 1,
      message: "this gives \(describe(result.1)), but a condition (true or false) is wanted",
      remedy: "compare it with something by '=', '!=', '<' or 'in [..]'")
  }

  private func numeric(
    _ result: (Expression, ExpressionType), at offset: Int
  ) throws(ExpressionError) -> Expression {
    switch result.1 {
    case .number: return result.0
    case .fact(let fact) where names.facts[fact].numbers != nil: return result.0
    case .round(let loop) where names.loops[loop].isNumbered: return result.0
    case .boolean, .fact, .round:
      throw ExpressionError(
        code: "expected-number", place: result.0.place, length: 1,
        message: "this gives \(describe(result.1)), but a number is wanted",
        remedy: counting(result.1))
    }
  }

  /// How to make a number of what is none.
  private func counting(_ type: ExpressionType) -> String {
    switch type {
    case .fact(let fact):
      "write 'if \(names.facts[fact].name) = \(names.facts[fact].values.first ?? "…") then 1 else 0'"
    default: "write 'if … then 1 else 0' to count it"
    }
  }

  private func describe(_ type: ExpressionType) -> String {
    switch type {
    case .number: "a number"
    case .boolean: "a condition"
    case .fact(let fact): "a value of '\(names.facts[fact].name)'"
    case .round(let loop): "a round of '\(names.loops[loop].variable)'"
    }
  }

  private func unexpected(_ what: String, remedy: String? = nil) -> ExpressionError {
    if case .unknown = peek.kind { return unknownName() }
    let found: String
    switch peek.kind {
    case .end: found = "the text ends"
    case .name(let name), .unknown(let name): found = "found '\(name)'"
    case .word(let word): found = "found '\(word)'"
    case .symbol(let symbol): found = "found '\(symbol)'"
    case .number:
      found = "found \(source.words(from: peek.offset, length: peek.length))"
    }
    return error(
      "syntax", at: peek.offset, length: peek.length, "\(what), but \(found)",
      remedy: hint ?? remedy
        ?? (peek.kind == .end
          ? "finish the formula"
          : "look before it: a sign such as + or *, or a word such as 'and', is missing"))
  }

  /// What those who know other notations probably meant.
  private var hint: String? {
    let next = tokens[min(position + 1, tokens.count - 1)]
    switch peek.kind {
    case .word("if"): return "put it in parentheses: (if … then … else …)"
    case .word("of"): return "only a repeated step, a clause's amount and a sum have an 'of'"
    case .word("rest"): return "'rest' stands alone, as the odds of one value"
    case .word(let word):
      return "'\(word)' is a word of the language; a name cannot be that word alone"
    case .symbol("="): return "write one '=' to compare"
    case .symbol("&"): return "write 'and'"
    case .symbol("|"): return "write 'or'"
    case .symbol("!"): return next.kind == .symbol("=") ? "write '!='" : "write 'not'"
    case .symbol("≠"): return "write '!='"
    case .symbol("≤"): return "write '<='"
    case .symbol("≥"): return "write '>='"
    case .symbol("−"), .symbol("–"), .symbol("—"): return "write the minus sign as '-'"
    case .symbol("×"), .symbol("·"): return "write '*' to multiply"
    case .symbol("÷"): return "write '/' to divide"
    case .symbol("?"): return "write 'if CONDITION then ONE else OTHER'"
    case .symbol("%"): return "a percent sign stands right after its number: 40%"
    case .symbol(".."): return "a range stands under 'quantities'; use its name here"
    case .symbol(","):
      return "commas stand in min(…), max(…), clamp(…) and 'in […]'; write 1000 for 1,000"
    case .symbol(")"), .symbol("]"): return "it closes nothing; take it out, or open it before"
    case .symbol("'"), .symbol("\""), .symbol("“"), .symbol("‘"), .symbol("’"):
      return "names stand without quotes"
    default: return nil
    }
  }

  /// What stands here is no name. All unknown words in a row may be one name with a slip in it.
  private func unknownName() -> ExpressionError {
    unknownName(from: position)
  }

  private func unknownName(from index: Int) -> ExpressionError {
    let first = tokens[index]
    // A party's type is written with a period, which no other name has before a word.
    var end = first.offset + first.length
    for token in tokens[(index + 1)...].prefix(12) {
      switch token.kind {
      case .unknown: end = token.offset + token.length
      case .name(let name) where names.meanings(of: name).isEmpty:
        end = token.offset + token.length
      case .symbol("."): end = token.offset + token.length
      default: break
      }
      if end != token.offset + token.length { break }
    }
    let words = source.words(from: first.offset, length: end - first.offset)
    let alone = source.words(from: first.offset, length: first.length)
    let near =
      Spelling.suggestion(for: words, among: names.suggestable)
      ?? Spelling.suggestion(for: alone, among: names.suggestable, allowsMoreWords: false)
    return error(
      "unknown-name", at: first.offset, length: end - first.offset,
      "nothing is called '\(SyntaxWords.short(words))'",
      remedy: near.map { "did you mean '\($0)'?" }
        ?? "declare it under 'quantities' or 'define', or look for a misspelling")
  }

  private func error(
    _ code: String, at offset: Int, length: Int, _ message: String, remedy: String? = nil
  ) -> ExpressionError {
    ExpressionError(
      code: code, place: source.place(of: offset), length: max(length, 1), message: message,
      remedy: remedy)
  }
}

/// Names as a sentence lists them; long lists are cut.
func listed(_ names: [String], limit: Int = 8) -> String {
  let shown = names.prefix(limit).joined(separator: ", ")
  return names.count > limit ? shown + ", … (\(names.count) in all)" : shown
}
