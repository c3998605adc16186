import Mathematics

/// Regions whose choices are followed along their logit paths.
extension BlockWorkspace {
  /// Follows the paths of all draws that have not failed: in lockstep where the plan allows, else
  /// one after the other.
  mutating func follow(
    _ program: LogitProgram, _ plan: LockstepPlan, ordinal: Int, draws: Int, groups: Int,
    rationality: [Double]?
  ) {
    var store = ResultStore(
      probabilities: probabilities, logTrembles: logTrembles, subgameValues: subgameValues,
      failures: failures, statistics: statistics, players: lowest.count, ordinal: ordinal)
    // The columns are moved out and back, so that closures may write them: no copies are made.
    probabilities = Columns(count: 0, draws: 0)
    logTrembles = Columns(count: 0, draws: 0)
    subgameValues = Columns(count: 0, draws: 0)
    failures = []
    if plan.isEligible, program.unknownCount > 0 {
      followInLockstep(program, plan, draws, groups, rationality, &store)
    } else {
      followAlone(program, draws, groups, rationality, &store)
    }
    probabilities = store.probabilities
    logTrembles = store.logTrembles
    subgameValues = store.subgameValues
    failures = store.failures
    statistics = store.statistics
  }

  private mutating func followAlone(
    _ program: LogitProgram, _ draws: Int, _ groups: Int, _ rationality: [Double]?,
    _ store: inout ResultStore
  ) {
    let inputs = inputs
    // Choices at trivial sets stand in the lanes' memory, the same for all draws.
    for address in program.layout.probability..<program.layout.rows {
      alone[address] = memory[address][0]
    }
    for draw in 0..<draws where store.failures[draw] == nil {
      if Task.isCancelled { return store.interrupt(program, from: draw) }
      var place = draw / Lanes.width
      program.forEachInput { address in
        alone[address] = inputs[place][draw % Lanes.width]
        place += groups
      }
      alone.withPath(program) { path in
        store.solve(program, draw, target: rationality.map { max(0, $0[draw]) }, &path)
      }
    }
  }

  private mutating func followInLockstep(
    _ program: LogitProgram, _ plan: LockstepPlan, _ draws: Int, _ groups: Int,
    _ rationality: [Double]?, _ store: inout ResultStore
  ) {
    let inputs = inputs
    memory.withUnsafeMutableBufferPointer { memory in
      program.withLaneSystem(memory) { system in
        vectors.withUnsafeMutableBufferPointer { vectors in
          self.system.withUnsafeMutableBufferPointer { numbers in
            denseSide.withUnsafeMutableBufferPointer { side in
              paths.withUnsafeMutableBufferPointer { paths in
                alone.withPath(program) { path in
                  guard let vectors = vectors.baseAddress, let numbers = numbers.baseAddress,
                    let side = side.baseAddress, let paths = paths.baseAddress
                  else { return }
                  plan.withPaths(
                    program, system, vectors: vectors, numbers: numbers, denseSide: side,
                    dense: path.elimination, paths: paths
                  ) { lockstep in
                    var next = 0
                    lockstep.follow(
                      draws: { lane in
                        if Task.isCancelled { store.interrupt(program, from: next) }
                        while next < draws, store.failures[next] != nil { next += 1 }
                        if next >= draws { return nil }
                        var place = next / Lanes.width
                        program.forEachInput { address in
                          system.memory[address][lane] = inputs[place][next % Lanes.width]
                          place += groups
                        }
                        next += 1
                        return next - 1
                      },
                      target: { draw in rationality.map { max(0, $0[draw]) } },
                      alone: &path,
                      finish: { draw, lane, end, path in
                        switch end {
                        case .solved:
                          store.statistics.lockstep += 1
                          store.statistics.evaluations += path.evaluations
                          path.system.runClosing()
                          store.keep(program, draw, path)
                        case .long(let progress):
                          store.solve(
                            program, draw, target: rationality.map { max(0, $0[draw]) },
                            from: .point(progress), &path)
                        case .failed:
                          system.copy(lane, to: path.system)
                          store.solve(
                            program, draw, target: rationality.map { max(0, $0[draw]) },
                            from: .failure, &path)
                        }
                      })
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Where the results of a region go.
private struct ResultStore {
  var probabilities: Columns
  var logTrembles: Columns
  var subgameValues: Columns
  var failures: [SequentialSolver.Failure?]
  var statistics: BlockStatistics
  let players: Int
  let ordinal: Int

  /// Solves one draw by itself; its numbers stand in the path's memory.
  mutating func solve(
    _ program: LogitProgram, _ draw: Int, target: Double?,
    from beginning: LogitPath.Beginning = .centroid, _ path: inout LogitPath
  ) {
    path.control = LogitPath.Control()
    var taken = SequentialSolver.Statistics()
    failures[draw] = path.solve(
      program, target: target, limit: nil, from: beginning, statistics: &taken)
    path.system.runClosing()
    if program.unknownCount > 0 { statistics.alone += 1 }
    statistics.evaluations += taken.evaluations
    keep(program, draw, path)
  }

  /// Notes that the work was interrupted before it came to some draws.
  mutating func interrupt(_ program: LogitProgram, from first: Int) {
    for draw in failures.indices.dropFirst(first) where failures[draw] == nil {
      failures[draw] = .stopped(.cancelled(steps: 0), lambda: 0, node: program.root)
    }
  }

  /// Copies a draw's choices and values.
  mutating func keep(_ program: LogitProgram, _ draw: Int, _ path: LogitPath) {
    let memory = path.system.memory
    let layout = program.layout
    for set in program.sets {
      for action in 0..<set.actionCount {
        let local = set.firstAction + action
        probabilities[set.globalAction + action, draw] = memory[layout.probability + local]
        logTrembles[set.globalAction + action, draw] = memory[layout.logProbability + local]
      }
    }
    if ordinal * players >= subgameValues.count { return }
    for player in 0..<players {
      subgameValues[ordinal * players + player, draw] = memory[Int(program.rootValues[player])]
    }
  }
}

extension LockstepPlan {
  /// Lends everything as paths over a program. They must not outlive the call.
  fileprivate func withPaths(
    _ program: LogitProgram, _ system: LaneLogitSystem, vectors: UnsafeMutablePointer<Lanes>,
    numbers: UnsafeMutablePointer<Lanes>, denseSide: UnsafeMutablePointer<Double>,
    dense: DenseElimination, paths: UnsafeMutablePointer<LockstepPaths.Path>,
    _ body: (inout LockstepPaths) -> Void
  ) {
    let plan = elimination
    let entries = plan.entryCount
    // One array for all lists, so that one pointer lends them.
    let lists = [
      plan.pivots, plan.firstColumn, plan.columns, plan.code, plan.rowEnds, plan.entryColumns,
      sets, explicitSets, assembly, places, diagonal,
    ]
    let words = lists.flatMap { $0 }
    words.withUnsafeBufferPointer { words in
      guard var base = words.baseAddress else { return }
      var pointers: [UnsafePointer<Int32>] = []
      for list in lists {
        pointers.append(base)
        base += list.count
      }
      let logits = program.logitCount
      for entry in 0..<entries { numbers[entry] = Lanes() }
      var lockstep = LockstepPaths(
        system: system,
        elimination: LaneElimination(
          count: plan.count, entryCount: entries, pivots: pointers[0], firstColumn: pointers[1],
          columns: pointers[2], code: pointers[3], rowEnds: pointers[4],
          entryColumns: pointers[5], entries: numbers, side: numbers + 2 * entries,
          factors: numbers + entries, working: numbers + 2 * entries + plan.count,
          solution: numbers + 2 * entries + 2 * plan.count,
          direction: numbers + 2 * entries + 3 * plan.count, dense: dense, denseSide: denseSide),
        sets: pointers[6], setCount: sets.count / 4, explicitSets: pointers[7],
        explicitCount: explicitSets.count / 2, assembly: pointers[8], places: pointers[9],
        diagonal: pointers[10], corner: Int(corner), actionCount: program.actionCount,
        logitCount: logits, unknownCount: program.unknownCount,
        vectors: LockstepPaths.Vectors(vectors, logits: logits),
        references: vectors + LockstepPaths.Vectors.count * logits + program.actionCount,
        startProbability: vectors + LockstepPaths.Vectors.count * logits,
        weights: vectors + LockstepPaths.Vectors.count * logits + program.actionCount
          + program.sets.count,
        bases: vectors + LockstepPaths.Vectors.count * logits + 2 * program.actionCount
          + program.sets.count, paths: paths)
      body(&lockstep)
    }
  }
}
