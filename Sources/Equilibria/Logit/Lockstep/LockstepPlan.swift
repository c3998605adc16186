/// What lockstep needs to know of a ``LogitProgram`` beside its code: how derivatives become the
/// equations of the path, and in which order those are eliminated.
struct LockstepPlan: Sendable {
  /// Whether the path's equations can be followed in lockstep: no bargains, no simultaneous moves,
  /// not too many unknowns.
  let isEligible: Bool
  let elimination: EliminationPlan
  /// Four words for each unknown set: first action, count, first logit, first unknown.
  private(set) var sets: [Int32] = []
  /// Two words for each explicit set: first action, count.
  private(set) var explicitSets: [Int32] = []
  /// For each unknown set, for each of its unknowns: the entries of λ and of the border; then how
  /// many sets it depends on; for each of those its ordinal and, by the set's unknowns and the
  /// other's, the entry.
  private(set) var assembly: [Int32] = []
  /// By unknown: its place in the order of elimination.
  private(set) var places: [Int32] = []
  /// By unknown: the entry on the diagonal.
  private(set) var diagonal: [Int32] = []
  /// The entry of λ in the border, and its place.
  private(set) var corner: Int32 = 0

  /// Beyond this many unknowns the systems no longer fit a processor's caches.
  static let mostUnknowns = 160

  init(_ program: LogitProgram) {
    let unknowns = program.unknownCount
    isEligible =
      unknowns <= LockstepPlan.mostUnknowns && program.powers.isEmpty
      && program.sets.allSatisfy { $0.actionCount > 0 }
    for set in program.sets where set.role == .explicit {
      explicitSets += [Int32(set.firstAction), Int32(set.actionCount)]
    }
    guard isEligible, unknowns > 0 else {
      elimination = EliminationPlan(pattern: [])
      return
    }
    let local = program.sets.filter { $0.role == .unknown }
    var firstUnknown: [Int] = []
    var next = 0
    for set in local {
      firstUnknown.append(next)
      sets += [
        Int32(set.firstAction), Int32(set.actionCount), Int32(set.firstLogit), Int32(next),
      ]
      next += set.actionCount - 1
    }
    let dependencies = LockstepPlan.dependencies(of: local, in: program)
    var pattern: [Set<Int>] = []
    for (ordinal, set) in local.enumerated() {
      for unknown in firstUnknown[ordinal]..<(firstUnknown[ordinal] + set.actionCount - 1) {
        var row: Set<Int> = [unknown, unknowns]
        for other in dependencies[ordinal] {
          row.formUnion(firstUnknown[other]..<(firstUnknown[other] + local[other].actionCount - 1))
        }
        pattern.append(row)
      }
    }
    pattern.append(Set(0...unknowns))
    let plan = EliminationPlan(pattern: pattern)
    elimination = plan
    places = plan.place.map { Int32($0) }
    diagonal = (0..<unknowns).map { plan.entry($0, $0) }
    corner = plan.entry(unknowns, unknowns)
    for (ordinal, set) in local.enumerated() {
      let own = firstUnknown[ordinal]..<(firstUnknown[ordinal] + set.actionCount - 1)
      for unknown in own {
        assembly += [plan.entry(unknown, unknowns), plan.entry(unknowns, unknown)]
      }
      assembly.append(Int32(dependencies[ordinal].count))
      for other in dependencies[ordinal] {
        assembly.append(Int32(other))
        for unknown in own {
          for column in 0..<(local[other].actionCount - 1) {
            assembly.append(plan.entry(unknown, firstUnknown[other] + column))
          }
        }
      }
    }
  }

  /// By unknown set: the unknown sets whose choices its worths depend on, read off the program.
  private static func dependencies(
    of sets: [LogitProgram.LocalSet], in program: LogitProgram
  ) -> [[Int]] {
    var setOfLogit = [Int](repeating: 0, count: program.logitCount)
    for (ordinal, set) in sets.enumerated() {
      for action in 0..<set.actionCount { setOfLogit[set.firstLogit + action] = ordinal }
    }
    var result = [[Int]](repeating: [], count: sets.count)
    program.forEachUnknownSet { logit, children, factorSets in
      var found: Set<Int> = []
      for entries in children {
        for entry in program.gradientIndex[entries] where entry > 0 {
          found.insert(setOfLogit[Int(entry) - 1])
        }
      }
      for first in factorSets { found.insert(setOfLogit[first]) }
      result[setOfLogit[logit]] = found.sorted()
    }
    return result
  }
}

extension LogitProgram {
  /// Reads the unknown sets off the code: for each its first logit, where its children's gradients
  /// have their index, and the first logits of the sets on which its beliefs depend.
  fileprivate func forEachUnknownSet(
    _ body: (_ logit: Int, _ children: [Range<Int>], _ factorSets: [Int]) -> Void
  ) {
    var word = 0
    while word < unknownCode.count {
      switch unknownCode[word] {
      case LogitProgram.chance, LogitProgram.decision:
        let count = Int(unknownCode[word + 4])
        word += unknownCode[word] == LogitProgram.chance ? 5 : 7
        for _ in 0..<count { word += 4 + Int(unknownCode[word + 3]) }
      default:
        let children = Int(unknownCode[word + 2] * unknownCode[word + 5])
        let logit = Int(unknownCode[word + 4])
        let terms = Int(unknownCode[word + 6])
        let factors = Int(unknownCode[word + 7])
        word += 9
        var ranges: [Range<Int>] = []
        for _ in 0..<children {
          let first = Int(unknownCode[word + 3])
          ranges.append(first..<(first + Int(unknownCode[word + 2])))
          word += 4
        }
        var firsts: [Int] = []
        for _ in 0..<factors {
          firsts.append(Int(unknownCode[word]))
          word += 3
        }
        for _ in 0..<terms { word += 3 + 2 * Int(unknownCode[word + 2]) }
        body(logit, ranges, firsts)
      }
    }
  }
}
