/// Collects diagnostics of one file up to a cap, so that a hopeless file does not flood the screen.
public struct DiagnosticSink: Sendable {
  /// The file's name.
  public let file: String
  /// How many are kept.
  public let cap: Int
  private var kept: [Diagnostic] = []
  private var omitted = 0

  /// An empty sink for a file.
  public init(file: String, cap: Int = 200) {
    self.file = file
    self.cap = cap
  }

  /// True once an error (not a warning) came in.
  public private(set) var hasErrors = false

  /// How many came in, kept or not.
  public var count: Int { kept.count + omitted }

  /// True once no more are kept: there is no point in working out good advice for the next.
  public var isFull: Bool { kept.count >= cap }

  /// Takes a diagnostic in.
  public mutating func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { hasErrors = true }
    if kept.count < cap { kept.append(diagnostic) } else { omitted += 1 }
  }

  /// Takes several in.
  public mutating func report(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { report(diagnostic) }
  }

  /// Takes in an error at a place.
  public mutating func error(
    _ code: String, at place: Place?, length: Int = 1, _ message: String, remedy: String? = nil,
    fix: TextEdit? = nil
  ) {
    report(
      Diagnostic(
        code: code, file: file, place: place, length: length, message: message, remedy: remedy,
        fix: fix))
  }

  /// Takes in a warning at a place.
  public mutating func warning(
    _ code: String, at place: Place?, length: Int = 1, _ message: String, remedy: String? = nil,
    fix: TextEdit? = nil
  ) {
    report(
      Diagnostic(
        code: code, severity: .warning, file: file, place: place, length: length,
        message: message, remedy: remedy, fix: fix))
  }

  /// What was kept, in the order of the text, and a last line on what was not.
  public var diagnostics: [Diagnostic] {
    let start = Place(line: 0, column: 0)
    var sorted = kept.enumerated().sorted { left, right in
      (left.element.place ?? start, left.offset) < (right.element.place ?? start, right.offset)
    }.map(\.element)
    if omitted > 0 {
      sorted.append(
        Diagnostic(
          code: "and-more", severity: hasErrors ? .error : .warning, file: file,
          message: "and \(omitted) more", remedy: "mend those above first, then check again"))
    }
    return sorted
  }
}
