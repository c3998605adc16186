import Mathematics

extension FlipSearch {
  /// A candidate as a world whose values are rounded to three digits of each quantity's range, or to
  /// as many more as it takes for the flip to stay.
  mutating func world(_ candidate: Candidate?) async throws -> NearestFlip.World? {
    guard let candidate else { return nil }
    var options: [[Double]] = []
    for digits in 3...6 {
      // Each value rounded away from its median or toward it.
      for choice in 0..<(1 << candidate.inputs.count) {
        options.append(
          candidate.inputs.indices.map { place in
            rounded(
              candidate.inputs[place], candidate.scores[place], digits,
              isOutward: choice >> place & 1 == 0)
          })
      }
    }
    options.append(candidate.inputs.indices.map { exact(candidate, $0) })
    let answers = try await responses(
      options.map { option in
        var point = space.best
        for (input, value) in zip(candidate.inputs, option) { point[input] = value }
        return point
      })
    let choices = 1 << candidate.inputs.count
    var best: NearestFlip.World?
    for (index, option) in options.enumerated() where isFlipped(answers[index]) {
      // Fewer digits come first; among equally many the nearest counts.
      if best != nil, index % choices == 0 { break }
      let world = world(candidate, option, answers[index])
      if world.distance < best?.distance ?? .infinity { best = world }
    }
    return best
  }

  private func world(
    _ candidate: Candidate, _ values: [Double], _ response: Double
  ) -> NearestFlip.World {
    let scores = values.indices.map { index -> Double in
      let share = space.distributions[candidate.inputs[index]].cumulative(values[index])
      let score = StandardNormal.quantile(share)
      // Where a value has odds of its own it stands for many scores: that which was found counts.
      return abs(score - candidate.scores[index]) < 0.05 ? score : candidate.scores[index]
    }
    let distance = distance(candidate.inputs, scores)
    return NearestFlip.World(
      moves: candidate.inputs.indices.map {
        NearestFlip.Move(
          input: candidate.inputs[$0], from: space.best[candidate.inputs[$0]], to: values[$0],
          score: scores[$0])
      },
      distance: distance, response: response,
      shareAsFar: NearestFlip.shareAsFar(distance, moved: candidate.inputs.count))
  }

  private func exact(_ candidate: Candidate, _ place: Int) -> Double {
    space.value(of: candidate.inputs[place], score: candidate.scores[place])
  }

  /// The value at a score, rounded to so many digits of the quantity's range, away from the median or
  /// toward it.
  private func rounded(
    _ input: Int, _ score: Double, _ digits: Int, isOutward: Bool
  ) -> Double {
    let exact = space.value(of: input, score: score)
    let range = space.range(of: input)
    guard let grid = ValueGrid(range.low, range.high, digits: digits) else { return exact }
    let value = grid.value(exact, roundedUp: (score > 0) == isOutward)
    let share = space.distributions[input].cumulative(value)
    return share > 0 && share < 1 && space.distributions[input].support.contains(value)
      ? value : exact
  }
}
