import ArgumentParser
import Forecasts
import Reports
import Studies

/// `why`: reasons, and what would change the answer.
struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says why a question has its answer, and what would change it.",
    discussion: """
      Examples:
        entente why russia-iran.yaml
        entente why russia-iran.yaml sign-if-asked --verbose
        entente why russia-iran.yaml --payoff Russia
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Argument(help: "The id of a question, of any kind; without it, the first.")
  var question: String?

  @Option(
    help: ArgumentHelp(
      "What moves this party's payoff, instead of a question's answer; with a question, in the story "
        + "that it supposes.", valueName: "PARTY"))
  var payoff: String?

  @OptionGroup var drawing: DrawOptions
  @OptionGroup var supposing: SupposingOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "Say everything, not only what fits two screens.")
  var verbose = false

  @Flag(help: "Add the time it took to the JSON.")
  var timing = false

  mutating func run() async throws {
    let start = ContinuousClock.now
    let (read, source) = try scenario(
      file, settings: drawing.settings, limits: limits, json: format.json)
    let scenario = try supposing.apply(to: read, json: format.json)
    let progress = ProgressLine(total: nil, unit: "worlds")
    var options = Explainer.Options()
    options.forecast = drawing.options(limits)
    // The map is for pages and programs: text cannot show it.
    if !format.json { options.map = nil }
    let outcome: Outcome
    do {
      if let payoff {
        outcome = .payoff(
          try await WhyStudy.payoff(scenario, of: payoff, question: question, options: options) {
            progress.advance(by: $0)
          })
      } else {
        outcome = .answer(
          try await WhyStudy.run(scenario, question: question, options: options) {
            progress.advance(by: $0)
          })
      }
    } catch {
      progress.clear()
      throw fail(error, source: source, json: format.json)
    }
    progress.clear()
    let seconds = timing ? (ContinuousClock.now - start) / .seconds(1) : nil
    switch outcome {
    case .answer(let found) where format.json: Output.write(WhyJSON.why(found, seconds: seconds))
    case .payoff(let found) where format.json:
      Output.write(PayoffJSON.payoff(found, seconds: seconds))
    case .answer(let found): Output.write(WhyText.why(found, file: file, verbose: verbose))
    case .payoff(let found): Output.write(PayoffText.payoff(found, file: file, verbose: verbose))
    }
  }

  /// What was found out.
  private enum Outcome {
    case answer(Explanation)
    case payoff(PayoffExplanation)
  }
}
