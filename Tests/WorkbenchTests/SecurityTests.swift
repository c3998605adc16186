#if Web
  import Foundation
  import HTTPTypes
  import Hummingbird
  import HummingbirdCore
  import Testing
  import Workbench

  @Suite("Who may ask the workbench")
  struct SecurityTests {
    @Test("The page and its files are there, under a policy that allows nothing else")
    func page() async throws {
      let bench = TestBench()
      let page = try await bench.response(.get, "/", token: nil)
      #expect(page.status == .ok)
      let policy = try #require(HTTPField.Name("Content-Security-Policy"))
      #expect(
        page.headers[policy]
          == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
      let text = try await bench.answer(.get, "/", token: nil).text
      #expect(text.contains("content=\"0123456789abcdef\""))
      // Nothing is inline, and every file that the page names is there.
      #expect(!text.contains(" style=") && !text.contains(" onclick="))
      for match in text.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/) {
        #expect(try await bench.answer(.get, String(match.output.1), token: nil).status == 200)
      }
    }

    @Test("Other hosts, other origins and strangers without the token are refused")
    func refused() async throws {
      let bench = TestBench()
      for host in ["evil.example", "127.0.0.1.evil.example:8377", "", "192.168.0.9:8377"] {
        #expect(try await bench.answer(.get, "/", host: host).status == 421, "\(host)")
      }
      for host in ["localhost:8377", "[::1]:8377", "127.0.0.1"] {
        #expect(try await bench.answer(.get, "/", host: host).status == 200, "\(host)")
      }
      for origin in ["http://evil.example", "null", "https://127.0.0.1:8377"] {
        #expect(
          try await bench.answer(.get, "/api/file", origin: origin).status == 403, "\(origin)")
      }
      for token in [nil, "", "0123456789abcdee", "0123456789abcdef0"] {
        #expect(try await bench.answer(.get, "/api/file", token: token).status == 403)
        #expect(try await bench.answer(.post, "/api/save", body: "{}", token: token).status == 403)
      }
      #expect(
        try await bench.answer(.get, "/api/file", origin: "http://127.0.0.1:8377").status == 200)
    }

    @Test(
      "No other path leads anywhere",
      arguments: [
        "/etc/passwd", "/assets/../Package.swift", "/assets/%2e%2e%2fPackage.swift", "/api/other",
        "/assets/page.html", "/assets/", "/api/file/../../x",
      ])
    func paths(path: String) async throws {
      #expect(try await TestBench().answer(.get, path).status == 404)
    }

    @Test("Malformed and too large bodies are refused with a message")
    func bodies() async throws {
      let bench = TestBench()
      let bodies = ["", "{", "[]", "{\"page\": 1}", String(repeating: "[", count: 9000), "\u{0}"]
      for body in bodies {
        let answer = try await bench.answer(.post, "/api/ask", body: body)
        #expect(answer.status == 400 && answer.text.contains("\"malformed\""), "\(body.prefix(9))")
      }
      let large = try await bench.answer(
        .post, "/api/ask", body: String(repeating: " ", count: 100_001))
      #expect(large.status == 413 && large.text.contains("too-large"))
      for page in ["", "a%20b", String(repeating: "a", count: 65), "..%2f"] {
        #expect(try await bench.answer(.get, "/api/events?page=\(page)").status == 400)
      }
    }

    @Test("Tokens are never the same")
    func tokens() {
      let tokens = Set((0..<100).map { _ in Access.makeToken() })
      #expect(tokens.count == 100 && tokens.allSatisfy { $0.count == 32 })
    }
  }

  @Suite("Saving from the workbench")
  struct SavingTests {
    private func folder() throws -> URL {
      let url = FileManager.default.temporaryDirectory.appending(path: "entente-\(UUID())")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      return url
    }

    @Test("A text is saved over the one that was read, and never over another")
    func conflict() async throws {
      let folder = try folder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let url = folder.appending(path: "a.yaml")
      try Data("one".utf8).write(to: url)
      let bench = TestBench(file: url.path)
      let seen = try #require(bench.file.read())
      func save(_ text: String, _ digest: String) async throws -> Int {
        try await bench.answer(
          .post, "/api/save", body: "{\"text\": \"\(text)\", \"digest\": \"\(digest)\"}"
        ).status
      }
      #expect(try await save("two", seen.digest) == 200)
      #expect(try String(contentsOf: url, encoding: .utf8) == "two")
      // The page has not seen what is there now.
      #expect(try await save("three", seen.digest) == 409)
      #expect(try String(contentsOf: url, encoding: .utf8) == "two")
      try FileManager.default.removeItem(at: url)
      #expect(try await save("four", seen.digest) == 409)
      #expect(!FileManager.default.fileExists(atPath: url.path))
    }

    @Test("Without a file nothing is written")
    func nothing() async throws {
      let answer = try await TestBench().answer(
        .post, "/api/save", body: "{\"text\": \"x\", \"digest\": \"y\"}")
      #expect(answer.status == 409 && answer.text.contains("no-file"))
    }
  }
#endif
