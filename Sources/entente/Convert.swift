import ArgumentParser
import Foundation
import Games
import Studies

/// `convert`: a scenario's game in another format.
struct Convert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a scenario's game at the best estimates as a Gambit file.",
    discussion: """
      Odds that parties hold on their own are folded into the payoffs, which leaves the equilibria \
      as they are.

      Examples:
        entente convert chicken.yaml chicken.efg
        entente convert russia-iran.yaml iran.efg --as Iran
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var input: String

  @Argument(help: "The file to write, ending in .efg; - for standard output.")
  var output: String

  @Option(name: .customLong("as"), help: "The game as this party sees it.")
  var party: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Flag(help: "Overwrite the file if it is there.")
  var force = false

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if output != "-", !output.hasSuffix(".efg") {
      throw ValidationError("The file to write must end in .efg; other formats are still to come.")
    }
  }

  mutating func run() async throws {
    let (scenario, source) = try scenario(
      input, settings: settings, limits: limits, json: format.json)
    do {
      let text = try ConvertStudy.gambit(scenario, seenBy: party, limits: limits.limits.game)
      try FileOutput.write(text, to: output, force: force, json: format.json)
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: source, json: format.json)
    }
  }
}
