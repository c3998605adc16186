/// Text of an SVG document. Everything that comes from outside is escaped here.
package enum SVG {
  /// Text as content or as an attribute's value: markup escaped, characters that XML forbids and
  /// controls of text direction left out.
  package static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t", "\r": result += " "
      default:
        if isAllowed(scalar) { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// A coordinate with at most two decimals; what is not finite becomes 0.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let size = abs(hundredths)
    let sign = hundredths < 0 ? "-" : ""
    if size % 100 == 0 { return "\(sign)\(size / 100)" }
    let rest = size % 100
    let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(size / 100).\(digits)"
  }

  /// An id made safe: letters, digits and hyphens, starting with a letter.
  package static func identifier(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-": result.unicodeScalars.append(scalar)
      default: result += "-"
      }
    }
    guard let first = result.first, first.isLetter else { return "figure-" + result }
    return result
  }

  /// Whether XML 1.0 allows the character and it does not turn the direction of text around it.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: false
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
    default: true
    }
  }
}
