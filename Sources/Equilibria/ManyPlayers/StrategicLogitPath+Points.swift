import Games
public import Mathematics

extension StrategicLogitPath {
  /// The logit equilibria at some rationalities on the principal branch: where the branch from
  /// λ = 0 first gets to each. One trace serves all.
  ///
  /// - Parameter lambdas: in any order, none below 0; the points come in the same order.
  /// - Throws: ``StrategicPathError/notConverged(_:)`` where the branch does not get there.
  public func equilibria(
    at lambdas: [Double], within work: WorkLimit = .none
  ) throws(StrategicPathError) -> [Point] {
    precondition(lambdas.allSatisfy { $0 >= 0 && $0.isFinite }, "λ is at least 0 and finite")
    let order = lambdas.indices.sorted { lambdas[$0] < lambdas[$1] }
    let stops = order.map { lambdas[$0] * compiled.lambdaScale }
    var recorder = Recorder(stops: stops, work: work)
    recorder.run(compiled, control: .init())
    if recorder.cause != nil, !recorder.isStopped { recorder.run(compiled, control: .cautious) }
    let sorted = recorder.points.map { point in
      Point(
        lambda: point.lambda / compiled.lambdaScale,
        profile: NumericProfile(compiled.spread(point.probabilities, alone: 1)),
        logProbabilities: compiled.spread(point.logProbabilities, alone: 0),
        residual: point.residual)
    }
    if let cause = recorder.cause {
      let profile = NumericProfile(compiled.spread(recorder.last, alone: 1))
      throw .notConverged(
        .init(
          cause: cause, lambda: recorder.lambda / compiled.lambdaScale, profile: profile,
          regret: table.regrets(of: profile).max() ?? 0, steps: recorder.steps))
    }
    var points = sorted
    for (place, index) in order.enumerated() { points[index] = sorted[place] }
    for (index, lambda) in lambdas.enumerated() { points[index].lambda = lambda }
    return points
  }

  /// The logit equilibrium at one rationality; see ``equilibria(at:within:)``.
  public func equilibrium(
    at lambda: Double, within work: WorkLimit = .none
  ) throws(StrategicPathError) -> Point {
    try equilibria(at: [lambda], within: work)[0]
  }
}

/// Picks up equilibria at wanted values of λ as a path passes them.
private struct Recorder {
  struct Sample {
    var lambda: Double
    var probabilities: [Double]
    var logProbabilities: [Double]
    var residual: Double
  }

  /// Ascending, in the program's units.
  let stops: [Double]
  let work: WorkLimit
  var points: [Sample] = []
  var cause: StrategicPathError.Cause?
  var last: [Double] = []
  var lambda = 0.0
  var steps = 0

  init(stops: [Double], work: WorkLimit) {
    self.stops = stops
    self.work = work
  }

  var isStopped: Bool {
    if case .stopped = cause { return true }
    return false
  }

  mutating func run(_ compiled: StrategicLogitProgram, control: LogitPath.Control) {
    cause = nil
    // The branch begins where everybody plays everything equally often.
    let uniform = compiled.program.sets.flatMap { set in
      Array(repeating: 1 / Double(set.actionCount), count: set.actionCount)
    }
    points = stops.prefix { $0 == 0 || uniform.isEmpty }.map { stop in
      Sample(
        lambda: stop, probabilities: uniform, logProbabilities: uniform.map(logarithm), residual: 0)
    }
    if points.count == stops.count { return }
    var memory = compiled.makeMemory()
    memory.withPath(compiled.program) { path in
      path.control = control
      switch path.follow(to: .infinity, visit: { visit(&$0) }) {
      case .stepLimit: cause = .stepLimit
      case .stepUnderflow: cause = .stepUnderflow
      case .visited: break
      case .limit, .target, .cap, .notConverged: cause = .residual
      }
      lambda = path.lambda
      steps += path.steps
      last = (0..<path.actionCount).map { path.probability[$0] }
    }
  }

  /// Records the wanted values that the last step has passed; says whether these were all.
  private mutating func visit(_ path: inout LogitPath) -> Bool {
    if let stop = work.stop(after: path.steps) {
      cause = .stopped(stop)
      return true
    }
    if path.lambda < stops[points.count] { return false }
    let end = path.lambda
    for logit in 0..<path.logitCount { path.predicted[logit] = path.logits[logit] }
    while points.count < stops.count, stops[points.count] <= end {
      for logit in 0..<path.logitCount { path.logits[logit] = path.predicted[logit] }
      path.lambda = end
      guard path.settle(at: stops[points.count]) else {
        cause = .residual
        return true
      }
      record(&path)
    }
    if points.count == stops.count { return true }
    for logit in 0..<path.logitCount { path.logits[logit] = path.predicted[logit] }
    path.lambda = end
    path.evaluate(.logit)
    return false
  }

  private mutating func record(_ path: inout LogitPath) {
    let residual = path.assemble()
    points.append(
      Sample(
        lambda: path.lambda,
        probabilities: (0..<path.actionCount).map { path.probability[$0] },
        logProbabilities: (0..<path.actionCount).map { path.logProbability[$0] },
        residual: residual))
  }
}
