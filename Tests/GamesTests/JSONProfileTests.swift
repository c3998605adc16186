import Games
import Mathematics
import Testing

@Suite("Profiles in files")
struct JSONProfileTests {
  private static let game = GameForm.strategic(
    StrategicGame(
      title: "Sexes", players: ["Her", "Him"],
      strategies: [["opera", "fight"], ["opera", "fight"]]
    ) { $0[0] == $0[1] ? ($0[0] == 0 ? [3, 1] : [1, 3]) : [0, 0] })

  private static let half = """
    {"player": "Him", "actions": [{"action": "fight", "exact": "3/4", "probability": 0.75},
                                  {"action": "opera", "exact": "1/4"}]}
    """

  private static func read(_ text: String) throws -> WrittenProfile {
    let contents = try JSONProfileReader.contents(of: text, for: game)
    return try #require(contents.profiles.first)
  }

  @Test("Exact probabilities, in any order, with members that are not needed")
  func exact() throws {
    let text = """
      {"entente": 1, "other": {"a": [1, {"b": null}], "c": "d"}, "concept": "nash", "equilibria": [
        {"payoffs": [{}], "profile": [\(JSONProfileTests.half),
          {"player": "Her", "information_set": "", "number": 1, "beliefs": [1.0],
           "actions": [{"action": "opera", "probability": 1}]}]}]}
      """
    let profile = try JSONProfileTests.read(text)
    #expect(profile.isExact)
    #expect(profile.probabilities == [[1, 0], [Rational(1, 4), Rational(3, 4)]])
    #expect(
      try JSONProfileReader.contents(of: text, for: JSONProfileTests.game).concept == "nash")
  }

  @Test("Probabilities that do not add up to 1 exactly are not exact")
  func numeric() throws {
    let profile = try JSONProfileTests.read(
      """
      [{"player": "Her", "actions": [{"action": "opera", "probability": 0.3333333333333333},
                                     {"action": "fight", "probability": 0.6666666666666666}]},
       \(JSONProfileTests.half)]
      """)
    #expect(!profile.isExact)
  }

  @Test(
    "What is wrong is said with its place",
    arguments: [
      ("", "1:1: expected a profile"),
      ("{}", "1:3: expected a member `profile`, `equilibria` or `correlated`"),
      ("{\"profile\": []}", "1:14: the choices of `Her` are missing"),
      ("[{\"player\": \"Them\"}]", "1:13: there is no player `Them`"),
      ("[{\"actions\": []}]", "1:16: expected the name of the player"),
      (
        "[{\"player\": \"Her\", \"actions\": [{\"action\": \"opera\"}]}]",
        "the action `opera` has no probability"
      ),
      (
        "[{\"player\": \"Her\", \"actions\": [{\"action\": \"opera\", \"exact\": \"3/2\"}]}]",
        "the probability of `opera` is not between 0 and 1"
      ),
      (
        "[{\"player\": \"Her\", \"actions\": [{\"action\": \"movie\", \"exact\": \"1\"}]}]",
        "`Her` has no choice `movie`"
      ),
      (
        "[{\"player\": \"Her\", \"actions\": []}, {\"player\": \"Her\", \"actions\": []}]",
        "the choices of `Her` are given twice"
      ),
      ("[{\"player\": \"Her\", \"number\": 2}]", "`Her` has no such information set"),
      ("{\"equilibria\": [{\"x\": [[[}]}", "expected a value"),
    ])
  func malformed(text: String, message: String) {
    let error = #expect(throws: FormatError.self) {
      try JSONProfileReader.contents(of: text, for: JSONProfileTests.game)
    }
    #expect(error.map { "\($0)" }?.contains(message) == true, "\(String(describing: error))")
  }

  @Test("Values that are passed over may nest a million deep")
  func deep() throws {
    let deep = String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)
    let text = """
      {"x": \(deep), "profile": [\(JSONProfileTests.half),
        {"player": "Her", "actions": [{"action": "opera", "exact": "1"}]}]}
      """
    #expect(try JSONProfileTests.read(text).isExact)
  }
}
