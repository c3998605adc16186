import ArgumentParser
import Equilibria
import Reports
import Scenarios
import Studies

/// `solve`: the equilibrium of one game, a scenario's at the best estimates or a Gambit file's.
struct Solve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Solves a scenario's game at the best estimates, or a game in Gambit's .efg or .nfg.",
    discussion: """
      Examples:
        entente solve chicken.yaml
        entente solve russia-iran.yaml --as Iran --json
        entente solve game.efg
        entente solve game.nfg --all
      """)

  @Argument(
    help: "A scenario file, or a game in Gambit's .efg or .nfg.",
    completion: .file(extensions: ["yaml", "yml", "efg"]))
  var file: String

  @Option(name: .customLong("as"), help: "The game as this party sees it.")
  var party: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Sets a quantity anew. May be given again.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Flag(help: "Every quantity at its best estimate; `solve` always does so.")
  var best = false

  @Option(help: "For .nfg: pure, lemke-howson (one) or extreme (all; two players).")
  var method: String?

  @Flag(help: "For .nfg: all equilibria that the method can list.")
  var all = false

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    let isGame = GameFileStudy.isExtensive(file) || GameFileStudy.isStrategic(file)
    if isGame, party != nil || !settings.isEmpty {
      throw ValidationError("--as and --set are for scenarios; '\(file)' is a single game.")
    }
    if let method, GameFileStudy.Method(rawValue: method) == nil {
      let names = GameFileStudy.Method.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("There is no method '\(method)'. The methods are: \(names).")
    }
    if method != nil || all, !GameFileStudy.isStrategic(file) {
      throw ValidationError("--method and --all are for games in Gambit's .nfg.")
    }
  }

  mutating func run() async throws {
    if GameFileStudy.isStrategic(file) {
      try solveStrategic()
      return
    }
    let result = try solve()
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

  private func solve() throws -> SolveStudy.Result {
    var source: SourceText?
    do {
      if GameFileStudy.isExtensive(file) { return try GameFileStudy.extensive(file) }
      let (scenario, text) = try scenario(
        file, settings: settings, limits: limits, json: format.json)
      source = text
      return try SolveStudy.run(scenario, seenBy: party, limits: limits.limits.game)
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: source, json: format.json)
    }
  }

  private func solveStrategic() throws {
    do {
      let result = try GameFileStudy.strategic(
        file, method: method.flatMap(GameFileStudy.Method.init), all: all)
      let report = StrategicReport(
        game: result.game, method: result.method.rawValue, isComplete: result.isComplete,
        equilibria: result.equilibria, certificates: result.certificates,
        componentCount: result.componentCount)
      if format.json { Output.write(report.json) } else { Output.write(report.text) }
      if !result.certificates.allSatisfy(\.isNash) { throw ExitCode(Exit.refused) }
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: nil, json: format.json)
    }
  }
}
