import Mathematics
public import Scenarios

/// The draws of a scenario's quantities. Draw *k* is a pure function of the seed and *k*: points of
/// 16 independently scrambled Sobol' sequences (Owen 1995) in turn, tied by a Gaussian copula where
/// the scenario states rank correlations.
public struct DrawSource: Sendable {
  /// The number of scrambled sequences; their spread gives the sampling error.
  public static let replicates = 16

  private let sequence: ScrambledSobol
  private let copula: GaussianCopula?
  private let best: [Double]
  private let uncertain: [Int]
  private let distributions: [Distribution]

  /// The draws under a seed.
  ///
  /// - Throws: a diagnostic if the stated correlations contradict each other.
  public init(_ scenario: Scenario, seed: UInt64) throws(Diagnostic) {
    self.init(try InputSpace(scenario), seed: seed)
  }

  /// The draws of some inputs under a seed.
  public init(_ space: InputSpace, seed: UInt64) {
    uncertain = space.uncertain
    best = space.best
    distributions = uncertain.map { space.distributions[$0] }
    sequence = ScrambledSobol(dimensions: max(best.count, 1), seed: seed)
    copula = space.copula
  }

  /// Whether every draw is the same.
  public var isCertain: Bool { uncertain.isEmpty }

  /// The scenario's inputs at their best estimates.
  public var bestEstimates: [Double] { best }

  /// The replicate that a draw belongs to.
  public static func replicate(of draw: Int) -> Int { draw % replicates }

  /// Writes the inputs of one draw.
  ///
  /// - Complexity: O(inputs), quadratic in those that are correlated.
  public func draw(_ number: Int, point: inout [Double], into inputs: inout [Double]) {
    inputs = best
    if uncertain.isEmpty { return }
    let replicate = DrawSource.replicate(of: number)
    let index = number / DrawSource.replicates
    // An input's dimension is its own index: fixing one quantity leaves the others' draws alone.
    for input in uncertain {
      point[input] = sequence.coordinate(replicate: replicate, index: index, dimension: input)
    }
    if let copula { copula.correlate(&point) }
    for (ordinal, input) in uncertain.enumerated() {
      inputs[input] = distributions[ordinal].quantile(point[input])
    }
  }

  /// Room for the coordinates of a point.
  public func makePoint() -> [Double] { Array(repeating: 0.5, count: max(best.count, 1)) }
}
