/// What begins with a word: functions, sums, clauses, and everything that has a name.
extension ExpressionParser {
  mutating func construct(
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

  mutating func clause() throws(ExpressionError) -> Int {
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

  mutating func named(
    _ name: String, at token: Token
  ) throws(ExpressionError) -> (Expression, ExpressionType) {
    let place = source.place(of: token.offset)
    let meanings = names.meanings(of: name)
    for case .fact(let fact) in meanings { return try factReference(fact, at: token) }
    for case .quantity(let index) in meanings {
      return (Expression(.quantity(index), at: place), .number)
    }
    for case .definition(let index) in meanings {
      guard index < definitions.count, let interface = definitions[index] else {
        throw consequence(of: name)
      }
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

  mutating func factReference(
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

  mutating func roundReference(
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
      let inner = try numeric(sum(), at: start)
      try expect(symbol: ")")
      return .computed(inner)
    }
    return .fixed(try self.round(of: loop))
  }

  /// Notes that a round of a loop must be going on, or reports that none is.
  mutating func need(
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

}
