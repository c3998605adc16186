extension SyntaxTraps {
  /// What stands between two commas inside `{}` or `[]`.
  private struct Entry {
    /// Ranges of tokens: a scalar, a colon, or a whole inner `{}` or `[]`.
    var items: [Range<Int>] = []
  }

  private struct Flow {
    let opener: Int
    let isMapping: Bool
    var entries: [Entry] = [Entry()]
    var commas: [Int] = []
  }

  /// Checks the entries of every `{}` and `[]`.
  mutating func checkFlows() {
    var open: [Flow] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .openMapping, .openSequence:
        open.append(Flow(opener: index, isMapping: token.kind == .openMapping))
      case .closeMapping, .closeSequence:
        guard let flow = open.popLast() else { continue }
        check(flow, closer: index)
        add(flow.opener..<index + 1, to: &open)
      case .flowEntry:
        guard !open.isEmpty else { continue }
        open[open.count - 1].commas.append(index)
        open[open.count - 1].entries.append(Entry())
      default: add(index..<index + 1, to: &open)
      }
    }
  }

  private func add(_ item: Range<Int>, to open: inout [Flow]) {
    guard let last = open.indices.last else { return }
    open[last].entries[open[last].entries.count - 1].items.append(item)
  }

  private func bytes(of items: some Collection<Range<Int>>) -> Range<Int> {
    var range = 0..<0
    for (number, item) in items.enumerated() {
      let lower = number == 0 ? tokens[item.lowerBound].start : range.lowerBound
      range = lower..<max(lower, tokens[item.upperBound - 1].end)
    }
    return range
  }

  private func isColon(_ item: Range<Int>) -> Bool {
    item.count == 1 && tokens[item.lowerBound].kind == .value
  }

  private func isCollection(_ item: Range<Int>) -> Bool {
    let kind = tokens[item.lowerBound].kind
    return kind == .openMapping || kind == .openSequence
  }

  private mutating func check(_ flow: Flow, closer: Int) {
    if flow.isMapping, isListInBraces(flow) {
      let range = tokens[flow.opener].start..<tokens[closer].end
      let inner = text(tokens[flow.opener].end..<tokens[closer].start)
      found.report(
        SyntaxFinding(
          code: "braces-for-list", range: range,
          message: "braces hold 'key: value' pairs, and there are none here",
          remedy: "for a list, write [\(SyntaxWords.short(inner))]",
          replacement: inner.contains("\n") ? nil : "[\(inner)]"), masking: .marked(range))
      return
    }
    for (number, entry) in flow.entries.enumerated() {
      if entry.items.isEmpty {
        if number < flow.commas.count { reportStrayComma(flow.commas[number]) }
      } else {
        check(entry, number, of: flow)
      }
    }
  }

  private func isListInBraces(_ flow: Flow) -> Bool {
    let filled = flow.entries.filter { !$0.items.isEmpty }
    return !filled.isEmpty
      && filled.allSatisfy { entry in
        entry.items.count == 1
          && (isCollection(entry.items[0])
            || tokens[entry.items[0].lowerBound].isScalar
              && Self.spaceAfterColon(in: text(bytes(of: entry.items))) == nil)
      }
  }

  private mutating func reportStrayComma(_ comma: Int) {
    let range = tokens[comma].start..<tokens[comma].end
    found.report(
      SyntaxFinding(
        code: "stray-comma", range: range, message: "there is nothing before this comma",
        remedy: "remove the comma", replacement: ""), masking: .blank(range))
  }

  private mutating func check(_ entry: Entry, _ number: Int, of flow: Flow) {
    let items = entry.items
    let colons = items.indices.filter { isColon(items[$0]) }
    if let colon = colons.first(where: { isGlued(items[$0].lowerBound) }), colons.count == 1 {
      return reportGluedColon(tokens[items[colon].lowerBound], key: bytes(of: items[..<colon]))
    }
    if colons.count > 1 { return reportSecondColon(items, firstColon: colons[0]) }
    guard let colon = colons.first else {
      if items.count > 1 { return reportTextAfterValue(items[...]) }
      if flow.isMapping { reportMissingValue(number, of: flow) }
      return
    }
    if colon == 0 {
      let range = bytes(of: items[...0])
      found.report(
        SyntaxFinding(
          code: "missing-key", range: range, message: "there is no key before this colon",
          remedy: "write 'key: value'"), masking: .marked(bytes(of: items)))
    } else if isCollection(items[0]) || tokens[items[0].lowerBound].kind == .alias {
      let range = bytes(of: items[..<colon])
      found.report(
        SyntaxFinding(
          code: "complex-key", range: range,
          message: "a key must be a name, not something in brackets",
          remedy: "put it in quotes if it is a name"), masking: .marked(bytes(of: items)))
    } else if colon > 1 {
      reportTextAfterValue(items[..<colon])
    } else if items.count > colon + 2 {
      reportTextAfterValue(items[(colon + 1)...])
    }
  }

  /// True for a colon that touches its key and what follows, as in `a:[1]`.
  private func isGlued(_ index: Int) -> Bool {
    let colon = tokens[index]
    guard index > 0, colon.end < bytes.count, tokens[index - 1].kind == .plain,
      tokens[index - 1].end == colon.start
    else { return false }
    return ",?[]{}".utf8.contains(bytes[colon.end])
  }

  private mutating func reportGluedColon(_ colon: SyntaxToken, key: Range<Int>) {
    found.report(
      SyntaxFinding(
        code: "missing-space", range: colon.start..<colon.end,
        message: "there is no space after the colon of '\(short(key))'",
        remedy: "put a space after the colon", replacement: ": "),
      masking: .marked(colon.start..<colon.end))
  }

  private mutating func reportSecondColon(_ items: [Range<Int>], firstColon: Int) {
    let rest = items[(firstColon + 1)...]
    let range = bytes(of: rest.isEmpty ? items[...] : rest)
    let isOneLine = !text(range).contains("\n")
    // Words before the second colon may be a key whose comma was forgotten.
    let isKeyLost = text(range).prefix { $0 != ":" }.contains(" ")
    if !isOneLine || isKeyLost { found.hasGaps = true }
    found.report(
      SyntaxFinding(
        code: isOneLine ? "colon-in-value" : "missing-comma", range: range,
        message: isOneLine
          ? "a second colon in '\(short(bytes(of: items[...])))'"
          : "two entries run into each other here",
        remedy: isOneLine
          ? "put the value in quotes: \(SyntaxWords.quoted(SyntaxWords.short(text(range))))"
          : "put a comma at the end of the entry before",
        replacement: isOneLine ? SyntaxWords.quoted(text(range)) : nil),
      masking: .marked(range))
  }

  private mutating func reportTextAfterValue(_ items: ArraySlice<Range<Int>>) {
    guard let first = items.first else { return }
    let token = tokens[first.lowerBound]
    let range = bytes(of: items)
    found.report(
      SyntaxFinding(
        code: token.isQuoted ? "text-after-quote" : "missing-comma", range: range,
        message: token.isQuoted
          ? "the quotes end before the text does" : "there is text after the end of a value",
        remedy: token.isQuoted ? Self.remedyForQuotes(token) : "put a comma between the two"),
      masking: .marked(range))
  }

  /// An entry without a colon: usually the tail of a text that a comma cut.
  private mutating func reportMissingValue(_ number: Int, of flow: Flow) {
    let items = flow.entries[number].items
    let range = bytes(of: items)
    if isCollection(items[0]) {
      found.report(
        SyntaxFinding(
          code: "missing-key", range: range, message: "there is no key before this value",
          remedy: "write 'key: value'"), masking: .marked(range))
      return
    }
    // An alias was reported as such.
    if tokens[items[0].lowerBound].kind == .alias { return }
    if let cure = Self.spaceAfterColon(in: text(range)) {
      found.hasGaps = true
      found.report(
        SyntaxFinding(
          code: "missing-space", range: range,
          message: "'\(short(range))' is not of the form 'key: value'",
          remedy: "put a space after the colon", replacement: cure), masking: .marked(range))
      return
    }
    guard number > 0, let value = flow.entries[number - 1].items.last,
      tokens[value.lowerBound].kind == .plain, flow.entries[number - 1].items.count == 3
    else {
      found.hasGaps = true
      found.report(
        SyntaxFinding(
          code: "missing-value", range: range, message: "'\(short(range))' has no value",
          remedy: "write '\(short(range)): value'; for a list of names use [ ] instead of { }"),
        masking: .marked(range))
      return
    }
    // The whole text that was cut, up to the last piece without a colon.
    var last = number
    while last + 1 < flow.entries.count, flow.entries[last + 1].items.count == 1,
      !isCollection(flow.entries[last + 1].items[0])
    { last += 1 }
    let key = short(bytes(of: flow.entries[number - 1].items[..<1]))
    let whole = tokens[value.lowerBound].start..<bytes(of: flow.entries[last].items).upperBound
    let quoted = SyntaxWords.quoted(text(whole))
    found.hasGaps = true
    found.report(
      SyntaxFinding(
        code: "comma-in-value", range: whole,
        message: "the comma ends the value of '\(key)', so '\(short(range))' has no value",
        remedy:
          "did you mean to quote: \(key): \(SyntaxWords.quoted(SyntaxWords.short(text(whole))))",
        replacement: text(whole).contains("\n") ? nil : quoted), masking: .marked(whole))
  }

  /// Looks for text that a `#` turned into a comment.
  mutating func checkComments() {
    var next = 0
    for comment in comments {
      while next < tokens.count, tokens[next].start < comment.start { next += 1 }
      guard next > 0, comment.end > comment.start + 1 else { continue }
      let before = tokens[next - 1]
      let first = bytes[comment.start + 1]
      let isGlued = !Byte.isBlank(first) && first != UInt8(ascii: "#") && first != UInt8(ascii: "!")
      guard isGlued, before.endLine == comment.line, before.kind != .blockScalar else { continue }
      let range = comment.start..<comment.end
      if before.kind == .plain, isValue(next - 1) {
        let whole = text(before.start..<comment.end)
        found.report(
          SyntaxFinding(
            code: "comment-in-value", severity: .warning, range: range,
            message: "'\(short(range))' is a comment and no part of the text before it",
            remedy:
              "if it belongs to the text, write \(SyntaxWords.quoted(SyntaxWords.short(whole))); "
              + "if not, put a space after '#'"))
      } else if before.kind == .value,
        next == tokens.count
          || tokens[next].level != nil
            && tokens[next].column <= keyColumn(of: next - 1)
      {
        found.report(
          SyntaxFinding(
            code: "comment-for-value", range: range,
            message: "'#' begins a comment, so there is no value here",
            remedy: "put the value in quotes: \(SyntaxWords.quoted(short(range)))",
            replacement: SyntaxWords.quoted(text(range))), masking: .marked(range))
      }
    }
  }

  private func isValue(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let kind = tokens[index - 1].kind
    return kind == .value || kind == .blockEntry || kind == .flowEntry || kind == .openSequence
  }

  private func keyColumn(of colon: Int) -> Int {
    colon > 0 ? tokens[colon - 1].column : 0
  }
}
