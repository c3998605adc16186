/// A piece of a scenario text as its author wrote it: no type is guessed, order is kept.
public struct SyntaxNode: Sendable, Equatable {
  /// What a node holds.
  public enum Content: Sendable, Equatable {
    /// A text. An empty value (`key:`) is an unquoted scalar with the text "".
    case scalar(text: String, isQuoted: Bool)
    /// A list.
    case sequence([SyntaxNode])
    /// Keys with values, in the order of the text.
    case mapping([SyntaxEntry])
  }

  /// Where the node begins.
  public var place: Place
  /// How many characters of its first line the node covers; at least 1.
  public var length: Int
  /// What it holds.
  public var content: Content
  /// At the root: parts of the text could not be read and are missing without a trace.
  public var hasGaps = false

  /// A node at a place.
  public init(place: Place, length: Int = 1, content: Content) {
    self.place = place
    self.length = max(1, length)
    self.content = content
  }

  /// The text of a scalar, or `nil` for lists and mappings.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The items of a list, or `nil` for anything else.
  public var items: [SyntaxNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The entries of a mapping, or `nil` for anything else.
  public var entries: [SyntaxEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value under a key, or `nil` if this is no mapping or has no such key.
  public subscript(key: String) -> SyntaxNode? {
    entries?.first { $0.key.text == key }?.value
  }

  /// True for a value that was left out (`key:`). Quotes around nothing (`""`) are no omission.
  public var isEmpty: Bool {
    if case .scalar(let text, let isQuoted) = content { text.isEmpty && !isQuoted } else { false }
  }

  /// True for a scalar that was reported as unreadable already, so that nobody reports it again.
  public var isUnreadable: Bool {
    text?.unicodeScalars.contains(where: SyntaxMask.isMark) ?? false
  }

  /// True if both nodes say the same, wherever they stand and however they are quoted.
  public func saysTheSame(as other: SyntaxNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let left, let leftQuoted), .scalar(let right, let rightQuoted)):
      left == right && (leftQuoted == rightQuoted || !left.isEmpty)
    case (.sequence(let left), .sequence(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.saysTheSame(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy {
          $0.key.saysTheSame(as: $1.key) && $0.value.saysTheSame(as: $1.value)
        }
    default: false
    }
  }
}

/// A key with its value.
public struct SyntaxEntry: Sendable, Equatable {
  /// The key; a scalar.
  public var key: SyntaxNode
  /// The value.
  public var value: SyntaxNode

  /// A key with its value.
  public init(key: SyntaxNode, value: SyntaxNode) {
    self.key = key
    self.value = value
  }
}
