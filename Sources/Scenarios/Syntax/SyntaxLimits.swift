/// How large a text may be. Each limit is raised by a flag that its message names.
public struct SyntaxLimits: Sendable, Equatable {
  /// Bytes of text; `--max-bytes`.
  public var bytes: Int
  /// How deep lists and mappings may nest; `--max-depth`, never above `deepest`.
  public var depth: Int
  /// Scalars, lists and mappings together; `--max-nodes`.
  public var nodes: Int

  /// The parser below us works recursively; deeper texts are refused whatever the flag says.
  public static let deepest = 500

  /// Limits; the defaults are those that the language promises.
  public init(bytes: Int = 1_000_000, depth: Int = 64, nodes: Int = 1_000_000) {
    self.bytes = bytes
    self.depth = min(depth, Self.deepest)
    self.nodes = nodes
  }
}
