import Foundation
import Scenarios
import Testing

/// The canonical form, and the fixes that are safe.
@Suite("Canonical form")
struct FormatterTests {
  /// Every scenario file of the project.
  static func files() throws -> [(name: String, text: String)] {
    let root = ScenarioTestSupport.tests.deletingLastPathComponent()
    let folders = ["Tests/Data/language", "Scenarios", "Scenarios/templates"]
    return try folders.flatMap { folder in
      let url = root.appending(path: folder)
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(".yaml") }.sorted()
        .map { ($0, try String(contentsOf: url.appending(path: $0), encoding: .utf8)) }
    }
  }

  private func comments(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /(^|\s)#.*$/).map { $0.output.0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test("A second time nothing changes; meaning and comments are kept")
  func idempotent() throws {
    let files = try Self.files()
    #expect(files.count >= 14)
    for (name, text) in files {
      let (once, diagnostics) = ScenarioFormatter.format(text, file: name)
      #expect(diagnostics.isEmpty, "\(name)")
      let twice = ScenarioFormatter.format(once, file: name)
      #expect(twice.text == once, "\(name)")
      #expect(comments(once).sorted() == comments(text).sorted(), "\(name)")
      let before = try #require(SyntaxReader.read(text, file: name).node)
      let after = try #require(SyntaxReader.read(once, file: name).node)
      let entries = try #require(before.entries)
      #expect(after.entries?.count == entries.count)
      for entry in entries {
        let key = try #require(entry.key.text)
        #expect(after[key]?.saysTheSame(as: entry.value) == true, "\(name): \(key)")
      }
    }
  }

  @Test("Blanks, line ends, indentation and the order of sections become canonical")
  func canonical() {
    let text =
      "\u{FEFF}payoffs:\r\n    A:   {t: 1}   \r\n\r\n\r\n# of all things\r\nparties:\r\n     A:  one  # first\r\n"
      + "title:    T\r\nentente: 1\r\nstory:\r\n- step: move\r\n  by:    A\r\n  options: [x,  y]\r\n"
    let expected = """
      entente: 1
      title: T

      # of all things
      parties:
        A: one  # first

      story:
        - step: move
          by: A
          options: [x,  y]

      payoffs:
        A: {t: 1}

      """
    let (formatted, diagnostics) = ScenarioFormatter.format(text, file: "a.yaml")
    #expect(diagnostics.isEmpty)
    #expect(formatted == expected)
  }

  @Test("A text with errors stays as it is")
  func errorsStay() {
    for text in ["title: a: b\n", "a: [1\n", "", "\t- x\n", "entente: 1\nentente: 1\n"] {
      let (formatted, diagnostics) = ScenarioFormatter.format(text, file: "a.yaml")
      #expect(formatted == text)
      #expect(!diagnostics.isEmpty)
    }
  }

  @Test("Safe fixes mend what they promise, one check after the other, with any line ends")
  func fixes() {
    let wrong = SmallScenario.text([
      "title: War: a question", "parties: {A: one, B: two, or three}",
      "Quantities: {q: {is: 1 .. 2, source: judgment}}", "-quantities",
      "clauses:\n  pact:They help each other.",
    ])
    for text in [wrong, wrong.replacing("\n", with: "\r\n")] {
      var current = text
      for _ in 0..<4 {
        let result = ScenarioTestSupport.read(current)
        current = SafeFixes.applied(result.diagnostics, to: SourceText(current))
      }
      let result = ScenarioTestSupport.read(current)
      #expect(result.codes == [], "\(current)")
      #expect(result.syntax?["title"]?.text == "War: a question")
      #expect(result.syntax?["parties"]?["B"]?.text == "two, or three")
      #expect(current.contains("\r") == text.contains("\r"))
    }
  }

  @Test("Every fix on offer leaves one fault less, or another at least")
  func fixesHelp() {
    for one in DiagnosticTests.groups.flatMap(\.cases) {
      let result = ScenarioTestSupport.read(one.text)
      guard result.diagnostics.contains(where: { $0.fix != nil }) else { continue }
      let fixed = SafeFixes.applied(result.diagnostics, to: SourceText(one.text))
      #expect(fixed != one.text, "\(one.name)")
      let after = ScenarioTestSupport.read(fixed)
      #expect(after.diagnostics.first != result.diagnostics.first, "\(one.name)")
    }
  }

  @Test("A file without its version gets it")
  func version() {
    let text = SmallScenario.text(["-entente"])
    let fixed = SafeFixes.applied(
      ScenarioTestSupport.read(text).diagnostics, to: SourceText(text))
    #expect(fixed == SmallScenario.text())
  }
}
