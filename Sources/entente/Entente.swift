import ArgumentParser
import Studies

/// The command line. Commands parse arguments, call a study and show what it returns.
@main
struct Entente: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entente",
    abstract: "Turns a written argument about what parties will do into a game that answers.",
    discussion: """
      A scenario is a text file: parties, assumptions with ranges and sources, moves, payoffs, \
      questions. Entente compiles it to a game of incomplete information, solves it with a \
      certificate, and answers with a probability and its uncertainty.

      Example:
        entente demo
        entente new chicken -o chicken.yaml
        entente ask chicken.yaml
      """,
    version: ReportStudy.version,
    subcommands: [
      Demo.self, New.self, Check.self, Format.self, Ask.self, Why.self, DealsCommand.self,
      Report.self, Serve.self, Sweep.self, Solve.self,
      Verify.self,
      Convert.self, Fit.self,
      Schema.self,
    ])

  mutating func run() async throws {
    Output.write(
      """
      Entente: what will they do? A written argument becomes a game, and answers.

        entente demo                      the seed question, answered in seconds
        entente new chicken -o game.yaml  a small scenario to edit
        entente ask game.yaml             its questions, with probabilities

      Also: why, deals, report, serve, fit, check, fmt, sweep, solve, verify, convert.
      `entente COMMAND --help` has an example each.

      """)
  }
}
