/// A rectangle in CSS pixels.
package struct Box: Sendable, Hashable {
  package var x0: Double
  package var y0: Double
  package var x1: Double
  package var y1: Double

  package init(x0: Double, y0: Double, x1: Double, y1: Double) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  /// Whether the two share more than an edge.
  package func overlaps(_ other: Box) -> Bool {
    x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1
  }
}

/// Which point of a text its position is.
package enum Anchor: String, Sendable {
  case start
  case middle
  case end
}

/// Where a text may go: its anchor point on the base line.
struct Place {
  var x: Double
  var y: Double
  var anchor = Anchor.start
}

/// A drawing being made: shapes, and texts that know which room they take.
package struct Canvas {
  let id: String
  let width: Double
  private var definitions = ""
  private var body = ""
  private var taken: [Box] = []
  /// Whether parts of the drawing can be pressed; else it is one image.
  var isInteractive = false

  init(id: String, width: Double) {
    self.id = SVG.identifier(id)
    self.width = width
  }

  /// The box that a text of this width takes.
  package static func box(
    width: Double, at x: Double, _ y: Double, _ anchor: Anchor, _ style: TextStyle
  ) -> Box {
    let left =
      switch anchor {
      case .start: x
      case .middle: x - width / 2
      case .end: x - width
      }
    return Box(
      x0: left, y0: y - 0.8 * style.size, x1: left + width, y1: y + 0.2 * style.size)
  }

  /// Writes a text, moved and cut so that it stays on the canvas; the whole of it is its tooltip
  /// where it is cut.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: TextStyle = .plain,
    class other: String = "", limit: Double = .infinity, full: String? = nil
  ) {
    let shown = TextMeasure.clip(text, width: min(limit, width - 2), style: style)
    let size = TextMeasure.width(shown, style)
    var box = Canvas.box(width: size, at: x, y, anchor, style)
    let shift = max(1 - box.x0, 0) - max(box.x1 - (width - 1), 0)
    box.x0 += shift
    box.x1 += shift
    taken.append(box)
    let whole = full ?? (shown == text ? nil : text)
    let anchored = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let classes = other.isEmpty ? style.rawValue : style.rawValue + " " + other
    body += "<text class=\"\(classes)\" x=\"\(SVG.number(x + shift))\""
    body += " y=\"\(SVG.number(y))\"\(anchored)>"
    body += SVG.escape(shown)
    if let whole { body += "<title>\(SVG.escape(whole))</title>" }
    body += "</text>\n"
  }

  /// Writes a text at the first of the places where it overlaps no other and stays on the
  /// canvas between `top` and `bottom`; false if there is none.
  @discardableResult
  mutating func place(
    _ text: String, at places: [Place], style: TextStyle = .plain, class other: String = "",
    limit: Double = .infinity, top: Double = 0, bottom: Double = .infinity, full: String? = nil
  ) -> Bool {
    let shown = TextMeasure.clip(text, width: min(limit, width - 2), style: style)
    let size = TextMeasure.width(shown, style)
    for place in places {
      let box = Canvas.box(width: size, at: place.x, place.y, place.anchor, style)
      guard box.x0 >= 1, box.x1 <= width - 1, box.y0 >= top, box.y1 <= bottom else { continue }
      let roomy = Box(x0: box.x0 - 3, y0: box.y0 - 1, x1: box.x1 + 3, y1: box.y1 + 1)
      if taken.contains(where: roomy.overlaps) { continue }
      self.text(
        shown, x: place.x, y: place.y, anchor: place.anchor, style: style, class: other,
        full: full ?? (shown == text ? nil : text))
      return true
    }
    return false
  }

  /// Keeps texts that are placed later off a rectangle.
  mutating func reserve(_ box: Box) { taken.append(box) }

  mutating func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, class name: String,
    thickness: Double? = nil
  ) {
    body += "<line class=\"\(name)\" x1=\"\(SVG.number(x0))\" y1=\"\(SVG.number(y0))\""
    body += " x2=\"\(SVG.number(x1))\" y2=\"\(SVG.number(y1))\"\(stroke(thickness))/>\n"
  }

  mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, class name: String,
    round: Double = 0, title: String? = nil, pattern: String? = nil
  ) {
    body += "<rect class=\"\(name)\" x=\"\(SVG.number(x))\" y=\"\(SVG.number(y))\""
    body += " width=\"\(SVG.number(max(width, 0)))\" height=\"\(SVG.number(max(height, 0)))\""
    if round > 0 { body += " rx=\"\(SVG.number(round))\"" }
    if let pattern { body += " fill=\"url(#\(id)-\(pattern))\"" }
    close("rect", title)
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ radius: Double, class name: String, title: String? = nil
  ) {
    body += "<circle class=\"\(name)\" cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\""
    body += " r=\"\(SVG.number(radius))\""
    close("circle", title)
  }

  mutating func path(
    _ data: String, class name: String, thickness: Double? = nil, title: String? = nil
  ) {
    body += "<path class=\"\(name)\" d=\"\(data)\"\(stroke(thickness))"
    close("path", title)
  }

  /// A line through points, or the area within them.
  mutating func polyline(_ points: [(Double, Double)], class name: String, closed: Bool = false) {
    guard points.count > 1 else { return }
    var data = ""
    for (index, point) in points.enumerated() {
      data += (index == 0 ? "M" : "L") + SVG.number(point.0) + " " + SVG.number(point.1)
    }
    path(closed ? data + "Z" : data, class: name)
  }

  /// Defines a pattern of slanting lines, drawn in the class's stroke over its fill.
  mutating func hatch(_ name: String, class fill: String) {
    definitions += "<pattern id=\"\(id)-\(name)\" width=\"6\" height=\"6\""
    definitions += " patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    definitions += "<rect class=\"\(fill)\" width=\"6\" height=\"6\"/>"
    definitions += "<line class=\"fig-hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern>\n"
  }

  mutating func raw(_ text: String) { body += text }

  /// Begins a part that can be pressed, with what the page needs to know as `data-` attributes.
  mutating func open(_ action: GameTreeFigure.Action) {
    body += "<g class=\"fig-act\" role=\"button\" tabindex=\"0\""
    body += " aria-label=\"\(SVG.escape(action.name))\""
    for (name, value) in action.data.sorted(by: { $0.key < $1.key }) {
      body += " data-\(SVG.identifier(name))=\"\(SVG.escape(value))\""
    }
    body += ">\n"
  }

  /// Ends it.
  mutating func close() { body += "</g>\n" }

  /// The drawing as an `svg` element, named and described for those who cannot see it.
  func element(height: Double, title: String, alternative: String) -> String {
    var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"fig\""
    text += " role=\"\(isInteractive ? "group" : "img")\""
    text += " aria-labelledby=\"\(id)-title \(id)-desc\" width=\"\(SVG.number(width))\""
    text += " height=\"\(SVG.number(height))\""
    text += " viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\">\n"
    text += "<title id=\"\(id)-title\">\(SVG.escape(title))</title>\n"
    text += "<desc id=\"\(id)-desc\">\(SVG.escape(alternative))</desc>\n"
    if !definitions.isEmpty { text += "<defs>\(definitions)</defs>\n" }
    return text + body + "</svg>\n"
  }

  /// The drawing as a document with its style inside.
  func file(height: Double) -> String {
    var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"fig\""
    text += " width=\"\(SVG.number(width))\" height=\"\(SVG.number(height))\""
    text += " viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\">\n"
    text += "<style>\(FigureStyle.css)</style>\n"
    text += "<rect class=\"fig-ground\" width=\"100%\" height=\"100%\"/>\n"
    return text + body + "</svg>\n"
  }

  private func stroke(_ thickness: Double?) -> String {
    guard let thickness else { return "" }
    return " stroke-width=\"\(SVG.number(thickness))\""
  }

  private mutating func close(_ name: String, _ title: String?) {
    if let title {
      body += "><title>\(SVG.escape(title))</title></\(name)>\n"
    } else {
      body += "/>\n"
    }
  }
}
