import Foundation
import Testing

/// A folder that is empty at first and gone at last.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "entente-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  func read(_ name: String) -> String? {
    try? String(contentsOf: url.appending(path: name), encoding: .utf8)
  }
}

/// The built program, run as a user runs it.
struct Program: Sendable {
  let url: URL

  /// The program beside the tests, where the build puts both.
  static func find() -> Program? {
    var folders = [URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
    folders += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    return folders.map { Program(url: $0.appending(path: "entente")) }.first {
      FileManager.default.isExecutableFile(atPath: $0.url.path(percentEncoded: false))
    }
  }

  /// What a command line that begins with `entente` prints, errors included.
  func run(_ command: String, in folder: TemporaryFolder) throws -> String {
    let words = Program.words(of: command)
    let name = try #require(words.first)
    try #require(name == "entente", "\(command)")
    let process = Process()
    process.executableURL = url
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = folder.url
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  /// The words of a command line; double quotes hold a word together.
  static func words(of command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in command {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// Output as it is compared: without blank lines at its end, and without the size of the largest
  /// regret, whose last digits are the processor's.
  static func settled(_ output: String) -> String {
    // Beyond nine digits they are too.
    let text = output.replacing(/[0-9.]+e-[0-9]+/, with: "…")
      .replacing(/[0-9]+\.[0-9]{10,}/) { match in
        "\(((Double(match.output) ?? 0) * 1e9).rounded() / 1e9)"
      }
    // The line breaks around that number move with its length.
    let paragraphs = text.split(separator: "\n\n").map { paragraph in
      paragraph.contains("…")
        ? paragraph.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        : String(paragraph)
    }
    return paragraphs.joined(separator: "\n\n").trimmingCharacters(in: .newlines)
  }
}

/// What a command printed, beside the block that shows it.
struct PrintedOutput {
  var block: MarkdownBlock
  var output: String

  /// Compares outputs with what a page shows. With `ENTENTE_RECORD` in the environment the page is
  /// written anew instead, for an author to read through and commit.
  static func compare(_ outputs: [PrintedOutput], page: String) throws {
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      var lines = Documentation.page(page).split(separator: "\n", omittingEmptySubsequences: false)
      for item in outputs.reversed() {
        // The block's first line is the command; its output follows.
        let start = item.block.line
        let shown = item.output.trimmingCharacters(in: .newlines).split(
          separator: "\n", omittingEmptySubsequences: false)
        lines.replaceSubrange(start..<(start + item.block.lines.count - 1), with: shown)
      }
      try Data(lines.joined(separator: "\n").utf8).write(
        to: Documentation.root.appending(path: "Docs/\(page)"))
      return
    }
    for item in outputs {
      let shown = item.block.lines.dropFirst().joined(separator: "\n")
      #expect(
        Program.settled(item.output) == Program.settled(shown), "\(item.block.testDescription)")
    }
  }
}

extension Documentation {
  /// Types every command whose output a page shows, in an empty folder, and compares.
  ///
  /// - Parameter files: by the language of a block, the file that it is written to.
  static func follow(_ page: String, commands: Int, files: [String: String] = [:]) throws {
    let program = try #require(Program.find())
    let folder = try TemporaryFolder()
    var printed: [PrintedOutput] = []
    for block in blocks(of: page) {
      if let name = files[block.language] { try folder.write(block.text, to: name) }
      guard block.language == "text", let command = block.command else { continue }
      printed.append(PrintedOutput(block: block, output: try program.run(command, in: folder)))
    }
    #expect(printed.count == commands)
    try PrintedOutput.compare(printed, page: page)
  }
}
