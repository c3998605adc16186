import Foundation

/// The codes of diagnostics, read off the sources: string literals that stand where a code does.
enum DiagnosticCodes {
  /// Sources whose hyphenated words are something else: names of scenarios.
  private static let others: Set<String> = ["Library.swift"]
  /// Rooms that report nothing about a scenario by a code: they name methods, refinements and classes
  /// of drawings; the workbench refuses requests by codes of its own, which its page of the
  /// documentation lists.
  private static let silent = [
    "/Mathematics/", "/Games/", "/Equilibria/", "/Figures/", "/Workbench/",
  ]

  /// Every code that some source emits.
  static func emitted() throws -> Set<String> {
    var codes: Set<String> = []
    let sources = Documentation.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    for case let file as URL in files ?? FileManager.DirectoryEnumerator()
    where file.pathExtension == "swift" && !others.contains(file.lastPathComponent)
      && !silent.contains(where: file.path.contains)
    {
      let text = try String(contentsOf: file, encoding: .utf8)
      // Words with hyphens are codes wherever they stand.
      for match in text.matches(of: /"([a-z0-9]+(?:-[a-z0-9]+)+)"/) {
        codes.insert(String(match.1))
      }
      // After `code:`, and as the first argument of what reports.
      for match in text.matches(of: /code: ([^,\n]*)/) {
        for word in match.1.matches(of: /"([a-z]+)"/) { codes.insert(String(word.1)) }
      }
      for match in text.matches(of: /(?:error|warning|fail|failure)\(\s*"([a-z]+)",/) {
        codes.insert(String(match.1))
      }
      // In tuples of a code and what belongs to it.
      for match in text.matches(of: /: \("([a-z]+)", "[*&!]"/) { codes.insert(String(match.1)) }
      for match in text.matches(of: /\(\s*"[^"\n]+", "([a-z]+)",\s*\n/) {
        codes.insert(String(match.1))
      }
      for match in text.matches(of: /return \(\s*"([a-z]+)",/) { codes.insert(String(match.1)) }
    }
    return codes.filter { code in
      // Dates and numbers among the examples.
      !code.contains { $0.isNumber } || code == "invalid-utf8"
    }
  }
}
