/// Types that do not fit, and what to say about text that cannot be read.
extension ExpressionParser {
  func truth(
    of result: (Expression, ExpressionType)
  ) throws(ExpressionError) -> Expression {
    if result.1 == .boolean { return result.0 }
    throw ExpressionError(
      code: "expected-condition", place: result.0.place, length: 1,
      message: "this gives \(describe(result.1)), but a condition (true or false) is wanted",
      remedy: "compare it with something by '=', '!=', '<' or 'in [..]'")
  }

  func numeric(
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
  func counting(_ type: ExpressionType) -> String {
    switch type {
    case .fact(let fact):
      "write 'if \(names.facts[fact].name) = \(names.facts[fact].values.first ?? "…") then 1 else 0'"
    default: "write 'if … then 1 else 0' to count it"
    }
  }

  func describe(_ type: ExpressionType) -> String {
    switch type {
    case .number: "a number"
    case .boolean: "a condition"
    case .fact(let fact): "a value of '\(names.facts[fact].name)'"
    case .round(let loop): "a round of '\(names.loops[loop].variable)'"
    }
  }

  func unexpected(_ what: String, remedy: String? = nil) -> ExpressionError {
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
  var hint: String? {
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
  func unknownName() -> ExpressionError {
    unknownName(from: position)
  }

  func unknownName(from index: Int) -> ExpressionError {
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

  func error(
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
