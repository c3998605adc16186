public import Forecasts

/// In words: how far an answer depends on which equilibrium is played.
public enum SelectionText {
  /// One line, indented as the other lines of an answer.
  public static func line(_ range: SelectionRange) -> [String] {
    let sample = range.draws == 1 ? "" : " (in \(NumberFormat.count(range.draws)) draws)"
    let isPoint = range.high - range.low < 1e-6
    let text =
      switch (isPoint, range.isComplete) {
      case (true, true): "No other way to play is an equilibrium\(sample)."
      case (true, false): "No other equilibrium was found that changes this\(sample)."
      case (false, true):
        "Other equilibria: \(NumberFormat.range(range.low...range.high))\(sample)."
      case (false, false):
        "Other equilibria: at least from \(NumberFormat.range(range.low...range.high))\(sample)."
      }
    return TextLayout.wrap(text, first: "  ", indent: 2)
  }
}
