import Testing

/// `Docs/deals.md`, followed to the letter in an empty folder.
@Suite("The page on deals")
struct DealsDocumentationTests {
  static let page = "deals.md"

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    try Documentation.follow(Self.page, commands: 3)
  }
}
