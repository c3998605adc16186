/// Colors that people with any color vision tell apart (Okabe & Ito 2008, Color universal design),
/// without their yellow, which a white page swallows.
enum PlayerColors {
  /// For marks and lines: blue, vermilion, bluish green, reddish purple, orange, sky blue.
  private static let marks = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
  /// The same hues for text on white, with a contrast of at least 4.5 to 1.
  private static let texts = ["#0072b2", "#b04e00", "#007a59", "#a34d7c", "#8c6100", "#2f7cab"]
  /// Of chance.
  static let chance = "#666666"

  /// The color of a player's marks; black beyond the sixth player.
  static func mark(of player: Int) -> String { player < marks.count ? marks[player] : "#000000" }

  /// The color of a player's numbers.
  static func text(of player: Int) -> String { player < texts.count ? texts[player] : "#000000" }
}
