import Foundation
import Testing

/// `Docs/tutorial.md`, followed to the letter in an empty folder.
@Suite("The tutorial")
struct TutorialDocumentationTests {
  static let page = "tutorial.md"

  @Test("Whoever types what the tutorial says sees what it shows")
  func follow() throws {
    let program = try #require(Program.find())
    let folder = try TemporaryFolder()
    var name = ""
    var file = EditedScenario("")
    var printed: [PrintedOutput] = []
    for block in Documentation.blocks(of: Self.page) {
      switch (block.language, block.isWhole, block.command) {
      case ("yaml", true, _):
        // A new file; its name stands in the first line.
        name = String(try #require(block.lines.first).dropFirst(2))
        file = EditedScenario(block.text)
        try folder.write(file.text, to: name)
      case ("yaml", false, _):
        // Sections that replace those of the file, or join them.
        file.replaceSections(by: block.lines)
        try folder.write(file.text, to: name)
      case ("text", _, let command?):
        printed.append(PrintedOutput(block: block, output: try program.run(command, in: folder)))
      default:
        Issue.record("\(block.testDescription): no such kind of block")
      }
    }
    #expect(printed.count > 10)
    try PrintedOutput.compare(printed, page: Self.page)
  }
}
