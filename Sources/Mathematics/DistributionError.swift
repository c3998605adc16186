import Foundation

/// Why a distribution cannot be made, as a sentence for the person who wrote its numbers.
public enum DistributionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A parameter is infinite or not a number.
  case notFinite(parameter: String)
  /// A parameter that must be above 0 is not.
  case notPositive(parameter: String, value: Double)
  /// A shape is so small that all values are at the ends, or so large that they are all the same.
  case outsideRange(parameter: String, value: Double, range: ClosedRange<Double>)
  /// Two ends are equal or the wrong way round.
  case lowNotBelowHigh(low: Double, high: Double)
  /// A middle value, named by `parameter`, lies outside its two ends.
  case middleOutside(parameter: String, value: Double, low: Double, high: Double)
  /// A list of outcomes or components is empty.
  case empty
  /// A weight is below 0.
  case negativeWeight(Double)
  /// All weights are 0.
  case noWeight
  /// Less than a millionth of a distribution lies between the ends it is truncated to.
  case nothingLeft(low: Double, high: Double)
  /// A percentile lies outside the support, or on its edge.
  case outsideSupport(percentile: String, value: Double, lower: Double, upper: Double)
  /// No three-term metalog has these percentiles. `feasible` holds the middle values that would do
  /// with the same ends, and `nearest` is the one closest to what was written.
  case infeasibleTriple(
    nearest: Double, low: Double, best: Double, high: Double, feasible: ClosedRange<Double>)
  /// No distribution of the family `name` was found with these percentiles.
  case noFit(name: String, low: Double, high: Double)

  /// What is wrong.
  public var message: String {
    switch self {
    case .notFinite(let parameter):
      return "the \(parameter) must be a finite number"
    case .notPositive(let parameter, let value):
      return "the \(parameter) must be above 0, but is \(value.brief)"
    case .outsideRange(let parameter, let value, let range):
      return "the \(parameter) must lie between \(range.lowerBound.brief) and "
        + "\(range.upperBound.brief), but is \(value.brief)"
    case .lowNotBelowHigh(let low, let high):
      return "the low end must be below the high end, but \(low.brief) is not below \(high.brief)"
    case .middleOutside(let parameter, let value, let low, let high):
      return "the \(parameter), \(value.brief), must lie between \(low.brief) and \(high.brief)"
    case .empty:
      return "at least one value is needed"
    case .negativeWeight(let weight):
      return "a weight must not be below 0, but one is \(weight.brief)"
    case .noWeight:
      return "at least one weight must be above 0"
    case .nothingLeft(let low, let high):
      return "hardly anything of the distribution lies between \(low.brief) and \(high.brief)"
    case .outsideSupport(let percentile, let value, let lower, let upper):
      return "the \(percentile), \(value.brief), must lie strictly "
        + DistributionError.inside(lower, upper)
    case .infeasibleTriple(_, let low, let best, let high, _):
      return "no smooth distribution of the simple kind used here has its 5th percentile at "
        + "\(low.brief), its median at \(best.brief) and its 95th percentile at \(high.brief): "
        + "the best estimate is too close to one end"
    case .noFit(let name, let low, let high):
      return "no \(name) distribution was found with its 5th percentile at \(low.brief) and its "
        + "95th at \(high.brief)"
    }
  }

  /// What would cure it, if that can be said.
  public var remedy: String? {
    switch self {
    case .lowNotBelowHigh(let low, let high):
      return low == high ? nil : "swap them: \(high.brief) .. \(low.brief)"
    case .nothingLeft:
      return "move the ends to where the distribution has some weight"
    case .outsideSupport(let percentile, let value, let lower, let upper):
      return value == lower || value == upper
        ? "5% of the odds lie beyond it, so move it a little away from \(value.brief)"
        : "move the \(percentile) " + DistributionError.inside(lower, upper)
    case .infeasibleTriple(let nearest, _, _, _, let feasible):
      let least = feasible.lowerBound.shortened(.up)
      let greatest = feasible.upperBound.shortened(.down)
      guard least < greatest else {
        return "the nearest best estimate that works is \(nearest.brief)"
      }
      let near = nearest == feasible.lowerBound ? least : greatest
      return "the nearest best estimate that works is \(near.brief) (between these ends, any "
        + "from \(least.brief) to \(greatest.brief) does)"
    case .noFit:
      return "add a best estimate in the middle"
    default:
      return nil
    }
  }

  /// The message, and the remedy if there is one.
  public var description: String { remedy.map { "\(message); \($0)" } ?? message }

  private static func inside(_ lower: Double, _ upper: Double) -> String {
    if lower.isInfinite { return "below \(upper.brief)" }
    if upper.isInfinite { return "above \(lower.brief)" }
    return "between \(lower.brief) and \(upper.brief)"
  }
}

extension Double {
  /// The number for a sentence: as short as it can be read back, whole numbers without a point.
  var brief: String {
    let text = String(describing: self)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The number with four digits, rounded in the direction given.
  func shortened(_ rule: FloatingPointRoundingRule) -> Double {
    guard isFinite, self != 0 else { return self }
    let places = 3 - log10(abs(self)).rounded(.down)
    let unit = pow(10, abs(places))
    return places >= 0 ? (self * unit).rounded(rule) / unit : (self / unit).rounded(rule) * unit
  }
}
