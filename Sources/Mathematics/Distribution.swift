/// What is known about a number: a distribution over the real line.
///
/// Make one by the factories that throw, such as ``normal(mean:standardDeviation:)``, or from
/// percentiles by ``fit(low:best:high:support:)``. The cases hold parameters that have been checked.
public indirect enum Distribution: Sendable, Equatable {
  /// A number that is known.
  case constant(Constant)
  /// Normal.
  case normal(Normal)
  /// Lognormal, from a bound up or down.
  case lognormal(LogNormal)
  /// Uniform.
  case uniform(Uniform)
  /// Triangular.
  case triangular(Triangular)
  /// Beta on an interval. PERT is one of these.
  case beta(Beta)
  /// Gamma.
  case gamma(Gamma)
  /// Exponential.
  case exponential(Exponential)
  /// Student's t, moved and stretched.
  case student(Student)
  /// One of a list of numbers.
  case discrete(Discrete)
  /// One of several distributions.
  case mixture(Mixture)
  /// A distribution cut off at two ends.
  case truncated(Truncated)
  /// Metalog with three terms.
  case metalog(Metalog)

  /// What the case holds.
  public var family: any DistributionFamily {
    switch self {
    case .constant(let family): return family
    case .normal(let family): return family
    case .lognormal(let family): return family
    case .uniform(let family): return family
    case .triangular(let family): return family
    case .beta(let family): return family
    case .gamma(let family): return family
    case .exponential(let family): return family
    case .student(let family): return family
    case .discrete(let family): return family
    case .mixture(let family): return family
    case .truncated(let family): return family
    case .metalog(let family): return family
    }
  }

  /// The name of the family, as the language writes it.
  public var name: String {
    switch self {
    case .constant: return "constant"
    case .normal: return "normal"
    case .lognormal: return "lognormal"
    case .uniform: return "uniform"
    case .triangular: return "triangular"
    case .beta: return "beta"
    case .gamma: return "gamma"
    case .exponential: return "exponential"
    case .student: return "student"
    case .discrete: return "discrete"
    case .mixture: return "mixture"
    case .truncated: return "truncate"
    case .metalog: return "metalog"
    }
  }

  /// The least interval that holds all values. Its ends may be infinite.
  public var support: ClosedRange<Double> { family.support }

  /// The median.
  public var median: Double { family.median }

  /// The mean: infinite or not a number where there is none. In closed form except for bounded
  /// metalogs and truncated distributions, which take some hundred evaluations of the quantile.
  public var mean: Double { family.mean }

  /// The least value whose cumulative probability is at least `u`, for `u` in (0, 1); the ends of
  /// the support at 0 and 1. It never decreases in `u` (up to rounding in the last digits).
  ///
  /// Closed forms, except that beta, gamma and Student take a few Newton steps (about 5 µs) and a
  /// mixture some ten to fifty evaluations of the cumulative probabilities of its components.
  public func quantile(_ u: Double) -> Double { family.quantile(u) }

  /// The probability of a value up to and including `x`.
  public func cumulative(_ x: Double) -> Double { family.cumulative(x) }

  /// The probability of a value below `x`.
  public func probabilityBelow(_ x: Double) -> Double { family.probabilityBelow(x) }
}

// MARK: Factories

extension Distribution {
  /// A number that is known. Throws if it is not finite.
  public static func constant(_ value: Double) throws(DistributionError) -> Distribution {
    .constant(try Constant(value))
  }

  /// Normal. The standard deviation must be above 0.
  public static func normal(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Distribution {
    .normal(try Normal(mean: mean, standardDeviation: standardDeviation))
  }

  /// Lognormal: the logarithm has mean `mu` and standard deviation `sigma`, which must be above 0.
  public static func lognormal(
    mu: Double, sigma: Double
  ) throws(DistributionError) -> Distribution {
    .lognormal(try LogNormal(mu: mu, sigma: sigma))
  }

  /// Uniform. The low end must be below the high end.
  public static func uniform(low: Double, high: Double) throws(DistributionError) -> Distribution {
    .uniform(try Uniform(low: low, high: high))
  }

  /// Triangular. The mode must lie between the ends, or at one.
  public static func triangular(
    low: Double, mode: Double, high: Double
  ) throws(DistributionError) -> Distribution {
    .triangular(try Triangular(low: low, mode: mode, high: high))
  }

  /// PERT, the beta with mean (low + 4 mode + high) / 6. The mode must lie between the ends.
  public static func pert(
    low: Double, mode: Double, high: Double
  ) throws(DistributionError) -> Distribution {
    .beta(try Beta.pert(low: low, mode: mode, high: high))
  }

  /// Beta between two ends. Both shapes must be above 0.
  public static func beta(
    alpha: Double, beta: Double, low: Double = 0, high: Double = 1
  ) throws(DistributionError) -> Distribution {
    .beta(try Beta(alpha: alpha, beta: beta, low: low, high: high))
  }

  /// Gamma. Shape and scale must be above 0.
  public static func gamma(
    shape: Double, scale: Double
  ) throws(DistributionError) -> Distribution {
    .gamma(try Gamma(shape: shape, scale: scale))
  }

  /// Exponential with this mean, which must be above 0.
  public static func exponential(mean: Double) throws(DistributionError) -> Distribution {
    .exponential(try Exponential(mean: mean))
  }

  /// Student's t. Degrees of freedom and scale must be above 0.
  public static func student(
    degreesOfFreedom: Double, location: Double = 0, scale: Double = 1
  ) throws(DistributionError) -> Distribution {
    .student(
      try Student(degreesOfFreedom: degreesOfFreedom, location: location, scale: scale))
  }

  /// One of a list of numbers. Weights are rescaled to add up to 1.
  public static func discrete(
    _ outcomes: [(value: Double, weight: Double)]
  ) throws(DistributionError) -> Distribution {
    .discrete(try Discrete(outcomes))
  }

  /// One of several distributions. Weights are rescaled to add up to 1.
  public static func mixture(
    _ components: [(weight: Double, distribution: Distribution)]
  ) throws(DistributionError) -> Distribution {
    .mixture(try Mixture(components))
  }

  /// A distribution given that its value lies between two ends, which may be infinite.
  public static func truncated(
    _ base: Distribution, low: Double = -.infinity, high: Double = .infinity
  ) throws(DistributionError) -> Distribution {
    .truncated(try Truncated(base, low: low, high: high))
  }

  /// The three-term metalog with these 5th, 50th and 95th percentiles.
  public static func metalog(
    low: Double, best: Double, high: Double, atLeast: Double? = nil, atMost: Double? = nil
  ) throws(DistributionError) -> Distribution {
    .metalog(try Metalog(low: low, best: best, high: high, atLeast: atLeast, atMost: atMost))
  }
}
