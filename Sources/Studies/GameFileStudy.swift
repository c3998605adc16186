public import Equilibria
import Foundation
public import Games
import Scenarios

/// `solve` for games in other programs' formats.
public enum GameFileStudy {
  /// The most bytes of a game file that are read.
  public static let largestFile = 256 << 20

  /// The file's name says that it holds one game, not a scenario.
  public static func isGame(_ path: String) -> Bool {
    GameFile.Format(name: path) != nil
  }

  /// The game of a file in any format that ``GameFile`` reads.
  public static func game(_ path: String) throws(AskStudy.Failure) -> GameForm {
    let text = try read(path)
    do {
      return try GameFile.game(from: text, named: path)
    } catch {
      throw malformed(error, path)
    }
  }

  /// Equilibria of a file's game by a method, or by the one that the game calls for.
  public static func solve(
    _ path: String, method: String?, _ request: SolveRequest
  ) throws(AskStudy.Failure) -> SolveStudy.Result {
    try SolveStudy.solve(try game(path), method: method, request, file: path)
  }

  static func read(_ path: String) throws(AskStudy.Failure) -> String {
    func fail(_ message: String, _ remedy: String) -> AskStudy.Failure {
      .input([Diagnostic(code: "unreadable", file: path, message: message, remedy: remedy)])
    }
    if path == "-" {
      guard let bytes = try? FileHandle.standardInput.read(upToCount: largestFile + 1),
        bytes.count <= largestFile
      else { throw fail("standard input is empty or larger than 256 MB", "give a smaller file") }
      return String(decoding: bytes, as: UTF8.self)
    }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size else { throw fail("there is no file '\(path)'", "look at the name") }
    guard size <= largestFile else {
      throw fail("'\(path)' is larger than 256 MB", "solve a smaller game")
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw fail("'\(path)' cannot be read", "look at its permissions")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func malformed(_ error: FormatError, _ path: String) -> AskStudy.Failure {
    .input([
      Diagnostic(
        code: "malformed-game", file: path, place: Place(line: error.line, column: error.column),
        message: error.message,
        remedy: "mend the file there, or write it anew with the program that made it")
    ])
  }
}
