import Foundation
import Testing

private let seed = "Scenarios/russia-iran.yaml"

@Suite("entente deals")
struct DealsCommandTests {
  @Test("Two screens of 80 columns say who signs what, at which price, and what the third does")
  func text() throws {
    let deals = try Command.run("deals", seed, "--draws", "128")
    #expect(deals.status == 0 && deals.errors.isEmpty)
    #expect(deals.lines.count <= 50, "\(deals.lines.count) lines")
    #expect(deals.lines.allSatisfy { $0.count <= 80 }, "\(deals.output)")
    #expect(deals.lines[0] == "Which deal would Iran and Russia sign?")
    for part in [
      "some deal is better than none", "Nash", "Kalai-Smorodinsky", "with air defense",
      "with mutual defense", "What Israel does", "Russia at 'mutual defense'",
      "breach of mutual defense",
    ] {
      #expect(deals.output.contains(part), "\(part)")
    }
    let verbose = try Command.run("deals", seed, "--draws", "128", "--verbose")
    #expect(verbose.output.contains("      3,000 "))
    #expect(verbose.lines.allSatisfy { $0.count <= 80 }, "\(verbose.output)")
    // What is best for both suits them in most worlds, and the pact does not.
    #expect(deals.output.contains("'partnership'"))
  }

  @Test("JSON has every bundle, and is the same on one thread and on two")
  func json() throws {
    let one = try Command.run("deals", seed, "--draws", "48", "--threads", "1", "--json")
    let two = try Command.run("deals", seed, "--draws", "48", "--threads", "2", "--json")
    #expect(one.output == two.output)
    let json = try one.json
    #expect(json["entente"] as? Int == 1)
    #expect(json["seconds"] == nil)
    let deals = try #require(json["deals"] as? [[String: Any]])
    #expect(deals.count == 70)
    #expect(
      Set(deals.flatMap(\.keys)).isSuperset(of: ["gains", "signatories", "moves", "efficient"]))
    let page = try String(
      contentsOf: Command.root.appending(path: "Docs/formats.md"), encoding: .utf8)
    for key in Set(json.keys).union(deals[0].keys) {
      #expect(page.contains("`\(key)`"), "\(key) is not in formats.md")
    }
    let families = try #require(json["families"] as? [[String: Any]])
    for key in families[0].keys where key != "clauses" {
      #expect(page.contains("`\(key)`"), "\(key) is not in formats.md")
    }
  }

  @Test("At the best estimates one world is solved, and shares become yes and no")
  func best() throws {
    let best = try Command.run("deals", seed, "--best", "--at-most", "1")
    #expect(best.status == 0)
    #expect(best.output.contains("At the best estimates some deal is better than none"))
    #expect(best.output.contains("yes"))
  }

  @Test("Refusals say what to do: no clauses, too many bundles, misuse")
  func refusals() throws {
    let none = try Command.run("deals", "Scenarios/chain-store-1978.yaml")
    #expect(none.status == 2 && none.errors.contains("no-clauses"))
    let many = try Command.run("deals", seed, "--max-bundles", "69")
    #expect(many.status == 2 && many.errors.contains("--max-bundles"))
    let json = try Command.run("deals", seed, "--max-bundles", "69", "--json")
    #expect(try json.json["diagnostics"] != nil && json.errors.isEmpty)
    #expect(try Command.run("deals", seed, "--at-most", "0").status == 64)
    #expect(try Command.run("deals", seed, "--draws", "0").status == 64)
  }

  @Test("Every scenario with clauses that somebody signs has deals")
  func scenarios() throws {
    for name in [
      "cuban-missile-crisis-1962", "labor-contract", "merger-review", "morrow-1994-alliance",
      "two-level-ratification",
    ] {
      let deals = try Command.run("deals", "Scenarios/\(name).yaml", "--draws", "32")
      #expect(deals.status == 0, "\(name): \(deals.errors)")
      #expect(deals.lines.allSatisfy { $0.count <= 80 }, "\(deals.output)")
    }
    let ratified = try Command.run(
      "deals", "Scenarios/two-level-ratification.yaml", "--draws", "32")
    #expect(
      ratified.lines[0].hasSuffix("Abroad, Government and Parliament sign?")
        || ratified.lines[0].contains("Government"))
  }
}
