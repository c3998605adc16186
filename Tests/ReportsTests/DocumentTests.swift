import Foundation
import FoundationXML
import Reports
import Testing

@Suite("Documents")
struct DocumentTests {
  private let hostile = "<script>alert(\"x\")</script> & 'y' | *z* [q](r) \u{1}"

  private var document: Document {
    let table = Document.Table(
      caption: hostile, columns: ["A", hostile], rows: [["1", hostile], ["2", "b"]], numeric: [0])
    return Document(
      title: hostile, subtitle: hostile,
      opening: [.answer(figure: "<1%", words: hostile, text: hostile)],
      sections: (1...3).map {
        Document.Section(
          id: "s\($0)", heading: hostile,
          blocks: [
            .paragraph(hostile), .subheading(hostile), .note(hostile), .list([hostile, "b"]),
            .table(table), .command(hostile),
            .picture(
              Document.Picture(
                title: hostile, caption: hostile, alternative: hostile,
                svg: "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", table: table)),
          ])
      })
  }

  @Test("HTML holds what authors write as text, never as markup, and is well formed")
  func html() throws {
    let html = DocumentHTML.file(document)
    #expect(!html.contains("<script"))
    #expect(!html.contains("\u{1}"))
    // All but the document type and the empty elements of the head is XML.
    let body = try #require(html.firstRange(of: "<body>"))
    let end = try #require(html.firstRange(of: "</html>"))
    let parser = XMLParser(data: Data(html[body.lowerBound..<end.lowerBound].utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(!html.contains("http://") || html.components(separatedBy: "http://").count == 4)
  }

  @Test("HTML asks for nothing from outside and runs nothing")
  func alone() {
    let html = DocumentHTML.file(document)
    #expect(html.contains("default-src 'none'"))
    for word in ["<link", "src=", "@import", "url(", "onload", "javascript:"] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test("Markdown keeps a table's cells apart and takes nothing for markup")
  func markdown() {
    let text = DocumentMarkdown.text(document)
    // What is to be typed stands between fences as it is.
    let outside = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }
    #expect(outside.allSatisfy { !$0.element.replacing("\\<", with: "").contains("<") })
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| 2 ") }
    #expect(rows.count == 6 && rows.allSatisfy { $0 == "| 2 | b |" })
    #expect(text.contains("\\| \\*z\\* \\[q\\](r)"))
  }
}
