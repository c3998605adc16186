/// What is wrong with a text, where, and what to do about it.
public struct Diagnostic: Error, Sendable, Equatable {
  /// Whether the text can be used all the same.
  public enum Severity: String, Sendable, Equatable, Codable {
    case error
    case warning
  }

  /// A stable name in kebab case, such as `unknown-key`.
  public var code: String
  /// Error or warning.
  public var severity: Severity
  /// The file's name as the user gave it.
  public var file: String
  /// Where it begins; `nil` if it concerns the whole file.
  public var place: Place?
  /// How many characters to underline; at least 1.
  public var length: Int
  /// What is wrong, in a sentence without a final period.
  public var message: String
  /// What to do about it.
  public var remedy: String?
  /// A change that is safe to make without asking.
  public var fix: TextEdit?

  /// A diagnostic; an error unless said otherwise.
  public init(
    code: String, severity: Severity = .error, file: String, place: Place? = nil, length: Int = 1,
    message: String, remedy: String? = nil, fix: TextEdit? = nil
  ) {
    self.code = code
    self.severity = severity
    self.file = file
    self.place = place
    self.length = max(1, length)
    self.message = message
    self.remedy = remedy
    self.fix = fix
  }
}

/// A replacement of some characters of one line.
public struct TextEdit: Sendable, Equatable {
  /// Where the replaced characters begin.
  public var place: Place
  /// How many characters of that line are replaced; 0 inserts.
  public var length: Int
  /// What stands there afterwards; may hold line breaks.
  public var replacement: String

  /// A replacement of `length` characters at `place`.
  public init(place: Place, length: Int, replacement: String) {
    self.place = place
    self.length = length
    self.replacement = replacement
  }
}
