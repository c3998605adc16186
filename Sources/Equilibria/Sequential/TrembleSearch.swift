import Mathematics

/// Decides whether trembles exist under which beliefs make given choices optimal: orders and
/// coefficients as in ``TrembleWitness``.
///
/// Only some information sets are *critical*: beliefs matter there. At each the nodes fall into
/// classes with the same trembles on their paths, and the support of the beliefs is a set of such
/// classes. For given supports orders are a system of linear inequalities and coefficients a system
/// of cones, independent of each other. The search goes through the supports, one set after another,
/// as long as orders exist for those chosen.
///
/// Source: Kreps & Wilson (1982), Sequential equilibria, lemmas A1 and A2; the independence of orders
/// and coefficients as in Perea, Jansen & Peters (1997), Characterization of consistent assessments
/// in extensive form games, and Kohlberg & Reny (1997).
struct TrembleSearch {
  /// A set at which beliefs matter.
  struct CriticalSet {
    /// By class the trembles on the paths of its nodes, ascending. None contains another.
    var classes: [[Int]]
    /// `gains[class][row]`: what the choice yields over another action, weighed by odds.
    var gains: [[Rational]]
  }

  /// What came of it.
  enum Answer {
    /// By tremble.
    case witness(orders: [Int], coefficients: [Rational])
    case impossible
    case undecided
  }

  /// With more classes than this at a set only supports of at most three are tried.
  private static let mostClasses = 9

  private let trembles: Int
  private var sets: [CriticalSet]
  private var supports: [[[Int]]] = []
  private var isCut = false
  private var chosen: [[Int]] = []
  private let limit: WorkLimit
  private(set) var steps: Int

  /// Decides; counts steps (supports tried) on from `steps`.
  static func solve(
    _ sets: [CriticalSet], trembles: Int, limit: WorkLimit, steps: inout Int
  ) -> Answer {
    var orders = [Int](repeating: 1, count: trembles)
    var coefficients = [Rational](repeating: .one, count: trembles)
    var isOpen = false
    // Sets without common trembles have nothing to do with each other.
    for part in parts(of: sets) {
      let used = Array(Set(part.flatMap(\.classes).joined())).sorted()
      let place = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
      let own = part.map { set in
        CriticalSet(
          classes: set.classes.map { $0.compactMap { place[$0] } }, gains: set.gains)
      }
      var search = TrembleSearch(own, trembles: used.count, limit: limit, steps: steps)
      let answer = search.run()
      steps = search.steps
      switch answer {
      case .impossible: return .impossible
      case .undecided: isOpen = true
      case .witness(let found, let factors):
        for (place, tremble) in used.enumerated() {
          orders[tremble] = found[place]
          coefficients[tremble] = factors[place]
        }
      }
    }
    return isOpen ? .undecided : .witness(orders: orders, coefficients: coefficients)
  }

  private static func parts(of sets: [CriticalSet]) -> [[CriticalSet]] {
    var parts: [(trembles: Set<Int>, sets: [CriticalSet])] = []
    for set in sets {
      var merged = (trembles: Set(set.classes.joined()), sets: [set])
      var rest: [(trembles: Set<Int>, sets: [CriticalSet])] = []
      for part in parts {
        if part.trembles.isDisjoint(with: merged.trembles) {
          rest.append(part)
        } else {
          merged = (part.trembles.union(merged.trembles), part.sets + merged.sets)
        }
      }
      parts = rest + [merged]
    }
    return parts.map(\.sets)
  }

  private init(_ sets: [CriticalSet], trembles: Int, limit: WorkLimit, steps: Int) {
    self.trembles = trembles
    self.limit = limit
    self.steps = steps
    var found: [(set: CriticalSet, supports: [[Int]])] = []
    for set in sets {
      let (supports, isCut) = TrembleSearch.supports(of: set, limit: limit, steps: &self.steps)
      self.isCut = self.isCut || isCut
      found.append((set, supports))
    }
    // The sets with least choice first; a stable order.
    let order = found.indices.sorted {
      (found[$0].supports.count, $0) < (found[$1].supports.count, $1)
    }
    self.sets = order.map { found[$0].set }
    supports = order.map { found[$0].supports }
  }

  /// The sets of classes on which positive weights can make the choices optimal, small ones first.
  private static func supports(
    of set: CriticalSet, limit: WorkLimit, steps: inout Int
  ) -> (supports: [[Int]], isCut: Bool) {
    let count = set.classes.count
    var found: [[Int]] = []
    let largest = count > mostClasses ? 3 : count
    for size in 1...largest {
      for support in subsets(of: count, size: size) {
        if limit.stop(after: steps) != nil { return (found, true) }
        steps += 1
        let rows = (set.gains[0].indices).map { row in
          SmallLinearProgram.Row(
            coefficients: support.map { set.gains[$0][row] }, bound: .zero)
        }
        if TrembleCoefficients.positivePoint(rows, count: size) != nil { found.append(support) }
      }
    }
    return (found, largest < count)
  }

  private static func subsets(of count: Int, size: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    for _ in 0..<size {
      all = all.flatMap { subset in
        (((subset.last ?? -1) + 1)..<count).map { subset + [$0] }
      }
    }
    return all
  }

  private mutating func run() -> Answer {
    var isOpen = isCut
    var rows: [SmallLinearProgram.Row] = []
    let answer = descend(&rows, &isOpen)
    return answer ?? (isOpen ? .undecided : .impossible)
  }

  private mutating func descend(
    _ rows: inout [SmallLinearProgram.Row], _ isOpen: inout Bool
  ) -> Answer? {
    if limit.stop(after: steps) != nil {
      isOpen = true
      return nil
    }
    steps += 1
    if chosen.count == sets.count { return finish(rows, &isOpen) }
    let place = chosen.count
    let before = rows.count
    for support in supports[place] {
      rows += orderRows(of: sets[place], support)
      if SmallLinearProgram.isFeasible(rows, variables: trembles) {
        chosen.append(support)
        if let answer = descend(&rows, &isOpen) { return answer }
        chosen.removeLast()
      }
      rows.removeLast(rows.count - before)
    }
    return nil
  }

  /// Orders are 1 + the unknowns. Classes of the support have equal orders, others larger ones.
  private func orderRows(of set: CriticalSet, _ support: [Int]) -> [SmallLinearProgram.Row] {
    let first = set.classes[support[0]]
    return set.classes.indices.filter { $0 != support[0] }.map { other in
      var line = [Rational](repeating: .zero, count: trembles)
      for tremble in set.classes[other] { line[tremble] += .one }
      for tremble in first { line[tremble] -= .one }
      let ahead = Rational(set.classes[other].count - first.count)
      return support.contains(other)
        ? SmallLinearProgram.Row(coefficients: line, bound: -ahead, isEqual: true)
        : SmallLinearProgram.Row(coefficients: line, bound: .one - ahead)
    }
  }

  private func finish(_ rows: [SmallLinearProgram.Row], _ isOpen: inout Bool) -> Answer? {
    var cones: [TrembleCoefficients.Cone] = []
    for (set, support) in zip(sets, chosen) where support.count > 1 {
      cones.append(
        TrembleCoefficients.Cone(
          exponents: support.map { kind in
            var powers = [Int](repeating: 0, count: trembles)
            for tremble in set.classes[kind] { powers[tremble] = 1 }
            return powers
          }, gains: support.map { set.gains[$0] }))
    }
    switch TrembleCoefficients.solve(unknowns: trembles, cones: cones) {
    case .impossible: return nil
    case .undecided:
      isOpen = true
      return nil
    case .solution(let coefficients):
      let costs = Array(repeating: Rational.one, count: trembles)
      guard case .optimal(let point) = SmallLinearProgram.minimize(costs, under: rows),
        let orders = TrembleSearch.wholeNumbers(point.map { $0 + .one })
      else {
        isOpen = true
        return nil
      }
      return .witness(orders: orders, coefficients: coefficients)
    }
  }

  /// Numbers times the least that makes them whole; nil if they get too large.
  private static func wholeNumbers(_ numbers: [Rational]) -> [Int]? {
    var scaled = numbers
    for place in scaled.indices where !scaled[place].isInteger {
      let factor = Rational(big: scaled[place].parts.denominator, BigInteger(1))
      scaled = scaled.map { $0 * factor }
    }
    var whole: [Int] = []
    for number in scaled {
      guard let value = number.parts.numerator.narrowed.flatMap({ Int(exactly: $0) }),
        value < 1 << 40
      else { return nil }
      whole.append(value)
    }
    return whole
  }
}
