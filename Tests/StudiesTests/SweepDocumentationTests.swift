import Foundation
import Testing

/// `Docs/sweep.md`, followed to the letter in an empty folder.
@Suite("The page on sweeps")
struct SweepDocumentationTests {
  static let page = "sweep.md"

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    try Documentation.follow(Self.page, commands: 4)
  }

  @Test("The long runs of the page end with the bytes that it promises")
  func long() throws {
    let program = try #require(Program.find())
    let folder = try TemporaryFolder()
    _ = try program.run("entente new chicken", in: folder)
    let commands = Documentation.blocks(of: Self.page).filter { $0.language == "sh" }
      .flatMap(\.lines).filter { $0.hasPrefix("entente ") }
    #expect(commands.count == 4)
    for command in commands {
      let output = try program.run(command.replacing("1000000", with: "300"), in: folder)
      #expect(output.isEmpty, "\(output)")
    }
    let parts = ["part1.csv", "part2.csv"].compactMap(folder.read)
    #expect(folder.read("rows.csv") == parts.joined())
    #expect(parts.count == 2)
  }
}
