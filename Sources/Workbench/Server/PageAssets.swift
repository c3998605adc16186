import Figures
import Reports

/// What the page is made of: our own files, inside the program.
package struct PageAsset: Sendable {
  /// The media type.
  package var type: String
  /// The file.
  package var bytes: [UInt8]

  /// The page itself, with the token of this run in it.
  package static func page(token: String, title: String) -> [UInt8] {
    let text = String(decoding: PackageResources.page_html, as: UTF8.self)
    return Array(
      text.replacing("{{token}}", with: token).replacing(
        "{{title}}", with: DocumentHTML.escape(title)
      ).utf8)
  }

  /// The file of this name under `/assets/`.
  package static func named(_ name: String) -> PageAsset? {
    if name == "style.css" { return PageAsset(type: css, bytes: PackageResources.style_css) }
    if name == "figures.css" { return PageAsset(type: css, bytes: Array(FigureStyle.css.utf8)) }
    return scripts[name].map { PageAsset(type: "text/javascript; charset=utf-8", bytes: $0) }
  }

  private static let css = "text/css; charset=utf-8"

  private static let scripts: [String: [UInt8]] = [
    "answer.js": PackageResources.answer_js,
    "columns.js": PackageResources.columns_js,
    "connection.js": PackageResources.connection_js,
    "dom.js": PackageResources.dom_js,
    "editor.js": PackageResources.editor_js,
    "evidence.js": PackageResources.evidence_js,
    "highlight.js": PackageResources.highlight_js,
    "keys.js": PackageResources.keys_js,
    "main.js": PackageResources.main_js,
    "menu.js": PackageResources.menu_js,
    "moves.js": PackageResources.moves_js,
    "observing.js": PackageResources.observing_js,
    "panels.js": PackageResources.panels_js,
    "saving.js": PackageResources.saving_js,
    "sliders.js": PackageResources.sliders_js,
    "state.js": PackageResources.state_js,
    "steps.js": PackageResources.steps_js,
    "theme.js": PackageResources.theme_js,
    "tree.js": PackageResources.tree_js,
  ]
}
