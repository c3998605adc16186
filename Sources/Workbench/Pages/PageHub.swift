import Forecasts
import Reports
import Scenarios
package import Studies

/// The open pages: each has one stream of events and at most one piece of work. A newer request
/// ends the older one of the same page; results carry the number of their request.
package actor PageHub {
  /// How much is allowed.
  package struct Limits: Sendable {
    /// Pages that are open at the same time.
    package var pages = 24
    /// A page from which nothing has come for so long is dropped; it comes back when it is used.
    package var idle = Duration.seconds(3600)
    /// Pages that are worked for at the same time.
    package var working = 2
    /// The most draws that a page may ask for.
    package var draws = 65_536
    /// How many events wait for a slow reader before the page is dropped.
    package var events = 256

    /// The usual limits.
    package init() {}
  }

  /// What came of a request.
  package enum Reply: Sendable, Equatable {
    case accepted
    /// A newer request of the page is there already.
    case stale
    /// The page has no stream.
    case unknownPage
    /// The question comes without a text, and so did all before it.
    case unknownText
  }

  private struct Page {
    var continuation: AsyncStream<String>.Continuation
    /// Tells one stream of a page from its next.
    var generation: Int
    var work: Task<Void, Never>?
    var number = 0
    /// The text of the last question.
    var text: String?
    var lastUse = ContinuousClock.now
  }

  private let session: LiveSession
  private let limits: Limits
  private let pool = ComputePool()
  private let turnstile: Turnstile
  private var pages: [String: Page] = [:]
  private var generations = 0

  /// Pages that work with one session.
  package init(session: LiveSession, limits: Limits = .init()) {
    self.session = session
    self.limits = limits
    turnstile = Turnstile(limits.working)
  }

  /// How many pages are open.
  package var count: Int { pages.count }

  // MARK: - Streams

  /// Opens a page's stream in place of its older one; nil if there are too many pages.
  package func open(_ id: String) -> (events: AsyncStream<String>, generation: Int)? {
    if pages[id] == nil, pages.count >= limits.pages { return nil }
    close(id)
    let (events, continuation) = AsyncStream.makeStream(
      of: String.self, bufferingPolicy: .bufferingOldest(limits.events))
    generations += 1
    pages[id] = Page(continuation: continuation, generation: generations)
    send(ServerEvent.text("hello", .object([("page", .string(id))])), to: id, generations)
    return (events, generations)
  }

  /// Closes a page's stream and ends its work; with a generation only that stream.
  package func close(_ id: String, generation: Int? = nil) {
    guard let page = pages[id], generation == nil || page.generation == generation else { return }
    page.work?.cancel()
    page.continuation.finish()
    pages[id] = nil
  }

  /// Says something to every page, so that lost ones are noticed, and drops the idle ones.
  package func tick() {
    for (id, page) in pages {
      if ContinuousClock.now - page.lastUse > limits.idle {
        send(ServerEvent.text("idle", .object([])), to: id, page.generation)
        close(id)
      } else {
        send(ServerEvent.pulse, to: id, page.generation)
      }
    }
  }

  private func send(_ text: String, to id: String, _ generation: Int) {
    guard let page = pages[id], page.generation == generation else { return }
    if case .dropped = page.continuation.yield(text) { close(id) }
  }

  // MARK: - Work

  /// Begins to answer; the older work of the page ends.
  package func ask(_ message: AskMessage) -> Reply {
    guard var page = pages[message.page] else { return .unknownPage }
    page.lastUse = .now
    guard message.number > page.number else {
      pages[message.page] = page
      return .stale
    }
    guard let text = message.text ?? page.text else { return .unknownText }
    page.work?.cancel()
    page.number = message.number
    page.text = text
    let (session, turnstile) = (session, turnstile)
    let request = request(message, text)
    let begin = ContinuousClock.now
    // Events of one request are told in their order: they are yielded where they arise.
    let out = page.continuation
    page.work = Task(executorPreference: pool) {
      await turnstile.enter()
      if !Task.isCancelled {
        await PageHub.work(message, request, session, since: begin) { event in
          // Nothing may be missing from a stream: a page that does not read begins anew.
          if case .dropped = out.yield(event) { out.finish() }
        }
      }
      await turnstile.leave()
    }
    pages[message.page] = page
    return .accepted
  }

  private func request(_ message: AskMessage, _ text: String) -> LiveSession.Request {
    var request = LiveSession.Request(text: text)
    request.settings = (message.settings ?? []).map {
      LiveSession.Setting(name: $0.name, estimate: $0.value)
    }
    request.supposing = message.supposing ?? []
    request.question = message.question
    let usual = message.stage == .settled ? Forecaster.Options().draws : 1000
    request.draws = min(max(message.draws ?? usual, 1), limits.draws)
    return request
  }

  private static func work(
    _ message: AskMessage, _ request: LiveSession.Request, _ session: LiveSession,
    since begin: ContinuousClock.Instant, _ tell: @escaping @Sendable (String) -> Void
  ) async {
    let number = ("number", JSONValue.integer(message.number))
    let send: @Sendable (String, [(String, JSONValue)]) -> Void = { name, members in
      // Nobody waits for what has been cancelled.
      if !Task.isCancelled { tell(ServerEvent.text(name, .object([number] + members))) }
    }
    func checked(_ file: ScenarioFile, isFull: Bool) {
      let scenario = file.hasErrors ? nil : file.scenario
      send(
        "checked",
        [
          ("full", .bool(isFull)),
          ("diagnostics", .array(file.diagnostics.map { $0.shown })),
          ("scenario", scenario.map(WorkbenchJSON.scenario) ?? .null),
        ])
    }
    // What the page's own clock cannot tell apart: waiting, solving, and writing it down.
    let start = ContinuousClock.now
    let forecast: @Sendable (Forecast, Posterior?, Scenario) -> [(String, JSONValue)] = {
      let solved = ContinuousClock.now
      let shown = WorkbenchJSON.forecast($0, posterior: $1, scenario: $2)
      if message.isTimed != true { return [("forecast", shown)] }
      return [
        ("forecast", shown),
        (
          "seconds",
          .object([
            ("waited", .number((start - begin) / .seconds(1))),
            ("solved", .number((solved - start) / .seconds(1))),
            ("written", .number((ContinuousClock.now - solved) / .seconds(1))),
          ])
        ),
      ]
    }
    let hear: @Sendable (LiveSession.Event) -> Void = { event in
      if Task.isCancelled { return }
      switch event {
      case .headline(let found, let scenario, let isDone):
        send("headline", [("done", .bool(isDone))] + forecast(found, nil, scenario))
      case .answers(let found, let posterior, let scenario):
        let tree = message.width.map {
          WorkbenchJSON.tree(found, width: $0.isFinite ? min(max($0, 240), 1600) : 720)
        }
        send(
          message.stage == .settled ? "settled" : "answers",
          forecast(found, posterior, scenario) + [("tree", tree ?? .null)])
      case .failure(let diagnostics):
        send("failed", [("diagnostics", .array(diagnostics.map { $0.shown }))])
      }
    }
    switch message.stage {
    case .live:
      if message.isKnown != true {
        let file = await session.check(request.text)
        checked(file, isFull: false)
        if file.hasErrors { return }
      }
      await session.answer(request, hear)
    case .settled: await session.settledAnswer(request, hear)
    case .check: checked(await session.checkFully(request.text), isFull: true)
    case .report:
      switch await session.report(request) {
      case .success(let document):
        for section in WorkbenchJSON.sections(document) {
          send(
            "section",
            [
              ("id", .string(section.id)), ("heading", .string(section.heading)),
              ("html", .string(DocumentHTML.fragment(section))),
            ])
        }
        send("reported", [])
      case .failure(.input(let diagnostics)), .failure(.refused(let diagnostics)):
        send("failed", [("diagnostics", .array(diagnostics.map { $0.shown }))])
      case .failure(.cancelled): break
      }
    }
  }
}

extension Diagnostic {
  /// What `check --json` writes, and how much to underline.
  var shown: JSONValue {
    guard case .object(let members) = json else { return json }
    return .object(members + [("length", .integer(length))])
  }
}
