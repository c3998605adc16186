/// Numbers in figures.
package enum FigureNumbers {
  /// A probability: never 0% and never 100%.
  package static func percent(_ probability: Double) -> String {
    if !probability.isFinite { return "undefined" }
    if probability < 0.01 { return "<1%" }
    if probability > 0.99 { return ">99%" }
    if probability < 0.0995 || probability > 0.9005 { return rounded(probability * 100, 1) + "%" }
    return "\(Int((probability * 100).rounded()))%"
  }

  /// A tick of a probability axis, whose ends are 0% and 100%.
  package static func tick(_ share: Double) -> String { rounded(share * 100, 1) + "%" }

  /// A share of something other than probability.
  package static func share(_ value: Double) -> String {
    if !value.isFinite { return "undefined" }
    let percent = min(max(value, -1000), 1000) * 100
    if percent > 0, percent < 0.5 { return "<1%" }
    return "\(Int(percent.rounded()))%"
  }

  /// At most this many decimals, no zeros at the end, a comma between thousands.
  package static func rounded(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "undefined" }
    guard abs(value) < 1e12 else { return "\(value)" }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let units = Int((abs(value) * Double(scale)).rounded())
    var whole = "\(units / scale)"
    var grouped = ""
    while whole.count > 3 {
      grouped = "," + whole.suffix(3) + grouped
      whole.removeLast(3)
    }
    whole += grouped
    var rest = "\(units % scale + scale)".dropFirst()
    while rest.last == "0" { rest.removeLast() }
    let sign = value < 0 && units > 0 ? "−" : ""
    return sign + whole + (rest.isEmpty ? "" : "." + rest)
  }

  /// About three significant digits.
  package static func short(_ value: Double) -> String {
    let size = abs(value)
    if size >= 100 || size == 0 { return rounded(value, 0) }
    if size >= 10 { return rounded(value, 1) }
    if size >= 1 { return rounded(value, 2) }
    if size >= 0.1 { return rounded(value, 3) }
    return size < 1e-6 ? "\(value)" : rounded(value, 6)
  }
}

/// A quantity that a figure has on an axis or beside a bar.
public struct FigureQuantity: Sendable, Hashable {
  /// As the scenario names it.
  public let name: String
  /// Written after the axis's name; empty if there is none.
  public let unit: String
  /// Whether its values are shares, written in percent.
  public let isShare: Bool

  /// A quantity on an axis.
  public init(name: String, unit: String = "", isShare: Bool = false) {
    self.name = name
    self.unit = unit
    self.isShare = isShare
  }

  /// A value of it, in words.
  public func text(_ value: Double) -> String {
    isShare ? FigureNumbers.rounded(value * 100, 1) + "%" : FigureNumbers.short(value)
  }

  /// Its name with its unit.
  var axis: String { unit.isEmpty ? name : "\(name) (\(unit))" }
}
