import ArgumentParser
import Foundation
import Reports
import Scenarios
import Studies

/// `new`: a scenario to edit.
struct New: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a scenario to edit, from a template.",
    discussion: """
      Examples:
        entente new --list
        entente new chicken -o chicken.yaml
      """)

  @Argument(help: "The template; see --list.")
  var template = "blank"

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write; - for standard output. By default TEMPLATE.yaml.")
  var output: String?

  @Flag(help: "List the templates.")
  var list = false

  @Flag(help: "Overwrite the file if it is there.")
  var force = false

  func validate() throws {
    if !list, !Library.all.contains(where: { $0.name == template }) {
      let names = Library.all.map(\.name)
      let remedy =
        Spelling.suggestion(for: template, among: names).map { "Did you mean '\($0)'?" }
        ?? "`entente new --list` shows them."
      throw ValidationError("There is no template '\(template)'. \(remedy)")
    }
  }

  mutating func run() async throws {
    if list {
      let rows = Library.all.map { [$0.name, $0.title] }
      let lines = TextLayout.columns(rows, gap: 2).map {
        TextLayout.clipped($0, to: TextLayout.width)
      }
      Output.write(lines.joined(separator: "\n") + "\n")
      return
    }
    guard let chosen = Library.all.first(where: { $0.name == template }) else { return }
    let path = output ?? "\(template).yaml"
    try FileOutput.write(
      String(decoding: chosen.bytes, as: UTF8.self), to: path, force: force, json: false)
    if path == "-" { return }
    let schema = try writeSchema(besides: path)
    Output.write("Wrote \(path)\(schema). Next: entente ask \(path)\n")
  }

  /// Puts the schema that the file's first line names beside it, unless it is there, so that an
  /// editor can complete and check. Returns what there is to say about it.
  private func writeSchema(besides path: String) throws -> String {
    let name = "entente.schema.json"
    let place = URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: name)
    if FileManager.default.fileExists(atPath: place.path) { return "" }
    try FileOutput.write(
      JSONSchema.schema().text(pretty: true) + "\n", to: place.path, force: false, json: false)
    return " and, for editors, \(name)"
  }
}
