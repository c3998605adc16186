import Mathematics

/// The search among worlds with two or three quantities moved.
extension FlipSearch {
  /// Adds to the nearest candidates, one by one, quantities that shorten the way.
  mutating func extendLines() async throws {
    try await extend(found.filter { $0.inputs.count == 1 }.prefix(5))
    try await extend(found.filter { $0.inputs.count == 2 }.prefix(3))
  }

  /// A candidate with one quantity more that pays for it with a single one of its own: at a corner the
  /// others must stay where they are.
  private func exchanges(_ start: Candidate, _ input: Int, _ turn: Double) -> [Candidate] {
    start.inputs.indices.compactMap { place in
      for price in [1.0, 1.5, 2, 3] {
        let square =
          start.scores[place] * start.scores[place]
          - price * (turn * turn + 0.01) * start.distance * start.distance
        guard square > 0 else { return nil }
        var scores = start.scores
        scores[place] = start.scores[place] < 0 ? -square.squareRoot() : square.squareRoot()
        let wider = candidate(start.inputs + [input], scores + [turn * start.distance])
        // What is correlated may have to pay more.
        if wider.distance < 0.999 * start.distance { return wider }
      }
      return nil
    }
  }

  /// Adds one quantity to each of some candidates, a little or more, and keeps what is shorter.
  private mutating func extend(_ starts: ArraySlice<Candidate>) async throws {
    guard let size = starts.first?.inputs.count, size < 3 else { return }
    var turned: [Candidate] = []
    for start in starts {
      for input in movable where !start.inputs.contains(input) {
        for turn in [-0.4, -0.15, 0.15, 0.4] {
          let wider = candidate(start.inputs + [input], start.scores + [turn * start.distance])
          turned.append(scaled(wider, to: 0.99 * start.distance))
          if size > 1 { turned += exchanges(start, input, turn) }
        }
      }
    }
    guard turned.count < remaining else { return }
    var seen: Set<[Int]> = []
    let hits = try await flipped(turned).filter { seen.insert($0.inputs).inserted }
      .sorted { $0.distance < $1.distance }
    keep(try await shortened(Array(hits.prefix(24))))
    try await turn(found.filter { $0.inputs.count == size + 1 }.prefix(3), steps: [0.3, 0.1])
  }

  /// Scans groups of the three most promising quantities on spheres that shrink with what is found.
  mutating func scanTriples() async throws {
    let leading = movable.indices
      .sorted {
        (-max(promise[$0].up, promise[$0].down), $0) < (-max(promise[$1].up, promise[$1].down), $1)
      }
      .prefix(11)
    var triples: [[Int]] = []
    for (one, first) in leading.enumerated() {
      for (two, second) in leading.enumerated().dropFirst(one + 1) {
        triples += leading.dropFirst(two + 1).map { [first, second, $0] }
      }
    }
    guard !triples.isEmpty else { return }
    let sequence = ScrambledSobol(
      dimensions: 6, seed: SplitMix64.hash(function.seed, 0xf11b))
    for round in 0..<4 {
      // A third is kept for what follows.
      let share = max(0, remaining - options.budget / 3) / (4 - round)
      let directions = max(1, share / triples.count)
      let distance = 0.96 * reach
      var points: [Candidate] = []
      for (number, triple) in triples.enumerated() where points.count < share {
        for ordinal in 0..<directions {
          let index = (number * directions + ordinal)
          let scores = triple.enumerated().map { place, input in
            let u = sequence.coordinate(replicate: round, index: index, dimension: place)
            let side = sequence.coordinate(replicate: round, index: index, dimension: 3 + place)
            return direction(input, u, side)
          }
          points.append(scaled(candidate(triple.map { movable[$0] }, scores), to: distance))
        }
      }
      if points.isEmpty { return }
      let hits = try await flipped(points)
      // One for each group: the first is as good as any.
      var seen: Set<[Int]> = []
      let some = hits.filter { seen.insert($0.inputs).inserted }
      keep(try await shortened(Array(some.prefix(16))))
      try await turn(found.prefix(2), steps: [0.3, 0.1])
    }
  }

  /// A component of a direction: mostly to the side that promises more, and farther the more.
  private func direction(_ place: Int, _ u: Double, _ side: Double) -> Double {
    let (up, down) = promise[place]
    let sum = up + down
    let chanceUp = sum > 0 ? 0.1 + 0.8 * up / sum : 0.5
    return abs(StandardNormal.quantile(u)) * (side < chanceUp ? 1 : -1)
  }

  /// Turns the nearest candidates by ever smaller steps, and shortens them to the last digit.
  mutating func polish() async throws {
    let steps = [0.3, 0.15, 0.07, 0.035, 0.017]
    try await turn(found.prefix(3), steps: steps)
    try await extend(found.filter { $0.inputs.count == 2 }.prefix(2))
    try await turn(found.prefix(2), steps: Array(steps.dropFirst()))
    for _ in 0..<2 {
      try await swap(found.prefix(3))
      try await turn(found.prefix(2), steps: Array(steps.dropFirst()))
    }
    try await leaveOut()
    try await leaveCompanions()
    let last = found.prefix(2) + [best].compactMap(\.self)
    keep(try await shortened(Array(last), rounds: 4))
  }

  /// Puts any other quantity in the place of each one of some candidates, as far as the distance
  /// allows.
  private mutating func swap(_ starts: ArraySlice<Candidate>) async throws {
    var swapped: [Candidate] = []
    for start in starts where start.inputs.count > 1 {
      for place in start.inputs.indices {
        for input in movable where !start.inputs.contains(input) {
          for sign in [-1.0, 1] {
            var (inputs, scores) = (start.inputs, start.scores)
            inputs[place] = input
            scores[place] = sign * abs(start.scores[place])
            var other = candidate(inputs, scores)
            // Correlations make it farther or nearer: what is left over is shared by all.
            if other.distance > 0.999 * start.distance {
              other = scaled(other, to: 0.999 * start.distance)
            }
            swapped.append(other)
          }
        }
      }
    }
    guard swapped.count < remaining + 400 else { return }
    var seen: Set<[Int]> = []
    let hits = try await flipped(swapped).filter { seen.insert($0.inputs).inserted }
      .sorted { $0.distance < $1.distance }
    let shorter = try await shortened(Array(hits.prefix(8)))
    keep(shorter)
    let sets = Set(shorter.map(\.inputs))
    try await turn(found.filter { sets.contains($0.inputs) }.prefix(3), steps: [0.3, 0.1])
  }

  /// Tries the nearest candidates without one or two of their quantities, a little farther out.
  private mutating func leaveOut() async throws {
    for _ in 0..<2 {
      var fewer: [Candidate] = []
      for start in found.prefix(3) {
        for place in start.inputs.indices where start.inputs.count > 1 {
          var scores = start.scores
          scores[place] = 0
          let one = candidate(start.inputs, scores)
          let reach = min(1.3 * start.distance, options.farthest)
          fewer += stride(from: 0.9, through: 1.3, by: 0.05).map {
            scaled(one, to: min($0 * start.distance, reach))
          }
        }
      }
      var seen: Set<[Int]> = []
      let hits = try await flipped(fewer).filter { seen.insert($0.inputs).inserted }
      let shorter = try await shortened(hits)
      keep(shorter)
      let sets = Set(shorter.map(\.inputs))
      try await turn(
        found.filter { sets.contains($0.inputs) }.prefix(3), steps: [0.15, 0.07, 0.035, 0.017])
    }
  }

  /// Leaves out of the best what flips nothing: a correlated quantity can shorten the distance merely
  /// because it makes the others' values likelier.
  private mutating func leaveCompanions() async throws {
    while let start = best, start.inputs.count > 1 {
      let fewer = start.inputs.indices.map { place in
        var scores = start.scores
        scores[place] = 0
        return candidate(start.inputs, scores)
      }
      guard let hit = try await flipped(fewer).min(by: { $0.distance < $1.distance }) else {
        return
      }
      redundant.insert(start.inputs)
      keep(try await shortened([hit]))
      try await turn(
        found.filter { $0.inputs == hit.inputs }[...], steps: [0.15, 0.07, 0.035, 0.017])
    }
  }

  /// A pattern search: changes one or two scores a little, and keeps what is flipped at a lesser
  /// distance; leaves out what is not needed.
  mutating func turn(_ candidates: ArraySlice<Candidate>, steps: [Double]) async throws {
    var current = Array(candidates)
    for step in steps {
      for _ in 0..<4 {
        let (points, owners) = neighbors(of: current, step: step)
        guard points.count < remaining + 400 else { return }
        let responses = try await responses(points)
        var shorter: [Int: Candidate] = [:]
        for (index, owner) in owners.enumerated() where isFlipped(responses[index]) {
          if points[index].distance < shorter[owner]?.distance ?? .infinity {
            shorter[owner] = points[index]
          }
        }
        if shorter.isEmpty { break }
        let order = shorter.keys.sorted()
        let next = try await shortened(order.compactMap { shorter[$0] })
        for (owner, candidate) in zip(order, next) { current[owner] = candidate }
        keep(next)
      }
    }
  }

  private func neighbors(
    of candidates: [Candidate], step: Double
  ) -> (points: [Candidate], owners: [Int]) {
    var points: [Candidate] = []
    var owners: [Int] = []
    for (owner, start) in candidates.enumerated() {
      let count = start.inputs.count
      // A set of quantities is left to the nearest of its candidates.
      if candidates.prefix(owner).contains(where: { $0.inputs == start.inputs }) { continue }
      func add(_ scores: [Double], to distance: Double?) {
        let neighbor = candidate(start.inputs, scores)
        if neighbor.inputs.isEmpty { return }
        points.append(distance.map { scaled(neighbor, to: $0) } ?? neighbor)
        owners.append(owner)
      }
      if count < 2 { continue }
      for one in 0..<count {
        var without = start.scores
        without[one] = 0
        add(without, to: nil)
        for sign in [-1.0, 1] {
          var turned = start.scores
          turned[one] += sign * step * start.distance
          add(turned, to: 0.998 * start.distance)
          for other in 0..<one {
            for second in [-1.0, 1] {
              var both = turned
              both[other] += second * step * start.distance
              add(both, to: 0.998 * start.distance)
            }
          }
        }
      }
    }
    return (points, owners)
  }
}
