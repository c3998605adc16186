import Figures
import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a parser sees in a drawing: its texts with their boxes, and every fault of its markup.
struct Drawing {
  struct Label {
    let text: String
    let box: Box
  }

  let isWellFormed: Bool
  let labels: [Label]
  let elements: Set<String>
  let attributes: Set<String>

  init(_ svg: String) {
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    // The parser on Linux recovers from faults and says that it has parsed: ask for the fault, too.
    let parsed = parser.parse()
    isWellFormed =
      parsed && parser.parserError == nil && !reader.hasFailed && reader.path.isEmpty
    labels = reader.labels
    elements = reader.elements
    attributes = reader.attributes
  }

  /// Pairs of labels that overlap.
  var collisions: [String] {
    var result: [String] = []
    for (index, label) in labels.enumerated() {
      for other in labels[(index + 1)...] where label.box.overlaps(other.box) {
        result.append("'\(label.text)' and '\(other.text)'")
      }
    }
    return result
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var labels: [Label] = []
    var elements: Set<String> = []
    var attributes: Set<String> = []
    private var open: [String: String]?
    private var words = ""
    private(set) var path: [String] = []
    private(set) var hasFailed = false

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { hasFailed = true }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes values: [String: String]
    ) {
      elements.insert(name)
      attributes.formUnion(values.keys)
      path.append(name)
      if name == "text" {
        open = values
        words = ""
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if path.last == "text" { words += string }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      path.removeLast()
      guard name == "text", let values = open else { return }
      open = nil
      let classes = (values["class"] ?? "").split(separator: " ").map(String.init)
      let style = TextStyle.allCases.first { classes.contains($0.rawValue) } ?? .plain
      let anchor = values["text-anchor"].flatMap(Anchor.init) ?? .start
      let box = Canvas.box(
        width: TextMeasure.width(words, style), at: Double(values["x"] ?? "") ?? .nan,
        Double(values["y"] ?? "") ?? .nan, anchor, style)
      labels.append(Label(text: words, box: box))
    }
  }
}
