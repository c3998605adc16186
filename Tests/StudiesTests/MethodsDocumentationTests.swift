import Foundation
import Testing

/// `Docs/methods.md`: its commands are run on the games of the catalog.
@Suite("The page on methods")
struct MethodsDocumentationTests {
  static let page = "methods.md"

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    let program = try #require(Program.find())
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Documentation.root.appending(path: "Catalog"), to: folder.url.appending(path: "Catalog"))
    var printed: [PrintedOutput] = []
    for block in Documentation.blocks(of: Self.page) {
      let command = try #require(block.command)
      printed.append(PrintedOutput(block: block, output: try program.run(command, in: folder)))
    }
    #expect(printed.count >= 3)
    try PrintedOutput.compare(printed, page: Self.page)
  }

  @Test("The page names every method that the program lists")
  func names() throws {
    let program = try #require(Program.find())
    let folder = try TemporaryFolder()
    let list = try program.run("entente solve --methods", in: folder)
    let page = try String(
      contentsOf: Documentation.root.appending(path: "Docs/methods.md"), encoding: .utf8)
    let names = list.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      .compactMap { $0.split(separator: " ").first }
    #expect(names.count > 20)
    for name in names { #expect(page.contains("`\(name)`"), "\(name)") }
  }
}
