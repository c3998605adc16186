import ArgumentParser
import Forecasts
import Foundation
import Scenarios
import Studies

#if Web
  import Workbench
#endif

/// `serve`: the workbench on loopback.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Opens the workbench: a local page on which moving an assumption moves the answer.",
    discussion: """
      Examples:
        entente serve
        entente serve russia-iran.yaml --port 9000
      It listens on this machine only, reads and writes no file but FILE, and stops with control-C.
      """)

  @Argument(
    help: "A scenario file; without it, the seed scenario to look at.",
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @Option(help: "The address to listen at; any but loopback lets other machines in.")
  var host = "127.0.0.1"

  @Option(help: "The port; by default 8377, or the next one that is free.")
  var port: Int?

  @Option(help: "The seed: the same seed gives the same numbers as `ask`.")
  var seed: UInt64 = 1

  @Option(help: "How many threads work; the answer does not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup(title: "Limits") var limits: LimitOptions

  func validate() throws {
    if let port, !(0...65535).contains(port) {
      throw ValidationError("--port takes a number from 0 to 65535; 0 for any that is free.")
    }
    if threads < 1 || threads > 1024 {
      throw ValidationError("--threads takes a number from 1 to 1024.")
    }
  }

  mutating func run() async throws {
    #if Web
      var options = Workbench.Options()
      options.file = file
      options.host = host
      options.port = port
      options.forecast.seed = seed
      options.forecast.threads = threads
      options.forecast.limits = limits.limits.game
      options.limits = limits.limits
      do {
        try await Workbench(options).run { address in
          Output.write("Workbench at \(address)\nControl-C stops it.\n")
        }
      } catch let failure as Workbench.Failure {
        Output.show(
          [Diagnostic(code: "serve", file: file ?? "workbench", message: failure.message)],
          source: nil, json: false)
        throw ExitCode(Exit.badInput)
      }
    #else
      Output.writeError(
        """
        entente was built without the workbench.
        Build it with the trait Web, which is on by default: swift build -c release

        """)
      throw ExitCode(EX_USAGE)
    #endif
  }
}
