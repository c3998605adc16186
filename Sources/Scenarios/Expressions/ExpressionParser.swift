/// Reads expressions by recursive descent; each rule is one method. Types are checked on the way.
public struct ExpressionParser {
  let names: NameTable
  let source: ExpressionSource
  let tokens: [Token]
  var position = 0
  var depth = 0
  /// How many terms the sums around this place add up together.
  var terms = 1
  static let mostTerms = 10_000
  /// Loops whose variable has a value here.
  var boundLoops: Set<Int>
  /// What each definition gives and which loops it needs; filled in the order of definitions.
  let definitions: [DefinitionInterface?]

  /// What using a definition means for the expression around it.
  public struct DefinitionInterface: Sendable, Equatable {
    /// What it gives.
    public var type: ExpressionType
    /// Loops of which it needs a round.
    public var neededLoops: Set<Int>
    /// How high its expression is.
    public var height: Int

    /// What a definition gives, the loops that it needs a round of, and what it is made of.
    public init(
      type: ExpressionType, neededLoops: Set<Int>, height: Int
    ) {
      self.type = type
      self.neededLoops = neededLoops
      self.height = height
    }
  }

  /// Loops that the expression needs a round of, found on the way.
  public internal(set) var neededLoops: Set<Int> = []
  let allowsFreeLoops: Bool
  /// How deep the rules may go: each level of an expression is a level of calls.
  static let deepest = 64

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

  var trimmed: String { SyntaxWords.short(source.text, limit: 30) }

  // MARK: Depth

  /// Notes that the rules go one deeper; stands beside a `defer` that takes it back.
  mutating func enter() throws(ExpressionError) {
    depth += 1
    if depth > ExpressionParser.deepest { throw tooDeep() }
  }

  func tooDeep() -> ExpressionError {
    error(
      "expression-too-deep", at: peek.offset, length: peek.length,
      "this formula is too long, or its parts stand too deep inside each other",
      remedy: "give parts of it names under 'define'; in a long sum, put groups in parentheses")
  }

  /// The result of a rule, unless it has become too high for what walks it later.
  func bounded(
    _ result: (Expression, ExpressionType)
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    if result.0.height > Expression.highest { throw tooDeep() }
    return result
  }

  // MARK: Rules, loosest first

  mutating func conditional() throws(ExpressionError) -> (Expression, ExpressionType) {
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
  func join(
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

  mutating func disjunction() throws(ExpressionError) -> (Expression, ExpressionType) {
    var left = try conjunction()
    while case let start = peek.offset, eat(word: "or") {
      let yes = try truth(of: left)
      let right = try truth(of: conjunction())
      left = try bounded((Expression(.or(yes, right), at: source.place(of: start)), .boolean))
    }
    return left
  }

  mutating func conjunction() throws(ExpressionError) -> (Expression, ExpressionType) {
    var left = try inversion()
    while case let start = peek.offset, eat(word: "and") {
      let yes = try truth(of: left)
      let right = try truth(of: inversion())
      left = try bounded((Expression(.and(yes, right), at: source.place(of: start)), .boolean))
    }
    return left
  }

  mutating func inversion() throws(ExpressionError) -> (Expression, ExpressionType) {
    let start = peek.offset
    guard eat(word: "not") else { return try comparison() }
    try enter()
    defer { depth -= 1 }
    let inner = try truth(of: inversion())
    return (Expression(.not(inner), at: source.place(of: start)), .boolean)
  }

  mutating func sum() throws(ExpressionError) -> (Expression, ExpressionType) {
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

  mutating func product() throws(ExpressionError) -> (Expression, ExpressionType) {
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
  mutating func sign() throws(ExpressionError) -> (Expression, ExpressionType) {
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

  mutating func power() throws(ExpressionError) -> (Expression, ExpressionType) {
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

  mutating func atom() throws(ExpressionError) -> (Expression, ExpressionType) {
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

  // MARK: Helpers

  var peek: Token { tokens[position] }

  mutating func eat(word: String) -> Bool {
    guard peek.kind == .word(word) else { return false }
    position += 1
    return true
  }

  mutating func eat(symbol: String) -> Bool {
    guard peek.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  mutating func expect(word: String) throws(ExpressionError) {
    if !eat(word: word) {
      throw unexpected("'\(word)' is wanted here", remedy: "write '\(word)' here")
    }
  }

  mutating func expect(symbol: String) throws(ExpressionError) {
    if !eat(symbol: symbol) {
      throw unexpected("'\(symbol)' is wanted here", remedy: "write '\(symbol)' here")
    }
  }
}
