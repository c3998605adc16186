import Forecasts
import Scenarios
import Testing

/// Deals of small stories.
enum DealTestSupport {
  /// What is found in a scenario's text.
  static func deals(
    _ text: String, _ change: (inout DealFinder.Options) -> Void = { _ in }
  ) async throws -> Deals {
    try await deals(ForecastTestSupport.scenario(text), change)
  }

  /// What is found in a scenario, over 64 draws.
  static func deals(
    _ scenario: Scenario, _ change: (inout DealFinder.Options) -> Void = { _ in }
  ) async throws -> Deals {
    var options = DealFinder.Options()
    options.forecast.draws = 64
    change(&options)
    return try await DealFinder(scenario, options: options).run()
  }

  /// The code of the diagnostic with which a text is refused.
  static func refusal(
    _ text: String, _ change: (inout DealFinder.Options) -> Void = { _ in }
  ) async throws -> Diagnostic? {
    do {
      _ = try await deals(text, change)
      return nil
    } catch Forecaster.Defect.diagnostics(let diagnostics) {
      return diagnostics.first
    }
  }

  /// A seller offers at a price, the buyer answers. The good is worth `cost` to the seller.
  static func sale(value: String, cost: String = "4", types: String = "") -> String {
    """
    entente: 1
    title: A sale
    parties: {Seller: Has it., Buyer: Wants it.}
    \(types)
    quantities: {cost: \(cost)}
    clauses: {sale: {text: The good changes hands., amount: {from: 3, to: 11, by: 1}}}
    story:
      - {step: letter, by: Seller, options: {silence: {}, offer: {offers: [sale: 7]}}}
      - step: answer
        by: Buyer
        when: letter != silence
        options: {accept: {enacts: the offer}, refuse: {}}
    payoffs:
      Seller: {money: if with sale then amount of sale - cost}
      Buyer: {use: if with sale then \(value) - amount of sale}
    """
  }
}

extension Deals {
  /// The deal of this name.
  func deal(_ name: String) throws -> Deal {
    try #require(deals.first { $0.name == name }, "\(name)")
  }

  /// The family of these clauses.
  func family(_ name: String) throws -> Family {
    try #require(families.first { $0.name == name }, "\(name)")
  }

  /// The names of the deals that a rule selects.
  func solution(_ rule: Point.Rule) throws -> [String] {
    let point = try #require(points.first { $0.rule == rule }, "\(rule)")
    return point.deals.map { deals[$0].name }
  }
}
