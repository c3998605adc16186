import Foundation
import Scenarios
import Testing
@Test func zz() throws {
  for (name, text) in try SyntaxTestSupport.references() {
    let (out, d) = ScenarioFormatter.format(text, file: name)
    print(
      name, d.map(\.message), out == text, ScenarioFormatter.format(out, file: name).text == out)
    try out.write(toFile: "/tmp/fmt-\(name)", atomically: true, encoding: .utf8)
  }
  let schema = JSONSchema.schema().text(pretty: true)
  try schema.write(toFile: "/tmp/schema.json", atomically: true, encoding: .utf8)
}
