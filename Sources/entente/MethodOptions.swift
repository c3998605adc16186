import ArgumentParser
import Equilibria
import Foundation
import Mathematics
import Reports

/// How a game is to be solved.
struct MethodOptions: ParsableArguments {
  @Option(help: "How to solve; without it, as the game calls for. --methods lists them.")
  var method: String?

  @Flag(help: "List the methods.")
  var methods = false

  @Flag(help: "All equilibria, where a method can list them; it says whether the list is complete.")
  var all = false

  @Flag(
    inversion: .prefixedNo,
    help: "Exact arithmetic, or floating point; without either, as the method does best.")
  var exact: Bool?

  @Option(help: "The logit equilibrium at this rationality; with --method, for logit alone.")
  var lambda: Double?

  @Flag(help: "For --lambda: payoffs in units of each player's range.")
  var normalized = false

  @Option(help: "For learning methods: stop when nobody gains more than this share of its range.")
  var exploitability = SolveRequest().exploitability

  @Option(help: "For methods that draw: the seed; the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Option(help: "The most steps: pivots, points of a path or iterations.")
  var maxSteps = SolveRequest().limit.steps

  @Option(help: "Stop after so many seconds, with what was reached.")
  var maxSeconds: Double?

  func validate() throws {
    if let method, MethodCatalog.method(named: method) == nil {
      throw ValidationError(
        "There is no method '\(method)'. `entente solve --methods` lists the methods.")
    }
    if let lambda, !(lambda >= 0 && lambda.isFinite) {
      throw ValidationError("--lambda takes a number from 0.")
    }
    if lambda != nil, let method, !MethodCatalog.takesLambda(method) {
      throw ValidationError(
        "--lambda is for the method '\(MethodCatalog.selected)', not for '\(method)': "
          + "leave out one of the two.")
    }
    if !(exploitability > 0) { throw ValidationError("--exploitability takes a number above 0.") }
    if maxSteps < 1 { throw ValidationError("--max-steps takes a number above 0.") }
    if let maxSeconds, !(maxSeconds > 0 && maxSeconds < 1e9) {
      throw ValidationError("--max-seconds takes a number above 0.")
    }
  }

  /// What is asked of the method.
  var request: SolveRequest {
    var request = SolveRequest()
    request.all = all
    request.exact = exact
    request.limit = WorkLimit(steps: maxSteps, seconds: maxSeconds)
    request.lambda = lambda
    request.isNormalized = normalized
    request.exploitability = exploitability
    request.seed = seed
    return request
  }

  /// All methods, each with what it finds.
  static var list: String {
    let width = MethodCatalog.all.map(\.name.count).max() ?? 0
    return MethodCatalog.all.flatMap { method in
      TextLayout.wrap(
        method.summary,
        first: method.name.padding(toLength: width + 2, withPad: " ", startingAt: 0),
        indent: width + 2)
    }.joined(separator: "\n") + "\n"
  }
}
