public import Forecasts
public import Studies

#if Web
  import Foundation
  import Hummingbird
  import HummingbirdCore
  import Logging
  import NIOCore
  import Scenarios
#endif

/// The local page on which moving an assumption moves the answer.
public struct Workbench: Sendable {
  /// The port unless another is asked for.
  public static let usualPort = 8377

  /// What is served and where.
  public struct Options: Sendable {
    /// The one file that is read and written; nil for the seed scenario.
    public var file: String?
    /// Loopback unless another is asked for.
    public var host = "127.0.0.1"
    /// nil for the usual one, or the next that is free.
    public var port: Int?
    /// Seed, threads and limits.
    public var forecast = Forecaster.Options()
    /// Limits on the text.
    public var limits = ScenarioFile.Limits()

    /// The seed scenario on loopback.
    public init() {}
  }

  private let options: Options

  /// A workbench that is not open yet.
  public init(_ options: Options) { self.options = options }

  /// Why it cannot be opened.
  public struct Failure: Error, Sendable {
    /// In a sentence.
    public var message: String
  }

  #if Web
    /// Serves until the program ends. `ready` is told the address once pages can be opened.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws {
      let most = options.limits.text.bytes
      let file = SavedFile(path: options.file, limit: most)
      if file.read() == nil {
        throw Failure(message: "there is no scenario that can be read at '\(options.file ?? "")'")
      }
      let session = LiveSession(
        name: file.name, options: options.forecast, limits: options.limits)
      let hub = PageHub(session: session)
      let ticking = Task {
        while !Task.isCancelled {
          try await Task.sleep(for: .seconds(5))
          await hub.tick()
        }
      }
      defer { ticking.cancel() }
      var limits = WorkbenchRouter.Limits()
      limits.body = WorkbenchRouter.Limits.body(text: most)
      let routes = WorkbenchRouter(
        access: Access(host: options.host), file: file, hub: hub, limits: limits)
      // The first page finds its scenario read and compiled.
      if let text = file.read()?.text { Task { await session.warm(text) } }
      let first = options.port ?? Workbench.usualPort
      let last = options.port ?? first + 20
      for port in first...last {
        do {
          try await serve(routes, port: port, ready: ready)
          return
        } catch let error as IOError where error.errnoCode == EADDRINUSE && port < last {
          continue
        } catch let error as IOError {
          throw Failure(
            message: error.errnoCode == EADDRINUSE
              ? "the port \(port) at \(options.host) is taken"
              : "\(options.host):\(port) cannot be opened: \(error.localizedDescription)")
        }
      }
    }

    private func serve(
      _ routes: WorkbenchRouter, port: Int, ready: @escaping @Sendable (String) -> Void
    ) async throws {
      var logger = Logger(label: "entente.workbench")
      logger.logLevel = .critical
      let host = options.host
      let application = Application(
        router: routes.router(),
        server: .http1(configuration: .init(idleTimeout: .seconds(60))),
        configuration: ApplicationConfiguration(
          address: .hostname(host, port: port),
          availableConnectionsDelegate: MaximumAvailableConnections(128)),
        onServerRunning: { channel in
          let bound = channel.localAddress?.port ?? port
          ready("http://\(host.contains(":") ? "[\(host)]" : host):\(bound)/")
        }, logger: logger)
      try await application.run()
    }
  #endif
}
