import ArgumentParser
import Forecasts
import Foundation
import Scenarios
import Studies

/// Limits on what a file may ask of the machine.
struct LimitOptions: ParsableArguments {
  @Option(help: "The most bytes that a scenario may have.")
  var maxBytes = SyntaxLimits().bytes

  @Option(help: "How deep a scenario's text may nest.")
  var maxDepth = SyntaxLimits().depth

  @Option(help: "The most nodes of the text, and of the game.")
  var maxNodes = SyntaxLimits().nodes

  @Option(help: "The most things that may happen on one line of play.")
  var maxMoves = GameCompiler.Limits().depth

  var limits: ScenarioFile.Limits {
    var limits = ScenarioFile.Limits()
    limits.text = SyntaxLimits(bytes: maxBytes, depth: maxDepth, nodes: maxNodes)
    limits.game.nodes = maxNodes
    limits.game.depth = maxMoves
    return limits
  }

  func validate() throws {
    if maxBytes < 1 || maxDepth < 1 || maxNodes < 1 || maxMoves < 1 {
      throw ValidationError("A limit is a number above 0.")
    }
  }
}

/// How the quantities are drawn.
struct DrawOptions: ParsableArguments {
  @Option(help: "The seed: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Option(help: "How many draws of the quantities; if left out 4,096, of deals 512.")
  var draws: Int?

  @Option(help: "How many threads work; the answer does not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Solve once, with every quantity at its best estimate.")
  var best = false

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Sets a quantity anew, such as --set \"odds ready=60%\". May be given again.",
      valueName: "NAME=VALUE"))
  var settings: [String] = []

  func validate() throws {
    if let draws, draws < 1 || draws > 100_000_000 {
      throw ValidationError("--draws takes a number from 1 to 100,000,000.")
    }
    if threads < 1 || threads > 1024 {
      throw ValidationError("--threads takes a number from 1 to 1024.")
    }
  }

  /// The options, with so many draws if the user does not say how many.
  func options(
    _ limits: LimitOptions, draws usual: Int = Forecaster.Options().draws
  ) -> Forecaster.Options {
    var options = Forecaster.Options()
    options.seed = seed
    options.draws = draws ?? usual
    options.threads = threads
    options.isBest = best
    options.limits = limits.limits.game
    return options
  }
}

/// What is supposed beside what the questions suppose.
struct SupposingOptions: ParsableArguments {
  @Option(
    name: .customLong("supposing"), parsing: .singleValue,
    help: ArgumentHelp(
      "Asks in the game in which a step goes one way, and all know, such as "
        + "--supposing \"strike = hold\". May be given again.",
      valueName: "STEP = OPTION"))
  var texts: [String] = []

  /// The scenario with its questions asked so; ends the program if that cannot be read.
  func apply(to scenario: Scenario, json: Bool) throws -> Scenario {
    do {
      return try Supposing.apply(texts, to: scenario)
    } catch {
      if case .input(let diagnostics) = error {
        let text = SourceText(texts.joined(separator: " "))
        Output.show(diagnostics, source: texts.count == 1 ? text : nil, json: json)
      }
      throw ExitCode(Exit.badInput)
    }
  }
}

/// Text for people or JSON for programs.
struct FormatOptions: ParsableArguments {
  @Flag(help: "Write JSON on standard output, and nothing else there.")
  var json = false
}

extension ParsableCommand {
  /// The scenario in a file, its warnings left aside; ends the program if there is none.
  func scenario(
    _ path: String, settings: [String] = [], limits: LimitOptions, json: Bool
  ) throws -> (Scenario, SourceText) {
    let file = ScenarioFile.load(path, settings: settings, limits: limits.limits)
    guard let scenario = file.scenario else {
      Output.show(
        file.diagnostics.filter { $0.severity == .error }, source: file.source, json: json)
      throw ExitCode(Exit.badInput)
    }
    return (scenario, file.source)
  }

  /// Shows why a study gave nothing, and how the program ends.
  func fail(_ failure: AskStudy.Failure, source: SourceText?, json: Bool) -> ExitCode {
    switch failure {
    case .input(let diagnostics):
      Output.show(diagnostics, source: source, json: json)
      return ExitCode(Exit.badInput)
    case .refused(let diagnostics):
      Output.show(diagnostics, source: source, json: json)
      return ExitCode(Exit.refused)
    case .cancelled: return ExitCode(130)
    }
  }
}
