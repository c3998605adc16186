import ArgumentParser
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
    if path != "-" {
      Output.write("Wrote \(path). Next: entente ask \(path)\n")
    }
  }
}
