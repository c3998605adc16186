public import Scenarios

/// A game to be solved in every draw, and what is asked of it.
public struct WorldRequest: Sendable {
  /// The scenario whose story it is. All worlds of a forecaster share their quantities, not
  /// necessarily their stories.
  public var scenario: Scenario
  /// Choices forced, known to all.
  public var supposing: [Supposition] = []
  /// The histories in which they are; nil for all.
  public var whereCondition: Expression?
  /// Probabilities that are asked for.
  public var queries: [Query] = []
  /// Sums over the ends that are asked for.
  public var measures: [Measure] = []
  /// Which equilibrium counts.
  public var selection: SolveSettings.Selection
  /// Weighs the ends once more by a number of their own, beside their plain probabilities; nil for
  /// no second sum.
  public var weight: Expression?
  /// What must hold at an end for it to count in the main line of play; nil for every end.
  public var lineCondition: Expression?
  /// Whether choices are to be explained by the terms of payoffs.
  public var wantsTerms = false

  /// The story of a scenario as it stands, under what is imposed on every question.
  public init(_ scenario: Scenario) {
    self.scenario = scenario
    supposing = scenario.imposed
    selection = scenario.solve.selection
  }

  /// The probability of an event, perhaps given a condition.
  public struct Query: Sendable {
    /// The question of the scenario that this answers; nil for one that it does not ask.
    public var question: Int?
    /// The event.
    public var event: GameCompiler.Event
    /// The condition.
    public var given: Expression?
    /// Weighs every end by a number of its own, such as the likelihood of what was observed.
    public var weight: Expression?
    /// Choices replaced without anybody's knowing.
    public var secret: GameCompiler.SecretSupposition?
    /// Whether what lies outside the story is mixed in.
    public var mixesOutside = false

    /// The probability of an event.
    public init(_ event: GameCompiler.Event, given: Expression? = nil) {
      self.event = event
      self.given = given
    }

    /// What a question of a scenario asks, leaving aside choices forced with all knowing.
    public init(question index: Int, of scenario: Scenario) {
      let question = scenario.questions[index]
      self.init(GameCompiler.Event(question.event, by: question.by), given: question.given)
      self.question = index
      if question.isSecret {
        secret = GameCompiler.SecretSupposition(
          choices: question.supposing, whereCondition: question.whereCondition)
      }
      mixesOutside =
        scenario.outside != nil && question.given == nil && question.supposing.isEmpty
        && scenario.imposed.isEmpty
    }
  }

  /// The sum over the ends of play of their probabilities, each times a party's payoff, one of its
  /// terms, or 1, over those ends at which a condition holds.
  public struct Measure: Sendable {
    /// Whose payoff; nil for 1.
    public var party: Int?
    /// One of the terms of its payoff, by its place in ``Scenario/payoffTerms(of:)``; nil for all.
    public var term: Int?
    /// The condition; nil for all ends.
    public var condition: Expression?
    /// The party by whose odds and in whose game it is summed; nil for the analyst's odds and the
    /// play that results.
    public var viewer: Int?

    /// A party's expected payoff where a condition holds, or how likely that is.
    public init(
      payoffOf party: Int? = nil, term: Int? = nil, where condition: Expression? = nil,
      asSeenBy viewer: Int? = nil
    ) {
      self.party = party
      self.term = term
      self.condition = condition
      self.viewer = viewer
    }
  }

  /// The worlds that some questions of a scenario need: the story as it stands, and one for each
  /// different supposition that all know of.
  public static func worlds(_ scenario: Scenario, questions: [Int]) -> [WorldRequest] {
    var requests = [WorldRequest(scenario)]
    for index in questions {
      let question = scenario.questions[index]
      let supposing = scenario.imposed + question.openlySupposed
      let condition = question.isSecret ? nil : question.whereCondition
      let query = Query(question: index, of: scenario)
      if let known = requests.firstIndex(where: {
        $0.supposing == supposing && $0.whereCondition == condition
      }) {
        requests[known].queries.append(query)
      } else {
        var request = WorldRequest(scenario)
        request.supposing = supposing
        request.whereCondition = condition
        request.queries = [query]
        requests.append(request)
      }
    }
    return requests
  }
}
