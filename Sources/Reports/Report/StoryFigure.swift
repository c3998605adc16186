public import Figures
public import Forecasts
import Scenarios

/// The drawing of a story's tree.
public enum StoryFigure {
  /// What to draw and how.
  public struct Options: Sendable {
    /// Id in the page.
    public var id = "story"
    /// In CSS pixels.
    public var width = 720.0
    /// Nodes drawn at most, about.
    public var budget = 32
    /// Whether a branch can be pressed, by a page that offers to suppose its option: it then carries
    /// `data-step`, `data-option` and, where the step's place is known, `data-line`.
    public var canPress = false

    /// A drawing for a report.
    public init() {}
  }

  /// The tree of a forecast, the unlikely parts folded; nil where nothing happens.
  public static func figure(_ story: StoryTree, options: Options = Options()) -> Figure? {
    if story.nodes.count < 2 || !(story.shares[0] > 0) { return nil }
    return GameTreeFigure(
      id: options.id, parties: story.parties,
      nodes: story.nodes.indices.map { node(at: $0, of: story, canPress: options.canPress) },
      keeping: 6, budget: options.budget, title: title(story)
    ).figure(width: options.width)
  }

  /// The likeliest course with its probability.
  private static func title(_ story: StoryTree) -> String? {
    let line = story.mainLine
    if line.isEmpty { return nil }
    let odds = line.reduce(1.0) { $0 * $1.probability }
    let steps = line.map { "\($0.step): \($0.value)" }
    let shown = steps.count > 5 ? [steps[0], steps[1], "…", steps[steps.count - 1]] : steps
    let course = shown.joined(separator: "; ")
    return "The likeliest course (\(NumberFormat.percent(odds))) is \(course)"
  }

  private static func node(
    at index: Int, of story: StoryTree, canPress: Bool
  ) -> GameTreeFigure.Node {
    let node = story.nodes[index]
    var drawn = GameTreeFigure.Node(
      parent: node.parent, kind: .end, label: node.step, incoming: node.branch,
      probability: story.probability(index), informationSet: node.sight)
    switch node.kind {
    case .choice(let movers): drawn.kind = .party(movers[0])
    case .chance: drawn.kind = .chance
    case .hidden: drawn.kind = .hidden
    case .end(let outcome): drawn.outcome = outcome
    }
    if canPress, !node.branch.isEmpty, let step = node.parent.map({ story.nodes[$0] }) {
      let odds = drawn.probability.map(NumberFormat.percent) ?? "never reached"
      var data = ["step": step.step, "option": node.branch]
      if let place = step.place { data["line"] = "\(place.line)" }
      drawn.action = GameTreeFigure.Action(
        name: "\(step.step) = \(node.branch), \(odds)", data: data)
    }
    return drawn
  }
}
