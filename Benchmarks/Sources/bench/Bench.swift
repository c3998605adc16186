import Foundation

/// `bench CASE FILE…` solves the games of files and prints, for each, a line of JSON with the median
/// processor time of a run and what is needed to see that the answer is right (``FileCases``); of
/// some cases it is names of games (``LearningCases``). `bench figures FOLDER PART…` prints those of
/// ``Figures`` whose names contain one of the parts, and `bench perfect-sweep FILE` writes the game
/// of ``SweepBench`` to a file and sweeps over it.
@main
struct Bench {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count > 1 else {
      print("usage: bench CASE FILE… | bench figures FOLDER [PART…]")
      exit(64)
    }
    let rest = Array(arguments.dropFirst())
    switch arguments[0] {
    case "figures": try Figures.report(from: rest[0], named: Array(rest.dropFirst()))
    case "perfect-sweep": try SweepBench.run(writing: rest[0])
    case "resolve": try FileCases.resolve(rest.map { try text($0) })
    default:
      for name in rest {
        let (seconds, answer) =
          try LearningCases.measure(arguments[0], name)
          ?? FileCases.measure(arguments[0], try text(name))
        report(seconds, answer)
      }
    }
  }

  static func text(_ file: String) throws -> String {
    try String(contentsOf: URL(filePath: file), encoding: .utf8)
  }

  static func report(_ seconds: Double, _ answer: String) {
    print("{\"seconds\": \(seconds), \(answer)}")
  }
}
