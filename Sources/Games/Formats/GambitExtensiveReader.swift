/// Reads games in Gambit's extensive format (`.efg`, "EFG 2 R").
///
/// Accepts what Gambit 16 accepts, and labels that Gambit 16.7 refuses:
/// - Numbers are integers, decimals, with exponents or fractions, and are kept exactly.
/// - Information sets and outcomes may be defined once and referred to by number afterwards. Of
///   several definitions the first gives the label; actions, odds and payoffs must agree.
/// - Outcomes at inner nodes add up along the path, exactly. Outcome 0 is none.
/// - Labels may be empty or repeated, commas between payoffs may be missing.
///
/// Odds must add up to 1. Where they miss it by no more than the rounding of decimals explains
/// (half a unit of the last place of each, together at most ``largestRounding``) they are divided by
/// their sum; Gambit itself refuses these.
///
/// The labels of nodes are dropped: a tree has names for its moves and ends, not for its nodes.
///
/// Reading is iterative: the depth of a tree is bounded by memory alone.
public enum GambitExtensiveReader {
  /// The most payoffs that a file may have, one for each end and player.
  public static let largestPayoffCount = 100_000_000
  /// The furthest that odds may miss 1.
  public static let largestRounding = 1e-6

  /// Reads one game.
  ///
  /// Information sets get unique labels: the file's own where it is neither empty nor repeated,
  /// else `Player:number`; the file's own stays as ``GameTree/InformationSet/displayLabel``.
  /// - Throws: ``FormatError`` with line, column and what was expected.
  /// - Complexity: linear in the length of the text, in time and memory.
  public static func game(from text: String) throws(FormatError) -> ExtensiveGame {
    try GambitTokens.reading(text) { tokens throws(FormatError) in
      var parser = try GambitExtensiveParser(&tokens)
      return try parser.game(&tokens)
    }
  }
}
