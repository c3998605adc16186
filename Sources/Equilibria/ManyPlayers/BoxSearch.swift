import Mathematics

/// All solutions of a ``SupportSystem``, by subdivision: boxes in which some equation has no zero,
/// or some strategy outside yields more, are discarded; Krawczyk's (1969) operator shows that a box
/// holds none or exactly one, or shrinks it; else the box is halved (Neumaier 1990, Interval Methods
/// for Systems of Equations, chapters 5 and 6).
struct BoxSearch {
  /// What was found.
  struct Outcome {
    /// The solutions, each proved to be the only one nearby.
    var points: [[Double]] = []
    /// Boxes about which nothing could be shown: bounds around them all.
    var unresolved: SimplexBoxes?
    /// How many boxes were looked at.
    var boxes = 0
    var stop: WorkLimit.Stop?
  }

  /// How far boxes may reach beyond distributions.
  static let margin = 1e-3
  /// Boxes smaller than this are not halved any more.
  static let leastWidth = 1e-6
  /// The same where solutions cannot be isolated.
  static let leastSingularWidth = 0.05
  /// Halves are not quite halves, so that no edge is where a solution is likely to be.
  private static let split = 0.4871

  private let system: SupportSystem
  private let leastWidth: Double
  private let boxLimit: Int
  private let work: WorkLimit
  private var linear: LinearSystem
  private var inverse: [Double]
  private var outcome = Outcome()

  init(_ system: SupportSystem, boxLimit: Int, work: WorkLimit, isSingular: Bool = false) {
    self.system = system
    self.boxLimit = boxLimit
    self.work = work
    leastWidth =
      isSingular || system.isSingular ? Self.leastSingularWidth : Self.leastWidth
    let order = system.unknowns.count
    linear = LinearSystem(order: order)
    inverse = Array(repeating: 0, count: order * order)
  }

  /// Searches.
  ///
  /// - Parameter made: how many boxes were looked at before, which the work limit counts too.
  mutating func run(after made: Int = 0) -> Outcome {
    var stack = [SimplexBoxes(sizes: system.sizes, margin: Self.margin)]
    while var box = stack.popLast() {
      outcome.boxes += 1
      outcome.stop = work.stop(after: made + outcome.boxes)
      if outcome.boxes > boxLimit || outcome.stop != nil {
        for rest in stack + [box] { leave(rest) }
        return outcome
      }
      if !box.tighten() || !mayHoldEquilibrium(box) { continue }
      if shrink(&box) { continue }
      let (unknown, width) = widest(box)
      if width < leastWidth {
        leave(box)
        continue
      }
      var other = box
      let place = system.unknowns[unknown].place
      let middle = box.lower[place] + Self.split * width
      box.upper[place] = middle
      other.lower[place] = middle
      stack.append(other)
      stack.append(box)
    }
    return outcome
  }

  private func mayHoldEquilibrium(_ box: SimplexBoxes) -> Bool {
    for equation in system.equations {
      let bounds = equation.bounds(over: box)
      if bounds.lower > 0 || bounds.upper < 0 { return false }
    }
    for difference in system.differences {
      let bounds = difference.bounds(over: box)
      if bounds.lower > 0 || bounds.upper < 0 { return false }
    }
    for inequality in system.inequalities where inequality.bounds(over: box).lower > Self.slack {
      return false
    }
    return true
  }

  /// By how much a strategy outside the support may seem to yield more, through rounding.
  static let slack = 1e-10

  private func widest(_ box: SimplexBoxes) -> (unknown: Int, width: Double) {
    var widest = (0, -1.0)
    for (unknown, entry) in system.unknowns.enumerated() {
      let width = box.upper[entry.place] - box.lower[entry.place]
      if width > widest.1 { widest = (unknown, width) }
    }
    return widest
  }

  private mutating func leave(_ box: SimplexBoxes) {
    guard var all = outcome.unresolved else {
      outcome.unresolved = box
      return
    }
    for place in box.lower.indices {
      all.lower[place] = min(all.lower[place], box.lower[place])
      all.upper[place] = max(all.upper[place], box.upper[place])
    }
    outcome.unresolved = all
  }

  // MARK: - Krawczyk's operator

  /// Shrinks a box as long as that gets on. True if the box is done: it holds no solution, or one
  /// that has been taken down.
  private mutating func shrink(_ box: inout SimplexBoxes) -> Bool {
    for _ in 0..<8 {
      guard let image = krawczyk(box) else { return false }
      var isSmaller = true
      var gain = 1.0
      for (unknown, entry) in system.unknowns.enumerated() {
        let width = box.upper[entry.place] - box.lower[entry.place]
        let ends = image[unknown]
        let low = max(box.lower[entry.place], ends.lower)
        let high = min(box.upper[entry.place], ends.upper)
        if low > high { return true }
        if !(ends.upper - ends.lower < 0.5 * width) { isSmaller = false }
        gain = min(gain, (high - low) / max(width, .leastNormalMagnitude))
        box.lower[entry.place] = low
        box.upper[entry.place] = high
      }
      if isSmaller, isolate(image) { return true }
      if gain > 0.7 { return false }
      for axis in system.sizes.indices {
        // What the last strategy has follows from the others.
        box.lower[system.offsets[axis + 1] - 1] = -Self.margin
        box.upper[system.offsets[axis + 1] - 1] = 1 + Self.margin
      }
      if !box.tighten() { return true }
    }
    return false
  }

  /// Whether a box somewhat larger than an image holds exactly one solution; it is taken down if it
  /// is an equilibrium.
  private mutating func isolate(_ image: [(lower: Double, upper: Double)]) -> Bool {
    var box = SimplexBoxes(sizes: system.sizes, margin: 0)
    for (unknown, entry) in system.unknowns.enumerated() {
      let middle = 0.5 * (image[unknown].lower + image[unknown].upper)
      let radius = image[unknown].upper - image[unknown].lower + 1e-12
      box.lower[entry.place] = middle - radius
      box.upper[entry.place] = middle + radius
    }
    guard let inner = krawczyk(box) else { return false }
    for (unknown, entry) in system.unknowns.enumerated() {
      if !(inner[unknown].lower > box.lower[entry.place]
        && inner[unknown].upper < box.upper[entry.place])
      {
        return false
      }
    }
    take(inner.map { 0.5 * ($0.lower + $0.upper) })
    return true
  }

  /// The image of a box: every solution in the box is in its image, and if the image is inside the
  /// box there is exactly one. Nil if the derivatives at the middle are singular.
  private mutating func krawczyk(
    _ given: SimplexBoxes
  ) -> [(lower: Double, upper: Double)]? {
    var box = given
    box.loosenLast()
    let order = system.unknowns.count
    let middle = middlePoint(box)
    guard invert(at: middle, box) else { return nil }
    let values = system.equations.map { $0.value(at: box, middle) }
    // As centers and radii for now.
    var image: [(lower: Double, upper: Double)] = []
    for unknown in 0..<order {
      var center = middle[system.unknowns[unknown].place]
      for equation in 0..<order { center -= inverse[unknown * order + equation] * values[equation] }
      image.append((center, SimplexBoxes.rounding))
    }
    // 1 − Y F'(box), entry by entry; only its size counts, since the box is around the middle.
    for column in 0..<order {
      let slopes = (0..<order).map { equation in
        system.derivatives[equation * order + column]?.bounds(over: box) ?? (lower: 0, upper: 0)
      }
      let place = system.unknowns[column].place
      let half = 0.5 * (box.upper[place] - box.lower[place])
      for unknown in 0..<order {
        var low = unknown == column ? 1.0 : 0
        var high = low
        var size = 0.0
        for equation in 0..<order {
          let factor = inverse[unknown * order + equation]
          let first = factor * slopes[equation].lower
          let second = factor * slopes[equation].upper
          low -= max(first, second)
          high -= min(first, second)
          size += abs(factor)
        }
        image[unknown].upper += (max(abs(low), abs(high)) + SimplexBoxes.rounding * size) * half
        if column == 0 { image[unknown].upper += SimplexBoxes.rounding * size }
      }
    }
    return image.map { ($0.lower - $0.upper, $0.lower + $0.upper) }
  }

  private func middlePoint(_ box: SimplexBoxes) -> [Double] {
    var point = [Double](repeating: 0, count: box.lower.count)
    for axis in system.sizes.indices {
      let last = system.offsets[axis + 1] - 1
      point[last] = 1
      for place in system.offsets[axis]..<last {
        point[place] = 0.5 * (box.lower[place] + box.upper[place])
        point[last] -= point[place]
      }
    }
    return point
  }

  private mutating func invert(at point: [Double], _ box: SimplexBoxes) -> Bool {
    let order = system.unknowns.count
    let matrix = system.derivatives.map { $0?.value(at: box, point) ?? 0 }
    guard linear.factor(matrix) else { return false }
    for column in 0..<order {
      var side = [Double](repeating: 0, count: order)
      side[column] = 1
      linear.solve(&side)
      for row in 0..<order {
        if !(abs(side[row]) < 1e9) { return false }
        inverse[row * order + column] = side[row]
      }
    }
    return true
  }

  // MARK: - Solutions

  /// Notes a solution, once, if all its probabilities are positive and nobody yields more outside.
  private mutating func take(_ unknowns: [Double]) {
    let box = SimplexBoxes(sizes: system.sizes, margin: 0)
    var point = [Double](repeating: 0, count: box.lower.count)
    for axis in system.sizes.indices { point[system.offsets[axis + 1] - 1] = 1 }
    for (unknown, entry) in system.unknowns.enumerated() {
      point[entry.place] = unknowns[unknown]
      point[entry.last] -= unknowns[unknown]
    }
    for _ in 0..<4 {
      guard invert(at: point, box) else { break }
      let values = system.equations.map { $0.value(at: box, point) }
      let order = system.unknowns.count
      for (unknown, entry) in system.unknowns.enumerated() {
        var step = 0.0
        for equation in 0..<order { step += inverse[unknown * order + equation] * values[equation] }
        point[entry.place] -= step
        point[entry.last] += step
      }
    }
    guard point.allSatisfy({ $0 > Self.leastProbability }),
      system.inequalities.allSatisfy({ $0.value(at: box, point) <= Self.slack }),
      !outcome.points.contains(where: { other in
        zip(other, point).allSatisfy { abs($0 - $1) < 1e-8 }
      })
    else { return }
    outcome.points.append(point)
  }

  /// The least probability in a support; a solution with less is one of a smaller support.
  static let leastProbability = 1e-11
}
