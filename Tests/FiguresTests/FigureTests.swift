import Figures
import Testing

/// What holds of every figure, whatever its data.
@Suite struct FigureTests {
  static let hostile = [
    "<script>alert('x')</script> & \"quotes\" ]]>", String(repeating: "very long ", count: 30),
    String(repeating: "W", count: 300), "משרד החוץ של רוסיה \u{202E}abc", "🇷🇺 🤝🏽 🇮🇷 pact 🚀",
    "\u{0}\u{B}control\u{FFFE}", "", "条約に署名する",
  ]

  static let widths: [Double] = [240, 340, 560, 720, 1200]

  @Test(
    "Drawings are well-formed, keep their text on the canvas and their labels apart",
    arguments: widths)
  func legible(width: Double) {
    for label in Self.hostile + ["hunger for missiles"] {
      for count in [1, 2, 6, 12] {
        for figure in Samples.all(width: width, label: label, count: count) { check(figure) }
      }
    }
  }

  @Test("No data, or data that are no numbers, give a figure that says so", arguments: widths)
  func degenerate(width: Double) {
    for figure in Samples.all(width: width, count: 0) {
      check(figure)
      #expect(figure.caption.contains("No ") || figure.caption.contains("empty"))
    }
    for value in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0] {
      for figure in Samples.all(width: width, value: value) { check(figure) }
    }
  }

  @Test("Values that are not finite are left out and counted in the caption")
  func leftOut() {
    let figure = DistributionFigure(event: "treaty", values: [0.1, .nan, 0.3, .infinity]).figure()
    #expect(figure.caption.contains("Left out as not finite: 1 draw"))
    let tornado = TornadoFigure(
      event: "treaty", base: 0.1,
      bars: [
        .init(quantity: .init(name: "a"), low: 0, high: 1, atLow: .nan, atHigh: 1),
        .init(quantity: .init(name: "b"), low: 0, high: 1, atLow: 0.1, atHigh: 0.3),
      ]
    ).figure()
    #expect(tornado.caption.contains("Left out as not finite: 1 assumption"))
    #expect(tornado.table.rows.count == 1)
  }

  @Test("The same data give the same bytes")
  func deterministic() {
    #expect(Samples.all(width: 720) == Samples.all(width: 720))
    #expect(Samples.all(width: 340).map(\.file) == Samples.all(width: 340).map(\.file))
  }

  @Test("Markup in labels stays text, and no drawing carries style, script or handlers")
  func escaped() {
    for figure in Samples.all(width: 720, label: Self.hostile[0]) {
      let drawing = Drawing(figure.svg)
      #expect(!drawing.elements.contains("script"))
      #expect(!drawing.elements.contains("style"))
      #expect(!drawing.attributes.contains { $0 == "style" || $0.hasPrefix("on") })
      #expect(!figure.svg.contains("<script"))
    }
  }

  @Test("Every drawing is an image with a name and a description")
  func accessible() {
    for figure in Samples.all(width: 720) {
      #expect(figure.svg.contains("role=\"img\""))
      #expect(figure.svg.contains("aria-labelledby=\"\(figure.id)-title \(figure.id)-desc\""))
      #expect(figure.svg.contains("<title id=\"\(figure.id)-title\">"))
      #expect(!figure.alternative.isEmpty)
      #expect(!figure.table.rows.isEmpty)
    }
  }

  @Test("A probability is never 0% or 100%")
  func percent() {
    #expect(FigureNumbers.percent(0) == "<1%")
    #expect(FigureNumbers.percent(1) == ">99%")
    #expect(FigureNumbers.percent(0.093) == "9.3%")
    #expect(FigureNumbers.percent(0.5) == "50%")
    #expect(FigureNumbers.rounded(-1430.25, 1) == "−1,430.3")
  }

  @Test("Siblings of a tidy tree are one apart, parents over the middle, mirror images mirrored")
  func tidy() {
    let parents: [Int?] = [nil, 0, 0, 1, 1, 1, 2]
    let rows = TidyLayout.positions(parents: parents)
    #expect(rows == [2, 1, 3, 0, 1, 2, 3])
    let mirrored = TidyLayout.positions(
      parents: [nil, 0, 0, 1, 2, 2, 2])
    #expect(mirrored == [1, 0, 2, 0, 1, 2, 3])
  }

  @Test("A fold says how many ends it holds and how likely they are together")
  func folded() {
    var nodes: [GameTreeFigure.Node] = [.init(parent: nil, kind: .party(0), label: "move")]
    nodes.append(
      .init(parent: 0, kind: .end, incoming: "likely", probability: 0.97, outcome: "peace"))
    for _ in 0..<14 {
      nodes.append(
        .init(parent: 0, kind: .end, incoming: "rare", probability: 0.03 / 14, outcome: "war"))
    }
    let figure = GameTreeFigure(parties: ["Iran"], nodes: nodes).figure()
    #expect(figure.svg.contains("14 more ends, 3%"))
    #expect(figure.table.rows.count == 15)
  }

  @Test("A node of a thousand branches stays within the budget, and the fold holds the others")
  func wide() {
    var nodes: [GameTreeFigure.Node] = [.init(parent: nil, kind: .chance, label: "draw")]
    for _ in 0..<1000 {
      nodes.append(.init(parent: 0, kind: .end, incoming: "x", probability: 0.001, outcome: "y"))
    }
    let figure = GameTreeFigure(parties: [], nodes: nodes, foldBelow: 0, budget: 40).figure()
    #expect(figure.svg.contains("960 more ends, 96%"))
    check(figure)
  }

  @Test("What is hardly ever reached is a stub with its name, and unfolded only in a small tree")
  func unlikely() {
    var nodes: [GameTreeFigure.Node] = [.init(parent: nil, kind: .party(0), label: "move")]
    for (name, odds) in [("stay", 1.0), ("go", 0)] {
      nodes.append(
        .init(parent: 0, kind: .party(1), label: "reply", incoming: name, probability: odds))
      let parent = nodes.count - 1
      for reply in ["yes", "no"] {
        nodes.append(
          .init(
            parent: parent, kind: .end, incoming: reply, probability: odds > 0 ? 0.5 : nil,
            outcome: "\(name), \(reply)"))
      }
    }
    func texts(_ budget: Int) -> [String] {
      let figure = GameTreeFigure(
        parties: ["A", "B"], nodes: nodes, keeping: 6, budget: budget
      ).figure()
      check(figure)
      return Drawing(figure.svg).labels.map(\.text)
    }
    #expect(texts(7).contains("go, yes"))
    #expect(!texts(6).contains("go, yes"))
    #expect(texts(6).contains("go") && texts(6).contains("2 ends"))
    #expect(texts(6).contains("stay, yes"))
  }

  @Test(
    "A branch at which a reader can do something says what, and carries what the page needs",
    arguments: [340.0, 720])
  func pressed(width: Double) {
    let hostile = "\"><script>"
    let nodes: [GameTreeFigure.Node] = [
      .init(parent: nil, kind: .party(0), label: "strike"),
      .init(
        parent: 0, kind: .end, incoming: hostile, probability: 0.4, outcome: "war",
        action: .init(name: "Suppose \(hostile)", data: ["step": "strike", "option": hostile])),
      .init(parent: 0, kind: .end, incoming: "hold", probability: 0.6, outcome: "peace"),
    ]
    let figure = GameTreeFigure(parties: ["A"], nodes: nodes).figure(width: width)
    check(figure)
    let escaped = "&quot;&gt;&lt;script&gt;"
    #expect(figure.svg.contains("role=\"group\""))
    #expect(
      figure.svg.contains(
        "role=\"button\" tabindex=\"0\" aria-label=\"Suppose \(escaped)\" "
          + "data-option=\"\(escaped)\" data-step=\"strike\""))
    #expect(figure.svg.split(separator: "fig-act").count == 2)
  }

  @Test("Nodes that look alike are joined in one column, and lettered across columns")
  func alike() {
    var nodes: [GameTreeFigure.Node] = [
      .init(parent: nil, kind: .party(0), label: "move"),
      .init(
        parent: 0, kind: .party(1), label: "reply", incoming: "left", probability: 0.5,
        informationSet: 0),
      .init(
        parent: 0, kind: .party(1), label: "reply", incoming: "right", probability: 0.5,
        informationSet: 0),
      .init(parent: 1, kind: .end, incoming: "yes", probability: 1, outcome: "one"),
      .init(parent: 2, kind: .end, incoming: "yes", probability: 1, outcome: "two"),
    ]
    let joined = GameTreeFigure(parties: ["A", "B"], nodes: nodes).figure()
    #expect(joined.svg.contains("fig-set") && !joined.svg.contains("[A]"))
    #expect(joined.caption.contains("joined by dots"))
    nodes.insert(
      .init(parent: 0, kind: .chance, label: "wait", incoming: "right", probability: 0.5), at: 2)
    nodes[3].parent = 2
    nodes[3].probability = 1
    nodes[5].parent = 3
    let lettered = GameTreeFigure(parties: ["A", "B"], nodes: nodes).figure()
    #expect(!lettered.svg.contains("fig-set"))
    #expect(lettered.svg.split(separator: "[A]").count == 3)
    #expect(lettered.caption.contains("same letter"))
    check(lettered)
  }

  @Test("Sets whose dots would run past each other are lettered")
  func interleaved() {
    let nodes: [GameTreeFigure.Node] =
      [.init(parent: nil, kind: .chance, label: "draw")]
      + (0..<4).map {
        .init(
          parent: 0, kind: .party(0), label: "move", incoming: "\($0)", probability: 0.25,
          informationSet: $0 % 2)
      }
      + (1...4).map { .init(parent: $0, kind: .end, incoming: "yes", outcome: "peace") }
    let figure = GameTreeFigure(parties: ["A"], nodes: nodes).figure()
    check(figure)
    #expect(!figure.svg.contains("fig-set"))
    #expect(figure.svg.split(separator: "[A]").count == 3)
    #expect(figure.svg.split(separator: "[B]").count == 3)
  }

  @Test("Bands of probability are round, at most five, and hold every value")
  func bands() {
    for (low, high) in [(0.0, 1.0), (0, 0), (1, 1), (0.04, 0.21), (0.47, 0.52), (0.19, 0.81)] {
      let values = (0...20).map { low + (high - low) * Double($0) / 20 }
      let figure = OutcomeMapFigure(
        event: "war", x: .init(name: "a"), y: .init(name: "b"), xs: values.indices.map(Double.init),
        ys: [1], cells: .probabilities(values), level: 0.5
      ).figure()
      check(figure)
      let texts = Drawing(figure.svg).labels.map(\.text)
      let shares = texts.filter { $0.hasSuffix("of the map)") }
      #expect((1...5).contains(shares.count), "\(low) to \(high)")
      #expect(texts.contains("crosses 50%") == (low < 0.5 && high >= 0.5))
    }
  }

  @Test("A tornado draws the widest bar on top and marks what is not monotone")
  func tornado() {
    let figure = TornadoFigure(
      event: "treaty", base: 0.2,
      bars: [
        .init(quantity: .init(name: "narrow"), low: 1, high: 2, atLow: 0.19, atHigh: 0.22),
        .init(
          quantity: .init(name: "wide"), low: 1, high: 1430, atLow: 0.1, atHigh: 0.6,
          isMonotone: false),
      ]
    ).figure()
    let texts = Drawing(figure.svg).labels.map(\.text)
    let wide = texts.firstIndex(of: "wide *") ?? .max
    let narrow = texts.firstIndex(of: "narrow") ?? .min
    #expect(wide < narrow)
    for words in ["base 20%", "flips at 50%", "60%", "at 1,430", "10%"] {
      #expect(texts.contains(words))
    }
    #expect(figure.title == "'wide' moves the answer most: 10% to 60%")
  }

  @Test("The checks of this suite see an overlap and broken markup")
  func checks() {
    let text = "<text class=\"fig-text\" x=\"10\" y=\"20\">war</text>"
    #expect(Drawing("<svg>\(text)\(text)</svg>").collisions.count == 1)
    #expect(Drawing("<svg>\(text)</svg>").isWellFormed)
    for fault in ["<svg>\(text)", "<svg>a & b</svg>", "<svg a=1/>", "<svg>\u{1}</svg>"] {
      #expect(!Drawing(fault).isWellFormed, "\(fault)")
    }
  }

  private func check(_ figure: Figure) {
    let drawing = Drawing(figure.svg)
    #expect(!drawing.labels.isEmpty, "\(figure.id)")
    #expect(drawing.isWellFormed, "\(figure.id)")
    #expect(Drawing(figure.file).isWellFormed, "\(figure.id)")
    for label in drawing.labels {
      let inside =
        label.box.x0 >= -0.01 && label.box.x1 <= figure.width + 0.01 && label.box.y0 >= 0
        && label.box.y1 <= figure.height
      #expect(inside, "\(figure.id) at \(figure.width): '\(label.text)' leaves the canvas")
    }
    #expect(drawing.collisions.isEmpty, "\(figure.id) at \(figure.width)")
    #expect(figure.table.rows.allSatisfy { $0.count == figure.table.columns.count })
  }
}
