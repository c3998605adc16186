import Foundation
import Testing

/// Links of the documentation.
@Suite("Links of the documentation")
struct LinkTests {
  @Test(
    "A link leads to a page and a heading that are there",
    arguments: ["language.md", "tutorial.md", "methods.md", "sweep.md", "deals.md", "evidence.md"])
  func links(_ page: String) {
    let text = Documentation.page(page)
    #expect(!text.isEmpty)
    for match in text.matches(of: /\]\(([^)#:\s]*)(?:#([^)\s]*))?\)/) {
      let target = match.1.isEmpty ? page : String(match.1)
      let path = Documentation.root.appending(path: "Docs/\(target)").path(percentEncoded: false)
      #expect(FileManager.default.fileExists(atPath: path), "\(match.0)")
      guard let anchor = match.2 else { continue }
      let anchors = Documentation.page(target).split(separator: "\n")
        .filter { $0.hasPrefix("#") && $0.contains("# ") }.map(Self.anchor)
      #expect(anchors.contains(String(anchor)), "\(match.0)")
    }
  }

  /// The anchor that web pages give to a heading.
  private static func anchor(_ heading: Substring) -> String {
    let words = heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
    return String(
      words.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" ? $0 : nil })
  }
}
