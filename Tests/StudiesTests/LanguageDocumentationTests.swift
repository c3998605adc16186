import Forecasts
import Foundation
import Scenarios
import Studies
import Testing

/// Everything that `Docs/language.md` shows is tried, and everything that it must name is there.
@Suite("The reference of the language")
struct LanguageDocumentationTests {
  static let page = "language.md"
  static let blocks = Documentation.blocks(of: page)
  static let yaml = blocks.filter { $0.language == "yaml" }
  static let wholes = yaml.filter(\.isWhole)
  static let fragments = yaml.filter { !$0.isWhole }

  @Test("Every block is a whole scenario, a fragment with its place, or the output of a command")
  func kinds() {
    #expect(!Self.wholes.isEmpty)
    for block in Self.blocks {
      switch block.language {
      case "yaml":
        #expect(block.isWhole || block.marks("in").count == 1, "\(block.testDescription)")
      case "text": #expect(block.command != nil, "\(block.testDescription)")
      default: Issue.record("\(block.testDescription): no such kind of block")
      }
    }
  }

  @Test(
    "A whole scenario gives the diagnostics that it announces, and no others", arguments: wholes)
  func whole(_ block: MarkdownBlock) async throws {
    let folder = try TemporaryFolder()
    try folder.write(block.text, to: "scenario.yaml")
    let file = await CheckStudy.run(
      folder.path("scenario.yaml"), settings: [], limits: ScenarioFile.Limits(), isQuick: false)
    expect(file.diagnostics, of: block, besides: [])
    guard let scenario = file.scenario, scenario.questions.contains(where: \.asksProbability)
    else { return }
    var options = Forecaster.Options()
    options.draws = 64
    let result = try await AskStudy.run(scenario, question: nil, options: options)
    for answer in result.forecast.answers {
      let estimate = try #require(answer.estimate, "\(block.testDescription): \(answer.ask)")
      #expect((0...1).contains(estimate.probability))
    }
    #expect(result.forecast.uncertified == 0 && result.forecast.invalid == 0)
  }

  @Test("A fragment put in its place gives the diagnostics that it announces", arguments: fragments)
  func fragment(_ block: MarkdownBlock) throws {
    let base = try #require(Self.wholes.first)
    var edited = EditedScenario(base.text)
    let place = try #require(block.marks("in").first)
    let content = Array(block.lines.drop { $0.hasPrefix("# in: ") || $0.hasPrefix("# expect: ") })
    if place == "the file" {
      edited.replaceSections(by: content)
    } else {
      edited.add(content, under: place)
    }
    let file = ScenarioFile.check(Array(edited.text.utf8), name: "scenario.yaml")
    var diagnostics = file.diagnostics
    if let scenario = file.scenario { diagnostics += GameCompiler.compile(scenario).diagnostics }
    // What a fragment declares for the sake of showing it has no use, and changes no question.
    expect(diagnostics, of: block, besides: ["unused-name"])
  }

  private func expect(
    _ diagnostics: [Diagnostic], of block: MarkdownBlock, besides allowed: Set<String>
  ) {
    let found = Set(diagnostics.map(\.code))
    let messages = diagnostics.map { "\($0.code): \($0.message)" }.joined(separator: "\n")
    #expect(
      found.subtracting(allowed) == block.expected.subtracting(allowed),
      "\(block.testDescription)\n\(messages)")
    #expect(block.expected.subtracting(found).isEmpty, "\(block.testDescription)\n\(messages)")
  }

  @Test("Shown output is what the program prints for the scenario above")
  func outputs() throws {
    var scenario = ""
    var printed: [PrintedOutput] = []
    for block in Self.blocks {
      if block.language == "yaml", block.isWhole { scenario = block.text }
      guard let command = block.command else { continue }
      let folder = try TemporaryFolder()
      try folder.write(scenario, to: "scenario.yaml")
      let program = try #require(Program.find())
      printed.append(PrintedOutput(block: block, output: try program.run(command, in: folder)))
    }
    try PrintedOutput.compare(printed, page: Self.page)
  }

  // MARK: Completeness

  @Test("Every key of the language is named")
  func keys() {
    var keys: Set<String> = []
    func collect(_ shape: Shape) {
      switch shape {
      case .list(let item, _), .oneOrMore(let item), .mapping(let item, _): collect(item)
      case .record(let record): collect(record)
      case .variants(let records, _): records.forEach(collect)
      case .oneOf(let shapes): shapes.forEach(collect)
      default: break
      }
    }
    func collect(_ record: Record) {
      for field in record.fields {
        keys.insert(field.key)
        collect(field.shape)
      }
      if let others = record.others { collect(others.shape) }
    }
    collect(ScenarioShape.grammar.root)
    ScenarioShape.grammar.definitions.values.forEach(collect)
    let text = Documentation.page(Self.page)
    let missing = keys.sorted().filter { !text.contains("`\($0)`") }
    #expect(missing == [])
  }

  @Test("Every word and function of formulas is named")
  func words() {
    let text = Documentation.page(Self.page)
    let missing = ReservedWord.all.sorted().filter { !text.contains("`\($0)") }
    #expect(missing == [])
  }

  @Test("The table of diagnostics holds every code that the sources emit, and no other")
  func codes() throws {
    let table = Set(
      Documentation.page(Self.page).split(separator: "\n")
        .filter { $0.hasPrefix("| `") && $0.hasSuffix("|") }
        .compactMap { line in
          line.firstMatch(of: /^\| `([a-z0-9-]+)` \| (error|warning)/).map { String($0.1) }
        })
    let emitted = try DiagnosticCodes.emitted()
    #expect(emitted.count > 100)
    #expect(emitted.subtracting(table).sorted() == [], "codes missing from the table")
    #expect(table.subtracting(emitted).sorted() == [], "codes that no source emits")
  }
}
