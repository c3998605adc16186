/// Something that happens at a step, or a private type, and the values that it can have.
public struct Fact: Sendable, Equatable {
  /// As expressions write it: the step's name, or `Party.type`.
  public var name: String
  /// The names of its values, in order.
  public var values: [String]
  /// The number that each value stands for, where the values are amounts.
  public var numbers: [Double]?
  /// The repeated part of the story that it belongs to.
  public var loop: Int?

  /// A fact with its domain.
  public init(name: String, values: [String], numbers: [Double]? = nil, loop: Int? = nil) {
    self.name = name
    self.values = values
    self.numbers = numbers
    self.loop = loop
  }
}

/// A repeated part of the story: its variable and the names of its rounds.
public struct Loop: Sendable, Equatable {
  /// The name of the round in formulas.
  public var variable: String
  /// The names of the rounds, in order.
  public var rounds: [String]
  /// The rounds are numbered rather than named.
  public var isNumbered: Bool

  /// A loop over rounds.
  public init(variable: String, rounds: [String], isNumbered: Bool) {
    self.variable = variable
    self.rounds = rounds
    self.isNumbered = isNumbered
  }
}

/// The names that a scenario declares, as its expressions see them.
public struct NameTable: Sendable {
  /// What a name can stand for.
  public enum Meaning: Sendable, Equatable {
    case quantity(Int)
    case definition(Int)
    case fact(Int)
    case clause(Int)
    case loop(Int)
  }

  /// Types, then steps.
  public private(set) var facts: [Fact] = []
  /// The repeated parts.
  public private(set) var loops: [Loop] = []
  /// The clauses.
  public private(set) var clauses: [String] = []
  /// Meanings by name. A clause may share its name with the step at which it falls due.
  private var meanings: [String: [Meaning]] = [:]
  /// Values of facts, rounds and parties: words that only stand beside a comparison.
  private var values: Set<String> = []
  /// The names letter by letter, for the lexer: from a node by a byte to the next node. A text
  /// may declare tens of thousands of names, and every word of every expression is looked up.
  private var edges: [UInt64: Int32] = [:]
  private var nodeCount: Int32 = 1
  /// The names that end at a node.
  private var endings: [Int32: String] = [:]

  /// An empty table.
  public init() {}

  /// All names with a meaning of their own.
  public var declared: [String] { meanings.keys.sorted() }

  /// Whether misspelled names are worth a search for what was meant.
  var suggests = true
  /// The names that a misspelled one is compared with.
  var suggestable: [String] { suggests ? declared : [] }

  /// The meanings of a name.
  public func meanings(of name: String) -> [Meaning] { meanings[name] ?? [] }

  /// The fact with this name.
  public func fact(named name: String) -> Int? {
    for case .fact(let index) in meanings(of: name) { return index }
    return nil
  }

  /// The clause with this name.
  public func clause(named name: String) -> Int? {
    for case .clause(let index) in meanings(of: name) { return index }
    return nil
  }

  /// The word is a value of some fact, a round or a party.
  public func isValue(_ word: String) -> Bool { values.contains(word) }

  /// Adds a name with a meaning.
  public mutating func declare(_ name: String, as meaning: Meaning) {
    meanings[name, default: []].append(meaning)
    addToLexer(name)
  }

  /// Adds a fact and its values. Returns its index.
  public mutating func declare(fact: Fact) -> Int {
    let index = facts.count
    facts.append(fact)
    declare(fact.name, as: .fact(index))
    for value in fact.values { declare(value: value) }
    return index
  }

  /// Adds a value to a fact. Returns its ordinal.
  mutating func add(value: String, to fact: Int) -> Int {
    facts[fact].values.append(value)
    declare(value: value)
    return facts[fact].values.count - 1
  }

  /// Adds a loop, its variable and the names of its rounds. Returns its index.
  public mutating func declare(loop: Loop) -> Int {
    let index = loops.count
    loops.append(loop)
    declare(loop.variable, as: .loop(index))
    for round in loop.rounds { declare(value: round) }
    return index
  }

  /// Adds a clause. Returns its index.
  public mutating func declare(clause: String) -> Int {
    let index = clauses.count
    clauses.append(clause)
    declare(clause, as: .clause(index))
    return index
  }

  /// Adds a word that facts can be compared with.
  public mutating func declare(value: String) {
    values.insert(value)
    addToLexer(value)
  }

  private static func edge(_ node: Int32, _ byte: UInt8) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 8 | UInt64(byte)
  }

  private mutating func addToLexer(_ name: String) {
    var node: Int32 = 0
    var wasSpace = false
    for byte in name.utf8 {
      // A run of white space counts as one blank, in the name as in the text.
      let isSpace = NameTable.isSpace(byte)
      defer { wasSpace = isSpace }
      if isSpace, wasSpace { continue }
      let edge = NameTable.edge(node, isSpace ? UInt8(ascii: " ") : byte)
      if let next = edges[edge] {
        node = next
      } else {
        edges[edge] = nodeCount
        node = nodeCount
        nodeCount += 1
      }
    }
    if node != 0, endings[node] == nil { endings[node] = name }
  }

  /// The length in bytes of the longest declared name that stands at `start` and ends at the end
  /// of a word. A blank in a name matches any run of white space in the text.
  func longestName(in text: [UInt8], at start: Int) -> (name: String, length: Int)? {
    var node: Int32 = 0
    var position = start
    var longest: (name: String, length: Int)?
    while position < text.count {
      let byte = text[position]
      if NameTable.isSpace(byte) {
        guard let next = edges[NameTable.edge(node, UInt8(ascii: " "))] else { break }
        node = next
        while position < text.count, NameTable.isSpace(text[position]) { position += 1 }
      } else {
        guard let next = edges[NameTable.edge(node, byte)] else { break }
        node = next
        position += 1
      }
      // The name must not end inside a longer word.
      let isInsideWord =
        position < text.count && NameTable.isWord(text[position - 1])
        && NameTable.isWord(text[position])
      if !isInsideWord, let name = endings[node] { longest = (name, position - start) }
    }
    return longest
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }

  /// Letters, digits, `_`, and every byte of a character beyond ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
