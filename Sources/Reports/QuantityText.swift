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

  /// A value with about three digits and its unit.
  public static func short(_ value: Double, of input: Input) -> String {
    if input.isProbability { return NumberFormat.rounded(value * 100, 1) + "%" }
    return NumberFormat.significant(value) + (input.unit.map { " \($0)" } ?? "")
  }

  /// What a `--set` of the quantity looks like in a shell.
  public static func setting(_ value: Double, of input: Input) -> String {
    "--set \"\(input.name)=\(exact(value, of: input))\""
  }
}
