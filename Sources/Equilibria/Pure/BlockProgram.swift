import Mathematics

/// Eight numbers; in this room the short name is that of four.
typealias BlockLanes = Mathematics.Lanes

/// Steps over columns of draws that solve or play a game.
struct BlockProgram: Sendable {
  /// What a step computes.
  enum Code: Sendable {
    /// Of these columns the least, and 1 / (the largest − the least) or 1, in two columns.
    case range
    /// (first − second) · third.
    case normalize
    /// second + first / third.
    case restore
    /// Shares of the largest among these, in as many columns, one after the other.
    case choose
    /// The same without ties, and the largest; notes how close the choice was.
    case pick
    /// Notes the largest size of these.
    case bound
    /// A sum of products of pairs.
    case expect
    /// Two sums of two products with the same first factors: the factors, then the others.
    case expectBoth
    /// 1.
    case certain
    /// The number itself.
    case copy
    /// A product of two.
    case product
    /// Two products with the same first factor.
    case products
  }

  /// A step with its operands.
  struct Step: Sendable {
    var code: Code
    var target: LaneAddress
    /// The second result of a range or a pick.
    var second: LaneAddress
    /// Whose choice or whose numbers it is.
    var player: Int
    /// Among the operands of all steps.
    var operands: Range<Int32>
  }

  /// The buffers.
  enum Space {
    static let numbers = 0
    static let results = 1
    static let registers = 2
    static let values = 3
  }

  let steps: [Step]
  let operands: [LaneAddress]
  let registerCount: Int
  /// One more than the last column of numbers that is read.
  let numberCount: Int
  let mostOperands: Int

  /// Assigns registers to the drafted steps, by their last use (Poletto & Sarkar 1999).
  init(_ drafts: [BlockDraft.Step]) {
    var lastUse: [Int: Int] = [:]
    for (place, draft) in drafts.enumerated() {
      for case .value(let id) in draft.operands + draft.targets { lastUse[id] = place }
    }
    var registers = LaneRegisters()
    var registerOf: [Int: Int] = [:]
    var steps: [Step] = []
    var operands: [LaneAddress] = []
    var numbers = 0
    func address(_ place: BlockDraft.Place) -> LaneAddress {
      switch place {
      case .value(let id):
        LaneAddress(space: Space.registers, column: registerOf[id] ?? 0)
      case .number(let column): LaneAddress(space: Space.numbers, column: column)
      case .result(let column): LaneAddress(space: Space.results, column: column)
      case .player(let column): LaneAddress(space: Space.values, column: column)
      }
    }
    for (place, draft) in drafts.enumerated() {
      // Targets are columns of their own: a kernel may read an operand more than once.
      for case .value(let id) in draft.targets { registerOf[id] = registers.take() }
      let first = Int32(operands.count)
      for operand in draft.operands {
        if case .number(let column) = operand { numbers = max(numbers, column + 1) }
        operands.append(address(operand))
      }
      steps.append(
        Step(
          code: draft.code, target: address(draft.targets[0]),
          second: address(draft.targets[draft.targets.count - 1]), player: draft.player,
          operands: first..<Int32(operands.count)))
      for case .value(let id) in Set(draft.operands + draft.targets) where lastUse[id] == place {
        registers.giveBack(registerOf[id] ?? 0)
      }
    }
    self.steps = steps
    self.operands = operands
    registerCount = registers.count
    numberCount = numbers
    mostOperands = steps.reduce(1) { max($0, $1.operands.count) }
  }

  /// What a run has noted of a player: how large its numbers are, and by group of draws how close
  /// its choices were.
  struct Note {
    var size = BlockLanes.zero
    var gaps: UnsafeMutablePointer<BlockLanes>
  }

  /// Runs all steps for a tile of draws.
  ///
  /// - Parameters:
  ///   - room: for as many operands as ``mostOperands``.
  ///   - notes: by player; only read by picks and bounds.
  func run(
    _ spaces: UnsafePointer<LaneSpace>, groups: Int, room: UnsafeMutablePointer<LaneOperand>,
    notes: UnsafeMutablePointer<Note>?
  ) {
    steps.withUnsafeBufferPointer { steps in
      operands.withUnsafeBufferPointer { operands in
        for step in steps {
          for place in step.operands {
            (room + Int(place - step.operands.lowerBound)).initialize(
              to: LaneOperand(operands[Int(place)], in: spaces))
          }
          BlockKernel(step, room, spaces, groups: groups, notes: notes).run()
        }
      }
    }
  }
}

/// Steps before registers are assigned.
struct BlockDraft {
  /// Where a number stands.
  enum Place: Hashable {
    case value(Int)
    case number(Int)
    case result(Int)
    case player(Int)
  }

  struct Step {
    var code: BlockProgram.Code
    var targets: [Place]
    var operands: [Place]
    var player = 0
  }

  private(set) var steps: [Step] = []
  private var count = 0

  /// Computes a value. Two expectations in a row over the same two shares are one step.
  mutating func value(_ code: BlockProgram.Code, _ operands: [Place]) -> Place {
    let place = newValue()
    if code == .expect, operands.count == 4, let last = steps.last, last.code == .expect,
      last.operands.count == 4, last.operands[0] == operands[0], last.operands[2] == operands[2]
    {
      steps[steps.count - 1] = Step(
        code: .expectBoth, targets: last.targets + [place],
        operands: [0, 2, 1, 3].map { last.operands[$0] } + [operands[1], operands[3]])
      return place
    }
    add(code, [place], operands)
    return place
  }

  /// A product. Two in a row with the same first factor are one step.
  mutating func product(_ target: Place, _ first: Place, _ second: Place) {
    if let last = steps.last, last.code == .product, last.operands[0] == first {
      steps[steps.count - 1] = Step(
        code: .products, targets: last.targets + [target], operands: last.operands + [second])
    } else {
      add(.product, [target], [first, second])
    }
  }

  mutating func newValue() -> Place {
    count += 1
    return .value(count - 1)
  }

  mutating func add(
    _ code: BlockProgram.Code, _ targets: [Place], _ operands: [Place], player: Int = 0
  ) {
    steps.append(Step(code: code, targets: targets, operands: operands, player: player))
  }
}
