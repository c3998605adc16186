/// Comparisons, and the values and rounds that stand in them.
extension ExpressionParser {
  mutating func comparison() throws(ExpressionError) -> (Expression, ExpressionType) {
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

  mutating func oneComparison() throws(ExpressionError) -> (Expression, ExpressionType) {
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

  mutating func compare(
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

  func requireEquality(
    _ operation: Expression.Comparison, at start: Int
  ) throws(ExpressionError) {
    if operation != .equal && operation != .notEqual {
      throw error(
        "values-have-no-order", at: start, length: operation.rawValue.count,
        "these values have no order, so '\(operation.rawValue)' says nothing about them",
        remedy: "use '=', '!=' or 'in [..]'")
    }
  }

  func peekIsValue(of fact: Int) -> Bool {
    switch peek.kind {
    case .name(let name): names.facts[fact].values.contains(name)
    case .unknown(let word): word == "none"
    default: false
    }
  }

  /// A value of the fact stands here: its ordinal, or -1 for `none`, a step that did not happen.
  mutating func value(of fact: Int) throws(ExpressionError) -> Int {
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
  func consequence(of name: String) -> ExpressionError {
    var result = error(
      "broken-name", at: peek.offset, length: peek.length,
      "'\(name)' has an error of its own", remedy: "mend what '\(name)' says first")
    result.isConsequence = true
    return result
  }

  mutating func round(of loop: Int) throws(ExpressionError) -> Int {
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

}
