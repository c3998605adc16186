#if Web
  import Foundation
  import HTTPTypes
  package import Hummingbird
  import HummingbirdCore
  import NIOCore
  import Scenarios
  import Studies
  import Synchronization

  /// The routes of the workbench: the page, its files, one stream of events for each page, questions
  /// and saving. Nothing else is reachable.
  package struct WorkbenchRouter: Sendable {
    /// What a request may cost.
    package struct Limits: Sendable {
      /// The most bytes of a request's body.
      package var body = Limits.body(text: SyntaxLimits().bytes)
      /// Requests with a body that are read at the same time.
      package var bodies = 16

      /// The usual limits.
      package init() {}

      /// A text as JSON: every character may take two, and there is an envelope.
      package static func body(text: Int) -> Int { 2 * text + 65_536 }
    }

    private let access: Access
    private let file: SavedFile
    private let hub: PageHub
    private let limits: Limits
    private let bodies = BodyCount()

    /// Routes to the pages of a hub, for those who have access.
    package init(access: Access, file: SavedFile, hub: PageHub, limits: Limits = .init()) {
      self.access = access
      self.file = file
      self.hub = hub
      self.limits = limits
    }

    /// The router.
    package func router<Context: RequestContext>(
      _ context: Context.Type = BasicRequestContext.self
    ) -> Router<Context> {
      let router = Router(context: Context.self)
      router.add(middleware: Gatekeeper(access: access))
      router.get("/") { _, _ in
        WorkbenchRouter.response(
          PageAsset.page(token: access.token, title: file.name), type: "text/html; charset=utf-8")
      }
      router.get("/assets/{name}") { _, context in
        guard let name = context.parameters.get("name"), let asset = PageAsset.named(name) else {
          return WorkbenchRouter.refusal(.notFound, "not-found", "there is no such file")
        }
        return WorkbenchRouter.response(asset.bytes, type: asset.type)
      }
      router.get("/api/file") { _, _ in currentFile() }
      router.get("/api/events") { request, _ in await events(request) }
      router.post("/api/ask") { request, _ in
        try await withMessage(request, AskMessage.self) { await ask($0) }
      }
      router.post("/api/save") { request, _ in
        try await withMessage(request, SaveMessage.self) { save($0) }
      }
      return router
    }

    // MARK: - Streams and questions

    private func events(_ request: Request) async -> Response {
      guard let id = request.uri.queryParameters.get("page"), PageName.isValid(id) else {
        return WorkbenchRouter.refusal(
          .badRequest, "page", "a stream belongs to a page: ?page=, up to 64 letters and digits")
      }
      guard let (events, generation) = await hub.open(id) else {
        return WorkbenchRouter.refusal(
          .serviceUnavailable, "too-many-pages", "there are too many open pages",
          remedy: "close one, then reload this page")
      }
      var response = Response(status: .ok)
      response.headers[.contentType] = "text/event-stream"
      response.headers[.cacheControl] = "no-store"
      let hub = hub
      response.body = ResponseBody { writer in
        do {
          for await event in events { try await writer.write(ByteBuffer(string: event)) }
          try await writer.finish(nil)
        } catch {
          await hub.close(id, generation: generation)
          throw error
        }
        await hub.close(id, generation: generation)
      }
      return response
    }

    private func ask(_ message: AskMessage) async -> Response {
      switch await hub.ask(message) {
      case .accepted, .stale:
        return WorkbenchRouter.json(
          .object([("number", .integer(message.number))]), status: .accepted)
      case .unknownPage:
        return WorkbenchRouter.refusal(
          .conflict, "no-stream", "the page has no stream of events",
          remedy: "open /api/events first")
      case .unknownText:
        return WorkbenchRouter.refusal(
          .conflict, "no-text", "the page has not sent a text yet",
          remedy: "send it with the question")
      }
    }

    // MARK: - The file

    private func currentFile() -> Response {
      guard let content = file.read() else {
        return WorkbenchRouter.refusal(
          .notFound, "unreadable", "'\(file.name)' cannot be read any more",
          remedy: "look whether it is still there; the text can be downloaded")
      }
      return WorkbenchRouter.json(
        .object([
          ("name", .string(file.name)), ("text", .string(content.text)),
          ("digest", .string(content.digest)), ("saves", .bool(file.path != nil)),
        ]))
    }

    private func save(_ message: SaveMessage) -> Response {
      do {
        let content = try file.save(message.text, over: message.digest)
        return WorkbenchRouter.json(.object([("digest", .string(content.digest))]))
      } catch {
        return refusal(of: error)
      }
    }

    private func refusal(of refusal: SavedFile.Refusal) -> Response {
      switch refusal {
      case .noFile:
        return WorkbenchRouter.refusal(
          .conflict, "no-file", "the workbench was opened without a file",
          remedy: "download the text, then run `entente serve FILE`")
      case .changed:
        return WorkbenchRouter.refusal(
          .conflict, "changed-on-disk", "'\(file.name)' has changed on disk since it was read",
          remedy: "reload it, or download this text under another name")
      case .unwritable(let reason):
        return WorkbenchRouter.refusal(
          .internalServerError, "unwritable", "'\(file.name)' cannot be written: \(reason)",
          remedy: "look at its permissions; the text can be downloaded")
      }
    }

    // MARK: - Messages

    private func withMessage<Message: Decodable & Sendable>(
      _ request: Request, _ type: Message.Type, _ body: (Message) async -> Response
    ) async throws -> Response {
      guard bodies.enter(limits.bodies) else {
        return WorkbenchRouter.refusal(
          .serviceUnavailable, "busy", "too many requests at once", remedy: "try again")
      }
      defer { bodies.leave() }
      let buffer: ByteBuffer
      do {
        buffer = try await request.body.collect(upTo: limits.body)
      } catch is NIOTooManyBytesError {
        return WorkbenchRouter.refusal(
          .contentTooLarge, "too-large", "the request has more than \(limits.body) bytes",
          remedy: "make the scenario shorter, or raise the limit with --max-bytes")
      }
      do {
        return await body(
          try JSONDecoder().decode(Message.self, from: Data(buffer.readableBytesView)))
      } catch {
        return WorkbenchRouter.refusal(
          .badRequest, "malformed", "the request is not the JSON that this address takes",
          remedy: "Docs/workbench.md shows it")
      }
    }

    static func response(
      _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok
    ) -> Response {
      var response = Response(
        status: status, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
      response.headers[.contentType] = type
      response.headers[.cacheControl] = "no-store"
      return response
    }

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
      response(Array(value.text().utf8), type: "application/json", status: status)
    }

    static func refusal(
      _ status: HTTPResponse.Status, _ code: String, _ message: String, remedy: String? = nil
    ) -> Response {
      json(
        Diagnostic.json(of: [
          Diagnostic(code: code, file: "workbench", message: message, remedy: remedy)
        ]), status: status)
    }
  }

  /// How many bodies are being read.
  private final class BodyCount: Sendable {
    private let count = Mutex(0)

    func enter(_ most: Int) -> Bool {
      count.withLock { count in
        if count >= most { return false }
        count += 1
        return true
      }
    }

    func leave() { count.withLock { $0 -= 1 } }
  }

  /// The names that pages give themselves.
  enum PageName {
    static func isValid(_ name: String) -> Bool {
      (1...64).contains(name.utf8.count)
        && name.utf8.allSatisfy {
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
    }
  }
#endif
