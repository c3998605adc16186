import ArgumentParser
import Forecasts
import Foundation
import Reports
import Scenarios
import Studies

/// `demo`: the seed question on one screen.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers the seed question: will Russia sign a mutual defense treaty with Iran?",
    discussion: """
      Example:
        entente demo
      """)

  mutating func run() async throws {
    let file = ScenarioFile.check(Library.seed, name: "russia-iran.yaml")
    guard let scenario = file.scenario else {
      Output.show(file.diagnostics, source: file.source, json: false)
      throw ExitCode(Exit.badInput)
    }
    var options = Forecaster.Options()
    options.threads = ProcessInfo.processInfo.activeProcessorCount
    let progress = ProgressLine(total: options.draws, unit: "draws")
    do {
      let result = try await AskStudy.run(scenario, question: "sign", options: options) {
        progress.advance(by: $0)
      }
      progress.clear()
      Output.write(DemoText.screen(result.forecast, scenario: scenario))
    } catch {
      progress.clear()
      throw fail(error, source: file.source, json: false)
    }
  }
}
