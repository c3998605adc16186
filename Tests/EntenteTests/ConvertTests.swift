import Foundation
import Testing

/// What `convert` writes, and what it refuses.
@Suite("Converting games")
struct ConvertTests {
  /// A tree of imperfect information with a fraction, a decimal and payoffs at an inner node.
  private let tree = """
    EFG 2 R "A toll" { "Seller" "Buyer" }
    "See the \\"notes\\""
    c "" 1 "weather" { "fair" 2/3 "foul" 1/3 } 0
    p "" 1 1 "opening" { "open" "stay" } 1 "toll" { -0.1, 0 }
    p "" 2 1 "buying" { "buy" "leave" } 0
    t "" 2 "sold" { 5, 2.5 }
    t "" 3 "unsold" { 0, 0 }
    t "" 0
    p "" 1 2 "rain" { "open" "stay" } 0
    p "" 2 1 0
    t "" 2
    t "" 3
    t "" 0

    """

  /// What `convert` writes on standard output.
  private func converted(_ input: String, to format: String, in folder: URL) throws -> String {
    let run = try Command.run("convert", input, "-", "--to", format, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test("A tree goes to JSON and back without a change, and so does a table")
  func roundTrips() throws {
    try Command.inEmptyFolder { folder in
      try Command.write(tree, to: "toll.efg", in: folder)
      let once = try converted("toll.efg", to: "efg", in: folder)
      try Command.write(
        try converted("toll.efg", to: "json", in: folder), to: "toll.json", in: folder)
      #expect(try converted("toll.json", to: "efg", in: folder) == once)
      #expect(once.contains("{ 4.9, 2.5 }") && once.contains("\"fair\" 2/3"))
      #expect(once.contains("\n\"See the \\\"notes\\\"\"\n"))
      let table = try converted("toll.efg", to: "nfg", in: folder)
      #expect(table.contains("{ \"11\" \"12\" \"21\" \"22\" }") && table.contains("-1/15 0"))
      try Command.write(table, to: "toll.nfg", in: folder)
      try Command.write(
        try converted("toll.nfg", to: "json", in: folder), to: "table.json", in: folder)
      #expect(try converted("table.json", to: "nfg", in: folder) == table)
    }
  }

  @Test("A game is solved alike in every format that holds it")
  func solvedAlike() throws {
    try Command.inEmptyFolder { folder in
      try Command.write(tree, to: "toll.efg", in: folder)
      #expect(try Command.run("convert", "toll.efg", "toll.json", in: folder).status == 0)
      let first = try Command.run("solve", "toll.efg", "--json", in: folder)
      let second = try Command.run("solve", "toll.json", "--json", in: folder)
      #expect(first.status == 0 && first.output == second.output)
    }
  }

  @Test("The seed question's game survives JSON, its parties' own odds included")
  func scenario() throws {
    let seed = Command.root.appending(path: "Scenarios/russia-iran.yaml").path
    try Command.inEmptyFolder { folder in
      #expect(try Command.run("convert", seed, "iran.json", "--as", "Iran", in: folder).status == 0)
      let direct = try Command.run("convert", seed, "-", "--as", "Iran", in: folder).output
      let back = try converted("iran.json", to: "efg", in: folder)
      #expect(direct.split(separator: "\n").count == back.split(separator: "\n").count)
      let drawing = try Command.run("convert", seed, "-", "--to", "svg", "--solve", in: folder)
      #expect(drawing.status == 0 && drawing.output.hasPrefix("<svg "))
      #expect(drawing.output.contains("stroke=\"#222222\""))
    }
  }

  @Test("A table of simultaneous moves is drawn as a tree whose second player sees nothing")
  func drawing() throws {
    try Command.inEmptyFolder { folder in
      try Command.write(
        "NFG 1 R \"PD\" { \"A\" \"B\" } { 2 2 } -1 -1 0 -3 -3 0 -2 -2", to: "pd.nfg", in: folder)
      let graph = try converted("pd.nfg", to: "dot", in: folder)
      #expect(
        graph == """
          digraph "PD" {
            rankdir=LR; label="PD"; labelloc=t;
            node [fontname="Helvetica"]; edge [fontname="Helvetica", arrowhead=none];
            n0 [shape=ellipse, color="#0072b2", label="A\\nA"];
            n1 [shape=ellipse, color="#d55e00", label="B\\nB"];
            n0 -> n1 [label="1"];
            n2 [shape=plaintext, label="1, 1\\n-1, -1"];
            n1 -> n2 [label="1"];
            n3 [shape=plaintext, label="1, 2\\n-3, 0"];
            n1 -> n3 [label="2"];
            n4 [shape=ellipse, color="#d55e00", label="B\\nB"];
            n0 -> n4 [label="2"];
            n5 [shape=plaintext, label="2, 1\\n0, -3"];
            n4 -> n5 [label="1"];
            n6 [shape=plaintext, label="2, 2\\n-2, -2"];
            n4 -> n6 [label="2"];
            { rank=same; n1; n4; }
            n1 -> n4 [style=dashed, constraint=false, color="#d55e00"];
          }

          """)
      let solved = try Command.run("convert", "pd.nfg", "pd.svg", "--solve", in: folder)
      #expect(solved.status == 0)
      let svg = try String(contentsOf: folder.appending(path: "pd.svg"), encoding: .utf8)
      // Both confess: two heavy lines on the path of play.
      #expect(svg.components(separatedBy: "stroke=\"#222222\"").count == 3)
    }
  }

  @Test("What cannot be written is refused with the reason and what to do instead")
  func refused() throws {
    try Command.inEmptyFolder { folder in
      // Forgets its own first move.
      let forgetful = """
        EFG 2 R "f" { "A" } p "" 1 1 "" { "x" "y" } 0
        p "" 1 2 "later" { "l" "r" } 0 t "" 1 "" { 1 } t "" 0 p "" 1 2 0 t "" 0 t "" 1
        """
      try Command.write(forgetful, to: "f.efg", in: folder)
      let table = try Command.run("convert", "f.efg", "f.nfg", in: folder)
      #expect(table.status == 1)
      #expect(table.errors.contains("forgets") && table.errors.contains(".json"))
      let contract = Command.root.appending(path: "Scenarios/labor-contract.yaml").path
      let bargain = try Command.run("convert", contract, "c.efg", in: folder)
      #expect(bargain.status == 1 && bargain.errors.contains("write .json"), "\(bargain.errors)")
      #expect(try Command.run("convert", contract, "c.json", in: folder).status == 0)
      #expect(try Command.run("convert", "c.json", "c.svg", in: folder).status == 0)
      try Command.write("{\"entente\": 1,\n \"kid\": 1}", to: "bad.json", in: folder)
      let bad = try Command.run("convert", "bad.json", "x.efg", "--json", in: folder)
      #expect(bad.status == 2 && bad.output.contains("malformed-game"))
      #expect(
        try Command.run("convert", "bad.json", "-", in: folder).errors.contains("bad.json:2:2"))
    }
  }

  @Test("Formats and flags that make no sense together are misuse")
  func misuse() throws {
    try Command.inEmptyFolder { folder in
      try Command.write(tree, to: "toll.efg", in: folder)
      for arguments in [
        ["toll.txt"], ["-", "--to", "gbt"], ["toll.nfg", "--solve"],
        ["toll.nfg", "--as", "Seller"],
        ["toll.nfg", "--set", "a=1"],
      ] {
        let run = try Command.run(["convert", "toll.efg"] + arguments, in: folder)
        #expect(run.status == 64, "\(arguments)")
      }
      let unknown = try Command.run("convert", "toll.efg", "-", "--to", "gbt", in: folder)
      #expect(unknown.errors.contains("efg, nfg, json, dot, svg"))
    }
  }
}
