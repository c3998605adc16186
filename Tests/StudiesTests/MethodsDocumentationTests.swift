import Foundation
import Testing

/// `Docs/methods.md` and the pages of the library: their commands are run on the games of the
/// catalog.
@Suite("The page on methods")
struct MethodsDocumentationTests {
  static let page = "methods.md"

  /// A folder with the games of the catalog.
  private func catalog() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Documentation.root.appending(path: "Catalog"), to: folder.url.appending(path: "Catalog"))
    return folder
  }

  @Test("Whoever types what the page says sees what it shows")
  func follow() throws {
    let program = try #require(Program.find())
    let folder = try catalog()
    var printed: [PrintedOutput] = []
    for block in Documentation.blocks(of: Self.page) {
      switch (block.language, block.command) {
      case ("json", _):
        // Somebody's strategies.
        try folder.write(block.text, to: "profile.json")
      case ("text", let command?):
        let output = try program.run(command, in: folder)
        try #require(!output.contains("[unreadable]"), "\(block.testDescription)")
        printed.append(PrintedOutput(block: block, output: output))
      default:
        Issue.record("\(block.testDescription): no such kind of block")
      }
    }
    #expect(printed.count >= 8)
    try PrintedOutput.compare(printed, page: Self.page)
  }

  @Test("The page names every method that the program lists, and no other")
  func names() throws {
    let program = try #require(Program.find())
    let list = try program.run("entente solve --methods", in: TemporaryFolder())
    let names = Set(
      list.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        .compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(names.count > 20)
    let section = Documentation.page(Self.page).components(separatedBy: "## All of them\n\n")
    let table = try #require(section.last).components(separatedBy: "\n\n")[0]
    let shown = table.split(separator: "\n").dropFirst(2).flatMap { row in
      row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map { String($0.1) }
    }
    #expect(Set(shown) == names)
    #expect(shown.count == names.count)
  }

  @Test("The commands of the library's pages find equilibria that are certified")
  func pages() throws {
    let program = try #require(Program.find())
    let folder = try catalog()
    let path = "Sources/Equilibria/Equilibria.docc"
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Documentation.root.appending(path: path).path(percentEncoded: false))
    var count = 0
    for file in files.sorted() {
      for block in Documentation.blocks(of: "../\(path)/\(file)") where block.language == "sh" {
        for line in block.lines {
          // Of two commands joined by a pipe the second reads what the first writes.
          let commands = line.components(separatedBy: " | ")
          let output = try program.run(commands[0], in: folder)
          #expect(!output.contains("error:"), "\(file): \(output)")
          #expect(!output.contains("NOT CERTIFIED"), "\(file): \(output)")
          count += 1
          guard commands.count > 1 else { continue }
          try folder.write(output, to: "profile.json")
          let second = String(commands[1].dropLast()) + "profile.json"
          let verdict = try program.run(second, in: folder)
          #expect(
            verdict.contains("Nash equilibrium: yes")
              || verdict.contains("Correlated equilibrium: yes"), "\(file): \(verdict)")
        }
      }
    }
    #expect(count >= 30)
  }
}
