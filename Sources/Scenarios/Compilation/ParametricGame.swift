public import Games

/// A scenario's game: one structure for all draws, and for every payoff and every odds the
/// operation that computes it from the drawn quantities.
public struct ParametricGame: Sendable {
  /// The scenario's title.
  public let title: String
  /// Who moves where, knowing what: the same in every draw and view.
  public let tree: GameTree
  /// The operations that give all numbers.
  public let graph: ValueGraph
  /// The games that are played: first the one that is common knowledge, then one for each party
  /// that misperceives.
  public let views: [View]
  /// For each chance move, the step or type; for messages and the main line of play.
  public let chanceFacts: [Int]
  /// For each information set, what is decided and what the mover knows.
  public let decisions: [Decision]
  /// For each event asked for, the operation that is 1 at a terminal where it holds.
  public let events: [[Int32]]
  /// Where each event stands in the text.
  public let eventPlaces: [Place]
  /// For each secret supposition, the forced branch of each node, -1 where play is free.
  public let secretBranches: [[Int32]]
  /// The numbers asked for beside the game.
  public let numbers: [Int32]
  /// The power of the first bargainer, by bargain.
  public let power: [Int32]
  /// Where each chance move's odds stand in the text.
  public let chancePlaces: [Place]
  /// Where each bargain's power stands in the text, by index of ``power``.
  public let powerPlaces: [Place]
  /// Where each party's payoff stands in the text.
  public let payoffPlaces: [Place]

  /// The numbers of one of the games, as operations.
  public struct View: Sendable {
    /// The party that perceives the game so; nil for the game that is common knowledge.
    public var party: Int?
    /// `payoffs[terminal * parties + party]`.
    public var payoffs: [Int32]
    /// By party, `terms[terminal * count + term]`: what its payoff adds up, in the order of
    /// ``Scenario/payoffTerms(of:)``; empty unless asked for.
    public var terms: [[Int32]]
    /// By branch; -1 at branches of decisions.
    public var odds: [Int32]
    /// For parties with odds of their own.
    public var subjectiveOdds: [[Int32]?]

    /// Equal operations are equal numbers in every draw.
    public var symbols: GameSymbols {
      GameSymbols(payoffs: payoffs, odds: odds, subjectiveOdds: subjectiveOdds)
    }

    /// The operations that give its numbers; some more than once.
    public var operations: [Int32] {
      let own = subjectiveOdds.compactMap(\.self).joined()
      return payoffs + (odds + own).filter { $0 >= 0 }
    }

    /// The columns of its numbers among the results of a program, which must compute them.
    public func columns(in program: ValueProgram) -> GameSymbols {
      func columns(_ operations: [Int32]) -> [Int32] {
        operations.map { Int32(program.outputs[$0] ?? -1) }
      }
      return GameSymbols(
        payoffs: columns(payoffs), odds: columns(odds),
        subjectiveOdds: subjectiveOdds.map { $0.map(columns) })
    }
  }

  /// What is decided at an information set.
  public struct Decision: Sendable {
    /// The step, as a fact of the scenario.
    public var fact: Int
    /// The ordinal of its round, 0 where it is not repeated.
    public var round: Int
    /// The step's name, with its round.
    public var step: String
    /// The mover's own types, as values.
    public var types: [String]
    /// What it has seen and done, as `step = value`.
    public var seen: [String]
  }

  /// Why a draw has no game.
  public struct InvalidDraw: Error, Sendable, Equatable {
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// Where it stands in the text.
    public var place: Place

    /// What is wrong, and where in the text.
    public init(message: String, place: Place) {
      self.message = message
      self.place = place
    }
  }

  /// The game of one view with the numbers of one draw.
  public func game(
    view: Int, values: [Double]
  ) throws(InvalidDraw) -> ExtensiveGame {
    var game = emptyGame()
    try fill(&game, view: view, values: values)
    return game
  }

  /// A game over this tree whose numbers are all 0, to be filled for draw after draw.
  public func emptyGame() -> ExtensiveGame {
    ExtensiveGame(
      title: title, tree: tree,
      payoffs: Array(repeating: 0, count: tree.terminals.count * tree.players.count),
      odds: Array(repeating: 0, count: tree.branchTarget.count),
      power: Array(repeating: 0.5, count: power.count))
  }

  /// Writes one draw's numbers into a game made by ``emptyGame()``. Odds within rounding of 0 and
  /// 1 are brought inside.
  public func fill(
    _ game: inout ExtensiveGame, view: Int, values: [Double]
  ) throws(InvalidDraw) {
    let numbers = views[view]
    for index in numbers.payoffs.indices {
      let value = values[Int(numbers.payoffs[index])]
      if value.isNaN {
        throw invalid(
          numbers.payoffs[index], values,
          else: payoffPlaces[index % tree.players.count], "a payoff has no value")
      }
      game.payoffs[index] = value
    }
    try fillOdds(&game.odds, numbers.odds, values, heldBy: numbers.party)
    for party in numbers.subjectiveOdds.indices {
      guard let own = numbers.subjectiveOdds[party] else {
        game.subjectiveOdds[party] = nil
        continue
      }
      var odds = game.subjectiveOdds[party] ?? game.odds
      try fillOdds(&odds, own, values, heldBy: party)
      game.subjectiveOdds[party] = odds
    }
    for index in power.indices {
      let value = values[Int(power[index])]
      if value.isNaN || value < 0 || value > 1 {
        throw invalid(
          power[index], values, else: powerPlaces[index],
          "the bargaining power is not between 0% and 100%")
      }
      game.power[index] = value
    }
  }

  /// Refuses a draw in which something that is asked has no value at some end.
  public func checkEvents(_ values: [Double]) throws(InvalidDraw) {
    for (event, place) in zip(events, eventPlaces) {
      for operation in event where values[Int(operation)].isNaN {
        throw invalid(operation, values, else: place, "what is asked has no value")
      }
    }
  }

  /// Writes the odds that a party holds, or everybody: within 0 and 1, adding up to 1, and never
  /// above 0 where the analyst's are 0.
  private func fillOdds(
    _ odds: inout [Double], _ operations: [Int32], _ values: [Double], heldBy party: Int?
  ) throws(InvalidDraw) {
    let analyst = views[0].odds
    for (index, move) in tree.chanceMoves.enumerated() {
      var total = 0.0
      for branch in tree.branches(of: move.node) {
        let operation = operations[branch]
        let value = values[Int(operation)]
        if value.isNaN {
          throw invalid(
            operation, values, else: chancePlaces[index],
            "the odds of '\(move.label)' have no value")
        }
        if value < -1e-12 || value > 1 + 1e-12 {
          throw InvalidDraw(
            message: "the odds of '\(move.label)' are outside 0% to 100%",
            place: chancePlaces[index])
        }
        if operation != analyst[branch], value > 1e-12, values[Int(analyst[branch])] <= 0 {
          let who = party.map { tree.players[$0] } ?? "a party"
          throw InvalidDraw(
            message: "\(who) holds odds above 0 for something at '\(move.label)' "
              + "that the analyst's odds exclude",
            place: chancePlaces[index])
        }
        odds[branch] = min(max(value, 0), 1)
        total += value
      }
      if abs(total - 1) > 1e-9 {
        throw InvalidDraw(
          message: "the odds of '\(move.label)' do not add up to 100%", place: chancePlaces[index])
      }
    }
  }

  private func invalid(
    _ operation: Int32, _ values: [Double], else place: Place, _ message: String
  ) -> InvalidDraw {
    let culprit = graph.culprit(of: operation, values: values)
    let what =
      switch graph.operations[Int(culprit)].code {
      case .divide: "a division by zero or overflow"
      case .power: "a power without a value"
      case .logarithm: "the logarithm of a number that is not positive"
      case .squareRoot: "the root of a negative number"
      case .constant: "a division by zero, or the number of a step that does not happen"
      default: "an overflow"
      }
    // All numbers without a value that are constants are one operation, whose place says nothing.
    let isConstant = graph.operations[Int(culprit)].code == .constant
    return InvalidDraw(
      message: "\(message): \(what)",
      place: isConstant ? place : graph.places[culprit] ?? place)
  }
}
