/// Where the parties of a story can come to an agreement, and what they can agree on.
///
/// An option that `offers` a bundle puts it on the table, an option that `enacts` one puts it into
/// force, a bargain puts an amount into force. The *table* is the first step at which something is
/// offered. The *signatories* are those that move there and at the steps that enact the offer (where
/// nothing is offered, those that enact or bargain), and whoever else can keep what the story speaks
/// of from coming into force. Everybody else is a third party.
public struct Negotiation: Sendable {
  /// The scenario as it was written.
  public let scenario: Scenario
  /// The signatories, in the order of the parties.
  public private(set) var signatories: [Int]
  /// The clauses that they can agree on, in the order of the scenario.
  public let clauses: [Int]

  /// The step at which bundles are offered, if some step can enact what is on the table.
  let table: Step?
  /// Bundles written in the story, as sets of clauses in the order of the scenario.
  public let written: [[Int]]

  /// Looks for the steps of a story at which an agreement is made.
  ///
  /// - Complexity: compiles the story's game once for every bundle written in it.
  /// - Throws: diagnostics if there is no such step, or no game.
  public init(_ scenario: Scenario, limits: GameCompiler.Limits) throws(DealDefect) {
    do {
      try self.init(steps: scenario)
    } catch {
      throw .diagnostics([error])
    }
    // Whose consent is needed.
    var consenting = Set(signatories)
    for set in written {
      let bundle = Bundle(
        set.map { Bundle.Item(clause: $0, amount: scenario.clauses[$0].amounts.map { _ in 0 }) })
      guard let settled = try story(of: bundle, limits: limits).signed?.settled else { continue }
      for step in scenario.story.steps where settled.contains(step.fact) {
        consenting.formUnion(step.movers)
      }
    }
    signatories = consenting.sorted()
  }

  /// Looks for the steps that offer and enact.
  private init(steps scenario: Scenario) throws(Diagnostic) {
    self.scenario = scenario
    guard !scenario.clauses.isEmpty else {
      throw Diagnostic(
        code: "no-clauses", file: scenario.file,
        message: "the scenario has no clauses, so there is nothing to agree on",
        remedy: "say under 'clauses' what an agreement can contain, and in the story who 'offers' "
          + "and who 'enacts' it")
    }
    let steps = scenario.story.steps
    let enacts = steps.contains { $0.options.contains { $0.enacts == .theOffer } }
    table = enacts ? steps.first { $0.options.contains { $0.offers != nil } } : nil

    var signatories = Set(table?.movers ?? [])
    for step in steps {
      let isSigned =
        table == nil
        ? step.options.contains { $0.enacts != nil }
        : step.options.contains { $0.enacts == .theOffer }
      if isSigned { signatories.formUnion(step.movers) }
      if table == nil, case .bargain(let rule) = step.kind {
        signatories.formUnion(rule.between)
      }
    }
    guard !signatories.isEmpty else {
      throw Diagnostic(
        code: "nothing-signed", file: scenario.file, place: scenario.clauses.first?.place,
        message: "no option of the story puts a clause into force, so nothing can be signed",
        remedy: "let one party's option say 'offers: [CLAUSE]' and another's 'enacts: the offer'")
    }
    self.signatories = signatories.sorted()

    // What the signatories' steps offer or enact; what others enact alone is no part of a deal.
    var written: [[Int]] = []
    var foreign: Set<Int> = []
    for step in steps {
      let sets = step.writtenBundles.map { $0.clauses.map(\.clause).sorted() }
      if signatories.isDisjoint(with: step.movers) {
        foreign.formUnion(sets.joined())
      } else {
        for set in sets where !set.isEmpty && !written.contains(set) { written.append(set) }
      }
    }
    foreign.subtract(written.joined())
    self.written = written
    clauses = scenario.clauses.indices.filter { !foreign.contains($0) }
  }

  /// That exactly these clauses are in force, in these amounts, of those that can be agreed on.
  public func isInForce(_ bundle: Bundle) -> Expression {
    var result: Expression?
    for clause in clauses {
      let place = scenario.clauses[clause].place
      var part = Expression(.inForce(clause: clause), at: place)
      if let item = bundle.clauses.first(where: { $0.clause == clause }) {
        if let ordinal = item.amount, let amounts = scenario.clauses[clause].amounts {
          part = Expression(
            .and(
              part,
              Expression(
                .comparison(
                  .equal, Expression(.amount(clause: clause), at: place),
                  Expression(.number(amounts.values[ordinal]), at: place)), at: place)), at: place)
        }
      } else {
        part = Expression(.not(part), at: place)
      }
      result = result.map { Expression(.and($0, part), at: place) } ?? part
    }
    return result ?? Expression(.otherwise, at: Place(line: 1, column: 1))
  }
}

extension Bundle {
  /// The same clauses in the order of the scenario.
  var normalized: Bundle { Bundle(clauses.sorted { $0.clause < $1.clause }) }

  /// The clauses in the order of the scenario, without their amounts.
  public var clauseSet: [Int] { clauses.map(\.clause).sorted() }
}

extension Step {
  /// The party or parties whose choice it is, or who bargain.
  var movers: [Int] {
    switch kind {
    case .choice(let movers, _): movers
    case .bargain(let rule): rule.between
    case .chance, .signal, .clause: []
    }
  }

  /// What can be chosen; nothing where nobody chooses.
  var options: [ChoiceOption] {
    if case .choice(_, let options) = kind { options } else { [] }
  }

  /// The bundles that it offers or enacts.
  fileprivate var writtenBundles: [Bundle] {
    if case .bargain(let rule) = kind { return [Bundle([Bundle.Item(clause: rule.clause)])] }
    return options.flatMap { option in
      var bundles = option.offers.map { [$0] } ?? []
      if case .bundle(let bundle)? = option.enacts { bundles.append(bundle) }
      return bundles
    }
  }
}

extension [StoryElement] {
  /// All steps in the order of the story, each once, however often it is repeated.
  public var steps: [Step] {
    flatMap { element -> [Step] in
      switch element {
      case .step(let step): return [step]
      case .reveal: return []
      case .round(let part): return part.story.steps
      }
    }
  }

  /// The story with one step in place of the other of the same fact.
  func replacing(_ step: Step) -> [StoryElement] {
    map { element -> StoryElement in
      switch element {
      case .step(let old): return old.fact == step.fact ? .step(step) : element
      case .reveal: return element
      case .round(var part):
        part.story = part.story.replacing(step)
        return .round(part)
      }
    }
  }
}
