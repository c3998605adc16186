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
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Argument(help: "The id of a question, of any kind; without it, the first.")
  var question: String?

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
    let found: Explanation
    do {
      found = try await WhyStudy.run(scenario, question: question, options: options) {
        progress.advance(by: $0)
      }
    } catch {
      progress.clear()
      throw fail(error, source: source, json: format.json)
    }
    progress.clear()
    if format.json {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      Output.write(WhyJSON.why(found, seconds: timing ? seconds : nil))
    } else {
      Output.write(WhyText.why(found, file: file, verbose: verbose))
    }
  }
}
