import Dispatch
import Equilibria
import Forecasts
import Foundation
import Games
import Scenarios
import Studies

/// Something of ours whose time is watched; see `regress`.
struct Figure {
  /// What it is, as one reads it in `BASELINE.json`.
  let name: String
  /// Measures it: seconds of processor time, the median of several runs.
  let seconds: () throws -> Double

  init(_ name: String, _ seconds: @escaping () throws -> Double) {
    self.name = name
    self.seconds = seconds
  }

  /// A case of ``LearningCases``.
  init(_ name: String, learning: String, _ game: String) {
    self.init(name) { try LearningCases.measure(learning, game)?.seconds ?? .nan }
  }

  /// A case of ``FileCases`` on a file of this text.
  init(_ name: String, case kind: String, _ text: String) {
    self.init(name) { try FileCases.measure(kind, text).seconds }
  }
}

/// The figures that are watched: to add one, add a line.
enum Figures {
  /// - Parameter file: the text of a file that `games.py` wrote.
  static func all(_ file: (String) throws -> String) throws -> [Figure] {
    [
      Figure("all extreme equilibria, 12×12, exact", case: "extreme", try file("b12-1.nfg")),
      Figure("Lemke–Howson, 100×100", case: "lemke-howson", try file("b100-1.nfg")),
      Figure("Lemke–Howson exact, 50×50", case: "lemke-howson-exact", try file("b50-1.nfg")),
      Figure("zero-sum program, 100×100", case: "zero-sum", try file("z100-1.nfg")),
      Figure("pure equilibria, 20×20×20", case: "pure", try file("c20-1.nfg")),
      Figure("logit path to its limit, 3×3×3", case: "logit", try file("c3-1.nfg")),
      Figure(
        "logit path, crisis game of 41 nodes", case: "agent-logit", try file("crisis2-5000000.efg")),
      Figure(
        "logit path, crisis game of 161 nodes", case: "agent-logit", try file("crisis8-5000000.efg")
      ),
      Figure("sequence-form program, poker", case: "sequence-lp", try file("poker32.efg")),
      Figure("Lemke, poker", case: "sequence-lemke", try file("poker32.efg")),
      Figure("reading .efg, 131,071 nodes", case: "read", try file("binary16.efg")),
      Figure("CFR+ iteration, Kuhn poker", learning: "cfr+", "kuhn2"),
      Figure("CFR+ iteration, Kuhn poker for three", learning: "cfr+", "kuhn3"),
      Figure("CFR+ iteration, goofspiel 5", learning: "cfr+", "goofspiel5"),
      Figure("CFR+ iteration, Leduc poker", learning: "cfr+", "leduc2"),
      Figure("CFR+ iteration, liar's dice", learning: "cfr+", "liars-dice"),
      Figure("CFR+ to 1e-3, Leduc poker", learning: "leduc-to-1e-3", "leduc2"),
      Figure("external-sampling iteration, Leduc poker", learning: "external-sampling", "leduc2"),
      Figure("exploitability, Leduc poker") { try exploitability(LeducPoker.game()) },
      Figure("exploitability, liar's dice") { try exploitability(LiarsDice.game()) },
      Figure("compiling Leduc poker") { try compiling(LeducPoker.game()) },
      Figure("seed: its headline question, 1,024 draws") { try seed(question: "sign") },
      Figure("seed: all its questions, 1,024 draws") { try seed(question: nil) },
      Figure("a draw of Kuhn poker, 1,000 CFR+ iterations", learning: "sweep", "kuhn2"),
    ]
  }

  /// Draws of the scenario that comes with the project, in seconds of processor time on one thread.
  private static func seed(question: String?) throws -> Double {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = ScenarioFile.load(folder.appending(path: "Scenarios/russia-iran.yaml").path)
    guard let scenario = file.scenario else { return .nan }
    let questions = scenario.questions.indices.filter {
      scenario.questions[$0].asksProbability
        && (question == nil || scenario.questions[$0].id == question)
    }
    var options = Forecaster.Options()
    options.draws = 1024
    options.threads = 1
    let forecaster = try Forecaster(scenario, questions: questions, options: options)
    return CPUTime.measure {
      let done = DispatchSemaphore(value: 0)
      Task {
        _ = try? await forecaster.run()
        done.signal()
      }
      done.wait()
    }.seconds
  }

  /// Prints a line of JSON for each figure whose name contains one of the parts; for all without.
  static func report(from folder: String, named parts: [String]) throws {
    let figures = try all { try Bench.text(folder + "/" + $0) }
    for figure in figures where parts.isEmpty || parts.contains(where: figure.name.contains) {
      print("{\"name\": \"\(figure.name)\", \"seconds\": \(try figure.seconds())}")
    }
  }

  private static func exploitability(_ game: ExtensiveGame) throws -> Double {
    let compiled = try CompiledSequenceGame(game)
    let profile = BehaviorProfile(centroidOf: game.tree)
    return CPUTime.perRun { times in
      for _ in 0..<times { _ = Exploitability(of: profile, in: compiled) }
    }
  }

  private static func compiling(_ game: ExtensiveGame) throws -> Double {
    try CPUTime.measure { try CompiledSequenceGame(game) }.seconds
  }
}
