public import Figures
public import Forecasts
public import Scenarios

extension WorkbenchJSON {
  /// The story's tree as a figure whose branches can be pressed; null where nothing happens.
  public static func tree(_ forecast: Forecast, width: Double = 720) -> JSONValue {
    var options = StoryFigure.Options()
    options.id = "live"
    options.width = width
    options.budget = 48
    options.canPress = true
    return StoryFigure.figure(forecast.story, options: options).map(figure) ?? .null
  }

  /// A figure: the drawing with what stands in for it.
  public static func figure(_ figure: Figure) -> JSONValue {
    func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
    return .object([
      ("id", .string(figure.id)), ("title", .string(figure.title)),
      ("caption", .string(figure.caption)), ("alternative", .string(figure.alternative)),
      ("svg", .string(figure.svg)),
      (
        "table",
        .object([
          ("columns", texts(figure.table.columns)),
          ("rows", .array(figure.table.rows.map(texts))),
        ])
      ),
    ])
  }
}
