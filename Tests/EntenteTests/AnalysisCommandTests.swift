import Foundation
import Testing

private let gulf = "Scenarios/gulf-1990.yaml"

@Suite("entente why, report, fit")
struct AnalysisCommandTests {
  @Test("A report gives the answer that ask gives, also in the light of evidence")
  func report() throws {
    for file in [gulf, "Scenarios/deterrence.yaml"] {
      let asked = try Command.run("ask", file, "--draws", "256", "--json").json
      let questions = try #require(asked["questions"] as? [[String: Any]])
      let words = try #require(questions[0]["words"] as? String)
      let report = try Command.run("report", file, "--draws", "256", "-o", "-")
      #expect(report.status == 0 && report.errors.isEmpty, "\(report.errors)")
      let answer = try #require(report.lines.first { $0.hasPrefix("**") })
      #expect(answer.contains(words), "\(answer)")
      #expect(report.output.contains("## What has been observed") == (file == gulf))
    }
  }

  @Test("An endless table of plays costs nothing and is refused")
  func endless() throws {
    let fit = try Command.run("fit", gulf, "/dev/zero")
    #expect(fit.status == 2)
    #expect(fit.errors.contains("table-too-large"), "\(fit.errors)")
    let missing = try Command.run("fit", gulf, "no-such.csv")
    #expect(missing.status == 2 && missing.errors.contains("unreadable"))
  }

  @Test("A sweep of a scenario with evidence says that its rows are the answers before it")
  func sweep() throws {
    let sweep = try Command.run(
      "sweep", gulf, "invade", "--best", "--grid", "odds of taking=10%..20%:2")
    #expect(sweep.status == 0 && sweep.lines.count == 3)
    #expect(sweep.errors.contains("before the evidence"), "\(sweep.errors)")
  }

  @Test("why writes JSON whose numbers are those of its answer")
  func why() throws {
    let json = try Command.run(
      "why", "Scenarios/deterrence.yaml", "--draws", "256", "--json"
    ).json
    let forecast = try #require(json["forecast"] as? [String: Any])
    let questions = try #require(forecast["questions"] as? [[String: Any]])
    #expect(questions.count == 1 && questions[0]["id"] as? String == json["question"] as? String)
    let information = try #require(json["value_of_information"] as? [String: Any])
    let p = try #require(questions[0]["probability"] as? Double)
    let brier = try #require(information["brier_score"] as? Double)
    #expect(abs(brier - p * (1 - p)) < 1e-12)
  }

  @Test("why --payoff writes what moves a party's payoff, and says what a payoff has none of")
  func payoff() throws {
    let file = "Scenarios/deterrence.yaml"
    let parties = try Command.run("solve", file, "--json").json["game"] as? [String: Any]
    let name = try #require((parties?["players"] as? [String])?.first)
    let json = try Command.run("why", file, "--payoff", name, "--draws", "256", "--json").json
    #expect(json["party"] as? String == name && json["question"] is NSNull)
    let payoff = try #require(json["payoff"] as? [String: Any])
    let mean = try #require(payoff["mean"] as? Double)
    let band = try #require(payoff["band"] as? [String: Any])
    #expect(band["low"] as? Double ?? .nan <= mean && mean <= band["high"] as? Double ?? .nan)
    let leftOut = try #require(json["left_out"] as? [String])
    #expect(leftOut.contains("thresholds") && leftOut.allSatisfy { json[$0] == nil })
    let text = try Command.run("why", file, "--payoff", name, "--draws", "256")
    #expect(text.output.contains("in the payoff's own unit"))
    #expect(text.lines.count <= 49 && text.lines.allSatisfy { $0.count <= 80 })
    let unknown = try Command.run("why", file, "--payoff", "Nobody")
    #expect(unknown.status == 2 && unknown.errors.contains("unknown-party"))
  }
}
