import Testing

import Mathematics

@Suite("Gaussian copula")
struct GaussianCopulaTests {
  @Test("The factor of a chain of three agrees with NumPy")
  func factor() throws {
    // numpy.linalg.cholesky of 2 sin(πρ/6) for ρ₁₂ = .5, ρ₂₃ = −.3
    let copula = try GaussianCopula(
      dimensions: 5, correlations: [RankCorrelation(0, 2, 0.5), RankCorrelation(4, 2, -0.3)])
    let expected = [
      1.0, 0.0, 0.0, 0.5176380902050415, 0.8555996771673523, 0.0, 0.0, -0.3656720992652568,
      0.9307437433681411,
    ]
    #expect(copula.involved == [0, 2, 4])
    let block = try #require(copula.blocks.first)
    for i in 0..<3 {
      for j in 0...i {
        #expect(isNear(block.factor[3 * i + j], expected[3 * i + j], within: 1e-15))
      }
    }
  }

  @Test("Samples have the stated rank correlations, and margins stay uniform")
  func samples() throws {
    let copula = try GaussianCopula(
      dimensions: 4,
      correlations: [
        RankCorrelation(0, 1, 0.7), RankCorrelation(1, 3, -0.4), RankCorrelation(0, 3, -0.1),
      ])
    let sequence = ScrambledSobol(dimensions: 4, seed: 3)
    var columns = [[Double]](repeating: [], count: 4)
    for index in 0..<4096 {
      var point = [Double](repeating: 0, count: 4)
      sequence.point(replicate: 0, index: index, into: &point)
      let before = point
      copula.correlate(&point)
      #expect(point[2] == before[2] && point[0] == before[0])
      for d in 0..<4 { columns[d].append(point[d]) }
    }
    for column in columns {
      #expect(column.allSatisfy { $0 > 0 && $0 < 1 })
      #expect(isNear(Statistics.mean(column) ?? 0, 0.5, within: 1e-3))
      #expect(isNear(Statistics.variance(column) ?? 0, 1.0 / 12, within: 1e-3))
    }
    // Margins are uniform, so Spearman's ρ is 12 times the covariance.
    for (i, j, expected) in [(0, 1, 0.7), (1, 3, -0.4), (0, 3, -0.1), (0, 2, 0), (2, 3, 0)] {
      let products = zip(columns[i], columns[j]).map { ($0 - 0.5) * ($1 - 0.5) }
      #expect(isNear(12 * (Statistics.mean(products) ?? 0), expected, within: 5e-3))
    }
  }

  @Test("Decorrelating scores undoes correlating them")
  func scores() throws {
    let copula = try GaussianCopula(
      dimensions: 4, correlations: [RankCorrelation(1, 2, 0.6), RankCorrelation(2, 3, 0.5)])
    var scores = [0.3, -1.2, 2, 0.7]
    copula.correlate(scores: &scores)
    #expect(scores[0] == 0.3 && scores[1] == -1.2)
    copula.decorrelate(scores: &scores)
    for (a, b) in zip(scores, [0.3, -1.2, 2, 0.7]) { #expect(isNear(a, b, within: 1e-14)) }
    var uniforms = [1e-15, 1 - 0x1p-53, 1 - 0x1p-53, 1 - 0x1p-53]
    copula.correlate(&uniforms)
    #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test("Without statements nothing changes")
  func independent() throws {
    let copula = try GaussianCopula(dimensions: 2, correlations: [RankCorrelation(0, 1, 0)])
    var uniforms = [0.2, 0.9]
    copula.correlate(&uniforms)
    #expect(uniforms == [0.2, 0.9])
    #expect(copula.involved.isEmpty)
  }

  @Test("Correlations that clash are refused with the least group and a factor that works")
  func clash() throws {
    let clashing = [
      RankCorrelation(1, 2, 0.9), RankCorrelation(2, 4, 0.9), RankCorrelation(1, 4, -0.9),
      RankCorrelation(4, 5, 0.2), RankCorrelation(0, 3, 0.5),
    ]
    var caught: CopulaError?
    do {
      _ = try GaussianCopula(dimensions: 6, correlations: clashing)
    } catch {
      caught = error
    }
    guard case .notPositiveDefinite(let variables, let shrink) = caught else {
      Issue.record("\(String(describing: caught))")
      return
    }
    #expect(variables == [1, 2, 4])
    // Without the fourth: scipy.optimize.brentq on the least eigenvalue gives 0.5362041550342524
    #expect(shrink < 0.5362041550342524 && shrink > 0.5)
    let shrunk = clashing.map { RankCorrelation($0.first, $0.second, $0.correlation * shrink) }
    #expect(throws: Never.self) { try GaussianCopula(dimensions: 6, correlations: shrunk) }
    #expect(caught?.description.contains("variable 1, variable 2, variable 4") == true)
    #expect(throws: CopulaError.self) {
      try GaussianCopula(
        dimensions: 6,
        correlations: clashing.map {
          RankCorrelation($0.first, $0.second, $0.correlation * shrink * 1.000_001)
        })
    }
  }

  @Test("Malformed statements are refused")
  func malformed() {
    let one = RankCorrelation(0, 1, 0.5)
    #expect(throws: CopulaError.outOfRange(RankCorrelation(0, 1, 1))) {
      try GaussianCopula(dimensions: 2, correlations: [RankCorrelation(0, 1, 1)])
    }
    #expect(throws: CopulaError.self) {
      try GaussianCopula(dimensions: 2, correlations: [RankCorrelation(0, 1, .nan)])
    }
    #expect(throws: CopulaError.noSuchPair(RankCorrelation(1, 1, 0.2))) {
      try GaussianCopula(dimensions: 2, correlations: [RankCorrelation(1, 1, 0.2)])
    }
    #expect(throws: CopulaError.noSuchPair(RankCorrelation(0, 2, 0.2))) {
      try GaussianCopula(dimensions: 2, correlations: [RankCorrelation(0, 2, 0.2)])
    }
    #expect(throws: CopulaError.contradiction(one, RankCorrelation(1, 0, 0.4))) {
      try GaussianCopula(dimensions: 2, correlations: [one, RankCorrelation(1, 0, 0.4)])
    }
    #expect(throws: Never.self) {
      try GaussianCopula(dimensions: 2, correlations: [one, RankCorrelation(1, 0, 0.5)])
    }
  }
}
