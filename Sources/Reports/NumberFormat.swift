import Figures
public import Mathematics

/// Numbers as people read them.
public enum NumberFormat {
  /// A probability in words' company: never 0% and never 100%, one decimal near the ends.
  public static func percent(_ probability: Double) -> String {
    FigureNumbers.percent(probability)
  }

  /// A range of probabilities.
  public static func range(_ range: ClosedRange<Double>) -> String {
    "\(percent(range.lowerBound)) to \(percent(range.upperBound))"
  }

  /// A difference of probabilities in percentage points, two significant digits.
  public static func points(_ difference: Double) -> String {
    let points = difference * 100
    if points >= 10 { return "\(Int(points.rounded()))" }
    if points >= 1 { return rounded(points, 1) }
    if points >= 0.095 { return rounded(points, 1) }
    return points == 0 ? "0" : "<0.1"
  }

  /// A number with at most this many decimals, without trailing zeros.
  public static func rounded(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let result = (value * scale).rounded() / scale
    if result == result.rounded(), abs(result) < 1e15 { return "\(Int(result))" }
    return "\(result)"
  }

  /// A number with about four significant digits.
  public static func short(_ value: Double) -> String {
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1000 { return rounded(value, 0) }
    if size >= 100 { return rounded(value, 1) }
    if size >= 10 { return rounded(value, 2) }
    if size >= 1 { return rounded(value, 3) }
    if size >= 1e-4 { return rounded(value, 4) }
    return scientific(value)
  }

  /// A number with two significant digits, for what is known no better.
  public static func twoDigits(_ value: Double) -> String {
    let size = abs(value)
    if size == 0 || !value.isFinite { return value == 0 ? "0" : "\(value)" }
    if size < 1e-4 || size >= 1e15 { return scientific(value) }
    if size < 100 {
      var decimals = 0
      var least = 10.0
      // Rounding up to the next power of ten would show one digit too many.
      while size < least * 0.995 && decimals < 5 {
        decimals += 1
        least /= 10
      }
      return rounded(value, decimals)
    }
    var scale = 10.0
    while size / scale >= 100 { scale *= 10 }
    return count(Int((value / scale).rounded() * scale))
  }

  /// A difference with its sign and about two significant digits.
  public static func signed(_ value: Double) -> String {
    let size = abs(value)
    let text =
      size >= 10
      ? rounded(size, 0)
      : size >= 1 ? rounded(size, 1) : size >= 0.01 ? rounded(size, 2) : scientific(size)
    return (value < 0 ? "-" : "+") + text
  }

  /// A number with three significant digits, without trailing zeros.
  public static func significant(_ value: Double) -> String {
    let size = abs(value)
    if size >= 100 { return rounded(value, 0) }
    if size >= 10 { return rounded(value, 1) }
    if size >= 1 { return rounded(value, 2) }
    if size >= 0.1 { return rounded(value, 3) }
    return short(value)
  }

  /// A share of something other than probability: whole percent, small ones as "<1%".
  public static func share(_ value: Double) -> String { FigureNumbers.share(value) }

  /// An amount as it was written, with commas between thousands.
  public static func amount(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? count(Int(value)) : short(value)
  }

  /// Two significant digits and a power of ten, such as 2.3e-10.
  public static func scientific(_ value: Double) -> String {
    if value == 0 { return "0" }
    var exponent = 0
    var mantissa = value
    while abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while abs(mantissa) < 1 {
      mantissa *= 10
      exponent -= 1
    }
    // Rounding can carry into the next power of ten.
    let digits = rounded(mantissa, 1)
    if digits == "10" || digits == "-10" { return "\(mantissa < 0 ? "-" : "")1e\(exponent + 1)" }
    return "\(digits)e\(exponent)"
  }

  /// An exact number as a fraction, where that is short enough to be read.
  public static func fraction(_ value: Rational) -> String? {
    let text = "\(value)"
    return text.count <= 12 ? text : nil
  }

  /// A whole number with commas between thousands.
  public static func count(_ value: Int) -> String {
    var digits = Array(String(abs(value)))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }
}
