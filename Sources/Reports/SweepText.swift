public import Forecasts
import Games
public import Scenarios

/// The lines of a sweep: a header, then one for each row, in CSV (RFC 4180) or JSON Lines. Numbers
/// are written with the fewest digits that read back to the same value.
public struct SweepText: Sendable {
  /// How lines are written.
  public enum Format: String, Sendable, CaseIterable {
    case csv, jsonl

    /// The format that a file's name says, if it says one.
    public init?(name: String) {
      let end = name.split(separator: ".").last.map { $0.lowercased() }
      guard name.contains("."), let format = end.flatMap(Format.init(rawValue:)) else { return nil }
      self = format
    }
  }

  /// What the header tells beside names.
  public struct Run: Sendable {
    /// The seed of the draws.
    public var seed: UInt64
    /// How many rows the whole sweep has, over all shards.
    public var rows: Int
    /// How many draws a row is averaged over.
    public var draws: Int

    /// A run with these figures.
    public init(seed: UInt64, rows: Int, draws: Int) {
      self.seed = seed
      self.rows = rows
      self.draws = draws
    }
  }

  private let format: Format
  private let run: Run
  private let title: String
  private let asOf: String?
  private let quantities: [String]
  private let questions: [String]

  /// Lines about some quantities and questions of a scenario, given as indices.
  public init(
    _ format: Format, run: Run, scenario: Scenario, quantities: [Int], questions: [Int]
  ) {
    self.format = format
    self.run = run
    title = scenario.title
    asOf = scenario.asOf.map { "\($0)" }
    self.quantities = quantities.map { scenario.inputs[$0].name }
    self.questions = questions.sorted().map { scenario.questions[$0].id }
  }

  /// Averages over more than one draw have a sampling error.
  private var hasErrors: Bool { run.draws > 1 }

  /// The first line, with its end.
  public var header: String {
    switch format {
    case .csv:
      // A question may have the name of a quantity; columns have names of their own.
      let answers = questions.flatMap { hasErrors ? ["P(\($0))", "SE(\($0))"] : ["P(\($0))"] }
      let names = ["row"] + quantities + answers + ["invalid", "uncertified"]
      return names.map(SweepText.field).joined(separator: ",") + "\n"
    case .jsonl:
      let header = JSONValue.object([
        ("entente", .integer(1)),
        (
          "sweep",
          .object([
            ("scenario", .string(title)), ("as_of", asOf.map { .string($0) } ?? .null),
            ("seed", .integer(Int(truncatingIfNeeded: run.seed))), ("rows", .integer(run.rows)),
            ("draws", .integer(run.draws)),
            ("quantities", .array(quantities.map { .string($0) })),
            ("questions", .array(questions.map { .string($0) })),
          ])
        ),
      ])
      return header.text() + "\n"
    }
  }

  /// A row's line, with its end. `values` are the swept quantities'.
  public func line(_ row: SweepRow, values: [Double]) -> String {
    switch format {
    case .csv:
      var text = "\(row.number)"
      for value in values { text += ",\(value)" }
      for answer in row.answers {
        text += ","
        if let probability = answer.probability { text += "\(probability)" }
        guard hasErrors else { continue }
        text += ","
        if let error = answer.samplingError { text += "\(error)" }
      }
      return text + ",\(row.invalid),\(row.uncertified)\n"
    case .jsonl:
      let line = JSONValue.object([
        ("row", .integer(row.number)),
        ("quantities", .object(zip(quantities, values).map { ($0, .number($1)) })),
        ("questions", .object(zip(questions, row.answers).map { ($0, member($1)) })),
        ("invalid", .integer(row.invalid)), ("uncertified", .integer(row.uncertified)),
      ])
      return line.text() + "\n"
    }
  }

  /// What a row's line begins with.
  public func start(ofRow number: Int) -> String {
    switch format {
    case .csv: "\(number),"
    case .jsonl: "{\"row\":\(number),"
    }
  }

  private func member(_ answer: SweepRow.Answer) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    var members = [("probability", number(answer.probability))]
    if hasErrors { members.append(("sampling_error", number(answer.samplingError))) }
    return .object(members)
  }

  /// A text as a field of a CSV file.
  public static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
