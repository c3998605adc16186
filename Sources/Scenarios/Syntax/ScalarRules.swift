/// What the text of a scalar must look like for each shape.
enum ScalarRules {
  struct Problem: Equatable {
    var code: String
    var message: String
    var remedy: String
  }

  /// What is wrong with a text, or `nil` if it has the shape.
  static func problem(with text: String, as shape: Shape) -> Problem? {
    switch shape {
    case .text where isBlank(text): empty(text, shape)
    case .expression where isBlank(text): empty(text, shape)
    case .name: name(text)
    case .estimate: estimate(text)
    case .number: number(text)
    case .date: date(text)
    case .dateRange: dateRange(text)
    case .flag: keyword(text, ["yes", "no", "true", "false"], code: "bad-flag")
    case .keyword(let words): keyword(text, words, code: "unknown-word")
    case .integer(let range): integer(text, range)
    case .version(let supported): version(text, supported)
    default: nil
    }
  }

  /// What a shape wants, for a remedy.
  static func expectation(_ shape: Shape) -> String {
    switch shape {
    case .text, .remark: "a text"
    case .name: "a name"
    case .expression: "a formula"
    case .estimate: "a number, a percentage or 'low .. best .. high'"
    case .number: "a number"
    case .date: "a day, such as 2024-10-08"
    case .dateRange: "two days, such as 2024-10-11 .. 2024-12-31"
    case .flag: "yes or no"
    case .keyword(let words): words.joined(separator: " or ")
    case .integer, .version: "a whole number"
    default: "a value"
    }
  }

  private static func isBlank(_ text: some StringProtocol) -> Bool {
    text.allSatisfy(\.isWhitespace)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  private static func empty(_ text: String, _ shape: Shape) -> Problem {
    Problem(
      code: "missing-value", message: "there is nothing between the quotes",
      remedy: "write \(expectation(shape))")
  }

  private static func name(_ text: String) -> Problem? {
    if isBlank(text) { return empty(text, .name) }
    if text.contains(where: \.isNewline) {
      return Problem(
        code: "bad-name", message: "a name stands on one line",
        remedy: "write it on one line, in a few words")
    }
    if text.count > 200 {
      return Problem(
        code: "bad-name", message: "this is too long for a name (\(text.count) characters)",
        remedy: "choose a name of a few words")
    }
    return nil
  }

  // MARK: Numbers

  /// Splits at `..`, which three dots or more are not.
  private static func points(_ text: String) -> [String] {
    var points: [String] = []
    var current = ""
    var rest = text[...]
    while let character = rest.first {
      if rest.hasPrefix("..") {
        points.append(current)
        current = ""
        rest.removeFirst(2)
      } else {
        current.append(character)
        rest.removeFirst()
      }
    }
    return points + [current]
  }

  private static func estimate(_ text: String) -> Problem? {
    if isBlank(text) { return empty(text, .estimate) }
    guard text.contains("..") || text.contains("…") else { return nil }
    let wanted = "write 'low .. high' or 'low .. best .. high', such as 2% .. 10% .. 25%"
    if text.contains("...") || text.contains("…") {
      return Problem(
        code: "bad-estimate", message: "an estimate has two dots between its points, not three",
        remedy: wanted)
    }
    let points = points(text).map(trimmed)
    if points.contains(where: \.isEmpty) {
      return Problem(
        code: "bad-estimate", message: "there is no number on one side of the dots", remedy: wanted)
    }
    if points.count > 3 {
      return Problem(
        code: "bad-estimate", message: "an estimate has two or three points, not \(points.count)",
        remedy: wanted)
    }
    return nil
  }

  /// The value of a number written with digits, with a percent sign at most.
  static func value(_ text: some StringProtocol) -> Double? {
    var digits = trimmed(text)
    let isPercent = digits.last == "%"
    if isPercent { digits = trimmed(digits.dropLast()) }
    guard digits.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let value = Double(digits), value.isFinite
    else { return nil }
    return isPercent ? value / 100 : value
  }

  private static func number(_ text: String) -> Problem? {
    if value(text) != nil { return nil }
    return Problem(
      code: "bad-number", message: "'\(SyntaxWords.short(text))' is not a number",
      remedy: "write a number such as 0.5, 1e-8 or 40%")
  }

  private static func integer(_ text: String, _ range: ClosedRange<Int>) -> Problem? {
    if let value = Int(text), range.contains(value) { return nil }
    let bounds =
      range.upperBound == .max
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    return Problem(
      code: "bad-number",
      message: "'\(SyntaxWords.short(text))' is not a whole number \(bounds)",
      remedy: "write a whole number \(bounds)")
  }

  private static func version(_ text: String, _ supported: [Int]) -> Problem? {
    if let value = Int(text), supported.contains(value) { return nil }
    return Problem(
      code: "unknown-version",
      message: "version '\(SyntaxWords.short(text))' of the language is not known; "
        + "supported: \(ShapeChecker.numbers(supported))",
      remedy: "write 'entente: \(supported.last ?? 1)', or use a newer entente")
  }

  // MARK: Days and words

  private static func day(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month)
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    return (year * 100 + month) * 100 + day
  }

  private static func date(_ text: String) -> Problem? {
    if day(text) != nil { return nil }
    return Problem(
      code: "bad-date", message: "'\(SyntaxWords.short(text))' is not a day of the calendar",
      remedy: "write year-month-day, such as 2024-10-08")
  }

  private static func dateRange(_ text: String) -> Problem? {
    let ends = points(text).map(trimmed)
    guard ends.count == 2, let first = day(ends[0]), let last = day(ends[1]) else {
      return Problem(
        code: "bad-date", message: "'\(SyntaxWords.short(text))' is not a pair of days",
        remedy: "write two days, such as 2024-10-11 .. 2024-12-31")
    }
    guard first <= last else {
      return Problem(
        code: "bad-date", message: "the second day is before the first",
        remedy: "write '\(ends[1]) .. \(ends[0])'")
    }
    return nil
  }

  private static func keyword(_ text: String, _ words: [String], code: String) -> Problem? {
    if words.contains(text) { return nil }
    return Problem(
      code: code,
      message: "'\(SyntaxWords.short(text))' is "
        + (words.count == 1 ? "not " : "none of ") + ShapeChecker.listed(words, "and"),
      remedy: Spelling.question(for: text, among: words)
        ?? (words.count == 1 ? "write '\(words[0])'" : "write one of these"))
  }
}
