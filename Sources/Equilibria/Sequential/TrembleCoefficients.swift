import Mathematics

/// Coefficients of trembles under which beliefs with given supports make choices optimal.
///
/// At each information set the nodes of the support fall into classes with the same trembles on
/// their paths; a class weighs as the product of the coefficients of these trembles, and choices are
/// optimal if the weights lie in a cone. Where two classes share a set the cone is a pair of bounds
/// on a product of powers of coefficients: all of these together are decided exactly, see
/// ``MonomialSystem``. Sets whose classes stand in the same ratios share a cone, which a linear
/// program decides. Where several cones of more classes bear on each other they are enclosed in
/// bounds on ratios, and halved until the bounds contradict or a solution lies inside; after some
/// halvings the question is left undecided.
struct TrembleCoefficients {
  /// A set with several classes in its support.
  struct Cone {
    /// By class the powers of the unknown coefficients.
    var exponents: [[Int]]
    /// `gains[class][row]`: the weighted sum over classes must not be negative.
    var gains: [[Rational]]

    /// `Σ gains · weights ≥ 0`, row by row.
    var rows: [SmallLinearProgram.Row] {
      (gains.first?.indices ?? 0..<0).map { row in
        SmallLinearProgram.Row(coefficients: gains.map { $0[row] }, bound: .zero)
      }
    }

    /// Cones that have no two classes in common, up to a factor.
    static func merged(_ cones: [Cone]) -> [Cone] {
      var rest = cones
      var done: [Cone] = []
      while var cone = rest.popLast() {
        var place = rest.count - 1
        while place >= 0 {
          if let shift = cone.shift(of: rest[place]) {
            cone.add(rest.remove(at: place), shift: shift)
            // The larger cone may have more in common with those that were passed over.
            place = rest.count
          }
          place -= 1
        }
        done.append(cone)
      }
      return done.reversed()
    }

    /// The powers to multiply another cone's classes by so that most, and at least two, are classes
    /// of this one; nil if there are none.
    private func shift(of other: Cone) -> [Int]? {
      var best: (matches: Int, shift: [Int]) = (1, [])
      for own in exponents {
        for base in other.exponents {
          let shift = zip(own, base).map { $0 - $1 }
          let matches = other.exponents.count { powers in
            exponents.contains(zip(powers, shift).map { $0 + $1 })
          }
          if matches > best.matches { best = (matches, shift) }
        }
      }
      return best.matches > 1 ? best.shift : nil
    }

    private mutating func add(_ other: Cone, shift: [Int]) {
      let more = other.gains.first?.count ?? 0
      let before = gains.first?.count ?? 0
      for place in gains.indices { gains[place] += Array(repeating: .zero, count: more) }
      for (powers, own) in zip(other.exponents, other.gains) {
        let shifted = zip(powers, shift).map { $0 + $1 }
        if let known = exponents.firstIndex(of: shifted) {
          for (row, gain) in own.enumerated() { gains[known][before + row] += gain }
        } else {
          exponents.append(shifted)
          gains.append(Array(repeating: .zero, count: before) + own)
        }
      }
    }

    func contains(_ coefficients: [Rational]) -> Bool {
      let weights = exponents.map { MonomialSystem.product(coefficients, $0) }
      return (gains.first?.indices ?? 0..<0).allSatisfy { row in
        zip(gains, weights).reduce(Rational.zero) { $0 + $1.0[row] * $1.1 }.signum >= 0
      }
    }
  }

  private let unknowns: Int
  private let cones: [Cone]
  /// The halvings that may still be made.
  private var halvings: Int

  /// Decides a system of cones.
  static func solve(
    unknowns: Int, cones: [Cone], halvings: Int = 60
  ) -> MonomialSystem.Answer {
    if cones.isEmpty { return .solution(Array(repeating: .one, count: unknowns)) }
    let cones = Cone.merged(cones)
    var search = TrembleCoefficients(unknowns: unknowns, cones: cones, halvings: halvings)
    // Often the middles of large cones do not get in each other's way.
    if let middle = search.middles(), case .solution(let found) = middle { return .solution(found) }
    return search.halve(cones.map(\.rows))
  }

  private init(unknowns: Int, cones: [Cone], halvings: Int) {
    self.unknowns = unknowns
    self.cones = cones
    self.halvings = halvings
  }

  /// The system with the weights of large cones fixed at a point well inside; nil if all are small.
  private func middles() -> MonomialSystem.Answer? {
    if cones.allSatisfy({ $0.gains.count <= 2 }) { return nil }
    var equal: [MonomialSystem.Bound] = []
    var atMost: [MonomialSystem.Bound] = []
    for cone in cones {
      if cone.gains.count <= 2 {
        guard let bounds = bounds(of: cone, cone.rows) else { return .impossible }
        atMost += bounds.map(\.bound)
        continue
      }
      guard let point = TrembleCoefficients.middle(of: cone) else { return nil }
      for other in 1..<point.count {
        equal.append(ratio(cone, other, 0, limit: point[other] / point[0]))
      }
    }
    let answer = MonomialSystem.solve(unknowns: unknowns, equal: equal, atMost: atMost)
    if case .solution(let found) = answer, !cones.allSatisfy({ $0.contains(found) }) {
      return .undecided
    }
    return answer
  }

  /// Positive weights in a cone, as far inside as they can be when they add up to 1.
  private static func middle(of cone: Cone) -> [Rational]? {
    let count = cone.gains.count
    // The last variable is the distance from every side.
    var rows = cone.rows.map {
      SmallLinearProgram.Row(coefficients: $0.coefficients + [-1], bound: .zero)
    }
    for place in 0..<count {
      var line = [Rational](repeating: .zero, count: count + 1)
      line[place] = .one
      line[count] = -1
      rows.append(SmallLinearProgram.Row(coefficients: line, bound: .zero))
    }
    rows.append(
      SmallLinearProgram.Row(
        coefficients: Array(repeating: .one, count: count) + [0], bound: .one, isEqual: true))
    let costs = Array(repeating: Rational.zero, count: count) + [-1]
    if case .optimal(let point) = SmallLinearProgram.minimize(costs, under: rows),
      point[count].signum > 0
    {
      return Array(point.prefix(count))
    }
    return positivePoint(cone.rows, count: count)
  }

  /// Positive weights under some rows, up to scale; nil if there are none.
  static func positivePoint(_ rows: [SmallLinearProgram.Row], count: Int) -> [Rational]? {
    // Weights are 1 and more.
    let shifted = rows.map { row in
      SmallLinearProgram.Row(
        coefficients: row.coefficients, bound: row.bound - row.coefficients.reduce(.zero, +),
        isEqual: row.isEqual)
    }
    let costs = Array(repeating: Rational.one, count: count)
    guard case .optimal(let point) = SmallLinearProgram.minimize(costs, under: shifted) else {
      return nil
    }
    return point.map { $0 + .one }
  }

  private func ratio(
    _ cone: Cone, _ over: Int, _ under: Int, limit: Rational
  ) -> MonomialSystem.Bound {
    MonomialSystem.Bound(
      exponents: zip(cone.exponents[over], cone.exponents[under]).map { $0 - $1 }, limit: limit)
  }

  private struct PairBound {
    var over: Int
    var under: Int
    var bound: MonomialSystem.Bound
  }

  /// The largest ratio of each pair of weights under some rows, where it is bounded; nil if no
  /// positive weights fulfill the rows.
  private func bounds(of cone: Cone, _ rows: [SmallLinearProgram.Row]) -> [PairBound]? {
    let count = cone.gains.count
    guard TrembleCoefficients.positivePoint(rows, count: count) != nil else { return nil }
    var found: [PairBound] = []
    for under in 0..<count {
      var unit = [Rational](repeating: .zero, count: count)
      unit[under] = .one
      let fixed = rows + [SmallLinearProgram.Row(coefficients: unit, bound: .one, isEqual: true)]
      for over in 0..<count where over != under {
        var costs = [Rational](repeating: .zero, count: count)
        costs[over] = -1
        if case .optimal(let point) = SmallLinearProgram.minimize(costs, under: fixed) {
          found.append(
            PairBound(
              over: over, under: under, bound: ratio(cone, over, under, limit: point[over])))
        }
      }
    }
    return found
  }

  private mutating func halve(_ rows: [[SmallLinearProgram.Row]]) -> MonomialSystem.Answer {
    var atMost: [MonomialSystem.Bound] = []
    for (cone, own) in zip(cones, rows) {
      guard let bounds = bounds(of: cone, own) else { return .impossible }
      atMost += bounds.map(\.bound)
    }
    let answer = MonomialSystem.solve(unknowns: unknowns, equal: [], atMost: atMost)
    guard case .solution(let found) = answer else { return answer }
    guard let outside = cones.indices.first(where: { !cones[$0].contains(found) }) else {
      return answer
    }
    guard halvings > 0, let split = split(outside, rows[outside], at: found) else {
      return .undecided
    }
    halvings -= 1
    var isOpen = false
    for row in split {
      var next = rows
      next[outside].append(row)
      switch halve(next) {
      case .solution(let found): return .solution(found)
      case .undecided: isOpen = true
      case .impossible: break
      }
    }
    return isOpen ? .undecided : .impossible
  }

  /// Two half-spaces that meet in the middle of the ratio of two weights: of the pair whose ratio
  /// has most room.
  private func split(
    _ place: Int, _ rows: [SmallLinearProgram.Row], at solution: [Rational]
  ) -> [SmallLinearProgram.Row]? {
    let cone = cones[place]
    let weights = cone.exponents.map { MonomialSystem.product(solution, $0).doubleValue }
    guard let bounds = bounds(of: cone, rows) else { return nil }
    var widest: (over: Int, under: Int, ratio: Double)?
    var most = 1.0
    for over in weights.indices {
      for under in 0..<over {
        let high = bounds.first { $0.over == over && $0.under == under }?.bound.limit.doubleValue
        let low = bounds.first { $0.over == under && $0.under == over }?.bound.limit.doubleValue
        let room = (high ?? .infinity) * (low ?? .infinity)
        if room <= most { continue }
        most = room
        let ratio =
          switch (high, low) {
          case (let high?, let low?): (high / low).squareRoot()
          case (let high?, nil): high / 2
          case (nil, let low?): 2 / low
          case (nil, nil): weights[over] / weights[under]
          }
        widest = (over, under, ratio)
      }
    }
    guard let widest, let ratio = Rational(exactly: widest.ratio), ratio.signum > 0 else {
      return nil
    }
    var line = [Rational](repeating: .zero, count: weights.count)
    line[widest.over] = .one
    line[widest.under] = -ratio
    return [
      SmallLinearProgram.Row(coefficients: line, bound: .zero),
      SmallLinearProgram.Row(coefficients: line.map { -$0 }, bound: .zero),
    ]
  }
}
