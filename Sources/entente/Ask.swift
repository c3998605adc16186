import ArgumentParser
import Forecasts
import Foundation
import Reports
import Scenarios
import Studies

/// `ask`: the probabilities of a scenario's questions.
struct Ask: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers a scenario's questions with probabilities.",
    discussion: """
      Examples:
        entente ask russia-iran.yaml
        entente ask russia-iran.yaml sign --set "odds ready=60%"
        entente ask russia-iran.yaml --best --json
        entente ask gulf-1990.yaml --as-of 1990-07-25
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Argument(help: "The id of one question; without it, all that ask for a probability.")
  var question: String?

  @Option(
    help: ArgumentHelp(
      "Use the evidence up to the end of this day only.", valueName: "YEAR-MONTH-DAY"),
    transform: Ask.day)
  var asOf: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "Look in so many draws for other equilibria, and say how far the answers depend on which one "
        + "is played.", valueName: "DRAWS"))
  var selection: Int?

  @OptionGroup var drawing: DrawOptions
  @OptionGroup var supposing: SupposingOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "Add the time it took to the JSON.")
  var timing = false

  /// A day as it is written on the command line.
  private static func day(_ text: String) throws -> CalendarDate {
    guard let day = CalendarDate(text) else {
      throw ValidationError("'\(text)' is not a day; write it as 2025-03-31.")
    }
    return day
  }

  func validate() throws {
    if let selection, selection < 1 || selection > 100_000 {
      throw ValidationError("--selection takes a number from 1 to 100,000.")
    }
  }

  mutating func run() async throws {
    let start = ContinuousClock.now
    let (read, source) = try scenario(
      file, settings: drawing.settings, limits: limits, json: format.json)
    let scenario = try supposing.apply(to: read, json: format.json)
    let options = drawing.options(limits)
    let progress = ProgressLine(total: options.isBest ? 1 : options.draws, unit: "draws")
    let result: AskStudy.Result
    do {
      result = try await AskStudy.run(
        scenario, question: question, options: options, asOf: asOf,
        selection: selection.map { Forecaster.SelectionOptions(draws: $0) },
        progress: { progress.advance(by: $0) }, extension: { progress.extend(by: $0) })
    } catch {
      progress.clear()
      throw fail(error, source: source, json: format.json)
    }
    progress.clear()
    if format.json {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      Output.write(
        ForecastJSON.ask(
          result.forecast, posterior: result.posterior, scenario: result.scenario,
          seconds: timing ? seconds : nil))
    } else {
      Output.write(
        ForecastText.ask(
          result.forecast, posterior: result.posterior, scenario: result.scenario, file: file,
          skipped: result.skipped))
    }
  }
}
