/// A drawing with everything that stands in for it: a title that states its finding, a caption, a
/// text alternative and its data as a table.
///
/// `svg` carries classes only, no style, so that a page under a strict content-security policy
/// can embed it; the page includes `FigureStyle.css` once. The title is not drawn: the page shows
/// it as a heading, in its own type. The same data give the same bytes.
public struct Figure: Sendable, Hashable {
  /// Unique in its page: letters, digits and hyphens. Prefixes every id inside the drawing.
  public let id: String
  /// States the finding.
  public let title: String
  /// How to read the drawing, and what was left out.
  public let caption: String
  /// What a reader who cannot see the drawing is told.
  public let alternative: String
  /// The data.
  public let table: FigureTable
  /// Width of the drawing in CSS pixels.
  public let width: Double
  /// Height of the drawing in CSS pixels.
  public let height: Double
  /// The drawing, an `svg` element.
  public let svg: String

  /// The drawing as a file of its own: style inside, title above, caption below.
  public var file: String {
    var canvas = Canvas(id: id + "-file", width: width)
    var y = 8.0
    for line in TextMeasure.wrap(title, width: width - 16, style: .strong, lines: 4) {
      y += 17
      canvas.text(line, x: 8, y: y, style: .strong)
    }
    y += 8
    canvas.raw(
      svg.replacingFirst("<svg ", with: "<svg y=\"\(SVG.number(y))\" ") + "\n")
    y += height + 4
    for line in TextMeasure.wrap(caption, width: width - 16, style: .small, lines: 8) {
      y += 14
      canvas.text(line, x: 8, y: y, style: .small, class: "fig-soft")
    }
    return canvas.file(height: y + 10)
  }
}

/// A figure's data: what the drawing shows, as text in rows and columns.
public struct FigureTable: Sendable, Hashable {
  /// Heads of the columns.
  public let columns: [String]
  /// Each as long as `columns`.
  public let rows: [[String]]

  /// A table; every row has as many cells as there are columns.
  public init(columns: [String], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }
}

extension String {
  /// The string with the first occurrence of `part` replaced.
  fileprivate func replacingFirst(_ part: String, with other: String) -> String {
    guard hasPrefix(part) else { return self }
    return other + dropFirst(part.count)
  }
}
