/// A JSON schema (draft 2020-12) of the language, so that editors complete and check scenarios.
/// It says what YAML tools see, who read `10%` as text, `0.5` as a number and `2024-10-08` as text.
public enum JSONSchema {
  /// The schema of a grammar.
  public static func schema(
    of grammar: Grammar = ScenarioShape.grammar, title: String = "Entente scenario"
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string(title)),
    ]
    members += keywords(of: grammar.root)
    let definitions = grammar.definitions.sorted { $0.key < $1.key }
    members.append(("$defs", .object(definitions.map { ($0.key, schema(of: $0.value)) })))
    return .object(members)
  }

  private static func schema(of shape: Shape) -> JSONValue { .object(keywords(of: shape)) }

  private static func type(_ names: String...) -> (String, JSONValue) {
    ("type", names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) }))
  }

  private static func keywords(of shape: Shape) -> [(String, JSONValue)] {
    switch shape {
    case .text, .name, .expression, .estimate: [type("string", "number", "boolean")]
    case .remark: [type("string", "number", "boolean", "null")]
    case .number:
      [
        type("string", "number"),
        ("pattern", .string("^\\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\\s*%?\\s*$")),
      ]
    case .date: [type("string"), ("pattern", .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    case .dateRange:
      [
        type("string"),
        ("pattern", .string("^[0-9]{4}-[0-9]{2}-[0-9]{2} *\\.\\. *[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
      ]
    case .flag:
      [
        (
          "enum",
          .array([
            .bool(true), .bool(false), .string("yes"), .string("no"), .string("true"),
            .string("false"),
          ])
        )
      ]
    case .keyword(let words): [("enum", .array(words.map { .string($0) }))]
    case .version(let numbers):
      [("enum", .array(numbers.flatMap { [.integer($0), .string(String($0))] }))]
    case .integer(let range): integer(range)
    case .list(let item, let count): list(item, count)
    case .oneOrMore(let item): [("anyOf", .array([schema(of: item), .object(list(item, nil))]))]
    case .mapping(let value, _): [type("object"), ("additionalProperties", schema(of: value))]
    case .record(let record): self.record(record)
    case .variants(let records, _):
      [("oneOf", .array(records.map { .object(self.record($0)) }))]
    case .oneOf(let shapes): [("anyOf", .array(shapes.map(schema(of:))))]
    case .reference(let name): [("$ref", .string("#/$defs/\(name)"))]
    }
  }

  private static func integer(_ range: ClosedRange<Int>) -> [(String, JSONValue)] {
    var members = [type("integer", "string"), ("minimum", .integer(range.lowerBound))]
    if range.upperBound != .max { members.append(("maximum", .integer(range.upperBound))) }
    return members + [("pattern", .string("^[0-9]+$"))]
  }

  private static func list(_ item: Shape, _ count: ClosedRange<Int>?) -> [(String, JSONValue)] {
    var members = [type("array"), ("items", schema(of: item))]
    if let count {
      members.append(("minItems", .integer(count.lowerBound)))
      if count.upperBound != .max { members.append(("maxItems", .integer(count.upperBound))) }
    }
    return members
  }

  private static func record(_ record: Record) -> [(String, JSONValue)] {
    let required = record.fields.filter(\.isRequired).map { JSONValue.string($0.key) }
    let mayBeEmpty = required.isEmpty && record.needsOneOf.isEmpty
    var members = [mayBeEmpty ? type("object", "null") : type("object")]
    members.append(("properties", .object(record.fields.map { ($0.key, property($0)) })))
    if !required.isEmpty { members.append(("required", .array(required))) }
    if !record.needsOneOf.isEmpty {
      let needs = record.needsOneOf.map { JSONValue.object([("required", .array([.string($0)]))]) }
      members.append(("anyOf", .array(needs)))
    }
    members.append(
      ("additionalProperties", record.others.map { schema(of: $0.shape) } ?? .bool(false)))
    return members
  }

  private static func property(_ field: Field) -> JSONValue {
    var members: [(String, JSONValue)] = [("description", .string(field.about))]
    members += keywords(of: field.shape)
    if let example = field.example { members.append(("examples", .array([.string(example)]))) }
    return .object(members)
  }
}
