import Foundation
import Testing

/// A fenced block of a page of the documentation.
struct MarkdownBlock: Sendable, CustomTestStringConvertible {
  /// The page's name.
  var page: String
  /// The word after the fence: `yaml`, `text` or another.
  var language: String
  /// The number of its first line in the page.
  var line: Int
  var lines: [String]

  var text: String { lines.joined(separator: "\n") + "\n" }
  var testDescription: String { "\(page):\(line)" }

  /// What follows `# NAME: ` in the comment lines at the top of the block, one entry a line.
  func marks(_ name: String) -> [String] {
    lines.prefix { $0.hasPrefix("# ") }.compactMap { line in
      let lead = "# \(name): "
      return line.hasPrefix(lead) ? String(line.dropFirst(lead.count)) : nil
    }
  }

  /// The diagnostics that the block is there to show.
  var expected: Set<String> {
    Set(
      marks("expect").flatMap { $0.split(separator: ",") }.map {
        $0.trimmingCharacters(in: .whitespaces)
      })
  }

  /// A scenario from its first line to its last.
  var isWhole: Bool { lines.contains { $0.hasPrefix("entente:") } }

  /// The command whose output the block shows.
  var command: String? {
    guard let first = lines.first, first.hasPrefix("$ ") else { return nil }
    return String(first.dropFirst(2))
  }
}

/// The pages of the documentation.
enum Documentation {
  /// The folder of the project.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The text of a page of `Docs`.
  static func page(_ name: String) -> String {
    (try? String(contentsOf: root.appending(path: "Docs/\(name)"), encoding: .utf8)) ?? ""
  }

  /// The fenced blocks of a page, in order.
  static func blocks(of name: String) -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    var open: MarkdownBlock?
    let lines = page(name).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = MarkdownBlock(
            page: name, language: String(line.dropFirst(3)), line: index + 2, lines: [])
        }
      } else {
        open?.lines.append(String(line))
      }
    }
    return blocks
  }
}

/// Text of a scenario that grows section by section, as a reader of the documentation edits it.
struct EditedScenario {
  var lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// Adds lines at the end of what stands under a path of keys, such as `payoffs / Union`. Keys
  /// that are not there yet are added.
  mutating func add(_ added: [String], under path: String) {
    var range = lines.startIndex..<lines.endIndex
    var margin = ""
    for key in path.split(separator: "/").map({ $0.trimmingCharacters(in: .whitespaces) }) {
      if let start = lines[range].firstIndex(where: { $0.hasPrefix(margin + key + ":") }) {
        range = (start + 1)..<end(of: margin, from: start + 1, within: range.upperBound)
      } else {
        lines.insert(margin + key + ":", at: range.upperBound)
        range = (range.upperBound + 1)..<(range.upperBound + 1)
      }
      margin += "  "
    }
    lines.insert(contentsOf: added.map { $0.isEmpty ? "" : margin + $0 }, at: range.upperBound)
  }

  /// Puts whole sections in the place of those with the same keys, or at the end.
  mutating func replaceSections(by block: [String]) {
    var sections: [[String]] = []
    for line in block where !line.hasPrefix("#") {
      if let first = line.first, first != " ", first != "-" {
        sections.append([line])
      } else if !sections.isEmpty {
        sections[sections.count - 1].append(line)
      }
    }
    for section in sections {
      var section = section
      while section.last == "" { section.removeLast() }
      let key = section[0].prefix { $0 != ":" } + ":"
      if let start = lines.firstIndex(where: { $0.hasPrefix(key) }) {
        lines.replaceSubrange(
          start..<end(of: "", from: start + 1, within: lines.count), with: section)
      } else {
        lines += [""] + section
      }
    }
  }

  /// The end of the lines that stand deeper than a margin, blank lines at their end left out.
  private func end(of margin: String, from start: Int, within limit: Int) -> Int {
    var end = start
    while end < limit,
      lines[end].isEmpty || lines[end].hasPrefix(margin + " ")
        || lines[end].hasPrefix(margin + "-")
    { end += 1 }
    while end > start, lines[end - 1].isEmpty { end -= 1 }
    return end
  }
}
