import Figures

/// A document as one HTML file that needs nothing else: no network, no script.
public enum DocumentHTML {
  /// The whole file. `style` is added to the document's own style sheet, such as that of figures.
  public static func file(_ document: Document, style: String = "") -> String {
    var html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="generator" content="entente">
      <title>\(escape(document.title))</title>
      <style>
      \(DocumentStyle.css)
      \(style)
      </style>
      </head>
      <body>
      <main>
      <header>
      <h1>\(escape(document.title))</h1>
      <p class="subtitle">\(escape(document.subtitle))</p>
      </header>

      """
    html += blocks(document.opening, prefix: "opening")
    if document.sections.count > 2 { html += contents(document) }
    for section in document.sections {
      html += "<section id=\"\(escape(section.id))\">\n<h2>\(escape(section.heading))</h2>\n"
      html += blocks(section.blocks, prefix: section.id)
      html += "</section>\n"
    }
    return html + "</main>\n</body>\n</html>\n"
  }

  /// One section without its frame, for a page of somebody else's: no style, no script, and the
  /// heading left to the page.
  public static func fragment(_ section: Document.Section) -> String {
    blocks(section.blocks, prefix: section.id)
  }

  private static func contents(_ document: Document) -> String {
    let items = document.sections.map {
      "<li><a href=\"#\(escape($0.id))\">\(escape($0.heading))</a></li>"
    }
    return "<nav aria-label=\"Sections\"><ul>\n" + items.joined(separator: "\n") + "\n</ul></nav>\n"
  }

  private static func blocks(_ blocks: [Document.Block], prefix: String) -> String {
    blocks.map { block($0) + "\n" }.joined()
  }

  private static func block(_ block: Document.Block) -> String {
    switch block {
    case .answer(let figure, let words, let text):
      return """
        <div class="answer"><p class="figure">\(escape(figure))</p>\
        <p class="words">\(escape(words))</p><p>\(escape(text))</p></div>
        """
    case .paragraph(let text): return "<p>\(escape(text))</p>"
    case .subheading(let text): return "<h3>\(escape(text))</h3>"
    case .note(let text): return "<p class=\"note\">\(escape(text))</p>"
    case .list(let items):
      return "<ul>\n" + items.map { "<li>\(escape($0))</li>\n" }.joined() + "</ul>"
    case .table(let table): return self.table(table)
    case .command(let text):
      // What can be moved sideways must be reached by key.
      return """
        <pre tabindex="0" role="group" aria-label="Command"><code>\(escape(text))</code></pre>
        """
    case .picture(let picture):
      return """
        <figure>
        <figcaption>\(escape(picture.title))</figcaption>
        <div class="canvas" tabindex="0" role="group" aria-label="\(escape(picture.title))">
        \(picture.svg)
        </div>
        <p class="note">\(escape(picture.caption))</p>
        <details><summary>As a table</summary>
        \(table(picture.table))
        </details>
        </figure>
        """
    }
  }

  private static func table(_ table: Document.Table) -> String {
    var html = "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\""
    html += "\(escape(table.caption))\"><table\(isProse(table) ? " class=\"prose\"" : "")>\n"
    if !table.caption.isEmpty { html += "<caption>\(escape(table.caption))</caption>\n" }
    html += "<thead><tr>"
    for (index, column) in table.columns.enumerated() {
      html += "<th scope=\"col\"\(kind(index, table))>\(escape(column))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        html +=
          index == 0
          ? "<th scope=\"row\"\(kind(index, table))>\(escape(cell))</th>"
          : "<td\(kind(index, table))>\(escape(cell))</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div>"
  }

  /// Whether the last column holds sentences, which need the whole width where that is little.
  private static func isProse(_ table: Document.Table) -> Bool {
    table.rows.contains { $0.count > 2 && ($0.last?.count ?? 0) > 60 }
  }

  private static func kind(_ column: Int, _ table: Document.Table) -> String {
    table.numeric.contains(column) ? " class=\"number\"" : ""
  }

  /// Text as it may stand in an element or in a quoted attribute.
  public static func escape(_ text: String) -> String { SVG.escape(text) }
}
