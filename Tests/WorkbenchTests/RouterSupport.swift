#if Web
  import Forecasts
  import Foundation
  import HTTPTypes
  import Hummingbird
  import HummingbirdCore
  import Logging
  import NIOCore
  import Studies
  import Synchronization
  import Workbench

  /// What a handler needs, without a socket.
  struct TestContext: RequestContext {
    struct Source: RequestContextSource { let logger: Logger }
    var coreContext: CoreRequestContextStorage
    init(source: Source) { coreContext = .init(source: source) }
  }

  /// Keeps what a response writes; refuses after so many parts, as a closed connection does.
  struct Collector: ResponseBodyWriter {
    final class Store: Sendable {
      let text = Mutex("")
      let parts = Mutex(0)
    }
    struct Closed: Error {}
    let store: Store
    var most = Int.max

    mutating func write(_ buffer: ByteBuffer) async throws {
      let count = store.parts.withLock { count in
        count += 1
        return count
      }
      if count > most { throw Closed() }
      store.text.withLock { $0 += String(buffer: buffer) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }

  /// A workbench without a socket.
  struct TestBench: Sendable {
    let access = Access(host: "127.0.0.1", token: "0123456789abcdef")
    let hub: PageHub
    let file: SavedFile
    private let routes: WorkbenchRouter

    init(file path: String? = nil, limits: PageHub.Limits = .init()) {
      file = SavedFile(path: path)
      var options = Forecaster.Options()
      options.threads = 2
      hub = PageHub(
        session: LiveSession(name: "russia-iran.yaml", options: options), limits: limits)
      var most = WorkbenchRouter.Limits()
      most.body = 100_000
      routes = WorkbenchRouter(access: access, file: file, hub: hub, limits: most)
    }

    /// A request as the page would send it, unless told otherwise.
    func response(
      _ method: HTTPRequest.Method, _ path: String, body: String = "",
      host: String = "127.0.0.1:8377", origin: String? = nil, token: String? = "0123456789abcdef"
    ) async throws -> Response {
      var head = HTTPRequest(method: method, scheme: "http", authority: host, path: path)
      if let origin, let name = HTTPField.Name("Origin") { head.headerFields[name] = origin }
      if let token, let name = HTTPField.Name("X-Entente-Token") { head.headerFields[name] = token }
      let responder = routes.router(TestContext.self).buildResponder()
      let context = TestContext(source: .init(logger: Logger(label: "test")))
      return try await responder.respond(
        to: Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))),
        context: context)
    }

    /// The status and the text of a response.
    func answer(
      _ method: HTTPRequest.Method, _ path: String, body: String = "",
      host: String = "127.0.0.1:8377", origin: String? = nil, token: String? = "0123456789abcdef"
    ) async throws -> (status: Int, text: String) {
      let response = try await response(
        method, path, body: body, host: host, origin: origin, token: token)
      let store = Collector.Store()
      try await response.body.write(Collector(store: store))
      return (response.status.code, store.text.withLock { $0 })
    }
  }
#endif
