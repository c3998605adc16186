#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The natural logarithm, under a name that a local constant does not hide.
@inline(__always)
func logarithm(_ x: Double) -> Double { log(x) }

/// The exponential function. Where the result is 0 the library takes its time: it is not asked.
@inline(__always)
func exponential(_ x: Double) -> Double { x < -746 ? 0 : exp(x) }

/// `x` to the power `y`.
@inline(__always)
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
