import Foundation
import Testing

/// A page of a DocC catalog.
struct CatalogPage: Sendable, CustomTestStringConvertible {
  /// The catalog and the file, such as `Equilibria/LemkeHowson`.
  var name: String
  var lines: [String]

  var testDescription: String { name }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The pages of both catalogs, by name.
  static let all: [CatalogPage] = ["Games", "Equilibria"].flatMap { room -> [CatalogPage] in
    let folder = root.appending(path: "Sources/\(room)/\(room).docc")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().compactMap { name in
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
      else { return nil }
      return CatalogPage(
        name: "\(room)/\(name.dropLast(3))", lines: text.components(separatedBy: "\n"))
    }
  }

  /// The page of a room that leads to the others.
  var isLanding: Bool {
    let parts = name.split(separator: "/")
    return parts[0] == parts[1]
  }

  /// An article; the other pages describe a symbol.
  var isArticle: Bool { name == "Equilibria/RegretMinimization" }

  /// The blocks of Swift.
  var examples: [String] {
    lines.joined(separator: "\n").components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  /// What the page links to: symbols and other pages.
  var links: Set<String> {
    let text = lines.joined(separator: "\n")
    return Set(text.matches(of: /``([A-Z][A-Za-z]+)(?:\/[^`]*)?``/).map { String($0.1) })
      .union(text.matches(of: /<doc:([A-Za-z]+)>/).map { String($0.1) })
  }
}

@Suite("Pages of the documentation of the library")
struct PageTests {
  /// The code of the tests beside this file, without the margin of a function.
  private static let code: String = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return ["TablePageExamples", "TreePageExamples", "OtherPageExamples"].map { name in
      let file = folder.appending(path: "\(name).swift")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return text.components(separatedBy: "\n")
        .map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }()

  @Test("There are pages for both rooms")
  func count() {
    #expect(CatalogPage.all.count > 40)
    #expect(CatalogPage.all.filter(\.isLanding).count == 2)
  }

  @Test("An example is compiled, run and asserted by a test", arguments: CatalogPage.all)
  func examples(_ page: CatalogPage) {
    #expect(page.isArticle || !page.examples.isEmpty)
    for example in page.examples { #expect(PageTests.code.contains(example), "\(example)") }
  }

  @Test(
    "A page has the name of what it describes, and says how far that goes and whose it is",
    arguments: CatalogPage.all)
  func headings(_ page: CatalogPage) {
    let name = page.name.split(separator: "/")[1]
    #expect(page.isArticle || page.lines[0] == "# ``\(name)``")
    if page.isLanding { return }
    for heading in ["## What it finds", "## When to use it", "## Cost and limits", "## Source"] {
      #expect(page.lines.contains(heading), "\(heading)")
    }
  }

  @Test("Every page of a room is reached from its first", arguments: ["Games", "Equilibria"])
  func reached(_ room: String) {
    let pages = CatalogPage.all.filter { $0.name.hasPrefix("\(room)/") }
    let reached = pages.filter(\.isLanding).reduce(into: Set<String>()) { $0.formUnion($1.links) }
    #expect(!reached.isEmpty)
    for page in pages where !page.isLanding {
      #expect(reached.contains(String(page.name.split(separator: "/")[1])), "\(page.name)")
    }
  }

  @Test(
    "Every symbol that a page links to is public in its room", arguments: ["Games", "Equilibria"])
  func links(_ room: String) throws {
    let folder = CatalogPage.root.appending(path: "Sources/\(room)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let code = try paths.filter { $0.hasSuffix(".swift") }.map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }.joined(separator: "\n")
    let declared = Set(
      code.matches(of: /public (?:struct|enum|protocol) ([A-Za-z]+)/).map { String($0.1) })
    for page in CatalogPage.all where page.name.hasPrefix("\(room)/") {
      // Members of the page's own symbol begin in lower case or are nested in it.
      let others = page.links.subtracting(declared).subtracting([room, "RegretMinimization"])
      #expect(others.isEmpty, "\(page.name): \(others)")
    }
  }
}
