public import Mathematics

/// Strategies in a file, in the shape that `solve --json` writes, for one game.
public struct WrittenProfile: Sendable, Equatable {
  /// By the game's ``GameForm/places`` and the choices there.
  public var probabilities: [[Rational]]
  /// The probabilities at each place add up to exactly 1.
  public var isExact: Bool
  /// The order of each choice's tremble and its coefficient, where all are given.
  public var trembles: [[(order: Int, coefficient: Rational)]]?
  /// The logarithms of a fully mixed profile nearby, where all are given.
  public var logTrembles: [[Double]]?

  /// Equal in all that is written.
  public static func == (left: WrittenProfile, right: WrittenProfile) -> Bool {
    left.probabilities == right.probabilities && left.logTrembles == right.logTrembles
      && left.trembles?.joined().map(\.order) == right.trembles?.joined().map(\.order)
      && left.trembles?.joined().map(\.coefficient) == right.trembles?.joined().map(\.coefficient)
  }
}

/// Reads profiles as `solve --json` writes them: its whole output, one of its equilibria, or a
/// `profile` alone. Members that it does not need are passed over.
///
/// ```json
/// {"profile": [
///   {"player": "Her", "actions": [{"action": "opera", "exact": "3/4"},
///                                 {"action": "fight", "exact": "1/4"}]},
///   {"player": "Him", "actions": [{"action": "opera", "probability": 0.25},
///                                 {"action": "fight", "probability": 0.75}]}]}
/// ```
///
/// At information sets of a tree `number` says which of the player's it is, or `information_set`
/// its label where that is unique. Choices that are left out have probability 0.
public enum JSONProfileReader {
  /// What a file holds.
  public struct Contents: Sendable, Equatable {
    /// The concept that the file claims, if it does.
    public var concept: String?
    /// The profiles, in the file's order.
    public var profiles: [WrittenProfile]
    /// A distribution over the profiles of pure strategies of a table, by
    /// ``StrategicGame/index(of:)``, where the file has one.
    public var correlated: [Rational]?
  }

  /// Reads a file for a game.
  ///
  /// - Throws: ``FormatError`` with the place, also where a profile does not fit the game.
  /// - Complexity: linear in the text, and in profiles × places.
  public static func contents(
    of text: String, for game: GameForm
  ) throws(FormatError) -> Contents {
    let parser = JSONProfileParser(game)
    return try JSONTokens.reading(text) { (tokens: inout JSONTokens) throws(FormatError) in
      var contents = Contents(concept: nil, profiles: [], correlated: nil)
      if tokens.atArray {
        contents.profiles.append(try parser.profile(&tokens))
      } else {
        try parser.read(&tokens, into: &contents)
      }
      try tokens.end()
      if contents.profiles.isEmpty, contents.correlated == nil {
        throw tokens.error(
          "expected a member `profile`, `equilibria` or `correlated`; there is none")
      }
      return contents
    }
  }
}

/// What a profile must fit, and how it is read.
private struct JSONProfileParser {
  private let players: [String]
  private let places: [GamePlace]

  init(_ game: GameForm) {
    players = game.players
    places = game.places
  }

  func read(
    _ tokens: inout JSONTokens, into contents: inout JSONProfileReader.Contents
  ) throws(FormatError) {
    var object = try tokens.openObject(expecting: "a profile")
    while let name = try tokens.anyMember(of: &object) {
      switch name {
      case "concept": contents.concept = try tokens.string(expecting: "the concept in quotes")
      case "profile": contents.profiles.append(try profile(&tokens))
      case "correlated": contents.correlated = try distribution(&tokens)
      case "equilibria":
        var list = try tokens.openArray(expecting: "the equilibria")
        while try tokens.element(of: &list) {
          var equilibrium = try tokens.openObject(expecting: "an equilibrium")
          while let name = try tokens.anyMember(of: &equilibrium) {
            if name == "profile" {
              contents.profiles.append(try profile(&tokens))
            } else {
              try tokens.skipValue()
            }
          }
        }
      default: try tokens.skipValue()
      }
    }
  }

  /// The recommendations of a device: profiles of strategies with their probabilities.
  private func distribution(_ tokens: inout JSONTokens) throws(FormatError) -> [Rational]? {
    guard places.count == players.count, places.allSatisfy({ $0.label.isEmpty }) else {
      try tokens.skipValue()
      return nil
    }
    let count = places.reduce(1) { $0 * $1.choices.count }
    var probabilities = [Rational](repeating: .zero, count: count)
    var object = try tokens.openObject(expecting: "what a device recommends")
    while let name = try tokens.anyMember(of: &object) {
      guard name == "profiles" else {
        try tokens.skipValue()
        continue
      }
      var list = try tokens.openArray(expecting: "the profiles")
      while try tokens.element(of: &list) {
        let (index, probability) = try recommendation(&tokens)
        probabilities[index] += probability
      }
    }
    return probabilities
  }

  private func recommendation(
    _ tokens: inout JSONTokens
  ) throws(FormatError) -> (index: Int, probability: Rational) {
    var names: [String] = []
    var probability: Rational?
    var exact: Rational?
    var object = try tokens.openObject(expecting: "a recommended profile")
    while let name = try tokens.anyMember(of: &object) {
      switch name {
      case "strategies": names = try tokens.strings(expecting: "the strategies' names")
      case "probability": probability = try tokens.number(expecting: "the probability")
      case "exact": exact = try tokens.number(expecting: "the exact probability")
      default: try tokens.skipValue()
      }
    }
    guard names.count == places.count, let share = exact ?? probability else {
      throw tokens.error("expected a strategy for each player, and a probability")
    }
    var index = 0
    var stride = 1
    for (name, place) in zip(names, places) {
      guard let ordinal = place.choices.firstIndex(of: name) else {
        throw tokens.error("`\(players[place.player])` has no strategy `\(name)`")
      }
      index += ordinal * stride
      stride *= place.choices.count
    }
    return (index, share)
  }

  /// What is written at one place.
  private struct Entry {
    var player: String?
    /// Where the player's name stands.
    var start = 0
    var label: String?
    var number: Int?
    var choices: [Choice] = []
  }

  private struct Choice {
    var name = ""
    var probability: Rational?
    var order: Int?
    var coefficient: Rational?
    var logTremble: Double?
  }

  func profile(_ tokens: inout JSONTokens) throws(FormatError) -> WrittenProfile {
    var written = [[Choice]?](repeating: nil, count: places.count)
    var list = try tokens.openArray(expecting: "the profile")
    while try tokens.element(of: &list) {
      let entry = try self.entry(&tokens)
      let place = try self.place(of: entry, tokens)
      if written[place] != nil {
        throw tokens.error("the choices of \(name(of: place)) are given twice")
      }
      written[place] = try ordered(entry.choices, at: place, tokens)
    }
    if let missing = written.firstIndex(where: { $0 == nil }) {
      throw tokens.error("the choices of \(name(of: missing)) are missing")
    }
    let choices = written.map { $0 ?? [] }
    let shares = choices.map { $0.map { $0.probability ?? .zero } }
    let trembles = choices.map { row in
      row.compactMap { choice in
        choice.order.flatMap { order in choice.coefficient.map { (order, $0) } }
      }
    }
    let logarithms = choices.map { $0.compactMap(\.logTremble) }
    func areAll(_ counts: [Int]) -> Bool { counts == choices.map(\.count) }
    return WrittenProfile(
      probabilities: shares,
      isExact: shares.allSatisfy { $0.reduce(.zero, +) == .one },
      trembles: areAll(trembles.map(\.count)) ? trembles : nil,
      logTrembles: areAll(logarithms.map(\.count)) ? logarithms : nil)
  }

  private func entry(_ tokens: inout JSONTokens) throws(FormatError) -> Entry {
    var entry = Entry()
    var object = try tokens.openObject(expecting: "the choices at one place")
    while let name = try tokens.anyMember(of: &object) {
      switch name {
      case "player":
        entry.player = try tokens.string(expecting: "the player's name in quotes")
        entry.start = tokens.start
      case "information_set": entry.label = try tokens.string(expecting: "the label in quotes")
      case "number": entry.number = try tokens.integer(expecting: "the information set's number")
      case "actions":
        var list = try tokens.openArray(expecting: "the actions")
        while try tokens.element(of: &list) { entry.choices.append(try choice(&tokens)) }
      default: try tokens.skipValue()
      }
    }
    return entry
  }

  private func choice(_ tokens: inout JSONTokens) throws(FormatError) -> Choice {
    var choice = Choice()
    var probability: Rational?
    var exact: Rational?
    var object = try tokens.openObject(expecting: "an action")
    while let name = try tokens.anyMember(of: &object) {
      switch name {
      case "action": choice.name = try tokens.string(expecting: "the action's name in quotes")
      case "probability": probability = try tokens.number(expecting: "the probability")
      case "exact": exact = try tokens.number(expecting: "the exact probability")
      case "log_tremble":
        choice.logTremble = try tokens.number(expecting: "a logarithm").doubleValue
      case "tremble":
        var tremble = try tokens.openObject(expecting: "a tremble")
        while let name = try tokens.anyMember(of: &tremble) {
          switch name {
          case "order": choice.order = try tokens.integer(expecting: "the tremble's order")
          case "coefficient":
            choice.coefficient = try tokens.number(expecting: "the tremble's coefficient")
          default: try tokens.skipValue()
          }
        }
      default: try tokens.skipValue()
      }
    }
    choice.probability = exact ?? probability
    guard let share = choice.probability else {
      throw tokens.error("the action `\(choice.name)` has no probability")
    }
    if share.signum < 0 || share > .one {
      throw tokens.error("the probability of `\(choice.name)` is not between 0 and 1")
    }
    return choice
  }

  // MARK: - What belongs where

  private func place(of entry: Entry, _ tokens: JSONTokens) throws(FormatError) -> Int {
    guard let name = entry.player, let player = players.firstIndex(of: name) else {
      if let unknown = entry.player {
        throw tokens.error("there is no player `\(unknown)`", at: entry.start)
      }
      throw tokens.error("expected the name of the player")
    }
    let own = places.indices.filter { places[$0].player == player }
    let matches = own.filter { place in
      entry.number.map { $0 == places[place].number }
        ?? entry.label.map { $0 == places[place].label } ?? true
    }
    guard matches.count == 1 else {
      throw tokens.error(
        matches.isEmpty
          ? "`\(name)` has no such information set"
          : "expected the number of the information set: `\(name)` has several like this")
    }
    return matches[0]
  }

  private func name(of place: Int) -> String {
    let player = players[places[place].player]
    return places[place].label.isEmpty
      ? "`\(player)`" : "`\(player)` at `\(places[place].label)` (number \(places[place].number))"
  }

  /// The choices in the game's order; those that are left out have probability 0.
  private func ordered(
    _ choices: [Choice], at place: Int, _ tokens: JSONTokens
  ) throws(FormatError) -> [Choice] {
    // Names may repeat in a game, so that the first of a name is the first of that name.
    var left = choices
    var result: [Choice] = []
    for name in places[place].choices {
      if let match = left.firstIndex(where: { $0.name == name }) {
        result.append(left.remove(at: match))
      } else {
        result.append(Choice(name: name, probability: .zero))
      }
    }
    if let extra = left.first {
      throw tokens.error("\(self.name(of: place)) has no choice `\(extra.name)`")
    }
    return result
  }
}
