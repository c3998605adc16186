/// Finds what a misspelled word was probably meant to be.
public enum Spelling {
  /// The candidate nearest to a word, if any is near enough. Equal distances go to the candidate
  /// that comes first; case counts for nothing, and whole words too many or too few at the end
  /// (`is it` for `is`, `probability` for `probability of`) count as near.
  public static func suggestion(
    for word: String, among candidates: [String], allowsMoreWords: Bool = true
  ) -> String? {
    let target = Array(word.lowercased())
    guard !target.isEmpty, target.count <= 100 else { return nil }
    let lowered = word.lowercased()
    // Among more names than anybody remembers a slip is found by looking at the first thousands.
    let candidates = candidates.prefix(4000)
    for candidate in candidates where candidate != word {
      let other = candidate.lowercased()
      if lowered == other
        || allowsMoreWords
          && (lowered.hasPrefix(other + " ") || other.hasPrefix(lowered + " "))
      {
        return candidate
      }
    }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != word && candidate.utf8.count <= 400 {
      let letters = Array(candidate.lowercased())
      let allowed = tolerance(max(target.count, letters.count))
      guard abs(letters.count - target.count) <= allowed else { continue }
      let distance = distance(target, letters)
      if distance <= allowed, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// `did you mean 'is'?`, or `nil` if nothing is near enough.
  public static func question(for word: String, among candidates: [String]) -> String? {
    suggestion(for: word, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// How many slips are forgiven in a word of some length.
  static func tolerance(_ length: Int) -> Int {
    switch length {
    case ..<2: 0
    case ..<3: 1
    case ..<5: 2
    default: max(2, min(4, length / 3))
    }
  }

  /// Damerau–Levenshtein distance (optimal string alignment): letters put in, left out, changed,
  /// or two neighbors swapped.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var older: [Int] = []
    var previous = Array(0...right.count)
    for i in 1...left.count {
      var current = [i]
      current.reserveCapacity(right.count + 1)
      for j in 1...right.count {
        let change = left[i - 1] == right[j - 1] ? 0 : 1
        var least = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          least = min(least, older[j - 2] + 1)
        }
        current.append(least)
      }
      older = previous
      previous = current
    }
    return previous[right.count]
  }
}
