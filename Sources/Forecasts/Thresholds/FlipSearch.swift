import Mathematics

/// The state of a search for the nearest world with the other verdict.
struct FlipSearch<Function: ResponseFunction> {
  /// Some quantities at normal scores, the others at their medians.
  struct Candidate: Equatable {
    var inputs: [Int]
    var scores: [Double]
    var distance: Double
  }

  private let function: Function
  private let space: InputSpace
  private let groups: [InputSpace.DependentGroup]
  private let level: Double
  private let verdict: Bool
  private let options: NearestFlip.Options
  private let movable: [Int]
  /// The nearest flipped candidates, best first, at most one for each set of quantities.
  private var found: [Candidate] = []
  /// By movable quantity: how much it promises in either direction, up and down.
  private var promise: [(up: Double, down: Double)]
  private(set) var runs = 0

  init(
    _ function: Function, level: Double, verdict: Bool, _ options: NearestFlip.Options
  ) {
    self.function = function
    self.level = level
    self.verdict = verdict
    self.options = options
    space = function.space
    groups = space.dependentGroups
    movable = function.drivers.filter { !options.ignoring.contains($0) }
    promise = movable.map { _ in (0, 0) }
  }

  /// The nearest found.
  var best: Candidate? { found.first }
  private var reach: Double { found.first?.distance ?? options.farthest }
  private var remaining: Int { options.budget - runs }

  // MARK: - Candidates

  private func candidate(_ inputs: [Int], _ scores: [Double]) -> Candidate {
    // What is not moved is not named.
    let moved = inputs.indices.filter { scores[$0] != 0 }.sorted { inputs[$0] < inputs[$1] }
    let own = (moved.map { inputs[$0] }, moved.map { scores[$0] })
    return Candidate(
      inputs: own.0, scores: own.1,
      distance: space.squaredDistance(own.0, scores: own.1, groups: groups).squareRoot())
  }

  /// The same direction at another distance.
  private func scaled(_ candidate: Candidate, to distance: Double) -> Candidate {
    guard candidate.distance > 0 else { return candidate }
    let factor = distance / candidate.distance
    return Candidate(
      inputs: candidate.inputs, scores: candidate.scores.map { $0 * factor }, distance: distance)
  }

  private mutating func responses(_ candidates: [Candidate]) async throws -> [Double] {
    if candidates.isEmpty { return [] }
    runs += candidates.count
    let values = try await function.values(
      at: candidates.map { space.point($0.inputs, scores: $0.scores) })
    return values.joint.indices.map { values.probability($0) }
  }

  private func isFlipped(_ response: Double) -> Bool {
    !response.isNaN && (response >= level) != verdict
  }

  /// Those of the candidates that are flipped.
  private mutating func flipped(_ candidates: [Candidate]) async throws -> [Candidate] {
    let responses = try await responses(candidates)
    return candidates.indices.filter { isFlipped(responses[$0]) }.map { candidates[$0] }
  }

  /// Shortens flipped candidates to where, on the way out, the flip is first seen.
  private mutating func shortened(
    _ candidates: [Candidate], rounds: Int = 3
  ) async throws -> [Candidate] {
    var ends = candidates.map { _ in (low: 0.0, high: 1.0) }
    for _ in 0..<rounds {
      var points: [Candidate] = []
      for (index, candidate) in candidates.enumerated() {
        for step in 1..<8 {
          let share = ends[index].low + (ends[index].high - ends[index].low) * Double(step) / 8
          points.append(scaled(candidate, to: candidate.distance * share))
        }
      }
      let responses = try await responses(points)
      for index in candidates.indices {
        let (low, width) = (ends[index].low, ends[index].high - ends[index].low)
        let first = (0..<7).first { isFlipped(responses[7 * index + $0]) } ?? 7
        ends[index] = (low + width * Double(first) / 8, low + width * Double(first + 1) / 8)
      }
    }
    return candidates.indices.map {
      scaled(candidates[$0], to: candidates[$0].distance * ends[$0].high)
    }
  }

  private mutating func keep(_ candidates: [Candidate]) {
    for candidate in candidates where candidate.distance <= options.farthest {
      if let known = found.firstIndex(where: { $0.inputs == candidate.inputs }) {
        if candidate.distance < found[known].distance { found[known] = candidate }
      } else {
        found.append(candidate)
      }
    }
    found.sort {
      $0.distance != $1.distance
        ? $0.distance < $1.distance : $0.inputs.lexicographicallyPrecedes($1.inputs)
    }
    if found.count > 24 { found.removeLast(found.count - 24) }
  }

  // MARK: - Single quantities

  /// Goes outward along the line of each quantity, in both directions.
  mutating func searchLines() async throws {
    let spacing = options.farthest / 16
    var open = movable.indices.flatMap { [($0, 1.0), ($0, -1.0)] }
    for shell in 0..<4 {
      var rays: [Candidate] = []
      for (place, sign) in open {
        let one = candidate([movable[place]], [sign])
        for step in 1...4 {
          rays.append(scaled(one, to: spacing * Double(4 * shell + step)))
        }
      }
      let responses = try await responses(rays)
      var hits: [Candidate] = []
      var next: [(Int, Double)] = []
      for (index, (place, sign)) in open.enumerated() {
        let own = 4 * index..<4 * index + 4
        for ray in own where !responses[ray].isNaN {
          // What brings the answer nearer to the level early promises most.
          let gain = (verdict ? -1 : 1) * responses[ray] / rays[ray].distance
          if sign > 0 {
            promise[place].up = max(promise[place].up, gain)
          } else {
            promise[place].down = max(promise[place].down, gain)
          }
        }
        if let first = own.first(where: { isFlipped(responses[$0]) }) {
          hits.append(rays[first])
        } else {
          next.append((place, sign))
        }
      }
      keep(try await shortened(hits))
      open = next
    }
  }

  // MARK: - Directions

  /// Learns from draws which quantities discriminate the two verdicts, by the linear regression of
  /// the answer on the scores.
  mutating func weigh(_ sample: ResponseSample?) {
    // The promise of single moves, from 0 to 1, where the answer at the center promises nothing.
    let center = promise.flatMap { [$0.up, $0.down] }.min() ?? 0
    let most = promise.flatMap { [$0.up, $0.down] }.max() ?? 0
    let scale = most > center ? 1 / (most - center) : 0
    promise = promise.map { (($0.up - center) * scale, ($0.down - center) * scale) }
    guard let sample else { return }
    var slopes = movable.map { sample.slope(of: $0, in: space) }
    for group in groups {
      let own = group.members.map { movable.firstIndex(of: $0) }
      let before = own.map { $0.map { slopes[$0] } ?? 0 }
      for (row, place) in own.enumerated() {
        guard let place else { continue }
        slopes[place] = 0
        for column in before.indices {
          slopes[place] += group.precision[row * before.count + column] * before[column]
        }
      }
    }
    let steepest = slopes.reduce(0) { max($0, abs($1)) }
    guard steepest > 0 else { return }
    for place in movable.indices {
      let slope = (verdict ? -1 : 1) * slopes[place] / steepest
      promise[place].up += max(0, slope)
      promise[place].down += max(0, -slope)
    }
  }

  // MARK: - Several quantities

  /// Adds to the nearest candidates, one by one, quantities that shorten the way.
  mutating func extendLines() async throws {
    for size in 1...2 {
      let starts = found.filter { $0.inputs.count == size }.prefix(size == 1 ? 5 : 4)
      var turned: [Candidate] = []
      for start in starts {
        for input in movable where !start.inputs.contains(input) {
          for turn in [-0.35, 0.35] {
            let wider = candidate(
              start.inputs + [input], start.scores + [turn * start.distance])
            turned.append(scaled(wider, to: 0.985 * start.distance))
          }
        }
      }
      guard turned.count < remaining else { return }
      var hits = try await flipped(turned)
      hits.sort { $0.distance < $1.distance }
      let shorter = try await shortened(Array(hits.prefix(24)))
      keep(shorter)
      try await turn(found.filter { $0.inputs.count == size + 1 }.prefix(3), steps: [0.3, 0.1])
    }
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
      let share = remaining / (5 - round)
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
    try await turn(found.prefix(4), steps: [0.3, 0.15, 0.07, 0.035, 0.017])
    keep(try await shortened(Array(found.prefix(2)), rounds: 4))
  }

  /// A pattern search: changes one or two scores a little, and keeps what is flipped at a lesser
  /// distance; leaves out what is not needed.
  private mutating func turn(_ candidates: ArraySlice<Candidate>, steps: [Double]) async throws {
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

  // MARK: - Result

  /// A candidate as a world whose values are rounded, away from the medians, as far as the flip stays.
  mutating func world(_ candidate: Candidate?) async throws -> NearestFlip.World? {
    guard let candidate else { return nil }
    var options: [[Double]] = (3...6).map { digits in
      zip(candidate.inputs, candidate.scores).map { rounded($0, $1, digits) }
    }
    options.append(
      zip(candidate.inputs, candidate.scores).map { space.value(of: $0, score: $1) })
    runs += options.count
    let values = try await function.values(
      at: options.map { option in
        var point = space.best
        for (input, value) in zip(candidate.inputs, option) { point[input] = value }
        return point
      })
    let place = options.indices.first { isFlipped(values.probability($0)) } ?? options.count - 1
    let scores = options[place].indices.map { index -> Double in
      let share = space.distributions[candidate.inputs[index]].cumulative(options[place][index])
      // Where a value has odds of its own it stands for many scores: that which was found counts.
      let score = StandardNormal.quantile(share)
      return abs(score - candidate.scores[index]) < 0.05 ? score : candidate.scores[index]
    }
    let distance = space.squaredDistance(candidate.inputs, scores: scores, groups: groups)
      .squareRoot()
    return NearestFlip.World(
      moves: candidate.inputs.indices.map {
        let input = candidate.inputs[$0]
        return NearestFlip.Move(
          input: input, from: space.best[input], to: options[place][$0], score: scores[$0])
      },
      distance: distance, response: values.probability(place),
      shareAsFar: NearestFlip.shareAsFar(distance, moved: candidate.inputs.count))
  }

  /// The value at a score, rounded away from the median to so many digits of the quantity's range.
  private func rounded(_ input: Int, _ score: Double, _ digits: Int) -> Double {
    let exact = space.value(of: input, score: score)
    let range = space.range(of: input)
    guard let grid = ValueGrid(range.low, range.high, digits: digits) else { return exact }
    let value = grid.value(exact, roundedUp: score > 0)
    let distribution = space.distributions[input]
    return distribution.support.contains(value) && distribution.cumulative(value) < 1
      && distribution.cumulative(value) > 0 ? value : exact
  }
}

extension ResponseSample {
  /// The covariance of the answer with the normal scores of an input.
  fileprivate func slope(of input: Int, in space: InputSpace) -> Double {
    var (count, sum, total, product) = (0.0, 0.0, 0.0, 0.0)
    for draw in points.indices {
      let response = values.probability(draw)
      if response.isNaN { continue }
      let share = space.distributions[input].cumulative(points[draw][input])
      let score = StandardNormal.quantile(min(max(share, 1e-6), 1 - 1e-6))
      count += 1
      sum += score
      total += response
      product += score * response
    }
    return count > 0 ? product / count - sum / count * (total / count) : 0
  }
}
