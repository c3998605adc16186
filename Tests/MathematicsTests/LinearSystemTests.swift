import Mathematics
import Testing

@Suite("Linear systems")
struct LinearSystemTests {
  static let matrix: [Double] = [4, -2, 1, 0, 1, 3, -1, 2, 0, 5, 0.5, -3, 2, 1, 1, 7]

  @Test("Solutions, determinant and condition agree with NumPy")
  func published() {
    var system = LinearSystem(order: 4)
    let isRegular = system.factor(LinearSystemTests.matrix)
    #expect(isRegular)
    // numpy.linalg.solve(A, [1, 2, 3, 4]) and of the transpose
    var x = [1.0, 2, 3, 4]
    system.solve(&x)
    let expected = [0.367595818815331, 0.6637630662020906, 0.8571428571428571, 0.24912891986062718]
    for (a, b) in zip(x, expected) { #expect(isClose(a, b, within: 1e-14)) }
    x = [1, 2, 3, 4]
    system.solveTransposed(&x)
    let transposed = [
      -0.08536585365853655, -1.3135888501742161, 0.8885017421602788, 1.3275261324041812,
    ]
    for (a, b) in zip(x, transposed) { #expect(isClose(a, b, within: 1e-14)) }
    #expect(system.determinantSign == 1)
    #expect(isClose(system.logDeterminant, 5.6594822157596205, within: 1e-14))
    // 1 / numpy.linalg.cond(A, 1) = 0.09923928077455049
    let estimate = system.reciprocalCondition()
    #expect(estimate >= 0.0992392 && estimate < 3 * 0.0992393)
  }

  @Test("Hilbert matrices are as badly conditioned as they are known to be")
  func hilbert() {
    // 1 / numpy.linalg.cond(scipy.linalg.hilbert(n), 1)
    let table = [(3, 0.0013368983957219203), (6, 3.4399394648e-08), (9, 9.0937860e-13)]
    for (n, expected) in table {
      var matrix = [Double](repeating: 0, count: n * n)
      for i in 0..<n { for j in 0..<n { matrix[i * n + j] = 1 / Double(i + j + 1) } }
      var system = LinearSystem(order: n)
      let isRegular = system.factor(matrix)
      #expect(isRegular)
      let estimate = system.reciprocalCondition()
      #expect(estimate > 0.99 * expected && estimate < 3 * expected, "\(n): \(estimate)")
    }
  }

  @Test("The residual of random systems is rounding, in memory used again")
  func random() {
    var stream = SplitMix64(seed: 5)
    var system = LinearSystem(order: 1)
    for n in [1, 2, 3, 10, 30, 7, 50] {
      system.resize(order: n)
      let matrix = (0..<(n * n)).map { _ in stream.uniform() - 0.5 }
      let right = (0..<n).map { _ in stream.uniform() }
      let isRegular = system.factor(matrix)
      #expect(isRegular)
      var x = right
      system.solve(&x)
      var y = right
      system.solveTransposed(&y)
      let size = x.map(abs).max() ?? 1
      let sizeTransposed = y.map(abs).max() ?? 1
      for i in 0..<n {
        var residual = -right[i]
        var residualTransposed = -right[i]
        for j in 0..<n {
          residual += matrix[i * n + j] * x[j]
          residualTransposed += matrix[j * n + i] * y[j]
        }
        #expect(abs(residual) < 1e-13 * Double(n) * max(size, 1))
        #expect(abs(residualTransposed) < 1e-13 * Double(n) * max(sizeTransposed, 1))
      }
    }
  }

  @Test("The determinant changes sign with a swap of rows")
  func sign() {
    var system = LinearSystem(order: 3)
    system.factor([0, 1, 0, 1, 0, 0, 0, 0, 1])
    #expect(system.determinantSign == -1)
    system.factor([0, 1, 0, 0, 0, 1, 1, 0, 0])
    #expect(system.determinantSign == 1)
    system.factor([-1, 0, 0, 0, -2, 0, 0, 0, -3])
    #expect(system.determinantSign == -1)
  }

  @Test("Singular and meaningless matrices have no factors")
  func singular() {
    var system = LinearSystem(order: 2)
    system.factor([1, 2, 2, 4])
    #expect(!system.isFactored && system.determinantSign == 0)
    let condition = system.reciprocalCondition()
    #expect(condition == 0)
    #expect(system.logDeterminant == -.infinity)
    system.factor([.nan, 1, 1, 1])
    #expect(!system.isFactored)
    system.factor([1, .infinity, 1, 1])
    #expect(!system.isFactored)
    system.factor([1, 2, 2, 5])
    #expect(system.isFactored)
  }

  @Test("A system without equations is solved")
  func empty() {
    var system = LinearSystem(order: 0)
    let isRegular = system.factor([])
    #expect(isRegular)
    var x: [Double] = []
    system.solve(&x)
    #expect(system.determinantSign == 1)
  }
}
