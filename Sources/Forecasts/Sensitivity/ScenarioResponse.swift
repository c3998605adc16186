public import Scenarios

/// A scenario's answer as a function of its quantities: a question's probability, or a party's
/// expected payoff.
public struct ScenarioResponse: ResponseFunction {
  /// What the numbers are.
  public enum Target: Sendable, Equatable {
    /// A query of the request, by its index.
    case query(Int)
    /// A measure of the request, by its index.
    case measure(Int)
    /// One measure of the request for each unit of another, such as a payoff for each unit of the
    /// probability that a condition holds.
    case ratio(of: Int, per: Int)
  }

  /// The quantities of the scenario.
  public let space: InputSpace
  /// The quantities in the formulas of the game, and of what is asked beside it.
  public let reads: [Int]
  /// The level at which a verdict changes: that of a question with 'flip', else one half.
  public let level: Double
  /// Told how many worlds have been solved since it was last told.
  public var progress: (@Sendable (Int) -> Void)?

  private let forecaster: Forecaster
  private let target: Target

  /// The seed of the forecast.
  public var seed: UInt64 { forecaster.options.seed }

  /// The probability that a question of the scenario asks for, also one with 'flip' or 'drivers of'.
  public init(
    _ scenario: Scenario, question index: Int, options: Forecaster.Options
  ) throws(Forecaster.Defect) {
    let request = WorldRequest.worlds(scenario, questions: [index]).first { !$0.queries.isEmpty }
    var level = 0.5
    if case .flip(_, let stated) = scenario.questions[index].kind { level = stated }
    try self.init(request ?? WorldRequest(scenario), .query(0), level: level, options: options)
  }

  /// What a query or a measure of a world comes to.
  public init(
    _ request: WorldRequest, _ target: Target, level: Double = 0.5, options: Forecaster.Options
  ) throws(Forecaster.Defect) {
    do {
      space = try InputSpace(request.scenario)
    } catch {
      throw .diagnostics([error])
    }
    forecaster = try Forecaster(request.scenario, worlds: [request], options: options)
    self.target = target
    self.level = level
    reads = ScenarioResponse.reads(request, forecaster.worlds, target)
  }

  /// Solves the worlds at points, in blocks on all threads.
  public func values(at points: [[Double]]) async throws -> Responses.Query {
    let responses = try await forecaster.responses(
      points.count, of: ListedInputs(points), progress: progress)
    return switch target {
    case .query(let index): responses.queries[index]
    case .measure(let index): Responses.Query(responses.measures[index])
    case .ratio(let top, let bottom):
      Responses.Query(responses.measures[top], per: responses.measures[bottom])
    }
  }

  /// The inputs of all numbers of the worlds' games, and of those beside them that the target uses.
  private static func reads(
    _ request: WorldRequest, _ worlds: [World], _ target: Target
  ) -> [Int] {
    var found: Set<Int> = []
    for world in worlds {
      var events: [Int?]
      var mixesOutside = false
      switch target {
      case .query(let index):
        let query = world.queries[index]
        events = [query.event, query.given, query.weight]
        mixesOutside = query.mixesOutside
      case .measure(let index): events = [world.measures[index].condition]
      case .ratio(let top, let bottom):
        events = [world.measures[top].condition, world.measures[bottom].condition]
      }
      found.formUnion(world.inputs(of: events, mixesOutside: mixesOutside, in: request.scenario))
    }
    return found.sorted()
  }
}

extension World {
  /// The inputs of all numbers of its game, of some events, and of what decides beside it.
  func inputs(of events: [Int?], mixesOutside: Bool, in scenario: Scenario) -> Set<Int> {
    var found: Set<Int> = []
    var operations = game.power
    for view in game.views { operations += view.operations }
    for event in events.compactMap(\.self) { operations += game.events[event] }
    if mixesOutside, let outside = scenario.outside {
      found.insert(outside.input)
      operations += game.numbers
    }
    found.formUnion(game.graph.inputs(of: operations))
    if selection == .fixedRationality, let input = scenario.solve.rationality {
      found.insert(input)
    }
    return found
  }
}
