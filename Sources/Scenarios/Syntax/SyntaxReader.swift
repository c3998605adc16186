/// Reads the text of a scenario into nodes, and reports all that is wrong with it as a text.
public enum SyntaxReader {
  /// The first pass over a text is repeated this often to get past unclosed quotes and brackets.
  private static let rounds = 20

  /// Reads a text given as a string.
  public static func read(
    _ text: String, file: String, limits: SyntaxLimits = SyntaxLimits()
  ) -> (node: SyntaxNode?, diagnostics: [Diagnostic]) {
    read(Array(text.utf8), file: file, limits: limits)
  }

  /// Reads a text given as bytes. Nothing is too long or too deep for it: what goes beyond the
  /// limits is refused before any parser sees it. A node comes back with errors, too, if what is
  /// wrong can be set apart from the rest; such parts are `isUnreadable`.
  public static func read(
    _ bytes: [UInt8], file: String, limits: SyntaxLimits = SyntaxLimits()
  ) -> (node: SyntaxNode?, diagnostics: [Diagnostic]) {
    var sink = DiagnosticSink(file: file)
    guard bytes.count <= limits.bytes else {
      sink.error(
        "too-large", at: nil,
        "the file has more than \(limits.bytes) bytes",
        remedy: "check that this is a scenario; if it is, raise the limit with --max-bytes")
      return (nil, sink.diagnostics)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      sink.error(
        "invalid-utf8", at: Place(line: 1, column: 1), "this is UTF-16 text, not UTF-8",
        remedy: "save the file as UTF-8 (in most editors: Save with Encoding)")
      return (nil, sink.diagnostics)
    }
    let node = Reading(SourceText(bytes: bytes), limits: limits).node(sink: &sink)
    return (node, sink.diagnostics)
  }

  /// The work on one text.
  private struct Reading {
    private var source: SourceText
    let limits: SyntaxLimits
    private var columns: ColumnCounter

    init(_ source: SourceText, limits: SyntaxLimits) {
      self.source = source
      self.limits = limits
      columns = ColumnCounter(source: source)
    }

    func node(sink: inout DiagnosticSink) -> SyntaxNode? {
      var reading = self
      var clean = TextChecks.clean(source, sink: &sink)
      // Places are counted in what is left after that.
      reading.source = SourceText(bytes: clean)
      reading.columns = ColumnCounter(source: reading.source)
      var tokens: [SyntaxToken] = []
      // A character that was replaced may have been part of a name.
      var hasGaps = sink.hasErrors
      for round in 1...rounds {
        let lexed = SyntaxLexer.tokens(of: clean, depthLimit: limits.depth)
        tokens = lexed.tokens
        if let deep = lexed.tooDeep {
          let place = reading.place(of: tokens[deep].start, in: SourceText(bytes: clean))
          reading.reportTooDeep(at: place, sink: &sink)
          return nil
        }
        let found = SyntaxTraps.findings(in: clean, tokens: tokens)
        let text = SourceText(bytes: clean)
        for finding in found.findings { reading.report(finding, in: text, sink: &sink) }
        hasGaps = hasGaps || found.hasGaps || found.isPartial
        if found.isHopeless || found.isPartial && round == rounds { return nil }
        clean = SyntaxMask.apply(found.masks, to: clean)
        if !found.isPartial { break }
      }
      let lexed = SyntaxLexer.tokens(of: clean, depthLimit: limits.depth)
      var node = reading.compose(clean, lexed.tokens, sink: &sink)
      node?.hasGaps = hasGaps
      return node
    }

    private mutating func compose(
      _ bytes: [UInt8], _ tokens: [SyntaxToken], sink: inout DiagnosticSink
    ) -> SyntaxNode? {
      var bytes = bytes
      var composer = SyntaxComposer(source: source, limits: limits, lengths: lengths(tokens, bytes))
      for round in 1...rounds {
        switch composer.compose(bytes) {
        case .node(let node): return finish(node, sink: &sink)
        case .duplicate(let line, let column):
          let masked = hideDuplicate(
            line: line, scalarColumn: column, round: round, in: bytes, sink: &sink)
          guard let masked, round < rounds else { return nil }
          bytes = masked
        case .failure(let code, let place, let message, let remedy):
          // What was found before is the likely cause, and better explained.
          if !sink.hasErrors { sink.error(code, at: place, message, remedy: remedy) }
          return nil
        case .tooMany:
          sink.error(
            "too-many-nodes", at: nil, "the file holds more than \(limits.nodes) keys and values",
            remedy: "split the scenario; or raise the limit with --max-nodes")
          return nil
        case .tooDeep(let place):
          reportTooDeep(at: place, sink: &sink)
          return nil
        }
      }
      return nil
    }

    private func finish(_ node: SyntaxNode?, sink: inout DiagnosticSink) -> SyntaxNode? {
      if let node, !node.isEmpty { return node }
      if !sink.hasErrors {
        sink.error(
          "empty-file", at: Place(line: 1, column: 1), "there is no scenario in this file",
          remedy: "begin with 'entente: 1', or copy a template with 'entente new'")
      }
      return nil
    }

    private func reportTooDeep(at place: Place, sink: inout DiagnosticSink) {
      let isFinal = limits.depth >= SyntaxLimits.deepest
      sink.error(
        "too-deep", at: place,
        "lists and mappings are nested more than \(limits.depth) deep here",
        remedy: isFinal
          ? "close the brackets or reduce the indentation; no flag allows more"
          : "close the brackets or reduce the indentation; "
            + "or raise the limit with --max-depth (at most \(SyntaxLimits.deepest))")
    }

    // MARK: Duplicates

    /// Reports a key that stands twice and hides the second one behind marks of its own, which
    /// makes it another key, so that the parser goes on.
    private mutating func hideDuplicate(
      line: Int, scalarColumn: Int, round: Int, in bytes: [UInt8], sink: inout DiagnosticSink
    ) -> [UInt8]? {
      let tokens = SyntaxLexer.tokens(of: bytes, depthLimit: limits.depth).tokens
        .filter { $0.kind != .comment }
      guard
        let first = tokens.firstIndex(where: {
          $0.line == line - 1 && $0.column == scalarColumn - 1 && $0.isScalar
        }),
        let second = Self.duplicate(of: first, in: tokens, bytes)
      else {
        sink.error(
          "duplicate-key", at: columns.place(line: line, scalarColumn: scalarColumn),
          "this key stands twice in the same group", remedy: "remove one, or rename it")
        return nil
      }
      let text = SourceText(bytes: bytes)
      let start = place(of: tokens[first].start, in: text)
      let range = tokens[second].start..<tokens[second].end
      let mask = SyntaxMask.numbered(range, round)
      // Two keys that were hidden before may look alike; that is no fault of the text.
      if SyntaxMask.hides(bytes[range]) { return SyntaxMask.apply([mask], to: bytes) }
      let name = SyntaxWords.short(Self.plainText(of: tokens[first], bytes))
      sink.error(
        "duplicate-key", at: place(of: range.lowerBound, in: text),
        length: length(of: range, in: bytes),
        "'\(name)' stands twice here; the first is on line \(start.line), column \(start.column)",
        remedy: "remove one of the two, or give it another name")
      return SyntaxMask.apply([mask], to: bytes)
    }

    /// The next key with the same text in the same group.
    private static func duplicate(
      of first: Int, in tokens: [SyntaxToken], _ bytes: [UInt8]
    ) -> Int? {
      let key = tokens[first]
      let name = plainText(of: key, bytes)
      var index = first + 1
      while index < tokens.count {
        let token = tokens[index]
        defer { index += 1 }
        if token.flowDepth < key.flowDepth { return nil }
        guard token.isScalar, token.flowDepth == key.flowDepth, index + 1 < tokens.count,
          tokens[index + 1].kind == .value, plainText(of: token, bytes) == name
        else { continue }
        if key.flowDepth > 0 || token.level == key.level && token.column == key.column {
          return index
        }
      }
      return nil
    }

    private static func plainText(of token: SyntaxToken, _ bytes: [UInt8]) -> String {
      let text = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
      return token.isQuoted ? String(text.dropFirst().dropLast()) : text
    }

    // MARK: Places

    /// The place of a byte of the text or of a masked copy, which has the same lines and columns.
    private mutating func place(of offset: Int, in text: SourceText) -> Place {
      let line = text.lineNumber(ofOffset: offset)
      let before = text.bytes[text.lineStarts[line - 1]..<offset]
      return columns.place(line: line, scalarColumn: before.count(where: Byte.isLeading) + 1)
    }

    /// The characters of a range up to the end of its first line.
    private func length(of range: Range<Int>, in bytes: [UInt8]) -> Int {
      let line = bytes[range].prefix { !Byte.isBreak($0) }
      return max(1, String(decoding: line, as: UTF8.self).count)
    }

    private mutating func lengths(_ tokens: [SyntaxToken], _ bytes: [UInt8]) -> [Place: Int] {
      var lengths: [Place: Int] = [:]
      for token in tokens where token.isScalar {
        let place = columns.place(line: token.line + 1, scalarColumn: token.column + 1)
        lengths[place] = length(of: token.start..<token.end, in: bytes)
      }
      return lengths
    }

    private mutating func report(
      _ finding: SyntaxFinding, in text: SourceText, sink: inout DiagnosticSink
    ) {
      let bytes = text.bytes
      let place = place(of: finding.range.lowerBound, in: text)
      let length = length(of: finding.range, in: bytes)
      let isOneLine = !bytes[finding.range].contains(where: Byte.isBreak)
      let replaced = String(decoding: bytes[finding.range], as: UTF8.self).count
      let isUntouched = !SyntaxMask.hides(bytes[finding.range])
      sink.report(
        Diagnostic(
          code: finding.code, severity: finding.severity, file: sink.file, place: place,
          length: length, message: finding.message, remedy: finding.remedy,
          fix: isOneLine && isUntouched
            ? finding.replacement.map { TextEdit(place: place, length: replaced, replacement: $0) }
            : nil))
    }
  }
}
