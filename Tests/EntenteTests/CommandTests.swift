import Foundation
import Testing

private let seed = "Scenarios/russia-iran.yaml"

@Test("Without arguments, ten lines with three commands to try")
func bareCommand() throws {
  let bare = try Command.run()
  #expect(bare.status == 0)
  #expect(bare.lines.count <= 10)
  #expect(bare.lines.count { $0.hasPrefix("  entente ") } == 3)
}

@Test("The demo is an answer on one screen, in any folder")
func demo() throws {
  try Command.inEmptyFolder { folder in
    let demo = try Command.run("demo", in: folder)
    #expect(demo.status == 0)
    #expect(demo.lines.count <= 24)
    #expect(demo.lines.allSatisfy { $0.count <= 80 }, "\(demo.output)")
    #expect(demo.lines[0] == "Will Russia sign a mutual defense treaty with Iran?")
    for part in ["%", "Over the assumptions", "By 2025", "main line of play", "Next: entente"] {
      #expect(demo.output.contains(part), "\(part)")
    }
    // Nothing of what decides the question is cut off.
    #expect(demo.output.contains("count."))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}

@Test("Every template is written, is clean, and answers")
func templates() throws {
  try Command.inEmptyFolder { folder in
    let list = try Command.run("new", "--list", in: folder)
    let names = list.lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.contains("chicken") && names.contains("deal"))
    #expect(names.count == 22)
    for name in names {
      #expect(try Command.run("new", name, in: folder).status == 0)
      let file = "\(name).yaml"
      let again = try Command.run("new", name, in: folder)
      #expect(again.status == 2 && again.errors.contains("file-exists"))
      let check = try Command.run("check", "--quick", "--json", file, in: folder)
      #expect(check.status == 0, "\(name): \(check.output)")
      let ask = try Command.run("ask", file, "--draws", "64", in: folder)
      #expect(ask.status == 0, "\(name): \(ask.errors)")
      #expect(try Command.run("fmt", "--check", file, in: folder).status == 0, "\(name)")
    }
  }
}

@Test("`ask --json` has the documented members and nothing that depends on time")
func askJSON() throws {
  let first = try Command.run("ask", seed, "--draws", "300", "--threads", "1", "--json")
  let second = try Command.run("ask", seed, "--draws", "300", "--threads", "2", "--json")
  #expect(first.output == second.output)
  let json = try first.json
  #expect(json["entente"] as? Int == 1)
  for member in [
    "scenario", "as_of", "seed", "draws", "invalid", "uncertified", "questions", "outcomes",
  ] {
    #expect(json[member] != nil, "\(member)")
  }
  #expect(json["seconds"] == nil)
  let questions = try #require(json["questions"] as? [[String: Any]])
  let sign = try #require(questions.first { $0["id"] as? String == "sign" })
  for member in [
    "id", "ask", "by", "probability", "bounds", "band", "sampling_error", "selection", "words",
    "condition_probability", "off_path",
  ] {
    #expect(sign[member] != nil, "\(member)")
  }
  #expect(sign["selection"] is NSNull)
  let shares = try #require(json["outcomes"] as? [[String: Any]])
    .compactMap { $0["probability"] as? Double }
  #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
  let timed = try Command.run("ask", seed, "sign", "--best", "--timing", "--json")
  #expect(try timed.json["seconds"] is Double)
}

@Test("`solve --json` has the documented shape, with probabilities that add up")
func solveJSON() throws {
  let solve = try Command.run("solve", seed, "--json")
  #expect(solve.status == 0)
  let json = try solve.json
  let game = try #require(json["game"] as? [String: Any])
  #expect(game["nodes"] as? Int == 687)
  #expect(game["information_sets"] as? Int == 31)
  #expect(json["concept"] as? String == "sequential")
  let equilibrium = try #require((json["equilibria"] as? [[String: Any]])?.first)
  for set in try #require(equilibrium["profile"] as? [[String: Any]]) {
    let actions = try #require(set["actions"] as? [[String: Any]])
    let total = actions.compactMap { $0["probability"] as? Double }.reduce(0, +)
    #expect(abs(total - 1) < 1e-12)
    let beliefs = try #require(set["beliefs"] as? [Double])
    #expect(abs(beliefs.reduce(0, +) - 1) < 1e-9)
  }
  let certificate = try #require(equilibrium["certificate"] as? [String: Any])
  #expect(try #require(certificate["max_regret"] as? Double) <= 1e-8)
}

@Test("`check` reports every error in one run, in text and as JSON, and ends with 2")
func checkErrors() throws {
  try Command.inEmptyFolder { folder in
    try Command.write(
      """
      entente: 1
      title: Broken
      parties: {A: One., B: Two.}
      storey: []
      story:
        - {step: move, by: C, options: [up, down]}
      payoffs:
        A: {all: if move = upp then 1}
        B: {none: 0}
      """, to: "broken.yaml", in: folder)
    let check = try Command.run("check", "--json", "broken.yaml", in: folder)
    #expect(check.status == 2)
    let diagnostics = try #require(try check.json["diagnostics"] as? [[String: Any]])
    let lines = diagnostics.filter { $0["severity"] as? String == "error" }
      .compactMap { $0["line"] as? Int }
    #expect(Set(lines).isSuperset(of: [4, 6, 8]), "\(check.output)")
    for diagnostic in diagnostics {
      for member in ["code", "severity", "file", "line", "column", "message", "remedy"] {
        #expect(diagnostic[member] != nil, "\(member)")
      }
    }
    let text = try Command.run("check", "broken.yaml", in: folder)
    #expect(text.status == 2)
    #expect(text.output.contains("^"))
    // The same errors stop every other command.
    for command in ["ask", "solve"] {
      let other = try Command.run(command, "broken.yaml", in: folder)
      #expect(other.status == 2 && other.output.isEmpty && !other.errors.isEmpty)
    }
  }
}

@Test("Warnings end with 0, and with 1 under --strict")
func strictCheck() throws {
  try Command.inEmptyFolder { folder in
    try Command.write(
      """
      entente: 1
      title: A warning
      parties: {A: One., B: Two.}
      quantities: {unused: 1}
      story:
        - {step: move, by: A, options: [up, down]}
      payoffs:
        A: {all: if move = up then 1}
        B: {none: 0}
      """, to: "warned.yaml", in: folder)
    #expect(try Command.run("check", "warned.yaml", in: folder).status == 0)
    #expect(try Command.run("check", "--strict", "warned.yaml", in: folder).status == 1)
  }
}

@Test(
  "Files that cannot be read are bad input, said in a sentence",
  arguments: ["missing.yaml", "folder", "secret.yaml", "binary.yaml", "empty.yaml"])
func unreadableFiles(name: String) throws {
  try Command.inEmptyFolder { folder in
    try FileManager.default.createDirectory(
      at: folder.appending(path: "folder"), withIntermediateDirectories: true)
    try Data([0xFF, 0xFE, 0x00, 0x01]).write(to: folder.appending(path: "binary.yaml"))
    try Command.write("", to: "empty.yaml", in: folder)
    try Command.write("entente: 1\n", to: "secret.yaml", in: folder)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: folder.appending(path: "secret.yaml").path)
    for command in ["ask", "check", "solve", "fmt"] {
      let run = try Command.run(command, name, in: folder)
      // `fmt` has nothing to say against an incomplete text, and root reads everything.
      if command == "fmt" && ["empty.yaml", "secret.yaml"].contains(name) { continue }
      #expect(run.status == 2, "\(command) \(name): \(run.output)\(run.errors)")
      #expect((run.output + run.errors).contains(name))
    }
  }
}

@Test("Misuse ends with 64 and says what to type")
func misuse() throws {
  #expect(try Command.run("ask").status == 64)
  #expect(try Command.run("ask", seed, "--draws", "0").status == 64)
  #expect(try Command.run("new", "nothing-of-the-kind").status == 64)
  #expect(try Command.run("frobnicate").status == 64)
  let unknown = try Command.run("ask", seed, "sing")
  #expect(unknown.status == 2)
  #expect(unknown.errors.contains("did you mean 'sign'"))
}

@Test("Every command has help with an example")
func help() throws {
  for command in [
    "demo", "new", "check", "fmt", "ask", "deals", "solve", "verify", "convert", "schema",
  ] {
    let help = try Command.run(command, "--help")
    #expect(help.status == 0)
    #expect(help.output.contains("  entente \(command)"), "\(command)")
  }
}

@Test("`--set` sets a quantity anew; a wrong name or value is bad input")
func settings() throws {
  let base = try Command.run("ask", seed, "sign", "--best", "--json")
  let more = try Command.run(
    "ask", seed, "sign", "--best", "--json", "--set", "hunger for missiles=40")
  #expect(base.output != more.output)
  let wrong = try Command.run("ask", seed, "sign", "--set", "hunger for missile=4")
  #expect(wrong.status == 2 && wrong.errors.contains("hunger for missiles"))
  #expect(try Command.run("ask", seed, "sign", "--set", "odds ready=140%").status == 2)
}

@Test("`convert` writes a game that reads back with the same numbers of nodes and sets")
func convert() throws {
  try Command.inEmptyFolder { folder in
    let file = Command.root.appending(path: seed).path
    let convert = try Command.run("convert", file, "iran.efg", "--as", "Iran", in: folder)
    #expect(convert.status == 0, "\(convert.errors)")
    let text = try String(contentsOf: folder.appending(path: "iran.efg"), encoding: .utf8)
    #expect(text.hasPrefix("EFG 2 R"))
    let nodes = text.split(separator: "\n").count { "cpt".contains($0.first ?? " ") }
    #expect(nodes == 687)
    #expect(try Command.run("convert", file, "iran.efg", in: folder).status == 2)
    #expect(try Command.run("convert", file, "iran.txt", in: folder).status == 64)
    #expect(try Command.run("convert", file, "x.efg", "--as", "Nobody", in: folder).status == 2)
  }
}

@Test("A limit's message names the flag that raises it")
func limits() throws {
  let run = try Command.run("ask", seed, "--max-nodes", "300")
  #expect(run.status == 2)
  #expect(run.errors.contains("--max-nodes"))
}

@Test("Completions exist for every shell, and the schema is JSON")
func completions() throws {
  for shell in ["bash", "zsh", "fish"] {
    let script = try Command.run("--generate-completion-script", shell)
    #expect(script.status == 0)
    #expect(script.output.contains("entente"))
  }
  let schema = try Command.run("schema")
  #expect(try schema.json["$schema"] != nil)
  // The scenarios' first line points there.
  let kept = Command.root.appending(path: "Scenarios/entente.schema.json")
  #expect(
    try String(contentsOf: kept, encoding: .utf8) == schema.output,
    "write it anew: Scripts/entente schema > Scenarios/entente.schema.json")
}

@Test("README shows what the demo prints, and its scenario runs")
func readme() throws {
  let text = try String(
    contentsOf: Command.root.appending(path: "README.md"), encoding: .utf8)
  let demo = try Command.run("demo").output
  #expect(text.contains("```text\n$ Scripts/entente demo\n\(demo)```"), "\(demo)")
  let start = try #require(text.range(of: "```yaml\n")).upperBound
  let end = try #require(text.range(of: "```", range: start..<text.endIndex)).lowerBound
  try Command.inEmptyFolder { folder in
    try Command.write(String(text[start..<end]), to: "chicken.yaml", in: folder)
    #expect(try Command.run("ask", "chicken.yaml", "--draws", "64", in: folder).status == 0)
  }
}

@Test("`solve` lists the connected sets of a tree's equilibria in its players' plans")
func solveTreeComponents() throws {
  // Selten 1978, The chain store paradox: one market.
  let game = """
    EFG 2 R "Entry" { "Entrant" "Incumbent" }
    p "" 1 1 "" { "out" "in" } 0
    t "" 1 "" { 1, 5 }
    p "" 2 1 "" { "fight" "share" } 0
    t "" 2 "" { 0, 0 }
    t "" 3 "" { 2, 2 }
    """
  try Command.inEmptyFolder { folder in
    try Command.write(game, to: "entry.efg", in: folder)
    let solved = try Command.run("solve", "entry.efg", "--method", "extreme", "--json", in: folder)
    let plans = try #require(try solved.json["plans"] as? [String: [String]])
    #expect(plans == ["Entrant": ["out", "in"], "Incumbent": ["fight", "share"]])
    let components = try #require(
      try solved.json["components"] as? [[[String: [[String]]]]])
    #expect(components.count == 2)
    #expect(
      components.contains([
        ["Entrant": [["1", "0"]], "Incumbent": [["1", "0"], ["1/2", "1/2"]]]
      ]))
    let text = try Command.run("solve", "entry.efg", "--method", "extreme", in: folder).output
    #expect(text.contains("Entrant: any mixture of out; Incumbent: any mixture of fight or"))
  }
}

@Test("`solve` takes Gambit's extensive form, and says where it is malformed")
func solveGambit() throws {
  // Morrow 1994's semi-separating equilibrium: the challenger attacks an alliance with 0.68.
  let file = "Tests/Data/models/morrow1994_alliance_signal.efg"
  let solve = try Command.run("solve", file, "--json")
  #expect(solve.status == 0)
  let equilibrium = try #require((try solve.json["equilibria"] as? [[String: Any]])?.first)
  let sets = try #require(equilibrium["profile"] as? [[String: Any]])
  let alliance = try #require(
    sets.first { ($0["information_set"] as? String)?.contains("alliance") == true })
  let actions = try #require(alliance["actions"] as? [[String: Any]])
  let attack = try #require(actions.first { $0["action"] as? String == "attack" })
  #expect(abs(try #require(attack["probability"] as? Double) - 0.68) < 1e-9)
  #expect(try Command.run("solve", file).output.contains("Certified"))
  #expect(try Command.run("solve", file, "--as", "Ally").status == 64)
  try Command.inEmptyFolder { folder in
    try Command.write(
      "EFG 2 R \"x\" { \"A\" }\np \"\" 1 1 \"\" { \"a\" } 0\n", to: "x.efg", in: folder)
    let broken = try Command.run("solve", "x.efg", in: folder)
    #expect(broken.status == 2)
    #expect(broken.errors.contains("x.efg:"))
    #expect(try Command.run("solve", "missing.efg", in: folder).status == 2)
  }
}

@Test("`solve` takes Gambit's strategic form: exact equilibria, all of them where it can be proved")
func solveStrategicForm() throws {
  try Command.inEmptyFolder { folder in
    // The battle of the sexes (Luce and Raiffa 1957): two pure equilibria and one in mixtures.
    try Command.write(
      "NFG 1 R \"Battle of the sexes\" { \"She\" \"He\" } { 2 2 }\n\n2 1 0 0 0 0 1 2\n",
      to: "battle.nfg", in: folder)
    let all = try Command.run("solve", "battle.nfg", "--all", "--json", in: folder)
    #expect(all.status == 0, "\(all.errors)")
    let json = try all.json
    #expect(json["complete"] as? Bool == true)
    let equilibria = try #require(json["equilibria"] as? [[String: Any]])
    #expect(equilibria.count == 3)
    #expect(all.output.contains("\"exact\": \"2/3\""))
    let pure = try Command.run("solve", "battle.nfg", "--method", "pure", "--json", in: folder)
    #expect((try pure.json["equilibria"] as? [[String: Any]])?.count == 2)
    let one = try Command.run("solve", "battle.nfg", "--json", in: folder)
    #expect(try one.json["complete"] as? Bool == false)
    #expect(try Command.run("solve", "battle.nfg", "--method", "magic", in: folder).status == 64)
    let logit = try Command.run("solve", "battle.nfg", "--lambda", "1", "--json", in: folder)
    #expect(try logit.json["concept"] as? String == "logit")
    let both = try Command.run(
      "solve", "battle.nfg", "--lambda", "1", "--method", "pure", in: folder)
    #expect(both.status == 64 && both.errors.contains("leave out one of the two"))
    let cut = try Command.run(
      "solve", "battle.nfg", "--method", "dominance", "--max-steps", "1", in: folder)
    #expect(cut.status == 0 && cut.output.contains("more may be dominated"))
    #expect(!cut.output.contains("No strategy is strictly dominated"))
    try Command.write("NFG 1 R \"x\" { \"A\" } { 2 }\n\n1\n", to: "short.nfg", in: folder)
    let short = try Command.run("solve", "short.nfg", in: folder)
    #expect(short.status == 2 && short.errors.contains("short.nfg:4:1"), "\(short.errors)")
  }
}

@Test("`verify` confirms what `solve` found, refutes what is none, and says where it errs")
func verify() throws {
  try Command.inEmptyFolder { folder in
    let game = """
      NFG 1 R "Battle of the sexes" { "Her" "Him" } { { "opera" "fight" } { "opera" "fight" } }
      3 1 0 0 0 0 1 3
      """
    try Command.write(game, to: "battle.nfg", in: folder)
    let solved = try Command.run("solve", "battle.nfg", "--all", "--json", in: folder)
    try Command.write(solved.output, to: "all.json", in: folder)
    let verified = try Command.run("verify", "battle.nfg", "all.json", "--json", in: folder)
    #expect(verified.status == 0)
    let profiles = try #require(try verified.json["profiles"] as? [[String: Any]])
    #expect(profiles.count == 3)
    #expect(profiles.allSatisfy { $0["exact"] as? Bool == true })

    // Miscoordination: each would gain 3 or 1 by following the other.
    let wrong = """
      [{"player": "Her", "actions": [{"action": "opera", "exact": "1"}]},
       {"player": "Him", "actions": [{"action": "fight", "exact": "1"}]}]
      """
    try Command.write(wrong, to: "wrong.json", in: folder)
    let refuted = try Command.run("verify", "battle.nfg", "wrong.json", in: folder)
    #expect(refuted.status == 1)
    #expect(refuted.output.contains("Nash equilibrium: no"))
    try Command.write("[{\"player\": \"It\"}]", to: "it.json", in: folder)
    let broken = try Command.run("verify", "battle.nfg", "it.json", in: folder)
    #expect(broken.status == 2)
    #expect(broken.errors.contains("it.json:1:13: error: there is no player `It`"))

    let device = try Command.run(
      "solve", "battle.nfg", "--method", "correlated", "--json", in: folder)
    try Command.write(device.output, to: "device.json", in: folder)
    let obeyed = try Command.run("verify", "battle.nfg", "device.json", in: folder)
    #expect(obeyed.status == 0)
    #expect(obeyed.output.contains("Correlated equilibrium: yes, exactly"))
  }
}

@Test("`solve` takes every method by its name and lists them")
func methods() throws {
  let list = try Command.run("solve", "--methods")
  #expect(list.status == 0)
  let names = list.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
  #expect(names.count > 20)
  #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
}
