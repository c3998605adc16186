import Mathematics

/// The state of a search for the nearest world with the other verdict.
struct FlipSearch<Function: ResponseFunction> {
  /// Some quantities at normal scores, the others at their medians.
  struct Candidate: Equatable {
    var inputs: [Int]
    var scores: [Double]
    var distance: Double
  }

  let function: Function
  let space: InputSpace
  let groups: [InputSpace.DependentGroup]
  private let level: Double
  let verdict: Bool
  let options: NearestFlip.Options
  let movable: [Int]
  /// The nearest flipped candidates, best first, at most one for each set of quantities.
  private(set) var found: [Candidate] = []
  /// Groups with a quantity that only makes the others likelier, by correlation, and flips nothing.
  var redundant: Set<[Int]> = []
  /// By movable quantity: how much it promises in either direction, up and down.
  var promise: [(up: Double, down: Double)]
  private(set) var runs = 0

  init(
    _ function: Function, level: Double, verdict: Bool, _ options: NearestFlip.Options
  ) throws {
    self.function = function
    self.level = level
    self.verdict = verdict
    self.options = options
    movable = function.drivers.filter { !options.ignoring.contains($0) }
    // What has no effect may be anywhere, so it does not count for the distance.
    space = try function.space.restricted(to: movable)
    groups = space.dependentGroups
    promise = movable.map { _ in (0, 0) }
  }

  /// The one to report: a shorter list of quantities counts for as much as a twentieth of the way.
  var best: Candidate? {
    found.filter { !redundant.contains($0.inputs) }.min {
      $0.distance * (1 + 0.05 * Double($0.inputs.count))
        < $1.distance * (1 + 0.05 * Double($1.inputs.count))
    }
  }
  var reach: Double { found.first?.distance ?? options.farthest }
  var remaining: Int { options.budget - runs }

  // MARK: - Candidates

  func candidate(_ inputs: [Int], _ scores: [Double]) -> Candidate {
    // What is not moved is not named.
    let moved = inputs.indices.filter { scores[$0] != 0 }.sorted { inputs[$0] < inputs[$1] }
    let own = (moved.map { inputs[$0] }, moved.map { scores[$0] })
    return Candidate(
      inputs: own.0, scores: own.1, distance: distance(own.0, own.1))
  }

  /// The same direction at another distance.
  func scaled(_ candidate: Candidate, to distance: Double) -> Candidate {
    guard candidate.distance > 0 else { return candidate }
    let factor = distance / candidate.distance
    return Candidate(
      inputs: candidate.inputs, scores: candidate.scores.map { $0 * factor }, distance: distance)
  }

  /// The answers at some points.
  mutating func responses(_ points: [[Double]]) async throws -> [Double] {
    if points.isEmpty { return [] }
    runs += points.count
    let values = try await function.values(at: points)
    return values.joint.indices.map { values.probability($0) }
  }

  /// The answers in the worlds of some candidates.
  mutating func responses(_ candidates: [Candidate]) async throws -> [Double] {
    try await responses(candidates.map { space.point($0.inputs, scores: $0.scores) })
  }

  /// How far some quantities are from their medians at normal scores.
  func distance(_ inputs: [Int], _ scores: [Double]) -> Double {
    space.squaredDistance(inputs, scores: scores, groups: groups).squareRoot()
  }

  func isFlipped(_ response: Double) -> Bool {
    // Clearly so: what is at the level but for rounding is on neither side.
    verdict ? response < level - 1e-9 : response >= level + 1e-9
  }

  /// Those of the candidates that are flipped.
  mutating func flipped(_ candidates: [Candidate]) async throws -> [Candidate] {
    let responses = try await responses(candidates)
    return candidates.indices.filter { isFlipped(responses[$0]) }.map { candidates[$0] }
  }

  /// Shortens flipped candidates to where, on the way out, the flip is first seen.
  mutating func shortened(
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

  mutating func keep(_ candidates: [Candidate]) {
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
}
