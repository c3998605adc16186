/// Games in any format that is read: Gambit's `.efg` and `.nfg`, and Entente's `.json`.
public enum GameFile {
  /// A format, by the end of its files' names.
  public enum Format: String, Sendable, CaseIterable {
    /// Gambit's extensive format.
    case extensive = "efg"
    /// Gambit's strategic format.
    case strategic = "nfg"
    /// Entente's JSON form, either kind.
    case json

    /// The format that a file's name announces.
    public init?(name: String) {
      guard let point = name.lastIndex(of: ".") else { return nil }
      self.init(rawValue: name[name.index(after: point)...].lowercased())
    }

    /// The format that a text begins in.
    public init?(content text: String) {
      let begin = text.utf8.drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0d }.prefix(3)
      switch String(begin) {
      case "EFG": self = .extensive
      case "NFG": self = .strategic
      case let text? where text.hasPrefix("{"): self = .json
      default: return nil
      }
    }
  }

  /// Reads one game. Its content tells the format, else its name does.
  ///
  /// - Throws: ``FormatError`` with line, column and what was expected.
  /// - Complexity: linear in the length of the text.
  public static func game(from text: String, named name: String = "") throws(FormatError)
    -> GameForm
  {
    switch Format(content: text) ?? Format(name: name) {
    case .extensive: return .extensive(try GambitExtensiveReader.game(from: text))
    case .strategic: return .strategic(try GambitStrategicReader.game(from: text))
    case .json: return try JSONGameReader.game(from: text)
    case nil:
      throw FormatError(
        line: 1, column: 1,
        message: "expected a game that begins with `EFG 2 R`, `NFG 1 R` or, as JSON, with a brace")
    }
  }
}
