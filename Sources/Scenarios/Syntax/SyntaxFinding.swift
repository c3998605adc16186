/// Something wrong in the tokens of a text, before it has a place in lines and columns.
struct SyntaxFinding: Equatable {
  var code: String
  var severity = Diagnostic.Severity.error
  var range: Range<Int>
  var message: String
  var remedy: String?
  /// What the range should be replaced by, if that is safe.
  var replacement: String?
}

/// What a round of checks over the tokens gave.
struct SyntaxFindings {
  var findings: [SyntaxFinding] = []
  var masks: [SyntaxMask] = []
  /// True if the tokens cannot be trusted after the first finding: hide it and look again.
  var isPartial = false
  /// True if the structure cannot be read at all.
  var isHopeless = false

  /// True if keys or items are hidden without a trace, so that names may be missing.
  var hasGaps = false

  /// More findings than anybody reads; beyond them a text is hopeless.
  static let cap = 300

  mutating func report(_ finding: SyntaxFinding, masking mask: SyntaxMask? = nil) {
    guard findings.count < Self.cap else {
      isHopeless = true
      return
    }
    if masks.contains(where: { $0.range.contains(finding.range.lowerBound) }) { return }
    findings.append(finding)
    if let mask { masks.append(mask) }
  }
}

/// Words that several checks share.
enum SyntaxWords {
  /// A text in quotes as YAML wants it.
  static func quoted(_ text: String) -> String {
    if text.contains("\"") || text.contains("\\") {
      return "'"
        + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        + "'"
    }
    return "\"" + text + "\""
  }

  /// A text short enough for a message.
  static func short(_ text: String, limit: Int = 40) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count <= limit ? words : String(words.prefix(limit - 1)) + "…"
  }
}
