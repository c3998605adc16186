import Forecasts
import Scenarios
import Testing

@Suite("Deals: who signs, at what price, and what others do")
struct DealTests {
  @Test("A sale with a private value: each type signs below its value, both before types are known")
  func privateValue() async throws {
    let found = try await DealTestSupport.deals(
      DealTestSupport.sale(
        value: "(if Buyer.need = great then 10 else 6)",
        types: "private types: {Buyer: {need: {great: 50%, small: rest}}}"))
    #expect(found.signatories == [0, 1])
    #expect(found.types == [[""], ["great", "small"]])
    let family = try found.family("sale")
    let (seller, buyer) = (family.prices[0], family.prices[1])
    #expect(seller.wantsMore && !buyer.wantsMore)
    // It is worth 4 to the seller, 8 on average to the buyer; at equality nobody gains.
    #expect(seller.limit.median == 5)
    #expect(buyer.limit.median == 7)
    #expect(buyer.byType.map(\.median) == [9, 5])
    #expect(family.goodForAll == 1)
    // On the table at 7, the great need signs and the small does not.
    let seven = try found.deal("sale 7")
    #expect(abs(seven.signed - 0.5) < 1e-6)
    #expect(abs(seven.byType[1][0].signed - 1) < 1e-6)
    #expect(seven.byType[1][1].signed < 1e-6)
    #expect(seven.byType[1].map(\.gain) == [3, -1])
    #expect(seven.gains.map(\.mean) == [3, 1])
    #expect(try found.solution(.nash) == ["sale 6"])
  }

  @Test("Prices spread as the quantities do: the seller's limit is the next amount above its cost")
  func spread() async throws {
    let found = try await DealTestSupport.deals(
      DealTestSupport.sale(value: "20", cost: "\"uniform(3.5, 12.5)\"")
    ) { $0.forecast.draws = 1024 }
    let limit = try found.family("sale").prices[0].limit
    // Uniform over 4, 5 … 11 and none, a ninth each, but for the half below 4 and the half above 12.
    #expect(limit.easy == 4)
    #expect(limit.median == 9)
    #expect(limit.hard == nil)
    #expect(abs(limit.signs - 7.5 / 9) < 0.01)
    // Some price suits both exactly where the seller can be paid.
    #expect(abs(found.someIsGood.value - 7.5 / 9) < 0.01)
    #expect(found.someIsGood.error < 0.01)
  }

  /// Two parties can ally, which a third sees and answers.
  private static let alliance = """
    entente: 1
    title: An alliance that provokes
    parties: {A: Wants help., B: Can help., C: Watches.}
    clauses: {pact: They stand together., trade: They trade.}
    story:
      - {step: offer, by: A, options: {nothing: {}, alliance: {offers: [pact]}}, hidden from: C}
      - step: answer
        by: B
        when: offer != nothing
        options: {sign: {enacts: the offer}, refuse: {}}
        hidden from: C
      - {step: news, signal to: C, says: {a pact: {when: with pact}, quiet: {}}}
      - {step: reply, by: C, options: [wait, strike]}
    payoffs:
      A: {pride: if with pact then 3, trade: if with trade then 1, struck: if reply = strike then -5}
      B: {fee: if with pact then 1, trade: if with trade then 1, trouble: if reply = strike then -0.5}
      C: {strike: if reply = strike then (if with pact then 1 else -1)}
    """

  @Test("A third party's answer counts: the pact that it strikes at is bad for one of the two")
  func thirdParty() async throws {
    let found = try await DealTestSupport.deals(Self.alliance)
    #expect(found.signatories == [0, 1])
    #expect(found.deals.map(\.name) == ["pact", "trade", "pact + trade"])
    let pact = try found.deal("pact")
    #expect(pact.gains.map(\.mean) == [-2, 0.5, 1])
    let reply = try #require(pact.moves.first)
    #expect(reply.parties == [2] && reply.step == "reply")
    #expect(reply.options.map(\.name) == ["wait", "strike"])
    #expect(reply.options[1].probability > 0.999)
    #expect(try #require(found.movesWithoutDeal.first).options[0].probability > 0.999)
    // Why A would not: the strike, in spite of the pride.
    #expect(pact.terms[0].map(\.gain) == [3, 0, -5])
    #expect(pact.wanted == [0, 1])
    // Trade alone is on no menu of the story, and is tried all the same.
    #expect(try found.deal("trade").gains.map(\.mean) == [1, 1, 0])
    #expect(try found.solution(.nash) == ["trade"])
    #expect(try found.deal("trade").isEfficient)
    #expect(try !found.deal("pact").isEfficient)
  }

  @Test("A party that is wrong about the third wants what it should not")
  func misperception() async throws {
    let text =
      Self.alliance.replacing(
        "strike: if reply = strike then (if with pact then 1 else -1)",
        with: "strike: if reply = strike then (if with pact and C.temper = hot then 1 else -1)"
      ) + """

        private types: {C: {temper: {hot: 90%, cool: rest}}}
        beliefs: {A: {C.temper = hot: {is: 20%}, known to others: no}}
        """
    let found = try await DealTestSupport.deals(text)
    let pact = try found.deal("pact")
    // 3 - 5 · 0.9 by the analyst's odds, 3 - 5 · 0.2 by its own.
    #expect(abs(pact.gains[0].mean + 1.5) < 1e-6)
    #expect(abs(pact.ownGains[0].mean - 2) < 1e-6)
    #expect(pact.wantedByAll == 1 && pact.goodForAll == 0)
    #expect(abs(pact.ownGains[1].mean - pact.gains[1].mean) < 1e-12)
  }

  @Test("Where every option offers, no deal is a refusal; chance can undo what is signed")
  func refusalAndChance() async throws {
    let text = """
      entente: 1
      title: Ratified or not
      parties: {A: Offers., B: Answers., House: Is asked.}
      clauses: {treaty: They agree.}
      story:
        - {step: offer, by: A, options: {short: {offers: [treaty]}}}
        - {step: talks, by: B, options: {agree: {}, refuse: {}}}
        - {step: storm, when: talks = agree, chance: {calm: 60%, upset: rest}}
        - step: ratification
          by: House
          when: storm = calm
          options: {ratify: {enacts: the offer}, reject: {}}
      payoffs:
        A: {treaty: if with treaty then 1, refused: if talks = refuse then -0.25}
        B: {treaty: if with treaty then 2}
        House: {treaty: if with treaty then 1}
      """
    let found = try await DealTestSupport.deals(text)
    // Those that offer and enact sign, and B, without whose consent there is none.
    #expect(found.signatories == [0, 1, 2])
    let treaty = try found.deal("treaty")
    #expect(abs(treaty.inForce - 0.6) < 1e-9)
    #expect(abs(treaty.gains[1].mean - 1.2) < 1e-9)
  }

  @Test("A menu is tried as it stands; what the story cannot put into force is listed apart")
  func menu() async throws {
    let text = """
      entente: 1
      title: A menu
      parties: {A: Asks., B: Answers.}
      clauses:
        money: {text: B pays., amount: {from: 1, to: 2, by: 1}}
        help: B helps.
        gun: B sells guns.
      story:
        - {step: ask, by: A, bundles of: [money, help, gun], at most: 2, not both: [[help, gun]], or: nothing}
        - step: answer
          by: B
          when: ask != nothing and not offering gun
          options: {yes: {enacts: the offer}, no: {}}
      payoffs:
        A: {money: amount of money, help: if with help then 1}
        B: {money: -amount of money, help: if with help then 1.5}
      """
    let found = try await DealTestSupport.deals(text)
    #expect(
      found.deals.map(\.name) == ["money 1", "money 2", "help", "money 1 + help", "money 2 + help"])
    #expect(found.impossible.count == 3)
    #expect(try found.deal("money 1 + help").gains.map(\.mean) == [2, 0.5])
  }

  @Test(
    "A scenario without clauses, without signatures or with too many bundles is told what to do")
  func refusals() async throws {
    let bare = ForecastTestSupport.chanceStory(odds: "20%", tail: "")
    let none = try #require(try await DealTestSupport.refusal(bare))
    #expect(none.code == "no-clauses" && none.remedy != nil)
    let idle = DealTestSupport.sale(value: "8").replacing("{enacts: the offer}", with: "{}")
      .replacing("{offers: [sale: 7]}", with: "{}")
    let unsigned = try #require(try await DealTestSupport.refusal(idle))
    #expect(unsigned.code == "nothing-signed" && unsigned.remedy != nil)
    let many = try #require(
      try await DealTestSupport.refusal(DealTestSupport.sale(value: "8")) { $0.mostBundles = 8 })
    #expect(many.code == "too-many-bundles")
    #expect(many.remedy?.contains("--max-bundles") == true)
    let forced = DealTestSupport.sale(value: "8").replacing("silence: {}, ", with: "")
      .replacing(", refuse: {}", with: "").replacing("\n    when: letter != silence", with: "")
    #expect(try await DealTestSupport.refusal(forced)?.code == "no-refusal")
  }

  @Test("In rounds of offers a deal is forced however late, and the third party replies to it")
  func rounds() async throws {
    let text = """
      entente: 1
      title: Haggling
      parties: {Seller: Has it., Buyer: Wants it., Rival: Watches.}
      clauses:
        sale: {text: The good changes hands., amount: {from: 3, to: 9, by: 1}}
        warranty: Repairs are free.
      story:
        - repeat: 2
          as: day
          stop when: with sale
          story:
            - {step: offer, by: Seller, bundles of: [sale, warranty], or: nothing}
            - step: answer
              by: Buyer
              when: offering sale
              options: {accept: {enacts: the offer}, refuse: {}}
        - {step: move, by: Rival, options: [bid, pass]}
      payoffs:
        Seller: {price: amount of sale, repairs: if with warranty then -0.5}
        Buyer:
          use: if with sale then 7.5 - amount of sale
          late: if with sale and answer of 1 != accept then -0.25
          repairs: if with warranty then 1
        Rival: {bid: if move = bid then (if with sale then -1 else 1)}
      """
    let found = try await DealTestSupport.deals(text)
    #expect(found.signatories == [0, 1])
    // A warranty alone is offered, and never answered.
    #expect(found.deals.count == 14 && found.impossible.count == 1)
    #expect(found.deals.allSatisfy { abs($0.inForce - 1) < 1e-9 })
    #expect(try found.family("sale").prices[1].limit.median == 7)
    #expect(try found.family("sale + warranty").prices[1].limit.median == 8)
    #expect(try found.deal("sale 5").gains.map(\.mean) == [5, 2.5, -1])
    #expect(try #require(found.deal("sale 5").moves.first).options[1].probability > 0.999)
  }

  @Test("The same numbers on one thread and on two")
  func threads() async throws {
    let text = DealTestSupport.sale(value: "20", cost: "\"uniform(3.5, 12.5)\"")
    let one = try await DealTestSupport.deals(text) { $0.forecast.threads = 1 }
    let two = try await DealTestSupport.deals(text) { $0.forecast.threads = 2 }
    #expect("\(one)" == "\(two)")
  }
}
