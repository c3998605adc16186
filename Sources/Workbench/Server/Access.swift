/// Who may ask: the pages that this run has handed out, under the names that lead here, and nobody
/// else. A page of another site can send requests to loopback, too; it knows neither the token nor
/// how to hide where it comes from.
package struct Access: Sendable {
  /// The secret of this run, which a page gets with its own HTML.
  package let token: String
  private let names: Set<String>
  private let allowsAddresses: Bool

  /// The header in which a page returns the token.
  package static let header = "x-entente-token"

  /// Access to a server that was told to listen at `host`.
  package init(host: String, token: String = Access.makeToken()) {
    self.token = token
    names = ["127.0.0.1", "localhost", "[::1]", host.contains(":") ? "[\(host)]" : host]
    allowsAddresses = host == "0.0.0.0" || host == "::"
  }

  /// 128 random bits from the system's generator, in hexadecimal digits.
  package static func makeToken() -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Whether the `Host` of a request is one of ours. Other names could be made to lead here.
  package func allows(host: String?) -> Bool {
    guard let host else { return false }
    let name = Access.name(of: host)
    return names.contains(name) || allowsAddresses && Access.isAddress(name)
  }

  /// Whether the `Origin` of a request is the page itself: the same name and port.
  package func allows(origin: String?, host: String?) -> Bool {
    guard let origin else { return true }
    guard let host else { return false }
    return origin.lowercased() == "http://" + host.lowercased()
  }

  /// Whether a request carries the token. Compares all of it, so that the time it takes tells
  /// nothing.
  package func allows(token given: String?) -> Bool {
    guard let given, given.utf8.count == token.utf8.count else { return false }
    return zip(given.utf8, token.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The name without its port.
  private static func name(of host: String) -> String {
    let host = host.lowercased()
    if host.hasPrefix("[") { return String(host.prefix { $0 != "]" }) + "]" }
    return String(host.prefix { $0 != ":" })
  }

  private static func isAddress(_ name: String) -> Bool {
    if name.hasPrefix("[") { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
