import Testing

/// `Docs/evidence.md`, followed to the letter in an empty folder.
@Suite("The page on evidence")
struct EvidenceDocumentationTests {
  static let page = "evidence.md"

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    let program = try #require(Program.find())
    let folder = try TemporaryFolder()
    var printed: [PrintedOutput] = []
    for block in Documentation.blocks(of: Self.page) {
      guard block.language == "text", let command = block.command else { continue }
      printed.append(PrintedOutput(block: block, output: try program.run(command, in: folder)))
    }
    #expect(printed.count == 3)
    try PrintedOutput.compare(printed, page: Self.page)
  }
}
