import Games
import Mathematics
import Testing

/// Texts that are almost what a format asks for.
enum FormatMutations {
  /// Cuts, removes, repeats, swaps and inserts, a few times over, a pure function of the seed.
  static func text(_ text: String, seed: UInt64) -> String {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 41))
    var bytes = Array(text.utf8)
    let inserts = Array("{}[]\",:\\/-+.eEcpt019 \n\u{0}é".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &stream) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &stream)
      let end = min(bytes.count, place + Int.random(in: 1...12, using: &stream))
      switch Int.random(in: 0...6, using: &stream) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2, 3: bytes[place] = inserts[Int.random(in: 0..<inserts.count, using: &stream)]
      case 4:
        bytes.insert(inserts[Int.random(in: 0..<inserts.count, using: &stream)], at: place)
      case 5: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &stream))
      default: if Int.random(in: 0...3, using: &stream) == 0 { bytes.removeSubrange(place...) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads mutations of a text: each is a game, or an error at a place inside the text. Returns how
  /// many are games.
  static func check(
    _ original: String, count: Int, _ read: (String) throws(FormatError) -> Void
  ) -> Int {
    var games = 0
    for seed in 0..<UInt64(count) {
      let mutation = text(original, seed: seed)
      do throws(FormatError) {
        try read(mutation)
        games += 1
      } catch {
        let lines = mutation.utf8.split(
          separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isInside =
          lines.indices.contains(error.line - 1) && error.column >= 1
          && error.column <= lines[error.line - 1].count + 1
        #expect(isInside, "\(error) in:\n\(mutation)")
        #expect(!error.message.isEmpty)
      }
    }
    return games
  }
}
