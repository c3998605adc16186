import Mathematics

/// Writes games in Gambit's strategic format (`.nfg`, "NFG 1 R").
public enum GambitStrategicWriter {
  /// How payoffs are written.
  public enum Variant: Sendable {
    /// The payoffs of each profile, one after the other.
    case payoffs
    /// A list of the different combinations of payoffs, and a number for each profile. Profiles in
    /// which everybody gets 0 have the number 0.
    case outcomes
  }

  /// The game as text.
  ///
  /// Payoffs are written exactly, as integers, decimals or fractions. Names keep to what Gambit reads:
  /// printable ASCII, letters without their accents, a number after a name that repeats within its
  /// list, the ordinal in place of an empty name.
  /// - Complexity: linear in the number of payoffs.
  public static func text(of game: StrategicGame, as variant: Variant = .payoffs) -> String {
    var text = "NFG 1 R \(GambitText.quoted(game.title)) { "
    text += unique(game.players).joined(separator: " ") + " }\n\n{ "
    text += game.strategies.map { "{ " + unique($0).joined(separator: " ") + " }" }
      .joined(separator: "\n")
    text += "\n}\n\(GambitText.quotedComment(game.comment))\n\n"
    switch variant {
    case .payoffs:
      for profile in 0..<game.profileCount {
        text += payoffs(of: game, at: profile).map(GambitText.number).joined(separator: " ") + "\n"
      }
    case .outcomes:
      writeOutcomes(of: game, to: &text)
    }
    return text
  }

  private static func payoffs(of game: StrategicGame, at profile: Int) -> ArraySlice<Rational> {
    let count = game.players.count
    return game.payoffs[(profile * count)..<((profile + 1) * count)]
  }

  private static func writeOutcomes(of game: StrategicGame, to text: inout String) {
    let null = ArraySlice(repeatElement(Rational.zero, count: game.players.count))
    var numbers: [ArraySlice<Rational>: Int] = [null: 0]
    var indices: [Int] = []
    text += "{\n"
    for profile in 0..<game.profileCount {
      let values = payoffs(of: game, at: profile)
      if let known = numbers[values] {
        indices.append(known)
        continue
      }
      let number = numbers.count
      numbers[values] = number
      indices.append(number)
      let list = values.map(GambitText.number).joined(separator: ", ")
      text += "{ \"\(number)\" \(list) }\n"
    }
    text += "}\n"
    let row = game.strategies.first?.count ?? 1
    for start in stride(from: 0, to: indices.count, by: row) {
      text += indices[start..<(start + row)].map(String.init).joined(separator: " ") + "\n"
    }
  }

  /// Quoted names, none of them empty and no two alike.
  private static func unique(_ names: [String]) -> [String] {
    let plain = names.enumerated().map { ordinal, name -> (name: String, quoted: String) in
      let isEmpty = GambitText.quoted(name) == "\"\""
      let given = isEmpty ? "\(ordinal + 1)" : name
      return (given, GambitText.quoted(given))
    }
    // A number is never one that another name of the list has already.
    var taken = Set(plain.map(\.quoted))
    var seen: Set<String> = []
    var counts: [String: Int] = [:]
    return plain.map { name, quoted in
      if seen.insert(quoted).inserted { return quoted }
      var numbered = quoted
      repeat {
        counts[quoted, default: 1] += 1
        numbered = GambitText.quoted("\(name) #\(counts[quoted, default: 1])")
      } while !taken.insert(numbered).inserted
      return numbered
    }
  }
}
