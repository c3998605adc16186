import ArgumentParser
import Equilibria
import Foundation
import Games
import Scenarios
import Studies

/// `convert`: a game in another format, or drawn.
struct Convert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a game in another format, or draws it.",
    discussion: """
      Reads scenarios (their games at the best estimates), .efg, .nfg and .json; writes .efg, .nfg, \
      .json, and drawings as .svg and .dot. Docs/formats.md says what is lost between them. In .efg \
      the odds that parties hold on their own are folded into the payoffs, which leaves the \
      equilibria as they are.

      Examples:
        entente convert chicken.yaml chicken.efg
        entente convert russia-iran.yaml iran.efg --as Iran
        entente convert poker.efg poker.nfg
        entente convert dilemma.nfg - --to json
        entente convert chicken.yaml chicken.svg --solve
      """)

  @Argument(
    help: "A scenario, or a game (.efg, .nfg, .json).",
    completion: .file(extensions: ["yaml", "yml", "efg", "nfg", "json"]))
  var input: String

  @Argument(help: "The file to write; - for standard output.")
  var output: String

  @Option(help: "The format: efg, nfg, json, dot or svg. Else the file's name says it.")
  var to: String?

  @Option(name: .customLong("as"), help: "The game as this party sees it.")
  var party: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Flag(help: "In a drawing: the equilibrium that `solve` finds, its play in heavy lines.")
  var solve = false

  @Flag(help: "Overwrite the file if it is there.")
  var force = false

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  /// The format to write. Standard output without `--to` gets .efg.
  private var target: ConvertStudy.Format? {
    if let to { return ConvertStudy.Format(rawValue: to.lowercased()) }
    return output == "-" ? .efg : ConvertStudy.Format(name: output)
  }

  func validate() throws {
    guard let target else {
      let names = ConvertStudy.Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        to.map { "There is no format '\($0)'. The formats are: \(names)." }
          ?? "'\(output)' ends in no format that can be written: \(names). --to names one.")
    }
    if GameFileStudy.isGame(input), party != nil || !settings.isEmpty {
      throw ValidationError("--as and --set are for scenarios; '\(input)' is a single game.")
    }
    if solve, !target.isDrawing {
      throw ValidationError("--solve is for drawings: svg and dot.")
    }
  }

  mutating func run() async throws {
    guard let target else { return }
    var source: SourceText?
    do {
      var profile: StrategyProfile?
      let game: ConvertStudy.Source
      if GameFileStudy.isGame(input) {
        game = try ConvertStudy.file(input)
        if solve { profile = try ConvertStudy.equilibrium(of: game) }
      } else {
        let (scenario, text) = try scenario(
          input, settings: settings, limits: limits, json: format.json)
        source = text
        game = try ConvertStudy.scenario(scenario, seenBy: party, limits: limits.limits.game)
        if solve {
          let result = try SolveStudy.run(scenario, seenBy: party, limits: limits.limits.game)
          profile = result.solution.equilibria.first?.profile
        }
      }
      let text = try ConvertStudy.text(of: game, as: target, profile: profile)
      try FileOutput.write(text, to: output, force: force, json: format.json)
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: source, json: format.json)
    }
  }
}
