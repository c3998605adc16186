/// Text of a drawing.
enum SVGText {
  /// The text as XML has it: what has a meaning there is escaped, what must not stand there is a
  /// blank.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{0}"..<"\u{20}", "\u{7f}"..<"\u{a0}", "\u{fffe}", "\u{ffff}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// About how wide a text is in the usual sans-serif fonts, in units of the font size; on the
  /// safe side.
  static func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar {
      case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", "(", ")", " ", "f", "t", "r", "/":
        sum + 0.34
      case "m", "w", "M", "W", "@", "%": sum + 0.9
      case "A"..."Z": sum + 0.7
      case "\u{0}"..<"\u{250}": sum + 0.57
      default: sum + 1
      }
    }
  }

  /// The text, or its beginning if it is longer than can be shown.
  static func cut(_ text: String, to count: Int = 40) -> String {
    text.count <= count ? text : text.prefix(count - 1) + "…"
  }

  /// A coordinate with one decimal.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
