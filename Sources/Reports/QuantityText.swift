public import Forecasts
public import Scenarios

/// Values of quantities as people read and write them.
public enum QuantityText {
  /// A value as `--set` takes it: all its digits, as a percentage where the quantity is one.
  public static func exact(_ value: Double, of input: Input) -> String {
    guard input.isProbability else {
      return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
    // A percentage has its digits two places further; what multiplying adds beyond is cut off.
    let percent = value * 100
    let digits = NumberFormat.rounded(percent, 10)
    return digits + "%"
  }

  /// A value with about three digits and, unless it stands elsewhere, its unit.
  public static func short(_ value: Double, of input: Input, hasUnit: Bool = true) -> String {
    if input.isProbability { return NumberFormat.rounded(value * 100, 1) + "%" }
    let unit = hasUnit ? input.unit.map { " \($0)" } : nil
    return NumberFormat.significant(value) + (unit ?? "")
  }

  /// What a `--set` of the quantity looks like in a shell.
  public static func setting(_ value: Double, of input: Input) -> String {
    "--set \"\(input.name)=\(exact(value, of: input))\""
  }

  /// Where the verdict is another than now: "at least 3.42 points", "from 1 to 2 or at least 5".
  ///
  /// - Parameter isAbove: whether the answer is at the level or above it as things stand.
  public static func beyond(
    _ threshold: Threshold, of input: Input, isAbove: Bool
  ) -> String {
    var parts: [String] = []
    var start: String?
    for crossing in threshold.crossings {
      if crossing.isRising != isAbove {
        start = exact(crossing.upper.value, of: input)
      } else {
        let end = exact(crossing.lower.value, of: input)
        parts.append(start.map { "from \($0) to \(end)" } ?? "at most \(end)")
        start = nil
      }
    }
    if let start { parts.append("at least \(start)") }
    return parts.joined(separator: " or ") + (input.unit.map { " \($0)" } ?? "")
  }
}
