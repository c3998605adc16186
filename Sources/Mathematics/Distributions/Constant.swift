extension Distribution {
  /// A number that is known.
  public struct Constant: DistributionFamily {
    /// The number.
    public let value: Double

    /// Throws ``DistributionError/notFinite(parameter:)``.
    public init(_ value: Double) throws(DistributionError) {
      self.value = try value.finite("value")
    }

    private init(known value: Double) { self.value = value }

    /// The number 0, where nothing better is known.
    public static let zero = Constant(known: 0)

    /// The number alone.
    public var support: ClosedRange<Double> { value...value }
    /// The number.
    public var mean: Double { value }
    /// 0 below the number, 1 from there on.
    public func cumulative(_ x: Double) -> Double { x.isNaN ? .nan : (x >= value ? 1 : 0) }
    /// 0 up to the number, 1 above it.
    public func probabilityBelow(_ x: Double) -> Double { x.isNaN ? .nan : (x > value ? 1 : 0) }
    /// The number.
    public func interiorQuantile(_ u: Double) -> Double { value }
  }
}
