import Foundation
import Scenarios
import Testing

/// The JSON schema that editors use.
@Suite("JSON schema")
struct SchemaTests {
  private func keys(of shape: Shape, _ grammar: Grammar) -> Set<String> {
    switch shape {
    case .list(let item, _), .oneOrMore(let item), .mapping(let item, _): keys(of: item, grammar)
    case .record(let record): keys(of: record, grammar)
    case .variants(let records, _):
      records.reduce(into: []) { $0.formUnion(keys(of: $1, grammar)) }
    case .oneOf(let shapes): shapes.reduce(into: []) { $0.formUnion(keys(of: $1, grammar)) }
    default: []
    }
  }

  private func keys(of record: Record, _ grammar: Grammar) -> Set<String> {
    var result = Set(record.fields.map(\.key))
    for field in record.fields { result.formUnion(keys(of: field.shape, grammar)) }
    if let others = record.others { result.formUnion(keys(of: others.shape, grammar)) }
    return result
  }

  private func keys(of grammar: Grammar) -> Set<String> {
    grammar.definitions.values.reduce(into: keys(of: grammar.root, grammar)) {
      $0.formUnion(keys(of: $1, grammar))
    }
  }

  /// The names under every `properties` of a JSON value, and every `$ref`.
  private func properties(_ value: Any, _ found: inout Set<String>, _ references: inout Set<String>)
  {
    if let object = value as? [String: Any] {
      if let properties = object["properties"] as? [String: Any] {
        found.formUnion(properties.keys)
      }
      if let reference = object["$ref"] as? String { references.insert(reference) }
      for child in object.values { properties(child, &found, &references) }
    } else if let array = value as? [Any] {
      for child in array { properties(child, &found, &references) }
    }
  }

  @Test("It is JSON that holds every key of the grammar, and refers to nothing that is not there")
  func everyKey() throws {
    let text = JSONSchema.schema().text(pretty: true)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    var found: Set<String> = []
    var references: Set<String> = []
    properties(object, &found, &references)
    let expected = keys(of: ScenarioShape.grammar)
    #expect(expected.count > 60)
    #expect(expected.subtracting(found) == [])
    let definitions = try #require(object["$defs"] as? [String: Any])
    for reference in references {
      #expect(definitions[String(reference.dropFirst("#/$defs/".count))] != nil, "\(reference)")
    }
  }

  @Test("Every key that the language promises is in the grammar")
  func promisedKeys() {
    let promised = [
      "entente", "title", "as of", "about", "sources", "parties", "private types", "quantities",
      "together", "clauses", "story", "define", "payoffs", "beliefs", "variants", "outcomes",
      "questions", "outside the story", "evidence", "solve", "record", "is", "kind", "because",
      "source", "unit", "at least", "at most", "text", "amount", "from", "to", "by", "falls due",
      "obliges", "choice", "breach costs", "step", "options", "bundles of", "not both", "or",
      "hidden from", "seen by", "until", "between", "when", "only if", "offers", "enacts", "chance",
      "signal to", "says", "odds", "bargain", "over", "rule", "power", "if it fails", "clause",
      "reveal", "repeat", "repeat for", "as", "stop when", "ask", "id", "probability of", "given",
      "supposing", "supposing secretly", "where", "resolves", "flip", "at", "drivers of",
      "known to others", "others think otherwise", "correlation", "then", "on", "happened",
      "reported", "likelihood ratio", "select", "rationality", "method", "tolerance", "question",
    ]
    let known = keys(of: ScenarioShape.grammar)
    #expect(Set(promised).subtracting(known) == [])
  }

  @Test("JSON text holds whatever stands in a string")
  func escapes() throws {
    for text in ["a\"b\\c", "\n\t\r\u{0}\u{1F}\u{7F}", "é👩‍👧\u{2028}", "</script>"] {
      let json = JSONValue.array([.string(text)]).text()
      let back = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String])
      #expect(back == [text])
    }
    #expect(JSONValue.number(.nan).text() == "null")
    #expect(JSONValue.number(.infinity).text() == "null")
    #expect(JSONValue.object([]).text(pretty: true) == "{}")
  }
}
