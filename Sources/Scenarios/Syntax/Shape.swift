/// What a node of a scenario may be. Shapes are data: the checker walks a text by them, the JSON
/// schema and the reference are written from them.
public indirect enum Shape: Sendable, Equatable {
  /// Prose; must not be empty.
  case text
  /// Prose that may be left out.
  case remark
  /// The name of something, on one line.
  case name
  /// A formula, such as `if strike = hold then 0 else 1`.
  case expression
  /// A number, a percentage, `low .. high`, `low .. best .. high`, a distribution or a formula.
  case estimate
  /// A number or a percentage, written out.
  case number
  /// A day, `2024-10-08`.
  case date
  /// Two days, `2024-10-11 .. 2024-12-31`.
  case dateRange
  /// `yes` or `no`; `true` and `false` mean the same.
  case flag
  /// One of some words.
  case keyword([String])
  /// A whole number within bounds.
  case integer(ClosedRange<Int>)
  /// The version of the language: one of the supported ones.
  case version([Int])
  /// A list, with a number of items if it matters.
  case list(of: Shape, count: ClosedRange<Int>?)
  /// A list, or one item that stands for a list of one.
  case oneOrMore(of: Shape)
  /// Free keys with values of one shape; `about` says what a key is.
  case mapping(of: Shape, about: String)
  /// Fixed keys.
  case record(Record)
  /// Records of several kinds, told apart by a key that only one kind has.
  case variants([Record], noun: String)
  /// Any of these, told apart by being a scalar, a list or a mapping, and by required keys.
  case oneOf([Shape])
  /// A shape given by name in the grammar, so that shapes can nest in themselves.
  case reference(String)

  /// A list of any length.
  public static func list(of item: Shape) -> Shape { .list(of: item, count: nil) }
}

/// A mapping with fixed keys.
public struct Record: Sendable, Equatable {
  /// What it is, as in "a quantity".
  public var noun: String
  /// Its keys.
  public var fields: [Field]
  /// Keys of which at least one must stand; none if empty.
  public var needsOneOf: [String]
  /// Shape and meaning of keys beyond the fixed ones, if there may be any.
  public var others: Others?
  /// For a kind among several: the keys that say it is this kind.
  public var markers: [String]
  /// Keys that suggest this kind when the marker was forgotten.
  public var hints: [String]

  /// Keys that the author chooses.
  public struct Others: Sendable, Equatable {
    /// What their values are.
    public var shape: Shape
    /// What such a key is.
    public var about: String

    /// Free keys with values of a shape.
    public init(_ shape: Shape, about: String) {
      self.shape = shape
      self.about = about
    }
  }

  /// A mapping with fixed keys.
  public init(
    _ noun: String, markers: [String] = [], hints: [String] = [], needsOneOf: [String] = [],
    fields: [Field], others: Others? = nil
  ) {
    self.noun = noun
    self.markers = markers
    self.hints = hints
    self.needsOneOf = needsOneOf
    self.fields = fields
    self.others = others
  }

  /// The field with a key.
  public func field(_ key: String) -> Field? { fields.first { $0.key == key } }
}

/// A key of a record.
public struct Field: Sendable, Equatable {
  /// The key as written.
  public var key: String
  /// What stands under it.
  public var shape: Shape
  /// Whether it must stand.
  public var isRequired: Bool
  /// One line of documentation.
  public var about: String
  /// A value that could stand there.
  public var example: String?

  /// A key of a record; it may be left out unless required.
  public init(
    _ key: String, _ shape: Shape, isRequired: Bool = false, _ about: String,
    example: String? = nil
  ) {
    self.key = key
    self.shape = shape
    self.isRequired = isRequired
    self.about = about
    self.example = example
  }
}

/// A shape with the shapes that it names.
public struct Grammar: Sendable, Equatable {
  /// The shape of a whole text.
  public var root: Shape
  /// Shapes by name, for `Shape.reference`.
  public var definitions: [String: Shape]

  /// A shape with the shapes that it names.
  public init(root: Shape, definitions: [String: Shape] = [:]) {
    self.root = root
    self.definitions = definitions
  }
}
