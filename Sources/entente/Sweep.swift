import ArgumentParser
import Dispatch
import Forecasts
import Foundation
import Reports
import Scenarios
import Studies

/// `sweep`: a scenario's answers over a grid or a sample of quantities.
struct Sweep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers a scenario's questions at many points, one line each.",
    discussion: """
      --grid sweeps quantities over equally spaced values, all combinations of them, the first \
      varying slowest. The other quantities are averaged over 256 draws, the same in each row, or \
      over --draws; --best keeps them at their best estimates.

      --sample draws its rows: row k is draw k of all quantities, or of those named by --over. The \
      others stay at their best estimates, or are averaged over --draws.

      Lines come in the order of rows as they are computed. The shards 1/n to n/n, one after the \
      other, are the bytes of a single run: only the first has the header. --resume goes on after \
      the last whole line of a file. Docs/sweep.md tells the columns.

      Examples:
        entente sweep russia-iran.yaml sign --grid "odds ready=10%..90%:9"
        entente sweep chicken.yaml --sample 10000 -o rows.csv
        entente sweep chicken.yaml --sample 10000 -o rows-2.csv --shard 2/4 --resume
      """)

  @Argument(help: "A scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Argument(help: "The id of one question; without it, all that ask for a probability.")
  var question: String?

  @Option(
    name: .customLong("grid"), parsing: .singleValue,
    help: ArgumentHelp(
      "Sweeps a quantity, such as --grid \"odds ready=10%..90%:9\". May be given again.",
      valueName: "NAME=FROM..TO:COUNT"))
  var grids: [String] = []

  @Option(help: "How many rows to draw.")
  var sample: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "With --sample: a quantity to draw. May be given again; without it, all.",
      valueName: "NAME"))
  var over: [String] = []

  @Option(help: "How many draws of the other quantities a row is averaged over.")
  var draws: Int?

  @Flag(help: "Keep the other quantities at their best estimates.")
  var best = false

  @Option(help: "The seed: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Option(help: "How many threads work; the answer does not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Sets a quantity anew, such as --set \"odds ready=60%\". May be given again.",
      valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Option(name: .shortAndLong, help: "The file to write. Else standard output.")
  var output: String?

  @Option(help: "csv or jsonl. Else the file's name says it, and csv is the last resort.")
  var format: String?

  @Option(help: ArgumentHelp("Only the k-th of n parts of the rows.", valueName: "k/n"))
  var shard: String?

  @Flag(help: "Go on with the file after its last whole line.")
  var resume = false

  @Flag(help: "Overwrite the file if it is there.")
  var force = false

  @OptionGroup(title: "Limits") var limits: LimitOptions

  private var lineFormat: SweepText.Format? {
    if let format { return SweepText.Format(rawValue: format.lowercased()) }
    return output.flatMap(SweepText.Format.init(name:)) ?? .csv
  }

  private var toFile: String? { output == "-" ? nil : output }

  func validate() throws {
    func refuse(_ message: String) -> ValidationError { ValidationError(message) }
    if grids.isEmpty == (sample == nil) {
      throw refuse("Say what to sweep: --grid \"NAME=FROM..TO:COUNT\", or --sample ROWS.")
    }
    if let sample, sample < 1 || sample > SweepPlan.mostRows {
      throw refuse("--sample takes a number from 1 to 1,000,000,000.")
    }
    if sample == nil, !over.isEmpty { throw refuse("--over goes with --sample.") }
    if let draws, draws < 1 || draws > 100_000_000 {
      throw refuse("--draws takes a number from 1 to 100,000,000.")
    }
    if best, draws != nil {
      throw refuse("--best solves once for each row: leave out --draws or --best.")
    }
    if threads < 1 || threads > 1024 { throw refuse("--threads takes a number from 1 to 1024.") }
    if lineFormat == nil { throw refuse("--format takes csv or jsonl.") }
    if let shard, SweepPlan.Shard(shard) == nil {
      throw refuse("--shard takes k/n, such as 2/4: k from 1 to n, n at most 1,000,000.")
    }
    if toFile == nil, resume { throw refuse("--resume needs the file to go on with: -o FILE.") }
    if resume, force { throw refuse("--resume keeps the file, --force overwrites it: say one.") }
  }

  private var request: SweepPlan.Request {
    var request = SweepPlan.Request()
    request.question = question
    request.grids = grids
    request.sample = sample
    request.over = over
    request.draws = draws
    request.isBest = best
    request.shard = shard.flatMap(SweepPlan.Shard.init) ?? SweepPlan.Shard()
    request.options.seed = seed
    request.options.threads = threads
    request.options.limits = limits.limits.game
    return request
  }

  mutating func run() async throws {
    let scenarioFile = ScenarioFile.load(file, settings: settings, limits: limits.limits)
    guard let scenario = scenarioFile.scenario else {
      Output.show(
        scenarioFile.diagnostics.filter { $0.severity == .error }, source: scenarioFile.source,
        json: false)
      throw ExitCode(Exit.badInput)
    }
    do {
      let plan = try SweepPlan(
        scenarioFile, scenario: scenario, settings: settings, limits: limits.limits,
        request: request)
      let (lines, kept) =
        try toFile.map { path throws(LineOutput.Failure) in
          try LineOutput.open(path, resumes: resume, force: force)
        } ?? (LineOutput(), SweepStudy.Kept())
      let progress = ProgressLine(
        total: SweepStudy.draws(plan, after: kept), unit: "draws")
      let interrupts = [(SIGINT, 130), (SIGTERM, 143)].map { signal, status in
        Self.onSignal(signal) {
          progress.clear()
          lines.exit(Int32(status))
        }
      }
      defer {
        interrupts.forEach { $0.cancel() }
        progress.clear()
      }
      let warnings = try await SweepStudy.run(
        plan, format: lineFormat ?? .csv, after: kept,
        progress: { progress.advance(by: $0) },
        write: { text in try lines.write(text) })
      try lines.finish()
      progress.clear()
      Output.show(warnings, source: scenarioFile.source, json: false)
    } catch let failure as AskStudy.Failure {
      throw fail(failure, source: scenarioFile.source, json: false)
    } catch let failure as LineOutput.Failure {
      Output.show([failure.diagnostic], source: nil, json: false)
      throw ExitCode(Exit.badInput)
    }
  }

  /// Calls a function on a signal. It gets a queue of its own: all threads of the common ones may be
  /// busy with solving.
  private static func onSignal(
    _ number: Int32, _ body: @escaping @Sendable () -> Void
  ) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let queue = DispatchQueue(label: "signal \(number)", qos: .userInteractive)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler(handler: DispatchWorkItem(block: body))
    source.resume()
    return source
  }
}
