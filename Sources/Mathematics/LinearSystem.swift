import Foundation

/// Square systems of linear equations, solved again and again in the same memory.
///
/// LU factors with partial pivoting (Golub & Van Loan 2013, §3.4). Factoring takes n³/3
/// multiplications, each solution n²; nothing is allocated after `init` unless the order grows.
///
/// ```swift
/// var system = LinearSystem(order: 2)
/// if system.factor([2, 1, 1, 3]) { system.solve(&right) }
/// ```
public struct LinearSystem: Sendable {
  /// The number of equations and of unknowns.
  public private(set) var order: Int
  /// The sign of the determinant of the last matrix: 1, −1, or 0 if it is singular.
  public private(set) var determinantSign = 0
  /// Whether the last matrix has factors, so that systems can be solved.
  public var isFactored: Bool { determinantSign != 0 }

  private var factors: [Double]
  private var rows: [Int]
  private var work: [Double]
  private var signs: [Double]
  private var norm = 0.0

  /// Memory for systems of this order.
  public init(order: Int) {
    precondition(order >= 0, "the order cannot be negative")
    self.order = order
    factors = [Double](repeating: 0, count: order * order)
    rows = [Int](repeating: 0, count: order)
    work = [Double](repeating: 0, count: order)
    signs = work
  }

  /// Changes the order. The factors are lost; memory is kept if it suffices.
  public mutating func resize(order: Int) {
    precondition(order >= 0, "the order cannot be negative")
    self.order = order
    determinantSign = 0
    if factors.count < order * order {
      factors = [Double](repeating: 0, count: order * order)
    }
    if rows.count < order {
      rows = [Int](repeating: 0, count: order)
      work = [Double](repeating: 0, count: order)
      signs = work
    }
  }

  /// Factors a matrix, given row by row. False if it is singular to working precision (a pivot is 0
  /// or not a number): then nothing can be solved.
  @discardableResult
  public mutating func factor(_ matrix: [Double]) -> Bool {
    let n = order
    precondition(matrix.count == n * n, "the matrix must be square, of the system's order")
    var sign = 1
    var norm = 0.0
    factors.withUnsafeMutableBufferPointer { a in
      rows.withUnsafeMutableBufferPointer { rows in
        guard let base = a.baseAddress else { return }
        for i in 0..<(n * n) { a[i] = matrix[i] }
        for column in 0..<n {
          var sum = 0.0
          for row in 0..<n { sum += abs(a[row * n + column]) }
          if !(sum <= norm) { norm = sum }
        }
        for k in 0..<n {
          var pivot = k
          for i in (k + 1)..<max(n, k + 1) where abs(a[i * n + k]) > abs(a[pivot * n + k]) {
            pivot = i
          }
          rows[k] = pivot
          if pivot != k {
            for j in 0..<n { a.swapAt(k * n + j, pivot * n + j) }
            sign = -sign
          }
          let head = a[k * n + k]
          guard abs(head) > 0, head.isFinite else {
            sign = 0
            return
          }
          if head < 0 { sign = -sign }
          let inverse = 1 / head
          for i in (k + 1)..<max(n, k + 1) {
            let ratio = inverse.isFinite ? a[i * n + k] * inverse : a[i * n + k] / head
            a[i * n + k] = ratio
            if ratio == 0 { continue }
            let source = base + (k * n)
            let target = base + (i * n)
            for j in (k + 1)..<n { target[j] -= ratio * source[j] }
          }
        }
      }
    }
    self.norm = norm
    determinantSign = sign
    return sign != 0
  }

  /// Replaces the right side b by the solution x of A x = b.
  public func solve(_ right: inout [Double]) {
    precondition(isFactored, "a matrix must be factored first")
    precondition(right.count == order, "the right side must have one number per equation")
    solveFactored(&right)
  }

  /// Replaces the right side b by the solution x of Aᵀ x = b.
  public func solveTransposed(_ right: inout [Double]) {
    precondition(isFactored, "a matrix must be factored first")
    precondition(right.count == order, "the right side must have one number per equation")
    solveFactoredTransposed(&right)
  }

  /// The natural logarithm of the determinant's size, minus infinity if the matrix is singular.
  public var logDeterminant: Double {
    guard isFactored else { return -.infinity }
    var sum = 0.0
    for i in 0..<order { sum += log(abs(factors[i * order + i])) }
    return sum
  }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁), never too small by more than rounding and seldom too large
  /// by more than a factor of 3: near 1 for well-conditioned matrices, near 10⁻¹⁶ for singular ones.
  /// Costs some four to ten solutions (Hager 1984, Higham 1988).
  public mutating func reciprocalCondition() -> Double {
    guard isFactored else { return 0 }
    guard order > 0, norm > 0 else { return 1 }
    let n = order
    var x = work
    var lastSigns = signs
    work = []
    signs = []
    defer {
      work = x
      signs = lastSigns
    }
    var estimate = 0.0
    for i in 0..<n {
      x[i] = 1 / Double(n)
      lastSigns[i] = 0
    }
    for _ in 0..<5 {
      solveFactored(&x)
      var size = 0.0
      var hasChanged = false
      for i in 0..<n {
        size += abs(x[i])
        let sign: Double = x[i] < 0 ? -1 : 1
        if sign != lastSigns[i] { hasChanged = true }
        lastSigns[i] = sign
        x[i] = sign
      }
      guard size > estimate else { break }
      estimate = size
      guard hasChanged else { break }
      solveFactoredTransposed(&x)
      var peak = 0
      for i in 0..<n where abs(x[i]) > abs(x[peak]) { peak = i }
      for i in 0..<n { x[i] = i == peak ? 1 : 0 }
    }
    // A vector of alternating signs catches the matrices that deceive the loop above.
    for i in 0..<n {
      let size = 1 + Double(i) / Double(max(n - 1, 1))
      x[i] = i.isMultiple(of: 2) ? size : -size
    }
    solveFactored(&x)
    var size = 0.0
    for i in 0..<n { size += abs(x[i]) }
    estimate = max(estimate, 2 * size / (3 * Double(n)))
    return min(1, 1 / estimate / norm)
  }

  private func solveFactored(_ right: inout [Double]) {
    let n = order
    factors.withUnsafeBufferPointer { a in
      right.withUnsafeMutableBufferPointer { x in
        for k in 0..<n where rows[k] != k { x.swapAt(k, rows[k]) }
        guard let matrix = a.baseAddress, let vector = x.baseAddress else { return }
        for i in 0..<n { vector[i] -= dot(matrix + (i * n), vector, i) }
        for i in stride(from: n - 1, through: 0, by: -1) {
          let rest = dot(matrix + (i * n + i + 1), vector + (i + 1), n - i - 1)
          vector[i] = (vector[i] - rest) / matrix[i * n + i]
        }
      }
    }
  }

  private func solveFactoredTransposed(_ right: inout [Double]) {
    let n = order
    factors.withUnsafeBufferPointer { a in
      right.withUnsafeMutableBufferPointer { x in
        for i in 0..<n {
          let value = x[i] / a[i * n + i]
          x[i] = value
          for j in (i + 1)..<max(n, i + 1) { x[j] -= a[i * n + j] * value }
        }
        for i in stride(from: n - 1, through: 0, by: -1) {
          let value = x[i]
          for j in 0..<i { x[j] -= a[i * n + j] * value }
        }
        for k in stride(from: n - 1, through: 0, by: -1) where rows[k] != k {
          x.swapAt(k, rows[k])
        }
      }
    }
  }
}

/// The dot product of two vectors, in four running sums so that additions need not wait.
private func dot(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int
) -> Double {
  var sums = (0.0, 0.0, 0.0, 0.0)
  var i = 0
  while i &+ 4 <= count {
    sums.0 += a[i] * b[i]
    sums.1 += a[i &+ 1] * b[i &+ 1]
    sums.2 += a[i &+ 2] * b[i &+ 2]
    sums.3 += a[i &+ 3] * b[i &+ 3]
    i &+= 4
  }
  while i < count {
    sums.0 += a[i] * b[i]
    i &+= 1
  }
  return (sums.0 + sums.1) + (sums.2 + sums.3)
}
