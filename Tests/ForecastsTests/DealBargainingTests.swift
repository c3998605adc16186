import Forecasts
import Scenarios
import Testing

/// Textbook bargaining sets, written as scenarios and found again among the deals.
@Suite("Deals: solutions of bargaining")
struct DealBargaining {
  /// Ann and Bob divide a dollar; `bob` is his payoff as a formula of his share.
  private func dollar(bob: String, by step: String = "0.005") -> String {
    """
    entente: 1
    title: Divide the dollar
    parties: {Ann: Wants money., Bob: Wants money.}
    clauses: {share: {text: Bob's share., amount: {from: 0, to: 1, by: \(step)}}}
    story:
      - step: split
        bargain: {between: [Ann, Bob], over: amount of share, rule: nash, if it fails: quarrel}
    payoffs:
      Ann: {money: if with share then 1 - amount of share}
      Bob: {money: if with share then \(bob)}
    """
  }

  private func share(_ found: Deals, _ rule: Deals.Point.Rule) throws -> Double {
    let name = try #require(try found.solution(rule).first)
    return try #require(Double(name.replacing("share ", with: "")))
  }

  @Test("Who fears risk gets a third by Nash's rule, 38% by Kalai and Smorodinsky's (Roth 1979)")
  func riskAversion() async throws {
    let found = try await DealTestSupport.deals(dollar(bob: "sqrt(amount of share)"))
    // (1 - x) √x is greatest at 1/3; 1 - x = √x at the square of the golden section.
    #expect(abs(try share(found, .nash) - 1 / 3) < 0.005)
    #expect(abs(try share(found, .kalaiSmorodinsky) - 0.381966) < 0.005)
    // Without a common unit gains of one are not compared with those of the other.
    #expect(!found.points.contains { $0.rule == .egalitarian })
    // Every division is efficient, and nobody can be kept at nothing.
    #expect(found.deals.allSatisfy { $0.isEfficient })
    #expect(!found.isNoDealEfficient)
  }

  @Test("A larger unit moves the egalitarian division, and no other")
  func units() async throws {
    let found = try await DealTestSupport.deals(dollar(bob: "2 * sqrt(amount of share)")) {
      $0.hasCommonUnit = true
    }
    #expect(abs(try share(found, .nash) - 1 / 3) < 0.005)
    #expect(abs(try share(found, .kalaiSmorodinsky) - 0.381966) < 0.005)
    // 1 - x = 2 √x where √x = √2 - 1.
    #expect(abs(try share(found, .egalitarian) - 0.171573) < 0.005)
  }

  @Test("With what each has without a deal, a dollar is split by half of what is gained")
  func disagreement() async throws {
    // 20 and 10 of 100 without a deal: 70 are gained, and Bob gets 10 + 35.
    let text = """
      entente: 1
      title: Divide a hundred
      parties: {Ann: Wants money., Bob: Wants money.}
      clauses: {share: {text: Bob's share., amount: {from: 0, to: 100, by: 5}}}
      story:
        - {step: offer, by: Ann, options: {nothing: {}, half: {offers: [share: 50]}}}
        - step: answer
          by: Bob
          when: offer != nothing
          options: {take it: {enacts: the offer}, leave it: {}}
      payoffs:
        Ann: {money: if with share then 100 - amount of share else 20}
        Bob: {money: if with share then amount of share else 10}
      """
    let found = try await DealTestSupport.deals(text) { $0.hasCommonUnit = true }
    for rule in [Deals.Point.Rule.nash, .kalaiSmorodinsky, .egalitarian] {
      #expect(try found.solution(rule) == ["share 45"], "\(rule)")
    }
    let family = try found.family("share")
    #expect(family.prices[0].limit.median == 75)
    #expect(family.prices[1].limit.median == 15)
    #expect(try found.deal("share 45").nashShare == 1)
  }

  @Test("Bill gives book, whip, ball and bat for pen, toy and knife (Nash 1950, example)")
  func barter() async throws {
    // What each thing is worth to Bill and to Jack; the first five are Bill's.
    let things = [
      ("book", 2, 4), ("whip", 2, 2), ("ball", 2, 1), ("bat", 2, 2), ("box", 4, 1),
      ("pen", 10, 1), ("toy", 4, 1), ("knife", 6, 2), ("hat", 2, 2),
    ]
    func payoff(_ worth: (Int) -> Int) -> String {
      things.indices.map { "\(things[$0].0) moves: if with \(things[$0].0) then \(worth($0))" }
        .joined(separator: ", ")
    }
    let text = """
      entente: 1
      title: Barter without money
      parties: {Bill: Has five things., Jack: Has four.}
      clauses: {\(things.map { "\($0.0): It changes hands." }.joined(separator: ", "))}
      story:
        - {step: offer, by: Bill, options: {keep all: {}, swap: {offers: [book, pen]}}}
        - step: answer
          by: Jack
          when: offer != keep all
          options: {agree: {enacts: the offer}, refuse: {}}
      payoffs:
        Bill: {\(payoff { $0 < 5 ? -things[$0].1 : things[$0].1 })}
        Jack: {\(payoff { $0 < 5 ? things[$0].2 : -things[$0].2 })}
      """
    let found = try await DealTestSupport.deals(text) { $0.atMost = 9 }
    #expect(found.deals.count == 511)
    #expect(try found.solution(.nash) == ["book + whip + ball + bat + pen + toy + knife"])
    let deal = try found.deal("book + whip + ball + bat + pen + toy + knife")
    #expect(deal.gains.map(\.mean) == [12, 5])
    #expect(deal.isEfficient)
  }
}
