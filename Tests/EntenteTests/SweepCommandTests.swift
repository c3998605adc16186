import Foundation
import Testing

private let chicken = Command.root.appending(path: "Scenarios/templates/chicken.yaml").path

@Test("A file cut at any byte is resumed to the bytes of an uninterrupted run")
func sweepResume() throws {
  try Command.inEmptyFolder { folder in
    let arguments = ["sweep", chicken, "--sample", "30", "--seed", "5"]
    let whole = Data(try Command.run(arguments).output.utf8)
    #expect(whole.count > 500)
    let path = folder.appending(path: "rows.csv")
    let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
    // Nothing, within the header, about it, within rows and about their ends, everything.
    let cuts =
      [0, 1, ends[0], ends[0] + 1, ends[0] + 2, ends[4], ends[4] + 1, ends[4] + 9]
      + [whole.count - 1, whole.count]
    for cut in cuts {
      try whole.prefix(cut).write(to: path)
      let resumed = try Command.run(arguments + ["-o", "rows.csv", "--resume"], in: folder)
      #expect(resumed.status == 0, "\(cut): \(resumed.errors)")
      #expect(try Data(contentsOf: path) == whole, "\(cut)")
    }
    // A file of another sweep stays as it is.
    let begun = whole.prefix(ends[9])
    try begun.write(to: path)
    let other = try Command.run(
      ["sweep", chicken, "--sample", "30", "--seed", "6", "-o", "rows.csv", "--resume"],
      in: folder)
    #expect(other.status == 2 && other.errors.contains("sweep-mismatch"))
    #expect(try Data(contentsOf: path) == begun)
    // So does one that is no sweep at all, with a line end or without.
    for text in ["not a sweep", "not a sweep\n", "row,odds bold;"] {
      for shard in ["1/2", "2/2"] {
        try Command.write(text, to: "rows.csv", in: folder)
        let foreign = try Command.run(
          arguments + ["--shard", shard, "-o", "rows.csv", "--resume"], in: folder)
        #expect(foreign.status == 2 && foreign.errors.contains("sweep-mismatch"))
        #expect(try Data(contentsOf: path) == Data(text.utf8))
      }
    }
    // A later shard, which has no header, is resumed within its first line too.
    let shard = arguments + ["--shard", "2/2"]
    let part = Data(try Command.run(shard).output.utf8)
    for cut in [0, 1, 2, 3, 9] {
      try part.prefix(cut).write(to: path)
      #expect(try Command.run(shard + ["-o", "rows.csv", "--resume"], in: folder).status == 0)
      #expect(try Data(contentsOf: path) == part)
    }
    // A file that is there is neither overwritten nor resumed unless told so.
    let there = try Command.run(arguments + ["-o", "rows.csv"], in: folder)
    #expect(there.status == 2 && there.errors.contains("--resume"))
    #expect(try Command.run(arguments + ["-o", "rows.csv", "--force"], in: folder).status == 0)
    #expect(try Data(contentsOf: path) == whole)
    #expect(
      try Command.run(arguments + ["-o", "new.csv", "--resume"], in: folder).status == 0)
    #expect(try Data(contentsOf: folder.appending(path: "new.csv")) == whole)
  }
}

@Test("The name of the file says the format; JSON Lines are JSON, a header first")
func sweepFormats() throws {
  try Command.inEmptyFolder { folder in
    let arguments = ["sweep", chicken, "--sample", "3", "-o", "rows.jsonl"]
    #expect(try Command.run(arguments, in: folder).status == 0)
    let text = try String(contentsOf: folder.appending(path: "rows.jsonl"), encoding: .utf8)
    let lines = try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.count == 4)
    #expect(lines[0]["entente"] as? Int == 1)
    let header = try #require(lines[0]["sweep"] as? [String: Any])
    for member in ["scenario", "as_of", "seed", "rows", "draws", "quantities", "questions"] {
      #expect(header[member] != nil, "\(member)")
    }
    for (number, line) in lines.dropFirst().enumerated() {
      #expect(line["row"] as? Int == number)
      let quantities = try #require(line["quantities"] as? [String: Double])
      #expect(quantities.keys.sorted() == (header["quantities"] as? [String])?.sorted())
      let questions = try #require(line["questions"] as? [String: [String: Double]])
      #expect(questions.keys.sorted() == (header["questions"] as? [String])?.sorted())
      #expect(questions.values.allSatisfy { (0...1).contains($0["probability"] ?? -1) })
    }
    let csv = try Command.run("sweep", chicken, "--sample", "3")
    #expect(csv.lines[0].hasPrefix("row,"))
    let named = try Command.run("sweep", chicken, "--sample", "3", "--format", "jsonl")
    #expect(named.output == text)
  }
}

@Test(
  "Options that make no sense are misuse",
  arguments: [
    [], ["--sample", "0"], ["--sample", "2", "--grid", "crash=1..2:2"], ["--over", "crash"],
    ["--grid", "crash=1..2:2", "--over", "crash"], ["--sample", "2", "--draws", "0"],
    ["--sample", "2", "--best", "--draws", "4"], ["--sample", "2", "--threads", "0"],
    ["--sample", "2", "--format", "xml"], ["--sample", "2", "--shard", "3/2"],
    ["--sample", "2", "--resume"], ["--sample", "2", "--resume", "--force", "-o", "x.csv"],
  ])
func sweepMisuse(_ options: [String]) throws {
  let run = try Command.run(["sweep", chicken] + options)
  #expect(run.status == 64 && run.output.isEmpty && !run.errors.isEmpty)
}

@Test("An interrupt ends a sweep with 130, between two lines")
func sweepInterrupt() throws {
  try Command.inEmptyFolder { folder in
    let process = Process()
    process.executableURL = try #require(Bundle.main.executableURL)
      .deletingLastPathComponent().appending(path: "entente")
    process.arguments = ["sweep", chicken, "--sample", "1000000000"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The first lines are there: the sweep is under way.
    var output = pipe.fileHandleForReading.availableData
    while output.count < 1000 { output += pipe.fileHandleForReading.availableData }
    process.interrupt()
    output += pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(output.last == UInt8(ascii: "\n"))
  }
}
