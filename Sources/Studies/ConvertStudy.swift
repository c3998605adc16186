public import Equilibria
public import Games
public import Scenarios

/// `convert`: one game in the formats of other programs, or drawn.
public enum ConvertStudy {
  /// What a game can be written as, by the end of the file's name.
  public enum Format: String, Sendable, CaseIterable {
    /// Gambit's extensive form.
    case efg
    /// Gambit's strategic form.
    case nfg
    /// Entente's own form, in which nothing is lost.
    case json
    /// A drawing for Graphviz.
    case dot
    /// A drawing for any browser.
    case svg

    /// The format that a file's name asks for.
    public init?(name: String) {
      guard let point = name.lastIndex(of: ".") else { return nil }
      self.init(rawValue: name[name.index(after: point)...].lowercased())
    }

    /// It shows a game rather than holds it.
    public var isDrawing: Bool { self == .dot || self == .svg }
  }

  /// A game that is to be written.
  public struct Source: Sendable {
    /// The game.
    public var game: GameForm
    /// Where it comes from, for messages.
    public var file: String
    /// Its doubles are what they are in a file, or the decimals that a scenario's stand for.
    var numbers: ReducedStrategicForm.Numbers
  }

  /// A scenario's game at the best estimates, as all know it or as a party sees it.
  public static func scenario(
    _ scenario: Scenario, seenBy party: String?, limits: GameCompiler.Limits
  ) throws(AskStudy.Failure) -> Source {
    let (game, _, _) = try SolveStudy.game(of: scenario, seenBy: party, limits: limits)
    return Source(game: .extensive(game), file: scenario.file, numbers: .decimals)
  }

  /// The game of a file.
  public static func file(_ path: String) throws(AskStudy.Failure) -> Source {
    Source(game: try GameFileStudy.game(path), file: path, numbers: .doubles)
  }

  /// The equilibrium of a file's game that its default method finds.
  public static func equilibrium(
    of source: Source
  ) throws(AskStudy.Failure) -> StrategyProfile? {
    try SolveStudy.solve(source.game, method: nil, SolveRequest(), file: source.file)
      .solution.equilibria.first?.profile
  }

  /// The game as text. Trees become tables by their reduced strategic form, tables trees of
  /// simultaneous moves.
  ///
  /// - Parameter profile: for drawings, everybody's strategy.
  public static func text(
    of source: Source, as format: Format, profile: StrategyProfile? = nil
  ) throws(AskStudy.Failure) -> String {
    switch format {
    case .efg:
      let tree = try tree(of: source)
      do {
        return try GambitExtensiveWriter.text(
          of: tree, foldingSubjectiveOdds: true, numbers: source.numbers)
      } catch {
        var remedy: String?
        if case .bargain = error { remedy = "write .json, which holds bargains" }
        throw refused(source, "\(error)", remedy)
      }
    case .nfg: return GambitStrategicWriter.text(of: try table(of: source))
    case .json:
      do {
        return try JSONGameWriter.text(of: source.game, numbers: source.numbers)
      } catch {
        throw refused(source, "\(error)")
      }
    case .dot, .svg:
      let tree = try tree(of: source)
      let behavior = profile.map { BehaviorProfile($0.numeric.flatMap { $0 }) }
      do {
        return format == .dot
          ? try TreeDOT.text(of: tree, profile: behavior)
          : try TreeSVG.text(of: tree, profile: behavior)
      } catch {
        throw refused(
          source, "\(error)",
          format == .svg && tree.tree.nodes.count <= TreeDOT.limit
            ? "write .dot and let Graphviz draw it, or draw a smaller game" : "draw a smaller game")
      }
    }
  }

  private static func tree(of source: Source) throws(AskStudy.Failure) -> ExtensiveGame {
    switch source.game {
    case .extensive(let game): return game
    case .strategic(let game):
      do {
        return try ExtensiveGame(simultaneous: game)
      } catch {
        throw refused(source, "a player has no strategy")
      }
    }
  }

  private static func table(of source: Source) throws(AskStudy.Failure) -> StrategicGame {
    switch source.game {
    case .strategic(let game): return game
    case .extensive(let game):
      do {
        var table = try ReducedStrategicForm(of: game, numbers: source.numbers).game
        table.comment = game.comment
        return table
      } catch {
        throw refused(source, "\(error)", "write .efg or .json, which hold trees")
      }
    }
  }

  private static func refused(
    _ source: Source, _ message: String, _ remedy: String? = nil
  ) -> AskStudy.Failure {
    .refused([
      Diagnostic(code: "not-convertible", file: source.file, message: message, remedy: remedy)
    ])
  }
}
