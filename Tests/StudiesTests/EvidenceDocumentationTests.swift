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
      // The table that the page shows is the one that its last command reads.
      if block.language == "csv" { try folder.write(block.text, to: "plays.csv") }
      guard block.language == "text", let command = block.command else { continue }
      printed.append(PrintedOutput(block: block, output: try program.run(command, in: folder)))
    }
    #expect(printed.count == 4)
    try PrintedOutput.compare(printed, page: Self.page)
  }
}
