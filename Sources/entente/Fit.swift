import ArgumentParser
import Forecasts
import Reports
import Scenarios
import Studies

/// `fit`: a scenario's quantities from past plays.
struct Fit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fits quantities of a scenario to past plays of its story.",
    discussion: """
      A table of plays has a line of names, then a line for each play. A column is named like a \
      step, STEP of ROUND, a private type, a quantity (that play's own value), or count. An empty \
      cell was not observed.

      Examples:
        entente fit deterrence.yaml plays.csv
        entente fit deterrence.yaml plays.csv --quantity rationality --quantity "odds resolute"
        entente fit deterrence.yaml plays.csv --posterior
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Argument(help: "A table of past plays.", completion: .file(extensions: ["csv"]))
  var plays: String

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Fits this quantity, the others at their best estimates; rationality unless said. May be "
        + "given up to three times.", valueName: "NAME"))
  var quantity: [String] = []

  @Flag(help: "Weigh what the ranges allow for by the plays, for all uncertain quantities.")
  var posterior = false

  @OptionGroup var drawing: DrawOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "Add the time it took to the JSON.")
  var timing = false

  func validate() throws {
    if posterior, !quantity.isEmpty {
      throw ValidationError("--posterior takes all uncertain quantities; leave out --quantity.")
    }
  }

  mutating func run() async throws {
    let start = ContinuousClock.now
    let (scenario, source) = try scenario(
      file, settings: drawing.settings, limits: limits, json: format.json)
    let read = FitStudy.table(plays, of: scenario)
    guard let table = read.table else {
      throw fail(.input(read.diagnostics), source: read.source, json: format.json)
    }
    let progress = ProgressLine(total: nil, unit: "games")
    let outcome: PlayFitting
    do {
      outcome = try await FitStudy.run(
        scenario, table: table, file: plays, quantities: quantity, asksPosterior: posterior,
        options: drawing.options(limits)
      ) { progress.advance(by: $0) }
    } catch {
      progress.clear()
      throw fail(error, source: source, json: format.json)
    }
    progress.clear()
    if format.json {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      Output.write(FitJSON.fit(outcome, scenario: scenario, seconds: timing ? seconds : nil))
    } else {
      Output.write(FitText.fit(outcome, scenario: scenario, plays: plays))
    }
  }
}
