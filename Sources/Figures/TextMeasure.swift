/// Sizes of text, one class of the style sheet each.
package enum TextStyle: String, CaseIterable, Sendable {
  /// Twelve pixels.
  case plain = "fig-text"
  /// Eleven pixels: the smallest.
  case small = "fig-small"
  /// Thirteen pixels, bold.
  case strong = "fig-strong"

  /// In CSS pixels.
  package var size: Double {
    switch self {
    case .plain: 12
    case .small: 11
    case .strong: 13
    }
  }
}

/// How wide text is, about: widths of Helvetica's characters (Adobe's font metrics) with a sixth
/// added, so that the wider faces which stand in for it (Verdana, DejaVu Sans) fit, too.
package enum TextMeasure {
  /// Width in CSS pixels.
  package static func width(_ text: String, _ style: TextStyle) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += advance(scalar) }
    let bold = style == .strong ? 1.12 : 1
    return Double(thousandths) / 1000 * style.size * 1.17 * bold
  }

  /// The text, cut with an ellipsis where it is wider than `limit`.
  package static func clip(_ text: String, width limit: Double, style: TextStyle) -> String {
    let text = flat(text)
    if width(text, style) <= limit { return text }
    var kept = ""
    let room = limit - width("…", style)
    var used = 0.0
    for character in text {
      used += width(String(character), style)
      if used > room { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// The text in at most `lines` lines, broken between words where it can be, the last one cut.
  package static func wrap(
    _ text: String, width limit: Double, style: TextStyle, lines: Int
  ) -> [String] {
    var words = flat(text).split(separator: " ").map(String.init)[...]
    var result: [String] = []
    while let first = words.first, result.count < lines {
      if result.count == lines - 1 {
        result.append(clip(words.joined(separator: " "), width: limit, style: style))
        break
      }
      var line = first
      words.removeFirst()
      while let next = words.first, width(line + " " + next, style) <= limit {
        line += " " + next
        words.removeFirst()
      }
      result.append(clip(line, width: limit, style: style))
    }
    return result
  }

  /// One line: breaks and tabs as spaces, controls of direction out, at most 600 characters.
  private static func flat(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(600) {
      switch scalar.value {
      case 9, 10, 13: result += " "
      case 0..<32, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Advance in thousandths of the size.
  private static func advance(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    switch value {
    case 32..<127: return Int(ascii[Int(value) - 32])
    case 0x300...0x36F, 0x200B...0x200D, 0xFE00...0xFE0F: return 0
    case 0xA0...0x24F: return 600
    case 0x2013, 0x2212: return 584
    case 0x2026, 0x2192, 0x2190: return 1000
    case 0x2014: return 1000
    case 0x250...0x10FF: return 740
    case 0x1100...0x115F, 0x2E80...0xFFEF: return 1050
    case 0x1F000...0x1FFFF: return 1400
    default: return 900
    }
  }

  private static let ascii: [Int16] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
