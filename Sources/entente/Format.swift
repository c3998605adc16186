import ArgumentParser
import Foundation
import Scenarios
import Studies

/// `fmt`: the canonical form of a scenario's text.
struct Format: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Puts scenario files into canonical form; comments and meaning stay.",
    discussion: """
      Examples:
        entente fmt chicken.yaml
        entente fmt --check *.yaml
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Flag(help: "Change nothing; end with 1 if a file is not in canonical form.")
  var check = false

  @OptionGroup var output: FormatOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions

  mutating func run() async throws {
    var isDirty = false
    var failed: [Diagnostic] = []
    for path in files {
      switch FormatStudy.run(path, limits: limits.limits) {
      case .unchanged: break
      case .changed(let text):
        isDirty = true
        if check {
          if !output.json { Output.write("\(path) is not in canonical form\n") }
        } else {
          try FileOutput.write(text, to: path, force: true, json: output.json)
          if !output.json { Output.write("\(path) put into canonical form\n") }
        }
      case .failed(let diagnostics, let source):
        failed += diagnostics
        if !output.json { Output.show(diagnostics, source: source, json: false) }
      }
    }
    if output.json { Output.write(Diagnostic.json(of: failed)) }
    if !failed.isEmpty { throw ExitCode(Exit.badInput) }
    if check, isDirty { throw ExitCode(Exit.refused) }
  }
}
