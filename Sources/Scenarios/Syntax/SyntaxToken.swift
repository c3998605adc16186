/// A token of YAML as the lexer sees it. Offsets are bytes; lines count from 0.
struct SyntaxToken: Equatable {
  enum Kind: Equatable {
    case blockEntry, complexKey, value
    case openMapping, openSequence, closeMapping, closeSequence, flowEntry
    case plain, singleQuoted, doubleQuoted, blockScalar
    case alias, anchor, tag, directive, documentStart, documentEnd
    case comment
    /// A quote that the text ends before closing.
    case unclosedQuote
    /// A tab where the indentation of a line ends.
    case tab
    /// A character that cannot begin anything here.
    case misfit
  }

  var kind: Kind
  var start: Int
  var end: Int
  var line: Int
  var endLine: Int
  /// Column in scalars, from 0.
  var column: Int
  /// How many `{` and `[` are open around it.
  var flowDepth: Int
  /// How many block lists and mappings are open around it.
  var blockDepth: Int
  /// For the token that begins an entry of a block list or mapping: how deep that list or mapping
  /// stands, from 0.
  var level: Int?
  /// True for what begins a line of a block mapping, where nothing but a key can stand.
  var mustBeKey = false
  /// True for what begins a line of a block list, where nothing but an item can stand.
  var mustBeItem = false
  /// True for a `- ` or `: ` where none can be.
  var isStray = false
  /// For a block scalar: the column at which its lines begin.
  var contentColumn: Int?
  /// For a block scalar: whether its header says by how much it is indented.
  var hasIndentIndicator = false

  var isScalar: Bool {
    switch kind {
    case .plain, .singleQuoted, .doubleQuoted, .blockScalar, .unclosedQuote, .misfit: true
    default: false
    }
  }

  var isQuoted: Bool { kind == .singleQuoted || kind == .doubleQuoted || kind == .unclosedQuote }
}

/// What the lexer found in a text.
struct SyntaxTokens {
  var tokens: [SyntaxToken] = []
  /// Index of the token at which the nesting first went beyond the limit; lexing ended there.
  var tooDeep: Int?
}
