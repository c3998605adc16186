import ArgumentParser
import Reports
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
    if !list, !Library.templates.contains(where: { $0.name == template }) {
      let names = Library.templates.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no template '\(template)'. The templates are: \(names).")
    }
  }

  mutating func run() async throws {
    if list {
      let rows = Library.templates.map { [$0.name, $0.about] }
      Output.write(TextLayout.columns(rows, gap: 3).joined(separator: "\n") + "\n")
      return
    }
    guard let chosen = Library.templates.first(where: { $0.name == template }) else { return }
    let path = output ?? "\(template).yaml"
    try FileOutput.write(
      String(decoding: chosen.bytes, as: UTF8.self), to: path, force: force, json: false)
    if path != "-" {
      Output.write("Wrote \(path). Next: entente ask \(path)\n")
    }
  }
}
