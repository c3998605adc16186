/// Gaussian elimination with partial pivoting on a small dense system, in place and without
/// allocation. Zero multipliers are skipped, so sparse rows cost little.
struct DenseElimination {
  /// Row-major, `count` × `stride`.
  let matrix: UnsafeMutablePointer<Double>
  let stride: Int
  let pivots: UnsafeMutablePointer<Int32>
  var count: Int

  /// Factors the matrix, whose rows should have comparable size.
  ///
  /// - Returns: the sign of the determinant, 0 if a pivot is not above `threshold`.
  /// - Complexity: count³ / 3 for a full matrix.
  func factor(threshold: Double) -> Int {
    var sign = 1
    for column in 0..<count {
      var pivotRow = column
      var largest = abs(matrix[column * stride + column])
      for row in (column + 1)..<max(count, column + 1) {
        let size = abs(matrix[row * stride + column])
        if size > largest {
          largest = size
          pivotRow = row
        }
      }
      pivots[column] = Int32(pivotRow)
      if !(largest > threshold) { return 0 }
      let top = matrix + column * stride
      if pivotRow != column {
        sign = -sign
        let other = matrix + pivotRow * stride
        for entry in 0..<count { swap(&top[entry], &other[entry]) }
      }
      if top[column] < 0 { sign = -sign }
      let inverse = 1 / top[column]
      for row in (column + 1)..<max(count, column + 1) {
        let below = matrix + row * stride
        let value = below[column]
        if value == 0 { continue }
        let factor = value * inverse
        below[column] = factor
        for entry in (column + 1)..<max(count, column + 1) { below[entry] -= factor * top[entry] }
      }
    }
    return sign
  }

  /// Solves with the factors; the right side becomes the solution.
  func solve(_ side: UnsafeMutablePointer<Double>) {
    // Rows were exchanged whole, multipliers included: all exchanges come before any elimination.
    for row in 0..<count {
      let other = Int(pivots[row])
      if other != row { swap(&side[row], &side[other]) }
    }
    var first = 0
    while first < count, side[first] == 0 { first += 1 }
    for row in (first + 1)..<max(count, first + 1) {
      let line = matrix + row * stride
      var value = side[row]
      for column in first..<row { value -= line[column] * side[column] }
      side[row] = value
    }
    for row in (0..<count).reversed() {
      var value = side[row]
      let line = matrix + row * stride
      for column in (row + 1)..<max(count, row + 1) { value -= line[column] * side[column] }
      side[row] = value / line[row]
    }
  }
}
