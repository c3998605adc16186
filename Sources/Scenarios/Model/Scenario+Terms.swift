extension Scenario {
  /// The names of the terms that a party's payoff adds up: those written, then what breaking each
  /// of its promises costs.
  public func payoffTerms(of party: Int) -> [String] {
    payoffs[party].map(\.name)
      + clauses.filter { $0.duty?.obliged == party && $0.duty?.breachCosts != nil }.map {
        "breach of \($0.name)"
      }
  }
}
