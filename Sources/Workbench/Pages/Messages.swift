/// What a page asks.
package struct AskMessage: Decodable, Sendable {
  /// How thorough the answer is to be.
  package enum Stage: String, Decodable, Sendable {
    /// The headline at once, then all questions, from few draws.
    case live
    /// All questions as `ask` answers them.
    case settled
    /// Everything that `check` says of the text.
    case check
    /// The report's sections: why, what would change it, deals.
    case report
  }

  /// A quantity set anew.
  package struct Setting: Decodable, Sendable {
    /// The quantity.
    package var name: String
    /// Its estimate, as `--set` takes it.
    package var value: String
  }

  /// The page.
  package var page: String
  /// Rises from request to request.
  package var number: Int
  package var stage: Stage
  /// The scenario's text; nil for that of the page's last question.
  package var text: String?
  package var settings: [Setting]?
  package var supposing: [String]?
  package var question: String?
  package var draws: Int?
  /// The page has heard everything about this text already.
  package var isKnown: Bool?
  /// How many CSS pixels there are for the story's tree; nil for no tree.
  package var width: Double?
  /// How long each part of the work takes is to be told.
  package var isTimed: Bool?

  private enum CodingKeys: String, CodingKey {
    case page, number, stage, text, settings, supposing, question, draws, width
    case isKnown = "known"
    case isTimed = "timing"
  }
}

/// A text to be saved over the file with this digest.
package struct SaveMessage: Decodable, Sendable {
  package var text: String
  package var digest: String
}
