import ArgumentParser
import Scenarios

/// `schema`: the JSON Schema of scenario files.
struct Schema: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the JSON Schema of scenario files, for editors that complete and check.",
    discussion: """
      Example:
        entente schema > entente.schema.json
      """)

  mutating func run() async throws {
    Output.write(JSONSchema.schema())
  }
}
