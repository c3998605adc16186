#if Web
  import HTTPTypes
  import Hummingbird

  /// Refuses what does not come from our own page, and gives every answer the headers that keep a
  /// browser from doing more with it than it should.
  struct Gatekeeper<Context: RequestContext>: RouterMiddleware {
    let access: Access

    func handle(
      _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
      var response: Response
      if let refusal = refusal(request) {
        response = refusal
      } else {
        do {
          response = try await next(request, context)
        } catch let error as any HTTPResponseError {
          response = WorkbenchRouter.refusal(
            error.status, error.status == .notFound ? "not-found" : "refused",
            "\(request.method.rawValue) \(request.uri.path) leads nowhere")
        }
      }
      for (name, value) in headers {
        if let name = HTTPField.Name(name) { response.headers[name] = value }
      }
      return response
    }

    private func refusal(_ request: Request) -> Response? {
      let host = request.head.authority
      guard access.allows(host: host) else {
        return WorkbenchRouter.refusal(
          .misdirectedRequest, "host", "this name does not lead to the workbench",
          remedy: "use the address that `entente serve` has printed")
      }
      guard access.allows(origin: value("origin", of: request), host: host),
        value("sec-fetch-site", of: request) != "cross-site" || !isCall(request)
      else {
        return WorkbenchRouter.refusal(
          .forbidden, "origin", "only the workbench's own page may ask")
      }
      guard !isCall(request) || access.allows(token: value(Access.header, of: request)) else {
        return WorkbenchRouter.refusal(
          .forbidden, "token", "the token of this run is missing or wrong",
          remedy: "reload the page: `entente serve` has been started anew")
      }
      return nil
    }

    private func isCall(_ request: Request) -> Bool { request.uri.path.hasPrefix("/api/") }

    private func value(_ name: String, of request: Request) -> String? {
      request.headers.first { $0.name.canonicalName == name }?.value
    }

    private var headers: [(String, String)] {
      [
        (
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
      ]
    }
  }
#endif
