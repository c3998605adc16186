import Mathematics

/// Gaussian elimination by an ``EliminationPlan``, eight systems at once, without row exchanges.
///
/// Pivots are taken as they come, so that the lanes stay together; a lane whose solution does not
/// satisfy its equations is solved again, with exchanges (``DenseElimination``).
///
/// Holds raw pointers; it never allocates and never outlives the borrow.
struct LaneElimination {
  let count: Int
  let entryCount: Int
  let pivots: UnsafePointer<Int32>
  let firstColumn: UnsafePointer<Int32>
  let columns: UnsafePointer<Int32>
  let code: UnsafePointer<Int32>
  /// By place of the row: one past its last entry; by entry: the place of its column.
  let rowEnds: UnsafePointer<Int32>
  let entryColumns: UnsafePointer<Int32>
  /// The system's entries, as stored by the plan; kept.
  let entries: UnsafeMutablePointer<Lanes>
  /// The right side, by place; kept.
  let side: UnsafeMutablePointer<Lanes>
  /// Room for the factors, as large as `entries`, and for a right side at work.
  let factors: UnsafeMutablePointer<Lanes>
  let working: UnsafeMutablePointer<Lanes>
  /// The solution, and the solution for a right side of 0 but for 1 in the last equation; by place.
  let solution: UnsafeMutablePointer<Lanes>
  let direction: UnsafeMutablePointer<Lanes>
  /// For lanes that need row exchanges.
  let dense: DenseElimination
  let denseSide: UnsafeMutablePointer<Double>

  /// How far a solution may be from satisfying its equations, relative to their terms.
  static let largestResidual = 1e-9

  /// Solves for both right sides.
  ///
  /// - Parameters:
  ///   - active: the lanes that count.
  ///   - checked: those whose solution is put into the equations to see whether it fulfills them.
  /// - Returns: the signs of the determinants; 0 in lanes whose system is singular.
  func solve(active: SIMDMask<SIMD8<Int64>>, checked: SIMDMask<SIMD8<Int64>>) -> Lanes {
    for entry in 0..<entryCount { factors[entry] = entries[entry] }
    for row in 0..<count { working[row] = side[row] }
    var sign = eliminate()
    substitute()
    // Each lane's own λ decides, so that no lane depends on another.
    let looked = checked .& active
    let wrong = any(looked) ? (residual() .> 0) .& looked : looked
    // What is not a number is above no limit.
    let finite = solution[count - 1] - solution[count - 1] .== Lanes()
    let sound = direction[count - 1] - direction[count - 1] .== Lanes()
    let bad = wrong .| (active .& .!(finite .& sound))
    if any(bad) {
      for lane in 0..<Lanes.width where bad[lane] { sign[lane] = exchange(lane) }
    }
    return sign
  }

  /// Turns the entries into factors, and eliminates in the right side.
  @inline(__always)
  private func eliminate() -> Lanes {
    var sign = Lanes(repeating: 1)
    var word = code
    for step in 0..<count {
      let pivot = factors + Int(pivots[step])
      sign.replace(with: -sign, where: pivot[0] .< 0)
      let inverse = 1 / pivot[0]
      pivot[0] = inverse
      let width = Int(firstColumn[step + 1] - firstColumn[step])
      let right = pivot + 1
      let value = working[step]
      let rows = Int(word[0])
      word += 1
      for _ in 0..<rows {
        let factor = factors[Int(word[0])] * inverse
        working[Int(word[1])] -= factor * value
        word += 2
        for entry in 0..<width { factors[Int(word[entry])] -= factor * right[entry] }
        word += width
      }
    }
    return sign
  }

  @inline(__always)
  private func substitute() {
    for step in (0..<count).reversed() {
      let pivot = factors + Int(pivots[step])
      let first = columns + Int(firstColumn[step])
      let width = Int(firstColumn[step + 1] - firstColumn[step])
      var value = working[step]
      var last = step == count - 1 ? Lanes(repeating: 1) : Lanes()
      for entry in 0..<width {
        let column = Int(first[entry])
        let factor = pivot[1 + entry]
        value -= factor * solution[column]
        last -= factor * direction[column]
      }
      solution[step] = value * pivot[0]
      direction[step] = last * pivot[0]
    }
  }

  /// Positive where some equation's residual is too large for the sum of its terms' sizes.
  @inline(__always)
  private func residual() -> Lanes {
    var largest = Lanes()
    var entry = 0
    for row in 0..<count {
      var sum = -side[row]
      var size = sum.magnitude + 1e-300
      let end = Int(rowEnds[row])
      while entry < end {
        let term = entries[entry] * solution[Int(entryColumns[entry])]
        sum += term
        size += term.magnitude
        entry += 1
      }
      let share = sum.magnitude - LaneElimination.largestResidual * size
      largest.replace(with: share, where: share .> largest)
    }
    return largest
  }

  /// Solves one lane's system with row exchanges.
  private func exchange(_ lane: Int) -> Double {
    let stride = dense.stride
    for row in 0..<count {
      for column in 0..<count { dense.matrix[row * stride + column] = 0 }
    }
    var entry = 0
    for row in 0..<count {
      var largest = 0.0
      let first = entry
      while entry < Int(rowEnds[row]) {
        largest = max(largest, abs(entries[entry][lane]))
        entry += 1
      }
      let scale = largest > 0 ? 1 / largest : 1
      for place in first..<entry {
        dense.matrix[row * stride + Int(entryColumns[place])] = entries[place][lane] * scale
      }
      denseSide[row] = side[row][lane] * scale
      denseSide[count + row] = row == count - 1 ? scale : 0
    }
    let sign = dense.factor(threshold: 1e-280)
    if sign == 0 { return 0 }
    dense.solve(denseSide)
    dense.solve(denseSide + count)
    for row in 0..<count {
      solution[row][lane] = denseSide[row]
      direction[row][lane] = denseSide[count + row]
    }
    return Double(sign)
  }
}
