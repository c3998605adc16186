/// Evaluates expressions against a history. What the history does not settle, the drawn
/// quantities, is left in the graph of values.
struct ExpressionEvaluator {
  let scenario: Scenario
  let layout: SlotLayout
  var graph = ValueGraph()
  /// For each standpoint, the quantities that are seen otherwise; the first is the analyst's.
  var standpoints: [[Int: Int32]] = [[:]]
  /// Results of earlier evaluations, by expression and by what it can depend on.
  private var known: [Key: Int32] = [:]
  private var layouts: [ExpressionID: KeyLayout] = [:]
  private var definitionDependencies: [Int: Dependencies] = [:]
  private var offers: [Bundle: Int32] = [:]

  /// A name for an expression that is evaluated often.
  enum ExpressionID: Hashable {
    case payoff(party: Int, term: Int)
    case breach(clause: Int)
    case outcome(Int)
    case event(Int)
    case definition(Int)
  }

  /// A line of play at some moment, as expressions see it.
  struct Situation {
    var facts: [Int32]
    var clauses: [Int32]
    var offer: Bundle?
    /// By loop, the ordinal of the round that is going on, -1 outside it.
    var rounds: [Int]
    var standpoint = 0
  }

  private struct Key: Hashable {
    var id: ExpressionID
    var state: [Int32]
  }

  /// What an expression looks at.
  private struct Dependencies {
    var slots: Set<Int> = []
    var clauses: Set<Int> = []
    /// Loops whose present round it asks about.
    var loops: Set<Int> = []
    var usesOffer = false

    mutating func formUnion(_ other: Dependencies) {
      slots.formUnion(other.slots)
      clauses.formUnion(other.clauses)
      loops.formUnion(other.loops)
      usesOffer = usesOffer || other.usesOffer
    }
  }

  /// Dependencies in a fixed order, to make keys of.
  private struct KeyLayout {
    var slots: [Int]
    var clauses: [Int]
    var loops: [Int]
    var usesOffer: Bool
  }

  /// Where a round was asked for whose number differs between draws.
  private(set) var unsettledRound: Place?
  /// How much may still be looked at: expressions can sum over rounds within sums over rounds.
  private var workLeft: Int
  /// Numbers kept in ``known``, which is emptied when it grows too large.
  private var keptNumbers = 0
  /// The room for keys: 16 million numbers.
  private static let mostKeptNumbers = 16 << 20

  init(scenario: Scenario, layout: SlotLayout, limit: Int) {
    self.scenario = scenario
    self.layout = layout
    workLeft = limit
  }

  /// The work allowed has been done; whatever is evaluated from here on is meaningless.
  var isExhausted: Bool { workLeft <= 0 }

  /// Counts work. False if there has been too much.
  mutating func spend(_ work: Int = 1) -> Bool {
    workLeft -= work
    return workLeft > 0
  }

  /// The number that an expression gives, evaluated once for all situations that look alike to it.
  mutating func number(
    _ expression: Expression, id: ExpressionID, in situation: Situation
  ) -> Int32 {
    let needs: KeyLayout
    if let cached = layouts[id] {
      needs = cached
    } else {
      let found = collect(expression)
      needs = KeyLayout(
        slots: found.slots.sorted(), clauses: found.clauses.sorted(), loops: found.loops.sorted(),
        usesOffer: found.usesOffer)
      layouts[id] = needs
    }
    var state: [Int32] = [Int32(situation.standpoint)]
    state.reserveCapacity(2 + needs.slots.count + needs.clauses.count + needs.loops.count)
    for slot in needs.slots { state.append(situation.facts[slot]) }
    for clause in needs.clauses { state.append(situation.clauses[clause]) }
    for loop in needs.loops { state.append(Int32(situation.rounds[loop])) }
    if needs.usesOffer { state.append(ordinal(of: situation.offer)) }
    let key = Key(id: id, state: state)
    if let result = known[key] { return result }
    let result = number(expression, in: situation)
    keptNumbers += state.count + 8
    if keptNumbers > ExpressionEvaluator.mostKeptNumbers {
      known.removeAll(keepingCapacity: true)
      keptNumbers = state.count + 8
    }
    known[key] = result
    return result
  }

  private mutating func ordinal(of offer: Bundle?) -> Int32 {
    guard let offer else { return -1 }
    if let known = offers[offer] { return known }
    let next = Int32(offers.count)
    offers[offer] = next
    return next
  }

  /// The value of a condition that no drawn quantity can change.
  mutating func settled(_ expression: Expression, in situation: Situation) -> Bool? {
    // In two steps: the graph is read after it has grown.
    let id = number(expression, in: situation)
    return graph.constantValue(id).map { $0 != 0 }
  }

  /// Evaluates an expression; conditions give 1 or 0.
  mutating func number(_ expression: Expression, in situation: Situation) -> Int32 {
    guard spend() else { return graph.constant(0) }
    switch expression.kind {
    case .number(let value): return graph.constant(value)
    case .otherwise: return graph.constant(1)
    case .quantity(let index):
      if let seen = standpoints[situation.standpoint][index] { return seen }
      // A single number is the same in every draw, so that the structure may depend on it.
      let input = scenario.inputs[index]
      return input.isFixed ? graph.constant(input.best) : graph.input(index)
    case .definition(let index):
      return number(
        scenario.definitions[index].expression, id: .definition(index), in: situation)
    case .fact(let reference):
      let value = self.value(of: reference, in: situation)
      guard value >= 0, let numbers = scenario.names.facts[reference.fact].numbers else {
        return graph.constant(.nan)
      }
      return graph.constant(numbers[value])
    case .loopValue(let loop): return graph.constant(Double(situation.rounds[loop] + 1))
    case .value: return graph.constant(.nan)
    case .inForce(let clause):
      return graph.constant(situation.clauses[clause] >= 0 ? 1 : 0)
    case .offered(let clause):
      return graph.constant(
        situation.offer?.clauses.contains { $0.clause == clause } == true ? 1 : 0)
    case .amount(let clause):
      let ordinal = Int(situation.clauses[clause])
      guard ordinal >= 0 else { return graph.constant(0) }
      return graph.constant(scenario.clauses[clause].amounts?.values[ordinal] ?? 1)
    case .negation(let inner):
      let operand = number(inner, in: situation)
      return graph.unary(.negate, operand)
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, at: expression.place, in: situation)
    case .comparison(let operation, let left, let right):
      return comparison(operation, left, right, in: situation)
    case .membership(let inner, let members):
      var result = graph.constant(0)
      for member in members {
        let one = comparison(.equal, inner, member, in: situation)
        result = graph.binary(.or, result, one)
      }
      return result
    case .not(let inner):
      let operand = number(inner, in: situation)
      return graph.unary(.not, operand)
    case .and(let left, let right):
      let first = number(left, in: situation)
      if graph.constantValue(first) == 0 { return first }
      let second = number(right, in: situation)
      return graph.binary(.and, first, second)
    case .or(let left, let right):
      let first = number(left, in: situation)
      if let value = graph.constantValue(first), value != 0 { return graph.constant(1) }
      let second = number(right, in: situation)
      return graph.binary(.or, first, second)
    case .conditional(let condition, let yes, let no):
      let test = number(condition, in: situation)
      if let value = graph.constantValue(test) {
        if value != 0 { return number(yes, in: situation) }
        return no.map { number($0, in: situation) } ?? graph.constant(0)
      }
      let first = number(yes, in: situation)
      let second = no.map { number($0, in: situation) } ?? graph.constant(0)
      return graph.select(test, first, second)
    case .call(let function, let arguments):
      let operands = arguments.map { number($0, in: situation) }
      return call(function, operands, at: expression.place)
    case .sum(let loop, let body):
      var total = graph.constant(0)
      var inner = situation
      for round in scenario.names.loops[loop].rounds.indices where !isExhausted {
        inner.rounds[loop] = round
        let term = number(body, in: inner)
        total = graph.binary(.add, total, term)
      }
      return total
    }
  }

  /// What happened: the ordinal of the value, or -1.
  mutating func value(of reference: FactReference, in situation: Situation) -> Int {
    let first = layout.first[reference.fact]
    switch reference.round {
    case .none: return Int(situation.facts[first])
    case .fixed(let round): return Int(situation.facts[first + round])
    case .current:
      guard let loop = scenario.names.facts[reference.fact].loop, situation.rounds[loop] >= 0
      else { return -1 }
      return Int(situation.facts[first + situation.rounds[loop]])
    case .computed(let expression):
      let computed = number(expression, in: situation)
      if graph.constantValue(computed) == nil {
        unsettledRound = unsettledRound ?? expression.place
      }
      guard let loop = scenario.names.facts[reference.fact].loop,
        let value = graph.constantValue(computed), value >= 1,
        let round = Int(exactly: value), round <= scenario.names.loops[loop].rounds.count
      else { return -1 }
      return Int(situation.facts[first + round - 1])
    }
  }

  private mutating func arithmetic(
    _ operation: Expression.Arithmetic, _ left: Expression, _ right: Expression, at place: Place,
    in situation: Situation
  ) -> Int32 {
    let first = number(left, in: situation)
    let second = number(right, in: situation)
    let code: ValueGraph.Code =
      switch operation {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .divide: .divide
      case .power: .power
      }
    return graph.binary(code, first, second, at: place)
  }

  private mutating func comparison(
    _ operation: Expression.Comparison, _ left: Expression, _ right: Expression,
    in situation: Situation
  ) -> Int32 {
    if !(isAmount(left) && isAmount(right)),
      let first = discrete(left, in: situation), let second = discrete(right, in: situation)
    {
      // Values have no order.
      guard operation == .equal || operation == .notEqual else { return graph.constant(0) }
      return graph.constant((operation == .notEqual) != (first == second) ? 1 : 0)
    }
    // A step that did not happen is not equal to any number, and neither above nor below.
    for side in [left, right] {
      if case .fact(let reference) = side.kind {
        let value = self.value(of: reference, in: situation)
        let number = value < 0 ? nil : scenario.names.facts[reference.fact].numbers?[value]
        if number?.isNaN ?? true {
          return graph.constant(operation == .notEqual ? 1 : 0)
        }
      }
    }
    let first = number(left, in: situation)
    let second = number(right, in: situation)
    switch operation {
    case .equal: return graph.binary(.equal, first, second)
    case .notEqual:
      let equal = graph.binary(.equal, first, second)
      return graph.unary(.not, equal)
    case .less: return graph.binary(.less, first, second)
    case .lessOrEqual: return graph.binary(.lessOrEqual, first, second)
    case .greater: return graph.binary(.less, second, first)
    case .greaterOrEqual: return graph.binary(.lessOrEqual, second, first)
    }
  }

  /// A fact whose values are numbers: two of them are compared as numbers.
  private func isAmount(_ expression: Expression) -> Bool {
    guard case .fact(let reference) = expression.kind else { return false }
    return scenario.names.facts[reference.fact].numbers != nil
  }

  /// The ordinal of a value, of what happened or of a named round; nil for numbers. A fact counts
  /// as discrete only beside a value or another fact.
  private mutating func discrete(_ expression: Expression, in situation: Situation) -> Int? {
    switch expression.kind {
    case .value(let ordinal): ordinal
    case .fact(let reference): value(of: reference, in: situation)
    case .loopValue(let loop) where !scenario.names.loops[loop].isNumbered:
      situation.rounds[loop]
    default: nil
    }
  }

  private mutating func call(
    _ function: Expression.Function, _ operands: [Int32], at place: Place
  ) -> Int32 {
    switch function {
    case .min, .max:
      var result = operands[0]
      for operand in operands.dropFirst() {
        result = graph.binary(function == .min ? .minimum : .maximum, result, operand)
      }
      return result
    case .clamp:
      let floor = graph.binary(.maximum, operands[0], operands[1])
      return graph.binary(.minimum, floor, operands[2])
    case .abs: return graph.unary(.absolute, operands[0])
    case .exp: return graph.unary(.exponential, operands[0], at: place)
    case .log: return graph.unary(.logarithm, operands[0], at: place)
    case .sqrt: return graph.unary(.squareRoot, operands[0], at: place)
    }
  }

  // MARK: Dependencies

  private mutating func collect(_ expression: Expression) -> Dependencies {
    switch expression.kind {
    case .number, .otherwise, .quantity, .value: return Dependencies()
    case .definition(let index):
      if let known = definitionDependencies[index] { return known }
      let result = collect(scenario.definitions[index].expression)
      definitionDependencies[index] = result
      return result
    case .loopValue(let loop): return Dependencies(loops: [loop])
    case .fact(let reference): return collect(reference)
    case .inForce(let clause), .amount(let clause): return Dependencies(clauses: [clause])
    case .offered: return Dependencies(usesOffer: true)
    case .negation(let inner), .not(let inner): return collect(inner)
    case .sum(let loop, let inner):
      var result = collect(inner)
      result.loops.remove(loop)
      return result
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      return collect([left, right])
    case .membership(let inner, let members): return collect([inner] + members)
    case .conditional(let condition, let yes, let no):
      return collect([condition, yes] + (no.map { [$0] } ?? []))
    case .call(_, let arguments): return collect(arguments)
    }
  }

  private mutating func collect(_ expressions: [Expression]) -> Dependencies {
    var result = Dependencies()
    for expression in expressions { result.formUnion(collect(expression)) }
    return result
  }

  private mutating func collect(_ reference: FactReference) -> Dependencies {
    let first = layout.first[reference.fact]
    let loop = scenario.names.facts[reference.fact].loop
    let rounds = loop.map { scenario.names.loops[$0].rounds.count } ?? 1
    var result = Dependencies()
    switch reference.round {
    case .none: result.slots = [first]
    case .fixed(let round): result.slots = [first + round]
    case .current:
      // Which slot it is depends on the round, so all of them count.
      result.slots = Set(first..<(first + rounds))
      if let loop { result.loops = [loop] }
    case .computed(let inner):
      result = collect(inner)
      result.slots.formUnion(first..<(first + rounds))
    }
    return result
  }
}
