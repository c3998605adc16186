import Testing

/// `Docs/why.md`, followed to the letter in an empty folder.
@Suite("The page on reasons")
struct WhyDocumentationTests {
  static let page = "why.md"

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    try Documentation.follow(Self.page, commands: 4)
  }
}
