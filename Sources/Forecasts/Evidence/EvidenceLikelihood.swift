public import Scenarios

extension Scenario {
  /// The scenario as it was known at the end of a day: later evidence is left out, undated evidence
  /// stays.
  public func asKnown(on day: CalendarDate) -> Scenario {
    var scenario = self
    scenario.asOf = day
    scenario.evidence.removeAll { item in item.on.map { $0 > day } ?? false }
    return scenario
  }

  /// The last day on which something was observed, or that of the scenario if that is later.
  public var lastKnownDay: CalendarDate? {
    (evidence.compactMap(\.on) + [asOf].compactMap { $0 }).max()
  }
}

/// The likelihood of what was observed, as expressions on the ends of play.
///
/// A move that happened excludes the ends at which it did not. A report counts by its ratios: where
/// a condition holds, that many times likelier (the odds form of Bayes' rule).
enum EvidenceLikelihood {
  /// The likelihood of one piece of evidence.
  static func factor(_ item: Evidence) -> Expression {
    switch item.kind {
    case .happened(let condition): indicator(condition)
    case .reported(_, let ratios):
      product(
        ratios.map {
          Expression(
            .conditional(
              $0.condition, then: number($0.ratio, $0.condition.place),
              otherwise: number(1, $0.condition.place)), at: $0.condition.place)
        }, at: item.place)
    }
  }

  /// 1 where a condition holds, else 0.
  static func indicator(_ condition: Expression) -> Expression {
    Expression(
      .conditional(
        condition, then: number(1, condition.place), otherwise: number(0, condition.place)),
      at: condition.place)
  }

  /// The product of factors, split in halves so that it is not deep; 1 of none.
  static func product(_ factors: [Expression], at place: Place = .start) -> Expression {
    guard let first = factors.first else { return number(1, place) }
    if factors.count == 1 { return first }
    let half = factors.count / 2
    return Expression(
      .arithmetic(
        .multiply, product(Array(factors[..<half])), product(Array(factors[half...]))),
      at: first.place)
  }

  /// That all conditions hold; nil of none.
  static func all(_ conditions: [Expression]) -> Expression? {
    guard let first = conditions.first else { return nil }
    if conditions.count == 1 { return first }
    let half = conditions.count / 2
    guard let left = all(Array(conditions[..<half])), let right = all(Array(conditions[half...]))
    else { return first }
    return Expression(.and(left, right), at: first.place)
  }

  /// The parts that a condition joins by `and`.
  static func conjuncts(_ condition: Expression) -> [Expression] {
    if case .and(let left, let right) = condition.kind {
      return conjuncts(left) + conjuncts(right)
    }
    return [condition]
  }

  /// The largest likelihood that an end can have.
  static func largest(_ items: [Evidence]) -> Double {
    items.reduce(1) { largest, item in
      guard case .reported(_, let ratios) = item.kind else { return largest }
      return ratios.reduce(largest) { $0 * max(1, $1.ratio) }
    }
  }

  static func number(_ value: Double, _ place: Place) -> Expression {
    Expression(.number(value), at: place)
  }
}

extension Place {
  /// The first character of a text.
  static let start = Place(line: 1, column: 1)
}
