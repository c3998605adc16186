/// Whether two numbers agree to a relative tolerance (absolute below 1e-300), or are the same
/// infinity.
func isClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  a == b || abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-300)
}

/// Whether two numbers agree to an absolute tolerance.
func isNear(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  abs(a - b) <= tolerance
}
