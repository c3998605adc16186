#if Web
  import Forecasts
  import Foundation
  import HTTPTypes
  import Hummingbird
  import HummingbirdCore
  import Reports
  import Scenarios
  import Studies
  import Testing
  import Workbench

  @Suite("Pages and their streams")
  struct PageTests {
    private var text: String { String(decoding: Library.seed, as: UTF8.self) }

    private func message(
      _ page: String, _ number: Int, text: String? = nil,
      adding members: [String: any Sendable] = [:]
    ) throws -> AskMessage {
      var body: [String: Any] = [
        "page": page, "number": number, "stage": "live", "text": text ?? self.text, "draws": 64,
      ]
      for (name, value) in members { body[name] = value }
      return try JSONDecoder().decode(
        AskMessage.self, from: JSONSerialization.data(withJSONObject: body))
    }

    /// The events until one of these names.
    private func events(
      _ stream: AsyncStream<String>, until names: Set<String>
    ) async -> [String] {
      var found: [String] = []
      for await event in stream {
        found.append(event)
        let name = event.split(separator: "\n").first?.dropFirst("event: ".count) ?? ""
        if names.contains(String(name)) { break }
      }
      return found
    }

    @Test("Ten pages at once all get their answers, and the same")
    func ten() async throws {
      let bench = TestBench()
      let answers = try await withThrowingTaskGroup(of: String.self) { group in
        for index in 0..<10 {
          group.addTask {
            let (stream, _) = try #require(await bench.hub.open("page\(index)"))
            #expect(await bench.hub.ask(try message("page\(index)", 1)) == .accepted)
            return await events(stream, until: ["answers", "failed"]).last ?? ""
          }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(answers.count == 1 && answers.first?.hasPrefix("event: answers") == true)
    }

    @Test(
      "There are only so many pages, one stream each, and a broken text is answered with messages")
    func limits() async throws {
      var limits = PageHub.Limits()
      limits.pages = 2
      let hub = TestBench(limits: limits).hub
      let (first, generation) = try #require(await hub.open("a"))
      _ = await hub.open("b")
      #expect(await hub.open("c") == nil)
      let (again, _) = try #require(await hub.open("a"))
      // The older stream of the page has ended.
      #expect(await events(first, until: []).count == 1)
      await hub.close("a", generation: generation)
      #expect(await hub.count == 2)
      #expect(await hub.ask(try message("a", 3, text: "entente: 1\ntitle: [")) == .accepted)
      let found = await events(again, until: ["checked"])
      #expect(found.last?.contains("\"severity\":\"error\"") == true)
      #expect(await hub.ask(try message("a", 2)) == .stale)
      #expect(await hub.ask(try message("d", 1)) == .unknownPage)
    }

    @Test("A question without a text is about the last one, and without any it is refused")
    func textOnce() async throws {
      let bench = TestBench()
      let (stream, _) = try #require(await bench.hub.open("a"))
      func body(_ number: Int, _ rest: String = "") -> String {
        "{\"page\": \"a\", \"number\": \(number), \"stage\": \"live\", \"draws\": 64\(rest)}"
      }
      let refused = try await bench.answer(.post, "/api/ask", body: body(1))
      #expect(refused.status == 409 && refused.text.contains("no-text"))
      #expect(await bench.hub.ask(try message("a", 2)) == .accepted)
      let first = await events(stream, until: ["answers"]).last
      #expect(try await bench.answer(.post, "/api/ask", body: body(3)).status == 202)
      let second = await events(stream, until: ["answers"]).last
      #expect(first?.replacing("\"number\":2", with: "\"number\":3") == second)
    }

    @Test("The tree comes where there is room for it, and times where they are asked for")
    func extras() async throws {
      let hub = TestBench().hub
      let (stream, _) = try #require(await hub.open("a"))
      #expect(await hub.ask(try message("a", 1)) == .accepted)
      let plain = await events(stream, until: ["answers"]).last ?? ""
      #expect(plain.contains("\"tree\":null") && !plain.contains("\"seconds\""))
      for width in [-1e300, 360, 1e300] {
        let number = width == 360 ? 3 : width < 0 ? 2 : 4
        let asked = try message("a", number, adding: ["width": width, "timing": true])
        #expect(await hub.ask(asked) == .accepted)
        let found = await events(stream, until: ["answers"]).last ?? ""
        #expect(found.contains("data-step=") && found.contains("\"solved\":"), "\(width)")
      }
    }

    @Test("With evidence an answer says what it did, and the text's pieces stand with their lines")
    func evidence() async throws {
      let gulf = try #require(Library.all.first { $0.name == "gulf-1990" })
      let text = String(decoding: gulf.bytes, as: UTF8.self)
      let hub = TestBench().hub
      let (stream, _) = try #require(await hub.open("a"))
      #expect(await hub.ask(try message("a", 1, text: text)) == .accepted)
      let found = await events(stream, until: ["answers", "failed"])
      let checked = try #require(found.first { $0.hasPrefix("event: checked") })
      let line = text.split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("on: 1990-07-21") }.map { $0 + 1 }
      #expect(checked.contains("\"observed\":\"troops = mass them at the border\""))
      #expect(checked.contains("\"line\":\(try #require(line))"))
      #expect(found.last?.contains("\"timeline\":[{\"on\":null") == true)
    }

    @Test("A connection that is closed takes its page with it")
    func closed() async throws {
      let bench = TestBench()
      let response = try await bench.response(.get, "/api/events?page=a")
      #expect(await bench.hub.count == 1)
      await bench.hub.tick()
      var collector = Collector(store: Collector.Store())
      collector.most = 1
      let writer = collector
      await #expect(throws: Collector.Closed.self) { try await response.body.write(writer) }
      #expect(await bench.hub.count == 0)
    }

    @Test("The settled answer is that of ask --set, to the last byte")
    func settled() async throws {
      var options = Forecaster.Options()
      options.draws = 256
      let session = LiveSession(name: "russia-iran.yaml", options: options)
      var request = LiveSession.Request(text: text)
      request.draws = 256
      request.settings = [.init(name: "hunger for missiles", estimate: "3.3")]
      request.supposing = ["proposal = ask for pact"]
      let found = AsyncStream.makeStream(of: LiveSession.Event.self)
      await session.settledAnswer(request) { found.continuation.yield($0) }
      found.continuation.finish()
      let asked = ScenarioFile.check(
        Library.seed, name: "russia-iran.yaml", settings: ["hunger for missiles=3.3"])
      let scenario = try Supposing.apply(request.supposing, to: try #require(asked.scenario))
      let result = try await AskStudy.run(scenario, question: nil, options: options)
      for await event in found.stream {
        guard case .answers(let forecast, _, let moved) = event else {
          Issue.record("\(event)")
          continue
        }
        #expect(
          ForecastJSON.ask(forecast, scenario: moved).text()
            == ForecastJSON.ask(result.forecast, scenario: scenario).text())
      }
    }

    @Test("Partial answers come in order, and the last is that of all draws")
    func partial() async throws {
      let session = LiveSession(name: "russia-iran.yaml", options: .init())
      var request = LiveSession.Request(text: text)
      request.draws = 600
      let found = AsyncStream.makeStream(of: LiveSession.Event.self)
      await session.answer(request) { found.continuation.yield($0) }
      found.continuation.finish()
      var draws: [Int] = []
      var headline: Estimate?
      for await event in found.stream {
        switch event {
        case .headline(let forecast, _, _):
          draws.append(forecast.draws)
          headline = forecast.answers[0].estimate
        case .answers(let forecast, _, _): #expect(forecast.answers[0].estimate == headline)
        case .failure(let diagnostics): Issue.record("\(diagnostics)")
        }
      }
      #expect(draws == [256, 512, 600])
    }
  }
#endif
