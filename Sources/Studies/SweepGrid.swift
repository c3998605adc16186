import Foundation
import Mathematics
import Scenarios

/// Equally spaced values of a quantity, as `NAME=FROM..TO:COUNT` says them.
struct SweepGrid: Sendable {
  var name: String
  var count: Int
  /// The ends as they were written.
  var written: (from: String, to: String)
  private var from: Rational
  private var step: Rational

  /// The value at a place from 0, computed exactly and rounded once: a grid of tenths has the
  /// doubles that one writes as 0.1, 0.2, …
  func value(_ place: Int) -> Double { (from + step * Rational(place)).doubleValue }

  /// Reads a grid.
  init(_ text: String, file: String) throws(AskStudy.Failure) {
    func failure(_ message: String, _ remedy: String) -> AskStudy.Failure {
      .input([Diagnostic(code: "sweep-grid", file: file, message: message, remedy: remedy)])
    }
    let example = "write --grid \"NAME=FROM..TO:COUNT\", such as --grid \"odds ready=10%..90%:9\""
    guard let equals = text.lastIndex(of: "="),
      let colon = text[equals...].lastIndex(of: ":"),
      let dots = text[equals..<colon].firstRange(of: "..")
    else { throw failure("--grid takes NAME=FROM..TO:COUNT, not '\(text)'", example) }
    func trimmed(_ part: Substring) -> String { part.trimmingCharacters(in: .whitespaces) }
    name = trimmed(text[..<equals])
    written = (
      trimmed(text[text.index(after: equals)..<dots.lowerBound]),
      trimmed(text[dots.upperBound..<colon])
    )
    let countText = trimmed(text[text.index(after: colon)...])
    guard let from = SweepGrid.number(written.from), let to = SweepGrid.number(written.to) else {
      let wrong = SweepGrid.number(written.from) == nil ? written.from : written.to
      throw failure("'\(wrong)' is no number and no percentage in the grid '\(text)'", example)
    }
    guard let count = Int(countText), count >= 1, count <= SweepPlan.mostRows else {
      throw failure(
        "a grid has 1 to 1,000,000,000 points, not '\(countText)', in '\(text)'", example)
    }
    if from > to {
      throw failure(
        "the grid of '\(name)' goes down from \(written.from) to \(written.to)",
        "write the lower end first: \(written.to)..\(written.from)")
    }
    if (count == 1) != (from == to) {
      throw count == 1
        ? failure(
          "a grid of 1 point has no two ends, in '\(text)'",
          "write the same number twice, or ask for 2 points or more")
        : failure(
          "all \(count) points of the grid of '\(name)' would be \(written.from)",
          "write two different ends, or ask for 1 point")
    }
    self.from = from
    self.count = count
    step = count == 1 ? 0 : (to - from) / Rational(count - 1)
  }

  /// A decimal or a percentage.
  private static func number(_ text: String) -> Rational? {
    // Longer numbers and larger exponents are beyond a double.
    guard text.count <= 400, !text.contains("/") else { return nil }
    guard let number = Rational(text.hasSuffix("%") ? String(text.dropLast()) : text) else {
      return nil
    }
    return text.hasSuffix("%") ? number / 100 : number
  }
}
