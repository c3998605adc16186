/// Words for a probability, by the scale of the United States' Intelligence Community Directive
/// 203 (2015), section D.6.e(2)(a). They always stand beside the number.
public enum EstimativeWords {
  /// The words for a probability from 0 to 1.
  public static func words(for probability: Double) -> String {
    switch probability {
    case ..<0.05: "almost no chance"
    case ..<0.20: "very unlikely"
    case ..<0.45: "unlikely"
    case ...0.55: "roughly even chance"
    case ...0.80: "likely"
    case ...0.95: "very likely"
    default: "almost certain"
    }
  }
}
