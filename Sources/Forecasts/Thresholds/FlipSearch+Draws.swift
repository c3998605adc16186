import Mathematics

/// What draws of the forecast tell the search.
extension FlipSearch {
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

  /// Strips draws with the other verdict of all that is not needed for it: where three quantities or
  /// fewer are left, they are candidates.
  ///
  /// From each draw quantities go back to their medians, half of them at once where that is possible
  /// (delta debugging, Zeller & Hildebrandt 2002), those that promise least first.
  mutating func strip(_ sample: ResponseSample?) async throws {
    guard let sample else { return }
    var worlds = sample.points.indices
      .filter { isFlipped(sample.values.probability($0)) }
      .map { draw in
        let scores = movable.map { space.score(of: $0, at: sample.points[draw][$0]) }
        return StrippedDraw(candidate(movable, scores), movable) { place in
          max(promise[place].up, promise[place].down)
        }
      }
      .sorted { $0.world.distance < $1.world.distance }
    worlds = Array(worlds.prefix(32))
    while true {
      let open = worlds.indices.filter { !worlds[$0].chunks.isEmpty }
      if open.isEmpty || remaining < options.budget / 3 { break }
      let trials = open.map { index in
        let without = worlds[index].chunks.last ?? []
        let kept = worlds[index].world.inputs.indices
          .filter { !without.contains(worlds[index].world.inputs[$0]) }
        return candidate(
          kept.map { worlds[index].world.inputs[$0] }, kept.map { worlds[index].world.scores[$0] })
      }
      let responses = try await responses(trials)
      for (place, index) in open.enumerated() {
        worlds[index].note(isFlipped(responses[place]) ? trials[place] : nil)
      }
    }
    var seen: Set<[Int]> = []
    let few = worlds.filter { $0.chunks.isEmpty && (1...3).contains($0.world.inputs.count) }
      .map(\.world).filter { seen.insert($0.inputs).inserted }
    // They may lie farther out than is searched, and be shortened.
    let shorter = try await shortened(few)
    keep(shorter)
    let sets = Set(shorter.map(\.inputs))
    try await turn(found.filter { sets.contains($0.inputs) }.prefix(6), steps: [0.3, 0.1])
  }
}

/// A draw that is being stripped.
private struct StrippedDraw<Function: ResponseFunction> {
  var world: FlipSearch<Function>.Candidate
  /// Groups of quantities to be tried, the last one next.
  var chunks: [[Int]]

  init(
    _ world: FlipSearch<Function>.Candidate, _ movable: [Int], promise: (Int) -> Double
  ) {
    self.world = world
    let order = movable.indices.sorted { (promise($0), $0) < (promise($1), $1) }
      .map { movable[$0] }.filter { world.inputs.contains($0) }
    // Halves, and halves of the halves: what promises least is tried first.
    let half = order.count / 2
    chunks = [Array(order[half...]), Array(order[..<half])].filter { !$0.isEmpty }
  }

  /// Takes over a world without the last chunk, or splits the chunk.
  mutating func note(_ stripped: FlipSearch<Function>.Candidate?) {
    let chunk = chunks.removeLast()
    if let stripped {
      world = stripped
    } else if chunk.count > 1 {
      let half = chunk.count / 2
      chunks += [Array(chunk[half...]), Array(chunk[..<half])]
    }
  }
}

extension InputSpace {
  /// The normal score of a value, within what draws reach.
  func score(of input: Int, at value: Double) -> Double {
    StandardNormal.quantile(min(max(distributions[input].cumulative(value), 1e-6), 1 - 1e-6))
  }
}

extension ResponseSample {
  /// The covariance of the answer with the normal scores of an input.
  fileprivate func slope(of input: Int, in space: InputSpace) -> Double {
    var (count, sum, total, product) = (0.0, 0.0, 0.0, 0.0)
    for draw in points.indices {
      let response = values.probability(draw)
      if response.isNaN { continue }
      let score = space.score(of: input, at: points[draw][input])
      count += 1
      sum += score
      total += response
      product += score * response
    }
    return count > 0 ? product / count - sum / count * (total / count) : 0
  }
}
