import ArgumentParser
import Forecasts
import Foundation
import Reports
import Scenarios
import Studies

/// `deals`: which agreements would be signed.
struct DealsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deals",
    abstract:
      "Says which agreement the parties would sign, at what price, and what others then do.",
    discussion: """
      Every bundle of the scenario's clauses, with every amount, is put into force, as all know, and \
      compared with no deal.

      Examples:
        entente deals russia-iran.yaml
        entente deals russia-iran.yaml --at-most 1 --set "hunger for missiles=4"
        entente deals russia-iran.yaml --json
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var drawing: DrawOptions

  @Option(help: "The most clauses of a bundle, where the story has no 'bundles of'.")
  var atMost = 2

  @Option(help: "The most bundles to try, every amount counted.")
  var maxBundles = 1000

  @Flag(help: "The parties' payoffs are in one unit: compare their gains, too.")
  var commonUnit = false

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup var format: FormatOptions

  @Flag(help: "Say everything, not only what fits two screens.")
  var verbose = false

  @Flag(help: "Add the time it took to the JSON.")
  var timing = false

  func validate() throws {
    if atMost < 1 { throw ValidationError("--at-most takes a number above 0.") }
    if maxBundles < 1 || maxBundles > 100_000 {
      throw ValidationError("--max-bundles takes a number from 1 to 100,000.")
    }
  }

  mutating func run() async throws {
    let start = ContinuousClock.now
    let (scenario, source) = try scenario(
      file, settings: drawing.settings, limits: limits, json: format.json)
    var options = DealFinder.Options()
    options.forecast = drawing.options(limits, draws: options.forecast.draws)
    options.atMost = atMost
    options.mostBundles = maxBundles
    options.hasCommonUnit = commonUnit
    var progress: ProgressLine?
    let found: Deals
    do {
      let finder = try DealsStudy.plan(scenario, options: options)
      let line = ProgressLine(total: finder.count, unit: "bundles")
      progress = line
      found = try await DealsStudy.run(finder, of: scenario) { line.advance(by: $0) }
    } catch {
      progress?.clear()
      throw fail(error, source: source, json: format.json)
    }
    progress?.clear()
    if format.json {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      Output.write(
        DealsJSON.deals(found, scenario: scenario, seconds: timing ? seconds : nil))
    } else {
      Output.write(DealsText.deals(found, scenario: scenario, file: file, verbose: verbose))
    }
  }
}
