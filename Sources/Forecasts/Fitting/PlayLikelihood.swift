import Equilibria
import Games
import Mathematics
public import Scenarios

/// How likely past plays are, under logit play, at points in the space of some quantities.
///
/// The likelihood of a play is the probability of all that was observed of it, the rest summed out:
/// the parties know what they know, the table what it tells. Plays are independent given the
/// quantities.
public struct PlayLikelihood: Sendable {
  /// The quantities that points set, as inputs of the scenario.
  public let targets: [Int]
  let scenario: Scenario
  let table: PlayTable
  /// How many games are solved at each point: one for each set of values that plays have of their own.
  public var gamesPerPoint: Int { settings.count }

  private let forecaster: Forecaster
  /// What plays have of their own: by setting, by quantity of the table.
  private let settings: [[Double?]]
  /// Rows that say the same: the query of their probability, their setting and how many plays.
  private let terms: [Term]
  /// By fact, by value: the query of the value where the step happens.
  private let steps: [[Int]]
  private let base: [Double]

  private struct Term {
    var query: Int
    var setting: Int
    var count: Double
    var line: Int
  }

  /// Prepares the games. Quantities that are neither targets nor columns of the table are at their
  /// best estimates.
  ///
  /// - Throws: a diagnostic for a play that the rules exclude, where no rationality is stated, or what
  ///   ``Forecaster`` throws.
  public init(
    _ table: PlayTable, of scenario: Scenario, file: String, targets: [Int],
    options: Forecaster.Options
  ) throws(Forecaster.Defect) {
    if scenario.solve.rationality == nil {
      throw .diagnostics([
        Diagnostic(
          code: "rationality-wanted", file: scenario.file, place: scenario.solve.place,
          message: "play is fitted at a rationality, and 'solve' states none",
          remedy: "add solve: {rationality: 2 .. 8 .. 30}")
      ])
    }
    self.scenario = scenario
    self.table = table
    self.targets = targets
    var request = WorldRequest(scenario)
    request.selection = .fixedRationality
    var patterns: [[Int?]: Int] = [:]
    var settings: [[Double?]: Int] = [:]
    var orderedSettings: [[Double?]] = []
    var terms: [[Int]: Term] = [:]
    var keys: [[Int]] = []
    for row in table.rows where row.count > 0 {
      if patterns[row.values] == nil {
        patterns[row.values] = request.queries.count
        request.queries.append(WorldRequest.Query(.init(PlayLikelihood.event(row, table))))
      }
      if settings[row.quantities] == nil {
        settings[row.quantities] = orderedSettings.count
        orderedSettings.append(row.quantities)
      }
      let key = [patterns[row.values] ?? 0, settings[row.quantities] ?? 0]
      if terms[key] == nil {
        keys.append(key)
        terms[key] = Term(query: key[0], setting: key[1], count: 0, line: row.line)
      }
      terms[key]?.count += row.count
    }
    self.settings = orderedSettings
    self.terms = keys.compactMap { terms[$0] }
    steps = table.facts.map { fact in
      let values = scenario.names.facts[fact.fact].values.indices
      let happens = EvidenceLikelihood.any(
        values.map { PlayLikelihood.holds(fact, $0) })
      return values.map { value in
        request.queries.append(
          WorldRequest.Query(.init(PlayLikelihood.holds(fact, value)), given: happens))
        return request.queries.count - 1
      }
    }
    forecaster = try Forecaster(scenario, worlds: [request], options: options)
    base = forecaster.source.bestEstimates
    let world = forecaster.worlds[0]
    let impossible = self.terms.filter { world.isNever(world.queries[$0.query].event) }
    if !impossible.isEmpty {
      throw .diagnostics(
        impossible.prefix(20).map {
          Diagnostic(
            code: "play-impossible", file: file, place: Place(line: $0.line, column: 1),
            message: "no line of play goes like this",
            remedy: "look at 'when' and 'only if' of its steps; leave empty what did not happen")
        })
    }
  }

  private static func holds(_ fact: PlayTable.Fact, _ value: Int) -> Expression {
    Expression(
      .comparison(
        .equal,
        Expression(
          .fact(FactReference(fact: fact.fact, round: fact.round.map { .fixed($0) } ?? .none)),
          at: .start),
        Expression(.value(value), at: .start)), at: .start)
  }

  private static func event(_ row: PlayTable.Row, _ table: PlayTable) -> Expression {
    let parts = zip(table.facts, row.values).compactMap { fact, value in
      value.map { holds(fact, $0) }
    }
    return EvidenceLikelihood.all(parts) ?? Expression(.otherwise, at: .start)
  }

  /// The log-likelihood of the table at each point, a value for each target; minus infinity where a
  /// play has probability 0 or the game no certified play. (In the order in which plays were seen:
  /// without multinomial coefficients.)
  ///
  /// - Complexity: points × settings games.
  public func logLikelihoods(
    _ points: [[Double]], progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> [Double] {
    let responses = try await solve(points, progress: progress)
    return points.indices.map { logLikelihood(responses, point: $0) }
  }

  /// The log-likelihood at whole rows of inputs, one for each draw.
  func logLikelihoods(
    inputs: [[Double]], progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> [Double] {
    let responses = try await solve(inputs: inputs, progress: progress)
    return inputs.indices.map { logLikelihood(responses, point: $0) }
  }

  private func logLikelihood(_ responses: Responses, point: Int) -> Double {
    var sum = Statistics.Sum()
    for term in terms {
      let probability = responses.queries[term.query].joint[point * settings.count + term.setting]
      // Rounding can bring a certain play above 1.
      if !(probability > 0) { return -.infinity }
      sum.add(term.count * naturalLogarithm(min(probability, 1)))
    }
    return sum.value
  }

  private func solve(
    _ points: [[Double]], progress: (@Sendable (Int) -> Void)?
  ) async throws -> Responses {
    try await solve(
      inputs: points.map { point in
        var inputs = base
        for (target, value) in zip(targets, point) { inputs[target] = value }
        return inputs
      }, progress: progress)
  }

  private func solve(
    inputs: [[Double]], progress: (@Sendable (Int) -> Void)?
  ) async throws -> Responses {
    let rows = inputs.flatMap { inputs in
      settings.map { setting in
        var row = inputs
        for (input, value) in zip(table.quantities, setting) {
          if let value { row[input] = value }
        }
        return row
      }
    }
    return try await forecaster.responses(
      rows.count, of: ListedInputs(rows), progress: progress)
  }

  /// By fact of the table, by value: how often it was seen, and how often it should have been where
  /// the step happened, at a point.
  func frequencies(
    _ point: [Double]
  ) async throws -> [[(observed: Double, expected: Double)]] {
    let responses = try await solve([point], progress: nil)
    var settingIndex: [[Double?]: Int] = [:]
    for (index, setting) in settings.enumerated() { settingIndex[setting] = index }
    return table.facts.indices.map { fact in
      var result = steps[fact].map { _ in (observed: 0.0, expected: 0.0) }
      for row in table.rows {
        guard let value = row.values[fact], row.count > 0 else { continue }
        let setting = settingIndex[row.quantities] ?? 0
        result[value].observed += row.count
        for (place, query) in steps[fact].enumerated() {
          let probability = responses.queries[query].probability(setting)
          result[place].expected += row.count * (probability.isNaN ? 0 : probability)
        }
      }
      return result
    }
  }
}

extension EvidenceLikelihood {
  /// That one of some conditions holds; nil of none.
  static func any(_ conditions: [Expression]) -> Expression? {
    guard let first = conditions.first else { return nil }
    if conditions.count == 1 { return first }
    let half = conditions.count / 2
    guard let left = any(Array(conditions[..<half])), let right = any(Array(conditions[half...]))
    else { return first }
    return Expression(.or(left, right), at: first.place)
  }
}
