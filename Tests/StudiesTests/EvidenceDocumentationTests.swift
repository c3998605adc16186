import Testing

/// `Docs/evidence.md`, followed to the letter in an empty folder.
@Suite("The page on evidence")
struct EvidenceDocumentationTests {
  static let page = "evidence.md"

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    // The table that the page shows is the one that its last command reads.
    try Documentation.follow(Self.page, commands: 5, files: ["csv": "plays.csv"])
  }
}
