/// A tableau of integers over a common positive divisor, pivoted without fractions (Edmonds 1967,
/// Bareiss 1968; as in Avis's lrslib).
///
/// It is condensed: only the columns of the nonbasic variables and, last, the right-hand side are
/// kept. Every entry is a minor of the first tableau, and so is the divisor.
struct IntegerTableau<Element: TableauInteger>: Sendable {
  /// `entries[row * stride + column]`.
  var entries: ContiguousArray<Element>
  var divisor: Element
  var stride: Int

  /// Room for a tableau, or none yet.
  init(divisor: Element, stride: Int) {
    entries = []
    self.divisor = divisor
    self.stride = stride
  }

  /// Writes the tableau that a pivot leads to; false if an entry does not fit.
  func pivot(row: Int, column: Int, into target: inout IntegerTableau) -> Bool {
    let count = entries.count
    if target.entries.count != count {
      target.entries = ContiguousArray(repeating: .zero, count: count)
    }
    let pivot = entries[row * stride + column]
    let prepared = Element.prepare(divisor)
    let stride = stride
    let divisor = divisor
    let fits = entries.withUnsafeBufferPointer { source in
      target.entries.withUnsafeMutableBufferPointer { result in
        guard let source = source.baseAddress, let result = result.baseAddress else { return true }
        let pivotRow = source + row * stride
        for start in Swift.stride(from: 0, to: count, by: stride) where start != row * stride {
          let factor = source[start + column]
          if factor == .zero, pivot == divisor {
            (result + start).update(from: source + start, count: stride)
            continue
          }
          let fits = Element.eliminate(
            result + start, source + start, pivotRow, count: stride, pivot: pivot, factor: factor,
            divisor: prepared)
          guard fits else { return false }
          result[start + column] = factor.negative
        }
        (result + row * stride).update(from: pivotRow, count: stride)
        result[row * stride + column] = divisor
        return true
      }
    }
    guard fits else { return false }
    target.divisor = pivot
    if pivot.sign < 0 {
      target.divisor = pivot.negative
      for index in 0..<count { target.entries[index] = target.entries[index].negative }
    }
    return true
  }

  /// The same tableau in another width; nil if an entry does not fit.
  init?<Other: TableauInteger>(converting other: IntegerTableau<Other>) {
    guard let divisor = Element(fitting: other.divisor.big) else { return nil }
    self.init(divisor: divisor, stride: other.stride)
    entries.reserveCapacity(other.entries.count)
    for entry in other.entries {
      guard let entry = Element(fitting: entry.big) else { return nil }
      entries.append(entry)
    }
  }

  /// The row that leaves when a column enters, by the least ratio, ties broken as if each first
  /// right-hand side were larger by an infinitesimal of its own, ever smaller (Dantzig, Orden &
  /// Wolfe 1955). Nil if nothing bounds the column.
  ///
  /// `place` gives, for each slack variable in order, its column, or `~row` while it is basic.
  func leavingRow(column: Int, constraints: Int, slackPlaces place: ArraySlice<Int>) -> Int? {
    entries.withUnsafeBufferPointer { entries in
      var best: Int?
      var bestEntry = Element.zero
      var bestSide = Element.zero
      for row in 0..<constraints {
        let entry = entries[row * stride + column]
        if entry.sign <= 0 { continue }
        let side = entries[row * stride + stride - 1]
        if let current = best {
          var order = Element.compare(side, bestEntry, bestSide, entry)
          if order == 0 {
            order = breakTie(entries, row, current, column, place)
          }
          if order >= 0 { continue }
        }
        best = row
        bestEntry = entry
        bestSide = side
      }
      return best
    }
  }

  /// The index of the lowest entry in a range, the first of them; nil if none is below 0.
  func lowest(in range: Range<Int>) -> Int? {
    var best: Int?
    var least = Element.zero
    for index in range where entries[index] < least {
      best = index
      least = entries[index]
    }
    return best
  }

  private func breakTie(
    _ entries: UnsafeBufferPointer<Element>, _ row: Int, _ other: Int, _ column: Int,
    _ places: ArraySlice<Int>
  ) -> Int {
    for place in places {
      if place < 0 {
        // A basic slack's column is a unit vector.
        if ~place == row { return 1 }
        if ~place == other { return -1 }
      } else {
        let order = Element.compare(
          entries[row * stride + place], entries[other * stride + column],
          entries[other * stride + place], entries[row * stride + column])
        if order != 0 { return order }
      }
    }
    return 0
  }

  /// The simplex method with Bland's rule, at the tableau that this pivot leads to, would pivot
  /// back. The costs are the last row and are to be made small.
  func isUndoneByBlandsRule(
    row: Int, column: Int, leaving: Int, nonbasic: ContiguousArray<Int>
  ) -> Bool {
    entries.withUnsafeBufferPointer { entries in
      let costs = entries.count - stride
      let cost = entries[costs + column]
      let pivot = entries[row * stride + column]
      for j in 0..<(stride - 1) where nonbasic[j] < leaving && j != column {
        if Element.compare(entries[costs + j], pivot, cost, entries[row * stride + j]) < 0 {
          return false
        }
      }
      return true
    }
  }
}

extension IntegerTableau<Int64> {
  /// The same tableau in pairs of words.
  var widened: IntegerTableau<Int128> {
    var wide = IntegerTableau<Int128>(divisor: Int128(divisor), stride: stride)
    wide.entries = ContiguousArray(entries.lazy.map { Int128($0) })
    return wide
  }

  /// Takes over a wider tableau; false if an entry does not fit.
  mutating func take(_ wide: IntegerTableau<Int128>) -> Bool {
    let limit: UInt128 = 1 << 62
    guard wide.divisor.magnitude < limit,
      wide.entries.allSatisfy({ $0.magnitude < limit })
    else { return false }
    stride = wide.stride
    divisor = Int64(truncatingIfNeeded: wide.divisor)
    if entries.count != wide.entries.count {
      entries = ContiguousArray(repeating: 0, count: wide.entries.count)
    }
    for index in entries.indices {
      entries[index] = Int64(truncatingIfNeeded: wide.entries[index])
    }
    return true
  }
}
