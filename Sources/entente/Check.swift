import ArgumentParser
import Foundation
import Reports
import Scenarios
import Studies

/// `check`: what there is to say against a scenario.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reports errors and warnings, each at its place with a remedy.",
    discussion: """
      Examples:
        entente check chicken.yaml
        entente check --show game chicken.yaml
        entente check --fix chicken.yaml
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Flag(help: "Make the changes that are safe.")
  var fix = false

  @Flag(help: "Read and compile only; solve no draws.")
  var quick = false

  @Flag(help: "End with 1 if there is a warning.")
  var strict = false

  @Option(help: "Print a stage: syntax, model, game or draws.")
  var show: Stage?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  enum Stage: String, ExpressibleByArgument, CaseIterable {
    case syntax, model, game, draws
  }

  mutating func run() async throws {
    var all: [Diagnostic] = []
    for path in files {
      if fix { try FixStudy.apply(to: path, limits: limits.limits) }
      let file = await CheckStudy.run(
        path, settings: settings, limits: limits.limits, isQuick: quick || show != nil)
      all += file.diagnostics
      if let show, !file.hasErrors || show == .syntax {
        Output.write(StageStudy.text(show.rawValue, of: file, limits: limits.limits))
      }
      if !format.json {
        for diagnostic in file.diagnostics {
          let text = diagnostic.text(in: file.source, isColored: isatty(1) == 1 && Output.isColored)
          if show == nil { Output.write(text + "\n") } else { Output.writeError(text + "\n") }
        }
        if show == nil { Output.write(Check.summary(file) + "\n") }
      }
    }
    if format.json { Output.write(Diagnostic.json(of: all)) }
    if all.contains(where: { $0.severity == .error }) { throw ExitCode(Exit.badInput) }
    if strict, !all.isEmpty { throw ExitCode(Exit.refused) }
  }

  private static func summary(_ file: ScenarioFile) -> String {
    let errors = file.diagnostics.filter { $0.severity == .error }.count
    let warnings = file.diagnostics.count - errors
    if errors + warnings == 0 { return "\(file.name): nothing to report" }
    func counted(_ count: Int, _ word: String) -> String {
      "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return "\(file.name): \(counted(errors, "error")), \(counted(warnings, "warning"))"
  }
}
