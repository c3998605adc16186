import Scenarios
import Testing

/// Bytes that are no scenario, and what YAML would make of some that are.
@Suite("Texts")
struct TextTests {
  private func codes(_ text: String, limits: SyntaxLimits = SyntaxLimits()) -> [String] {
    ScenarioTestSupport.read(text, limits: limits).codes
  }

  @Test("Places are ordered as text is read")
  func placesAreOrdered() {
    #expect(Place(line: 1, column: 9) < Place(line: 2, column: 1))
    #expect(Place(line: 2, column: 1) < Place(line: 2, column: 2))
  }

  @Test("Bytes that are not UTF-8 are reported once a line, at their character")
  func brokenBytes() {
    var bytes = Array(SmallScenario.text(["title: Tür"]).utf8)
    let index = bytes.firstIndex(of: 0xC3)!
    bytes.replaceSubrange(index...(index + 1), with: [0xFC])
    bytes += [0x23, 0xFF, 0xFE, 0x0A, 0x23, 0x80, 0x0A]
    let result = ScenarioTestSupport.read(bytes)
    #expect(result.codes == ["2:9 invalid-utf8", "10:2 invalid-utf8", "11:2 invalid-utf8"])
  }

  @Test("Each kind of broken UTF-8 is refused and ends nothing")
  func kindsOfBrokenBytes() {
    let kinds: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x82, 0x82, 0xAC],
      [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80], [0xFF],
    ]
    for kind in kinds {
      let bytes = Array("entente: 1\n# ".utf8) + kind + Array("\nnonsense: 1\n".utf8)
      let result = ScenarioTestSupport.read(bytes)
      #expect(result.codes.contains("2:3 invalid-utf8"), "\(kind)")
      #expect(result.codes.contains("3:1 unknown-key"), "\(kind)")
    }
  }

  @Test("UTF-16 is named as such")
  func otherEncodings() {
    let bytes: [UInt8] = [0xFF, 0xFE] + Array("entente: 1".utf8).flatMap { [$0, 0] }
    let result = ScenarioTestSupport.read(bytes)
    #expect(result.codes == ["1:1 invalid-utf8"])
    #expect(result.diagnostics[0].message.contains("UTF-16"))
  }

  @Test("A byte order mark and other line ends change nothing")
  func lineEnds() throws {
    let text = SmallScenario.text(["title: |\n  One\n  two", "nonsense: 1"])
    let plain = ScenarioTestSupport.read(text)
    for variant in [
      "\u{FEFF}" + text, text.replacing("\n", with: "\r\n"),
      "\u{FEFF}" + text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\r"),
    ] {
      let result = ScenarioTestSupport.read(variant)
      #expect(result.codes == plain.codes)
      #expect(try #require(result.syntax).saysTheSame(as: #require(plain.syntax)))
    }
  }

  @Test("Columns count characters, whatever they are made of")
  func columns() {
    #expect(codes("titel: x\nentente: 1\n").contains("1:1 unknown-key"))
    for title in ["Tür", "Tu\u{308}r", "👩‍👩‍👧‍👦ab", "東京a"] {
      let text = SmallScenario.text(["define: {gain: if move = go then q, '\(title)': q + unknown}"]
      )
      let column = "define: {gain: if move = go then q, '".count + title.count + "': q + ".count + 1
      #expect(codes(text) == ["8:\(column) unknown-name"], "\(title)")
    }
  }

  @Test("What a text says stands as it was written: no type is guessed")
  func noGuessing() throws {
    let text = """
      entente: 1
      title: Yes
      about: 1e3
      parties: {yes: no, on: 0x10, null: ~, 1.0: 2024-10-08}
      """
    let (node, diagnostics) = SyntaxReader.read(text, file: "a.yaml")
    #expect(diagnostics.isEmpty)
    let root = try #require(node)
    #expect(root["title"]?.text == "Yes")
    #expect(root["about"]?.text == "1e3")
    let parties = try #require(root["parties"]?.entries)
    #expect(parties.map(\.key.text) == ["yes", "on", "null", "1.0"])
    #expect(parties.map(\.value.text) == ["no", "0x10", "~", "2024-10-08"])
  }

  @Test("All errors of a text are reported in one run")
  func allAtOnce() {
    let text = SmallScenario.text([
      "title: War: a question", "parties: {A: one, or two, B: two}", "nonsense: 1",
      "payoffs: {A: {t: gain + wealth}, B: {t: wit pact}}",
      "quantities: {q: {is: 2 .. 1, sorce: judgment}}",
    ])
    #expect(
      codes(text) == [
        "2:8 colon-in-value", "3:14 comma-in-value", "5:22 estimate-order", "5:30 unknown-key",
        "10:1 unknown-key",
      ])
    // Nothing is said of 'wealth' while names may have been lost; once they are there it is.
    #expect(
      codes(text.replacing("one, or two", with: "one")).filter { $0.hasPrefix("9:") }
        == ["9:25 unknown-name", "9:41 unknown-name"])
  }

  @Test("More than two hundred errors end with how many there are")
  func cap() {
    let text = SmallScenario.text([
      "payoffs:\n  A:\n" + (0..<300).map { "    t\($0): u\($0)\n" }.joined() + "  B: {t: 1}"
    ])
    let result = ScenarioTestSupport.read(text)
    #expect(result.diagnostics.count == 201)
    #expect(result.diagnostics.filter { $0.code == "unknown-name" }.count == 200)
    #expect(result.diagnostics.first { $0.code == "and-more" }?.message == "and 100 more")
  }

  // MARK: Limits

  @Test("Each limit is refused by a message that names the flag which raises it")
  func limits() {
    let text = SmallScenario.text()
    func remedy(_ limits: SyntaxLimits, _ code: String) -> String? {
      let result = ScenarioTestSupport.read(text, limits: limits)
      #expect(result.diagnostics.map(\.code) == [code])
      #expect(result.syntax == nil)
      return result.diagnostics.first?.remedy
    }
    #expect(remedy(SyntaxLimits(bytes: 100), "too-large")?.contains("--max-bytes") == true)
    #expect(remedy(SyntaxLimits(depth: 3), "too-deep")?.contains("--max-depth") == true)
    #expect(remedy(SyntaxLimits(nodes: 20), "too-many-nodes")?.contains("--max-nodes") == true)
    #expect(
      ScenarioTestSupport.read(text, limits: SyntaxLimits(bytes: text.utf8.count)).codes == [])
  }

  @Test("The limits of a game are named, too")
  func gameLimits() {
    var limits = GameCompiler.Limits()
    limits.nodes = 5
    let nodes = ScenarioTestSupport.read(SmallScenario.text(), game: limits)
    #expect(nodes.diagnostics.map(\.code) == ["too-many-nodes"])
    #expect(nodes.diagnostics.first?.remedy?.contains("--max-nodes") == true)
    limits = GameCompiler.Limits()
    limits.depth = 1
    let depth = ScenarioTestSupport.read(SmallScenario.text(), game: limits)
    #expect(depth.diagnostics.map(\.code) == ["too-deep"])
    #expect(depth.diagnostics.first?.remedy?.contains("--max-moves") == true)
  }

  @Test("Nesting without end is refused before any parser sees it")
  func nesting() {
    let count = 100_000
    let roomy = SyntaxLimits(bytes: 10_000_000, depth: SyntaxLimits.deepest, nodes: 10_000_000)
    let texts = [
      String(repeating: "[", count: count), String(repeating: "{a: ", count: count),
      String(repeating: "- ", count: count), String(repeating: "[{a: ", count: count),
      (0..<700).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      (0..<700).map { String(repeating: " ", count: $0) + "-\n" }.joined(),
    ]
    for text in texts {
      #expect(codes(text).map { $0.split(separator: " ").last } == ["too-deep"])
      #expect(codes(text, limits: roomy).map { $0.split(separator: " ").last } == ["too-deep"])
    }
  }

  @Test("As deep as a flag can allow, the parser below us still stands")
  func deepest() {
    let limits = SyntaxLimits(depth: 10_000)
    #expect(limits.depth == SyntaxLimits.deepest)
    let depth = SyntaxLimits.deepest - 2
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
      let text =
        "a: " + String(repeating: open, count: depth) + String(repeating: close, count: depth)
      let (node, diagnostics) = SyntaxReader.read(text, file: "a.yaml", limits: limits)
      #expect(diagnostics.isEmpty)
      #expect(node != nil)
    }
  }

  @Test("Aliases that multiply are refused one by one, and grow into nothing")
  func laughs() {
    let text =
      "a: &a [x, x]\n"
      + (1..<20).map { "b\($0): &b\($0) [*b\($0 - 1), *b\($0 - 1), *b\($0 - 1)]\n" }.joined()
    let result = ScenarioTestSupport.read(text)
    #expect(result.diagnostics.count { $0.code == "anchor" } == 20)
    #expect(result.diagnostics.count { $0.code == "alias" } == 57)
  }

  @Test("Long texts of every kind are read to their end")
  func longTexts() {
    func list(_ count: Int, _ item: (Int) -> String) -> String {
      (0..<count).map(item).joined(separator: ", ")
    }
    let line = "gain: if move = go then q, "
    let texts: [(text: String, code: String)] = [
      (SmallScenario.text(["define: {\(line)" + list(2_000) { "a\($0): q" } + "}"]), "unused-name"),
      (
        SmallScenario.text(["define: {\(line)" + list(2_000) { "a\($0): x" } + "}"]), "unknown-name"
      ),
      (
        SmallScenario.text([
          "define: {\(line)" + list(2_000) { "a\($0): a\($0 + 1)" } + ", a2000: q}"
        ]),
        "definition-too-deep"
      ),
      (String(repeating: "a: 1\n", count: 8_000), "duplicate-key"),
      ((0..<5_000).map { "k\($0): 1\n" }.joined(), "unknown-key"),
      (String(repeating: "a: 'x\n", count: 10_000), "unclosed-quote"),
      (String(repeating: "\u{1}", count: 8_000), "control-character"),
      ("title: " + String(repeating: "x y ", count: 8_000), "missing-key"),
      ("[" + String(repeating: ",", count: 8_000) + "]", "stray-comma"),
      (
        SmallScenario.text(["define: {gain: q" + String(repeating: "+1", count: 8_000) + "}"]),
        "expression-too-deep"
      ),
      (
        SmallScenario.text(["define: {gain: " + String(repeating: "abc ", count: 8_000) + "}"]),
        "unknown-name"
      ),
    ]
    for (text, code) in texts {
      let codes = ScenarioTestSupport.read(text).diagnostics.map(\.code)
      #expect(codes.contains(code), "\(code): \(codes.prefix(3))")
    }
  }
}
