import ArgumentParser
import Equilibria
import Games
import Reports
import Scenarios
import Studies

/// `verify`: whether given strategies are an equilibrium.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks whether strategies are an equilibrium of a game, and of which kind.",
    discussion: """
      The strategies are in the shape that `solve --json` writes. Rational probabilities are \
      checked in exact arithmetic. Ends with 1 if they are no equilibrium of the kind that the \
      file claims.

      Examples:
        entente solve game.efg --json | entente verify game.efg -
        entente verify game.nfg profile.json --json
      """)

  @Argument(
    help: "A scenario, or a game in any format that `solve` takes.",
    completion: .file(extensions: ["yaml", "yml", "efg", "nfg", "json"]))
  var file: String

  @Argument(
    help: "The strategies, as `solve --json` writes them; - for standard input.",
    completion: .file(extensions: ["json"]))
  var profile: String

  @Option(name: .customLong("as"), help: "The game as this party sees it.")
  var party: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Option(help: "The largest gain that counts as none, as a share of payoff ranges.")
  var tolerance = ProfileVerifier().tolerance

  @Option(help: "Check as a logit equilibrium at this rationality too.")
  var lambda: Double?

  @Flag(help: "For --lambda: payoffs in units of each player's range.")
  var normalized = false

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if !(tolerance >= 0) { throw ValidationError("--tolerance takes a number from 0.") }
    if GameFileStudy.isGame(file), party != nil || !settings.isEmpty {
      throw ValidationError("--as and --set are for scenarios; '\(file)' is a single game.")
    }
  }

  mutating func run() async throws {
    var source: SourceText?
    do {
      let game: GameForm
      if GameFileStudy.isGame(file) {
        game = try GameFileStudy.game(file)
      } else {
        let (scenario, text) = try scenario(
          file, settings: settings, limits: limits, json: format.json)
        source = text
        game = .extensive(
          try SolveStudy.game(of: scenario, seenBy: party, limits: limits.limits.game).game)
      }
      let result = try VerifyStudy.run(
        game, profiles: profile,
        ProfileVerifier(tolerance: tolerance, lambda: lambda, isNormalized: normalized))
      let report = VerificationReport(
        game: result.game, findings: result.findings, correlated: result.correlated)
      if format.json { Output.write(report.json) } else { Output.write(report.text) }
      if !result.holds { throw ExitCode(Exit.refused) }
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: source, json: format.json)
    }
  }
}
