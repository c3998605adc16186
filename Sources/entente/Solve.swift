import ArgumentParser
import Equilibria
import Games
import Mathematics
import Reports
import Scenarios
import Studies

/// `solve`: equilibria of one game, a scenario's at the best estimates or a file's.
struct Solve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Solves a scenario's game at the best estimates, or a game in a file.",
    discussion: """
      Examples:
        entente solve chicken.yaml
        entente solve russia-iran.yaml --as Iran --json
        entente solve game.efg --method sequence-lemke --exact
        entente solve game.nfg --all

      `entente solve --methods` lists the methods.
      """)

  @Argument(
    help: "A scenario file, or a game: Gambit's .efg or .nfg, or .json.",
    completion: .file(extensions: ["yaml", "yml", "efg", "nfg", "json"]))
  var file: String?

  @Option(name: .customLong("as"), help: "The game as this party sees it.")
  var party: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Flag(help: "Every quantity at its best estimate; `solve` always does so.")
  var best = false

  @OptionGroup(title: "Method") var methods: MethodOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if methods.methods { return }
    guard let file else { throw ValidationError("Give a scenario or a game to solve.") }
    if GameFileStudy.isGame(file), party != nil || !settings.isEmpty {
      throw ValidationError("--as and --set are for scenarios; '\(file)' is a single game.")
    }
  }

  mutating func run() async throws {
    guard let file, !methods.methods else {
      Output.write(MethodOptions.list)
      return
    }
    let result = try solve(file)
    if format.json {
      Output.write(SolutionJSON.value(result.solution, of: result.game))
    } else {
      Output.write(
        SolutionText.text(
          result.solution, of: result.game, decisions: result.decisions,
          misperceivers: party == nil ? result.misperceivers : []))
    }
    if !result.isCertified { throw ExitCode(Exit.refused) }
  }

  private func solve(_ file: String) throws -> SolveStudy.Result {
    var source: SourceText?
    do {
      if GameFileStudy.isGame(file) {
        return try GameFileStudy.solve(file, method: methods.method, methods.request)
      }
      let (scenario, text) = try scenario(
        file, settings: settings, limits: limits, json: format.json)
      source = text
      return try SolveStudy.run(
        scenario, seenBy: party, method: methods.method, request: methods.request,
        limits: limits.limits.game)
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: source, json: format.json)
    }
  }
}
