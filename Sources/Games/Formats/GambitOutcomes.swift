import Mathematics

/// The outcomes that an `.efg` file has defined so far, and the sums of those on the path to the
/// node that is being read.
struct GambitOutcomes {
  private struct Outcome {
    /// Where the label stands; nil if there is none.
    var label: Range<Int>?
    /// The tree's id of the label, once an end has it.
    var labelID: Int?
  }

  private let players: Int
  private var numbers = NumberTable()
  private var outcomes: [Outcome] = []
  /// `values[outcome * players + player]`, as doubles and, where these are not exact, exactly.
  private var values: [Double] = []
  private var exact: [Int: Rational] = [:]
  private var labelPieces = GambitTokens.Pieces()
  private var labelIDs: [Int] = []
  private var emptyLabelID: Int?
  /// For each node on the path with an outcome, from the root: the payoffs there and above.
  private var sums: [Rational] = []
  /// The payoffs of the definition that is being read.
  private var current: [Rational] = []

  /// The most bits of a sum, and of all together.
  private static let largestBitWidth = 16_384
  private static let largestBitTotal = 1 << 31
  private var bitTotal = 0

  init(players: Int) { self.players = players }

  /// An outcome by number, defined here or before; `nil` for none.
  mutating func read(_ tokens: inout GambitTokens) throws(FormatError) -> Int? {
    let number = try tokens.integer(expecting: "the outcome's number")
    let known = numbers[number]
    let label = tokens.atString ? try tokens.piece(expecting: "the outcome's label") : nil
    guard tokens.atOpenBrace else {
      if number == 0 { return nil }
      guard let known else {
        throw tokens.error("expected the payoffs in braces: outcome \(number) is new")
      }
      return known
    }
    if number == 0 { throw tokens.error("outcome 0 is none: it has no label and no payoffs") }
    try readPayoffs(&tokens)
    if let known {
      for (player, value) in current.enumerated() where value != self.value(known, player) {
        throw tokens.error("outcome \(number) was defined with other payoffs before")
      }
      return known
    }
    let id = outcomes.count
    numbers.insert(id, for: number)
    outcomes.append(Outcome(label: label, labelID: nil))
    for value in current {
      if !value.isDouble { exact[values.count] = value }
      values.append(value.doubleValue)
    }
    return id
  }

  private mutating func readPayoffs(_ tokens: inout GambitTokens) throws(FormatError) {
    try tokens.brace("{", expecting: "the payoffs in braces")
    current.removeAll(keepingCapacity: true)
    while !tokens.atCloseBrace {
      current.append(try tokens.number(expecting: "a payoff"))
      tokens.skipComma()
    }
    try tokens.brace("}", expecting: "the closing brace")
    guard current.count == players else {
      throw tokens.error("expected \(players) payoffs, one for each player")
    }
  }

  private func value(_ outcome: Int, _ player: Int) -> Rational {
    let place = outcome * players + player
    return exact[place] ?? Rational(exactly: values[place]) ?? .zero
  }

  /// The tree's id of the label of an end with this outcome.
  mutating func label(
    of outcome: Int?, in builder: inout GameTreeBuilder, _ tokens: GambitTokens
  ) -> Int {
    guard let outcome, let label = outcomes[outcome].label else {
      let id = emptyLabelID ?? builder.addOutcome("")
      emptyLabelID = id
      return id
    }
    if let known = outcomes[outcome].labelID { return known }
    let piece = tokens.number(of: label, among: &labelPieces)
    if piece == labelIDs.count { labelIDs.append(builder.addOutcome(tokens.string(in: label))) }
    outcomes[outcome].labelID = labelIDs[piece]
    return labelIDs[piece]
  }

  // MARK: Sums along the path

  /// Goes below an inner node with an outcome.
  mutating func pushSum(with outcome: Int, _ tokens: GambitTokens) throws(FormatError) {
    let above = sums.count - players
    for player in 0..<players {
      let value = self.value(outcome, player)
      sums.append(above < 0 ? value : try checked(sums[above + player] + value, tokens))
    }
  }

  /// Leaves the last inner node with an outcome.
  mutating func popSum() { sums.removeLast(players) }

  /// Appends the payoffs of an end: its outcome's and those on the path.
  mutating func appendPayoffs(
    at outcome: Int?, to payoffs: inout [Double], exact kept: inout [Int: Rational],
    _ tokens: GambitTokens
  ) throws(FormatError) {
    guard let outcome, sums.isEmpty else {
      try appendSums(at: outcome, to: &payoffs, exact: &kept, tokens)
      return
    }
    let first = outcome * players
    if !exact.isEmpty {
      for player in 0..<players {
        if let value = exact[first + player] { kept[payoffs.count + player] = value }
      }
    }
    payoffs.append(contentsOf: values[first..<(first + players)])
  }

  private mutating func appendSums(
    at outcome: Int?, to payoffs: inout [Double], exact kept: inout [Int: Rational],
    _ tokens: GambitTokens
  ) throws(FormatError) {
    let above = sums.count - players
    for player in 0..<players {
      var value = outcome.map { self.value($0, player) } ?? .zero
      if above >= 0 { value = try checked(sums[above + player] + value, tokens) }
      if !value.isDouble { kept[payoffs.count] = value }
      let double = value.doubleValue
      guard double.isFinite else {
        throw tokens.error("the payoffs on the path add up to no number")
      }
      payoffs.append(double)
    }
  }

  private mutating func checked(
    _ sum: Rational, _ tokens: GambitTokens
  ) throws(FormatError) -> Rational {
    let width = sum.bitWidth
    if width > 256 { bitTotal += width }
    if width > GambitOutcomes.largestBitWidth || bitTotal > GambitOutcomes.largestBitTotal {
      throw tokens.error("the payoffs on the path have more digits than can be added up")
    }
    return sum
  }
}
