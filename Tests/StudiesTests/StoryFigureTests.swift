import Figures
import Forecasts
import Foundation
import Reports
import Scenarios
import Studies
import Testing

@Suite("The drawing of a story")
struct StoryFigureTests {
  private func figure(_ name: String, _ options: StoryFigure.Options) async throws -> Figure {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let bytes = [UInt8](try Data(contentsOf: root.appending(path: "Scenarios/\(name)")))
    let scenario = try #require(ScenarioFile.check(bytes, name: name).scenario)
    var request = Forecaster.Options()
    request.draws = 256
    let asked = try await AskStudy.run(scenario, question: nil, options: request)
    return try #require(StoryFigure.figure(asked.forecast.story, options: options))
  }

  @Test(
    "A page can press every branch that is drawn, and the drawing stays small",
    arguments: ["russia-iran.yaml", "merger-review.yaml", "chain-store-1978.yaml"])
  func pressed(file: String) async throws {
    for width in [360.0, 720] {
      var options = StoryFigure.Options()
      (options.width, options.budget, options.canPress) = (width, 48, true)
      let figure = try await figure(file, options)
      let branches = figure.svg.split(separator: "<g class=\"fig-act\"").count - 1
      #expect((10...48).contains(branches), "\(branches)")
      #expect(figure.svg.split(separator: "data-step=").count - 1 == branches)
      #expect(figure.svg.split(separator: "data-line=").count - 1 == branches)
      #expect(figure.svg.utf8.count < 50_000)
      #expect(figure.table.rows.count <= 61)
      options.canPress = false
      #expect(try await !self.figure(file, options).svg.contains("data-"))
    }
  }

  @Test("The title is the main line with its probability; a long one is cut short")
  func title() async throws {
    let seed = try await figure("russia-iran.yaml", StoryFigure.Options())
    #expect(seed.title.hasPrefix("The likeliest course ("))
    #expect(seed.title.hasSuffix("strike: limited; result: lands"))
    let long = try await figure("chain-store-1978.yaml", StoryFigure.Options())
    #expect(long.title.contains("; …; response of Rival 5: cooperate"))
  }
}
