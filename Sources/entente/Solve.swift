import ArgumentParser
import Equilibria
import Reports
import Studies

/// `solve`: the equilibrium of a scenario's game at the best estimates.
struct Solve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Solves a scenario's game at the best estimates, with a certificate.",
    discussion: """
      Examples:
        entente solve chicken.yaml
        entente solve russia-iran.yaml --as Iran --json
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(name: .customLong("as"), help: "The game as this party sees it.")
  var party: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Flag(help: "Every quantity at its best estimate; `solve` always does so.")
  var best = false

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  mutating func run() async throws {
    let (scenario, source) = try scenario(
      file, settings: settings, limits: limits, json: format.json)
    let result: SolveStudy.Result
    do {
      result = try SolveStudy.run(scenario, seenBy: party, limits: limits.limits.game)
    } catch {
      throw fail(error, source: source, json: format.json)
    }
    if format.json {
      Output.write(
        GameJSON.solution(
          result.game, assessment: result.assessment, certificate: result.certificate,
          beliefs: result.beliefs, method: result.method, concept: result.concept))
    } else {
      Output.write(
        GameText.solution(
          result.game, decisions: result.decisions, assessment: result.assessment,
          certificate: result.certificate, method: result.method, concept: result.concept,
          misperceivers: party == nil ? result.misperceivers : []))
    }
    if !result.certificate.holds {
      throw ExitCode(Exit.refused)
    }
  }
}
