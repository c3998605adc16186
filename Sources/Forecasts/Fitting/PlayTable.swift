public import Scenarios

/// Past plays of a scenario's story: for each, what was observed of it.
public struct PlayTable: Sendable, Equatable {
  /// One fact of the story, as a column names it.
  public struct Fact: Sendable, Hashable {
    /// The name of the column: a step, `STEP of ROUND`, or a private type.
    public var name: String
    /// The scenario's fact.
    public var fact: Int
    /// The ordinal of the round; nil for what is not repeated.
    public var round: Int?
  }

  /// One line of the table.
  public struct Row: Sendable, Equatable {
    /// The line of the file.
    public var line: Int
    /// How many plays went so.
    public var count: Double
    /// By fact, the ordinal of its value; nil where it was not observed.
    public var values: [Int?]
    /// By quantity of ``PlayTable/quantities``; nil where the play has none of its own.
    public var quantities: [Double?]
  }

  /// What the columns tell.
  public var facts: [Fact] = []
  /// Quantities that plays have values of their own of, as inputs of the scenario.
  public var quantities: [Int] = []
  /// The plays.
  public var rows: [Row] = []

  /// The most bytes that a table may have.
  public static let largest = 10_000_000
  /// The most rows.
  public static let mostRows = 100_000

  /// How many plays.
  public var plays: Double { rows.reduce(0) { $0 + $1.count } }

  /// A table of nothing.
  public init() {}

  /// Every fact of a scenario that a column can name, in the order of the scenario.
  public static func facts(of scenario: Scenario) -> [Fact] {
    scenario.names.facts.enumerated().flatMap { index, fact -> [Fact] in
      guard let loop = fact.loop else { return [Fact(name: fact.name, fact: index, round: nil)] }
      return scenario.names.loops[loop].rounds.enumerated().map {
        Fact(name: "\(fact.name) of \($1)", fact: index, round: $0)
      }
    }
  }

  /// Reads a table: a line of names, then a line for each play. A column is named like a step, a
  /// private type, a quantity, or `count`; an empty cell was not observed.
  public static func read(
    _ bytes: [UInt8], of scenario: Scenario, file: String
  ) -> (table: PlayTable?, diagnostics: [Diagnostic]) {
    var reader = PlayTableReader(scenario: scenario, file: file)
    let table = reader.read(bytes)
    return (reader.diagnostics.isEmpty ? table : nil, reader.diagnostics)
  }
}

/// Reads tables of plays.
private struct PlayTableReader {
  let scenario: Scenario
  let file: String
  var diagnostics: [Diagnostic] = []

  private enum Column {
    case fact(Int)
    case quantity(Int)
    case count
    case unknown
  }

  mutating func read(_ bytes: [UInt8]) -> PlayTable? {
    if bytes.count > PlayTable.largest {
      report(
        "table-too-large", nil, "the table has more than \(PlayTable.largest) bytes",
        "join equal plays, and say how many under 'count'")
      return nil
    }
    let rows: [[CommaSeparatedText.Cell]]
    do {
      rows = try CommaSeparatedText.rows(bytes)
    } catch {
      report(error.code, error.place, error.message, error.remedy)
      return nil
    }
    guard let header = rows.first, rows.count > 1 else {
      report(
        "table-empty", nil, "the table has no plays",
        "write a line of names, such as 'reply,count', then a line for each play")
      return nil
    }
    if rows.count > PlayTable.mostRows + 1 {
      report(
        "table-too-large", nil, "the table has more than \(PlayTable.mostRows) rows",
        "join equal plays, and say how many under 'count'")
      return nil
    }
    var table = PlayTable()
    let columns = readHeader(header, &table)
    for cells in rows.dropFirst() { readRow(cells, columns, &table) }
    if table.facts.isEmpty, diagnostics.isEmpty {
      report(
        "table-empty", nil, "no column names a step or a private type",
        "the first line names what was observed")
    }
    return table
  }

  private mutating func readHeader(
    _ header: [CommaSeparatedText.Cell], _ table: inout PlayTable
  ) -> [Column] {
    let facts = PlayTable.facts(of: scenario)
    var seen: Set<String> = []
    return header.map { cell in
      if !seen.insert(cell.text).inserted {
        report(
          "column-twice", cell.place, "two columns are named '\(cell.text)'", "keep one of them")
        return .unknown
      }
      if let fact = facts.first(where: { $0.name == cell.text }) {
        table.facts.append(fact)
        return .fact(table.facts.count - 1)
      }
      if let input = scenario.input(named: cell.text) {
        table.quantities.append(input)
        return .quantity(table.quantities.count - 1)
      }
      if cell.text == "count" { return .count }
      let known = facts.map(\.name) + scenario.inputs.map(\.name) + ["count"]
      report(
        "unknown-column", cell.place, "no step, private type or quantity is named '\(cell.text)'",
        Spelling.question(for: cell.text, among: known)
          ?? "name the column like a step, 'STEP of ROUND', a type, a quantity, or 'count'")
      return .unknown
    }
  }

  private mutating func readRow(
    _ cells: [CommaSeparatedText.Cell], _ columns: [Column], _ table: inout PlayTable
  ) {
    guard let first = cells.first else { return }
    if cells.count != columns.count {
      report(
        "table-width", first.place,
        "this row has \(cells.count) cells, the first line names \(columns.count)",
        "leave a cell empty for what was not observed, and put cells with commas in quotes")
      return
    }
    var row = PlayTable.Row(
      line: first.place.line, count: 1,
      values: Array(repeating: nil, count: table.facts.count),
      quantities: Array(repeating: nil, count: table.quantities.count))
    for (cell, column) in zip(cells, columns) where !cell.text.isEmpty {
      switch column {
      case .fact(let index):
        row.values[index] = value(cell, of: scenario.names.facts[table.facts[index].fact])
      case .quantity(let index):
        row.quantities[index] = number(cell, name: scenario.inputs[table.quantities[index]].name)
      case .count:
        guard let count = number(cell, name: "count") else { continue }
        if count < 0 {
          report("table-number", cell.place, "a count is not below 0", "write how many plays")
        }
        row.count = count
      case .unknown: break
      }
    }
    table.rows.append(row)
  }

  private mutating func value(_ cell: CommaSeparatedText.Cell, of fact: Fact) -> Int? {
    if let value = fact.values.firstIndex(of: cell.text) { return value }
    if let number = Double(cell.text), let value = fact.numbers?.firstIndex(of: number) {
      return value
    }
    report(
      "unknown-value", cell.place, "'\(fact.name)' has no value '\(cell.text)'",
      Spelling.question(for: cell.text, among: fact.values)
        ?? "its values are: \(fact.values.prefix(12).joined(separator: ", "))")
    return nil
  }

  private mutating func number(_ cell: CommaSeparatedText.Cell, name: String) -> Double? {
    var text = cell.text
    let isPercent = text.hasSuffix("%")
    if isPercent { text.removeLast() }
    if let value = Double(text), value.isFinite { return isPercent ? value / 100 : value }
    report(
      "table-number", cell.place, "'\(cell.text)' under '\(name)' is no number",
      "write a plain number, or a percentage such as 40%")
    return nil
  }

  private mutating func report(
    _ code: String, _ place: Place?, _ message: String, _ remedy: String
  ) {
    if diagnostics.count >= 50 { return }
    diagnostics.append(
      Diagnostic(code: code, file: file, place: place, message: message, remedy: remedy))
  }
}
