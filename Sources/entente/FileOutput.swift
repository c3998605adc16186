import ArgumentParser
import Foundation
import Scenarios

/// Writes files that a user asked for, never over another by mistake.
enum FileOutput {
  static func write(_ text: String, to path: String, force: Bool, json: Bool) throws {
    if path == "-" {
      Output.write(text)
      return
    }
    if !force, FileManager.default.fileExists(atPath: path) {
      Output.show(
        [
          Diagnostic(
            code: "file-exists", file: path, message: "'\(path)' is there already",
            remedy: "choose another name, or say --force to overwrite it")
        ], source: nil, json: json)
      throw ExitCode(Exit.badInput)
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Output.show(
        [
          Diagnostic(
            code: "not-writable", file: path, message: "'\(path)' cannot be written",
            remedy: "look at the folder and its permissions")
        ], source: nil, json: json)
      throw ExitCode(Exit.badInput)
    }
  }
}
