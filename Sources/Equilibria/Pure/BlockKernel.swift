import Mathematics

/// One step of a ``BlockProgram`` at work on some groups of draws: loops over columns.
struct BlockKernel {
  private typealias Lanes = BlockLanes

  private let code: BlockProgram.Code
  private let target: LaneOperand
  private let second: LaneOperand
  private let operands: UnsafePointer<LaneOperand>
  private let count: Int
  private let groups: Int
  /// Where the targets of a choice stand.
  private let first: LaneAddress
  private let spaces: UnsafePointer<LaneSpace>
  private let note: UnsafeMutablePointer<BlockProgram.Note>?

  @inline(__always)
  init(
    _ step: BlockProgram.Step, _ operands: UnsafePointer<LaneOperand>,
    _ spaces: UnsafePointer<LaneSpace>, groups: Int,
    notes: UnsafeMutablePointer<BlockProgram.Note>?
  ) {
    code = step.code
    target = LaneOperand(step.target, in: spaces)
    second = LaneOperand(step.second, in: spaces)
    self.operands = operands
    count = step.operands.count
    self.groups = groups
    first = step.target
    self.spaces = spaces
    note = notes.map { $0 + step.player }
  }

  @inline(__always)
  func run() {
    switch code {
    case .range: range()
    case .normalize:
      let (value, low, scale) = (operands[0], operands[1], operands[2])
      for group in 0..<groups { target[group] = (value[group] - low[group]) * scale[group] }
    case .restore:
      let (value, low, scale) = (operands[0], operands[1], operands[2])
      for group in 0..<groups { target[group] = low[group] + value[group] / scale[group] }
    case .choose:
      if count == 2 { chooseOfTwo() } else { choose() }
    case .pick:
      switch count {
      case 2: pickOfTwo()
      case 3: pickOfThree()
      default: pick()
      }
    case .bound: bound()
    case .expect: expect()
    case .expectBoth: expectBoth()
    case .products:
      let (a, b, c) = (operands[0], operands[1], operands[2])
      for group in 0..<groups {
        let factor = a[group]
        target[group] = factor * b[group]
        second[group] = factor * c[group]
      }
    case .certain:
      for group in 0..<groups { target[group] = Lanes(repeating: 1) }
    case .copy:
      let value = operands[0]
      for group in 0..<groups { target[group] = value[group] }
    case .product:
      let (a, b) = (operands[0], operands[1])
      for group in 0..<groups { target[group] = a[group] * b[group] }
    }
  }

  @inline(__always)
  private func range() {
    for group in 0..<groups {
      var low = operands[0][group]
      var high = low
      for place in 1..<count {
        let value = operands[place][group]
        low = low.replacing(with: value, where: value .< low)
        high = high.replacing(with: value, where: value .> high)
      }
      let range = high - low
      target[group] = low
      second[group] = 1 / range.replacing(with: 1, where: range .<= 0)
    }
  }

  @inline(__always)
  private func chooseOfTwo() {
    let (a, b) = (operands[0], operands[1])
    let other = probability(1)
    let one = Lanes(repeating: 1)
    for group in 0..<groups {
      let (x, y) = (a[group], b[group])
      let best = x.replacing(with: y, where: y .> x)
      let isFirst = Lanes.zero.replacing(with: one, where: best - x .<= LogitSystem.tie)
      let isSecond = Lanes.zero.replacing(with: one, where: best - y .<= LogitSystem.tie)
      // 1 for one of them, a half for both.
      let share = 1.5 - 0.5 * (isFirst + isSecond)
      target[group] = isFirst * share
      other[group] = isSecond * share
    }
  }

  @inline(__always)
  private func choose() {
    let one = Lanes(repeating: 1)
    for group in 0..<groups {
      var best = operands[0][group]
      for action in 1..<count {
        let worth = operands[action][group]
        best = best.replacing(with: worth, where: worth .> best)
      }
      var ties = Lanes.zero
      for action in 0..<count {
        let isTied = best - operands[action][group] .<= LogitSystem.tie
        ties += Lanes.zero.replacing(with: one, where: isTied)
      }
      let share = 1 / ties
      for action in 0..<count {
        let isTied = best - operands[action][group] .<= LogitSystem.tie
        probability(action)[group] = Lanes.zero.replacing(with: share, where: isTied)
      }
    }
  }

  // MARK: - Without ties

  @inline(__always)
  private func bound() {
    guard let note else { return }
    var size = note.pointee.size
    for place in 0..<count {
      let values = operands[place]
      for group in 0..<groups {
        let value = values[group].magnitude
        size = size.replacing(with: value, where: value .> size)
      }
    }
    note.pointee.size = size
  }

  /// Goes on from the best so far to the better of it and another action.
  @inline(__always)
  private func compare(_ best: inout Lanes, _ worth: Lanes, _ gap: inout Lanes) {
    let difference = (worth - best).magnitude
    gap = gap.replacing(with: difference, where: difference .< gap)
    best = best.replacing(with: worth, where: worth .> best)
  }

  /// The column of an action's probability.
  @inline(__always)
  private func probability(_ action: Int) -> LaneOperand {
    LaneOperand(LaneAddress(space: first.space, column: first.column + action), in: spaces)
  }

  @inline(__always)
  private func pickOfTwo() {
    let (a, b) = (operands[0], operands[1])
    let other = probability(1)
    let one = Lanes(repeating: 1)
    guard let gaps = note?.pointee.gaps else { return }
    for group in 0..<groups {
      let (x, y) = (a[group], b[group])
      var best = x
      compare(&best, y, &gaps[group])
      let isSecond = Lanes.zero.replacing(with: one, where: y .> x)
      target[group] = one - isSecond
      other[group] = isSecond
      second[group] = best
    }
  }

  @inline(__always)
  private func pickOfThree() {
    let (a, b, c) = (operands[0], operands[1], operands[2])
    let (other, third) = (probability(1), probability(2))
    let one = Lanes(repeating: 1)
    guard let gaps = note?.pointee.gaps else { return }
    for group in 0..<groups {
      let (x, y, z) = (a[group], b[group], c[group])
      var best = x
      compare(&best, y, &gaps[group])
      compare(&best, z, &gaps[group])
      target[group] = Lanes.zero.replacing(with: one, where: x .== best)
      other[group] = Lanes.zero.replacing(with: one, where: y .== best)
      third[group] = Lanes.zero.replacing(with: one, where: z .== best)
      second[group] = best
    }
  }

  @inline(__always)
  private func pick() {
    let one = Lanes(repeating: 1)
    guard let gaps = note?.pointee.gaps else { return }
    for group in 0..<groups {
      var best = operands[0][group]
      for action in 1..<count { compare(&best, operands[action][group], &gaps[group]) }
      for action in 0..<count {
        let isBest = operands[action][group] .== best
        probability(action)[group] = Lanes.zero.replacing(with: one, where: isBest)
      }
      second[group] = best
    }
  }

  // MARK: - Sums

  @inline(__always)
  private func expect() {
    let (a, x) = (operands[0], operands[1])
    if count == 4 {
      let (b, y) = (operands[2], operands[3])
      for group in 0..<groups { target[group] = a[group] * x[group] + b[group] * y[group] }
    } else if count == 6 {
      let (b, y, c, z) = (operands[2], operands[3], operands[4], operands[5])
      for group in 0..<groups {
        target[group] = a[group] * x[group] + b[group] * y[group] + c[group] * z[group]
      }
    } else {
      for group in 0..<groups {
        var sum = a[group] * x[group]
        var place = 2
        while place < count {
          sum += operands[place][group] * operands[place + 1][group]
          place += 2
        }
        target[group] = sum
      }
    }
  }

  @inline(__always)
  private func expectBoth() {
    let (a, b) = (operands[0], operands[1])
    let (x, y) = (operands[2], operands[3])
    let (z, w) = (operands[4], operands[5])
    for group in 0..<groups {
      let (one, other) = (a[group], b[group])
      target[group] = one * x[group] + other * y[group]
      second[group] = one * z[group] + other * w[group]
    }
  }
}
