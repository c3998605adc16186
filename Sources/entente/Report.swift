import ArgumentParser
import Figures
import Forecasts
import Foundation
import Reports
import Scenarios
import Studies

/// `report`: one file to hand on.
struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a report: answer, reasons, what would change it, assumptions, method.",
    discussion: """
      Examples:
        entente report russia-iran.yaml -o russia-iran.html
        entente report russia-iran.yaml --question sign-if-asked -o signing.md
      The file needs nothing else: no network, no script. It prints well.
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write, .html or .md; - writes Markdown to standard output.",
    completion: .file(extensions: ["html", "md"]))
  var output: String

  @Option(help: "The id of the question to explain; by default the first.")
  var question: String?

  @OptionGroup var drawing: DrawOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions

  @Flag(help: "Overwrite the file if it is there.")
  var force = false

  private enum Kind { case html, markdown }

  private var kind: Kind? {
    switch URL(fileURLWithPath: output).pathExtension.lowercased() {
    case "html", "htm": .html
    case "md", "markdown": .markdown
    default: output == "-" ? .markdown : nil
    }
  }

  func validate() throws {
    if kind == nil {
      throw ValidationError("-o takes a file that ends in .html or .md, not '\(output)'.")
    }
  }

  mutating func run() async throws {
    let (scenario, source) = try scenario(
      file, settings: drawing.settings, limits: limits, json: false)
    let progress = ProgressLine(total: nil, unit: "worlds")
    var request = ReportStudy.Request()
    request.question = question
    request.options.forecast = drawing.options(limits)
    request.commands = commands
    let document: Document
    do {
      document = try await ReportStudy.run(
        scenario, text: Array(source.text.utf8), request: request
      ) { progress.advance(by: $0) }
    } catch {
      progress.clear()
      throw fail(error, source: source, json: false)
    }
    progress.clear()
    let text =
      kind == .html
      ? DocumentHTML.file(document, style: FigureStyle.css) : DocumentMarkdown.text(document)
    try FileOutput.write(text, to: output, force: force, json: false)
    if output != "-" { Output.writeError("Wrote \(output).\n") }
  }

  /// The commands that give this report again, and its numbers as JSON.
  private var commands: [String] {
    let settings = drawing.settings.map { " --set \"\($0)\"" }.joined()
    let draws = drawing.best ? " --best" : " --draws \(drawing.options(limits).draws)"
    let common = "\(draws) --seed \(drawing.seed)\(settings)"
    let asked = question.map { " --question \($0)" } ?? ""
    return [
      "entente report \(file)\(asked)\(common) -o \(output)",
      "entente why \(file)\(question.map { " \($0)" } ?? "")\(common) --json",
      "entente ask \(file)\(common) --json",
    ]
  }
}
