/// How figures look: classes only, colors as custom properties.
///
/// Colors are Okabe and Ito's (2008), darkened on light ground and lightened on dark ground so
/// that each stands out by 3:1 at least; nothing is told by color alone.
public enum FigureStyle {
  /// The style sheet: light and dark by the system's wish or by `data-theme` on an ancestor,
  /// light on paper.
  public static let css = """
    \(rule(":root", light))
    @media (prefers-color-scheme:dark){\(rule(":root:not([data-theme=light])", dark))}
    \(rule("[data-theme=dark]", dark))
    \(rule("[data-theme=light]", light))
    @media print{\(rule(":root:root:root,[data-theme][data-theme]", light)).fig{break-inside:avoid}}
    .fig{display:block;max-width:100%;font-family:Helvetica,Arial,"Liberation Sans",sans-serif}
    .fig text{fill:var(--fig-ink);direction:ltr;unicode-bidi:isolate}
    .fig .fig-text{font-size:12px}
    .fig .fig-small{font-size:11px}
    .fig .fig-strong{font-size:13px;font-weight:700}
    .fig .fig-soft{fill:var(--fig-soft)}
    .fig .fig-onmark{fill:var(--fig-ground)}
    .fig .fig-halo{paint-order:stroke;stroke:var(--fig-ground);stroke-width:4px;\
    stroke-linejoin:round}
    .fig .fig-ground{fill:var(--fig-ground)}
    .fig .fig-grid{stroke:var(--fig-grid);stroke-width:1px}
    .fig .fig-axis{stroke:var(--fig-soft);stroke-width:1px}
    .fig .fig-mark{stroke:var(--fig-ink);stroke-width:2px;fill:none}
    .fig .fig-level{stroke:var(--fig-b);stroke-width:1.5px;stroke-dasharray:5 3;fill:none}
    .fig .fig-base{stroke:var(--fig-ink);stroke-width:1.5px}
    .fig .fig-band{fill:var(--fig-a);fill-opacity:.16}
    .fig .fig-gain{fill:var(--fig-c);fill-opacity:.12}
    .fig .fig-curve{stroke:var(--fig-a);stroke-width:2.5px;fill:none;stroke-linejoin:round}
    .fig .fig-front{stroke:var(--fig-c);stroke-width:2px;fill:none}
    .fig .fig-hatch{stroke:var(--fig-ground);stroke-width:2.5px}
    .fig .fig-strip{fill:var(--fig-soft);fill-opacity:.55}
    .fig .fig-edge{stroke:var(--fig-soft);fill:none}
    .fig .fig-likely{stroke:var(--fig-ink);fill:none}
    .fig .fig-set{stroke:var(--fig-ink);stroke-width:1.5px;stroke-dasharray:2 4;fill:none;\
    stroke-linecap:round}
    .fig .fig-link{stroke:var(--fig-soft);stroke-width:1.25px;fill:none;stroke-opacity:.6}
    .fig .fig-box{fill:var(--fig-panel);stroke:var(--fig-soft);stroke-width:1px}
    .fig .fig-open{fill:var(--fig-ground);stroke:var(--fig-b);stroke-width:1.5px;\
    stroke-dasharray:4 3}
    .fig .fig-answer{fill:var(--fig-panel);stroke:var(--fig-ink);stroke-width:2px}
    .fig .fig-end{fill:var(--fig-ground);stroke:var(--fig-ink);stroke-width:1.5px}
    .fig .fig-fold{fill:var(--fig-panel);stroke:var(--fig-soft);stroke-width:1px;\
    stroke-dasharray:3 2}
    .fig .fig-chance{fill:var(--fig-soft)}
    .fig .fig-cell{shape-rendering:crispEdges}
    .fig .fig-hit{fill:transparent;stroke:none}
    .fig .fig-act{cursor:pointer}
    .fig .fig-act:hover .fig-hit,.fig .fig-act:focus-visible .fig-hit{fill:var(--fig-a);\
    fill-opacity:.16}
    .fig .fig-act:focus{outline:none}
    .fig .fig-act:focus-visible .fig-hit{stroke:var(--fig-ink);stroke-width:2px}
    .fig .fig-border{stroke:var(--fig-ground);stroke-width:2.5px;fill:none}
    \(palette)
    """

  /// Colors of parties and categories.
  static let colors = ["a", "b", "c", "d", "e", "f", "g"]

  private static let light = [
    "ink": "#1b1f24", "soft": "#57606a", "grid": "#dfe3e8", "ground": "#ffffff",
    "panel": "#f3f5f7", "a": "#0072b2", "b": "#c35200", "c": "#00805d", "d": "#b0578a",
    "e": "#a86f00", "f": "#2583bb", "g": "#6b6b00",
  ]

  private static let dark = [
    "ink": "#eef1f4", "soft": "#a4adb7", "grid": "#343b44", "ground": "#14181d",
    "panel": "#222831", "a": "#4fb0ee", "b": "#f0803c", "c": "#2dbe8f", "d": "#e39bc4",
    "e": "#e69f00", "f": "#9fd4f5", "g": "#e6dc50",
  ]

  private static func rule(_ selector: String, _ colors: [String: String]) -> String {
    let body = colors.sorted { $0.key < $1.key }.map { "--fig-\($0.key):\($0.value)" }
    return "\(selector){\(body.joined(separator: ";"))}"
  }

  private static var palette: String {
    var rules: [String] = []
    for color in colors {
      rules.append(".fig .fig-\(color){fill:var(--fig-\(color))}")
      rules.append(".fig .fig-wash-\(color){fill:var(--fig-\(color));fill-opacity:.34}")
    }
    for step in 1...5 {
      let opacity = [".06", ".22", ".42", ".64", ".9"][step - 1]
      rules.append(".fig .fig-shade-\(step){fill:var(--fig-a);fill-opacity:\(opacity)}")
    }
    return rules.joined(separator: "\n")
  }
}
