public import Equilibria
public import Games
import Mathematics
import Scenarios

extension GameFileStudy {
  /// How a strategic-form game can be solved.
  public enum Method: String, Sendable, CaseIterable {
    /// All equilibria in pure strategies, any number of players.
    case pure
    /// One equilibrium of a two-player game, at the end of Lemke and Howson's path.
    case lemkeHowson = "lemke-howson"
    /// All extreme equilibria of a two-player game.
    case extreme
  }

  /// The equilibria of a strategic-form game, exact, each with its certificate.
  public struct StrategicResult: Sendable {
    /// The game.
    public var game: StrategicGame
    /// How it was solved.
    public var method: Method
    /// Nothing of what the method looks for is missing.
    public var isComplete: Bool
    /// The equilibria.
    public var equilibria: [MixedProfile]
    /// What the verifier found about each.
    public var certificates: [StrategicCertificate]
    /// How many connected sets the equilibria form, where the method tells.
    public var componentCount: Int?
  }

  /// The file's name says that it is Gambit's strategic form.
  public static func isStrategic(_ path: String) -> Bool { path.hasSuffix(".nfg") }

  /// Solves a game in Gambit's `.nfg`. Without a method: for two players one equilibrium, or all
  /// extreme ones; for more, all pure ones.
  public static func strategic(
    _ path: String, method: Method?, all: Bool
  ) throws(AskStudy.Failure) -> StrategicResult {
    let text = try read(path)
    let game: StrategicGame
    do {
      game = try GambitStrategicReader.game(from: text)
    } catch {
      throw malformed(error, path)
    }
    let fallback: Method =
      game.players.count != 2 ? .pure : (all ? .extreme : .lemkeHowson)
    var result = StrategicResult(
      game: game, method: method ?? fallback, isComplete: true, equilibria: [], certificates: [])
    do {
      switch result.method {
      case .pure:
        result.equilibria = PureEquilibria.all(of: game).map { MixedProfile(pure: $0, of: game) }
      case .lemkeHowson:
        result.equilibria = [try LemkeHowson().equilibrium(of: game).profile]
        result.isComplete = false
      case .extreme:
        let extreme = try ExtremeEquilibria(of: game, limit: WorkLimit(steps: 10_000_000))
        result.equilibria = extreme.profiles
        result.componentCount = extreme.components.count
      }
      for profile in result.equilibria {
        result.certificates.append(try StrategicVerifier.certificate(of: profile, in: game))
      }
    } catch {
      throw .refused([Diagnostic(code: "not-solvable", file: path, message: "\(error)")])
    }
    return result
  }
}
