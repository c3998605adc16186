import Scenarios

/// One message of a stream of server-sent events (WHATWG HTML, §9.2).
enum ServerEvent {
  /// A named event with JSON on one line.
  static func text(_ name: String, _ data: JSONValue) -> String {
    "event: \(name)\ndata: \(data.text())\n\n"
  }

  /// A comment: nothing to say, but still there.
  static let pulse = ": \n\n"
}
