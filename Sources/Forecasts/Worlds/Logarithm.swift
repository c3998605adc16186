import Foundation

/// The natural logarithm; minus infinity of 0.
func naturalLogarithm(_ value: Double) -> Double { log(value) }

/// The exponential function.
func exponential(_ value: Double) -> Double { exp(value) }
