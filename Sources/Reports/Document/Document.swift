/// A report as plain data: headings, paragraphs, tables and pictures, without any markup. What it
/// looks like is up to ``DocumentHTML`` and ``DocumentMarkdown``.
public struct Document: Sendable, Equatable {
  /// The first line.
  public var title: String
  /// What it is and as of when.
  public var subtitle: String
  /// What comes before the first section: the answer.
  public var opening: [Block]
  /// The sections, in order.
  public var sections: [Section]

  /// A document without sections.
  public init(title: String, subtitle: String, opening: [Block] = [], sections: [Section] = []) {
    self.title = title
    self.subtitle = subtitle
    self.opening = opening
    self.sections = sections
  }

  /// A part with a heading.
  public struct Section: Sendable, Equatable {
    /// The name for links, unique in the document.
    public var id: String
    /// The heading.
    public var heading: String
    /// What stands in it.
    public var blocks: [Block]

    /// A section with all that stands in it.
    public init(id: String, heading: String, blocks: [Block]) {
      self.id = id
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// A piece of a section.
  public enum Block: Sendable, Equatable {
    /// The answer to a question, large.
    case answer(figure: String, words: String, text: String)
    case paragraph(String)
    /// A heading within a section.
    case subheading(String)
    /// A paragraph in small type.
    case note(String)
    case list([String])
    case table(Table)
    /// A line to be typed.
    case command(String)
    case picture(Picture)
  }

  /// Rows under headings.
  public struct Table: Sendable, Equatable {
    /// What the table says, in a line.
    public var caption: String
    /// The headings of the columns.
    public var columns: [String]
    /// The rows, each with a cell for each column.
    public var rows: [[String]]
    /// Columns that hold numbers and are set to the right.
    public var numeric: Set<Int>

    /// A table with all its rows.
    public init(caption: String, columns: [String], rows: [[String]], numeric: Set<Int> = []) {
      self.caption = caption
      self.columns = columns
      self.rows = rows
      self.numeric = numeric
    }
  }

  /// A picture with what stands for it where it cannot be seen.
  public struct Picture: Sendable, Equatable {
    /// What it shows, as a finding.
    public var title: String
    /// How to read it.
    public var caption: String
    /// The picture in words.
    public var alternative: String
    /// An SVG element.
    public var svg: String
    /// Its data.
    public var table: Table

    /// A picture with its alternatives.
    public init(title: String, caption: String, alternative: String, svg: String, table: Table) {
      self.title = title
      self.caption = caption
      self.alternative = alternative
      self.svg = svg
      self.table = table
    }
  }
}
