public import Equilibria
public import Games
import Scenarios

/// `verify`: the certificate of profiles that somebody else computed, or that `solve` wrote.
public enum VerifyStudy {
  /// What was found about the profiles of a file.
  public struct Result: Sendable {
    /// The game.
    public var game: GameForm
    /// By profile, in the file's order.
    public var findings: [ProfileFindings]
    /// About its distribution over profiles, where it has one.
    public var correlated: CorrelatedFindings?
    /// Every profile is an equilibrium of the kind that the file claims, or of Nash if it claims
    /// none.
    public var holds: Bool
  }

  /// Verifies the profiles of a file for a game.
  public static func run(
    _ game: GameForm, profiles path: String, _ verifier: ProfileVerifier
  ) throws(AskStudy.Failure) -> Result {
    let contents: JSONProfileReader.Contents
    do {
      contents = try JSONProfileReader.contents(of: GameFileStudy.read(path), for: game)
    } catch let error as FormatError {
      throw GameFileStudy.malformed(error, path)
    } catch let error as AskStudy.Failure {
      throw error
    } catch {
      throw .refused([Diagnostic(code: "unreadable", file: path, message: "\(error)")])
    }
    var findings: [ProfileFindings] = []
    for profile in contents.profiles {
      do {
        findings.append(try verifier.findings(on: profile, of: game))
      } catch {
        throw .refused([Diagnostic(code: "not-verifiable", file: path, message: "\(error)")])
      }
    }
    let concept =
      verifier.lambda == nil ? contents.concept.flatMap(SolutionConcept.init) ?? .nash : .logit
    var result = Result(
      game: game, findings: findings, holds: findings.allSatisfy { $0.holds(as: concept) })
    if let distribution = contents.correlated, case .strategic(let table) = game {
      do {
        let found = try verifier.findings(on: distribution, of: table)
        result.correlated = found
        result.holds =
          result.holds
          && (concept == .coarseCorrelated ? found.coarse.holds : found.correlated.holds)
      } catch {
        throw .refused([Diagnostic(code: "not-verifiable", file: path, message: "\(error)")])
      }
    }
    return result
  }
}

extension ProfileFindings {
  /// The profile is an equilibrium of this kind; what was not decided does not count as one.
  func holds(as concept: SolutionConcept) -> Bool {
    switch concept {
    case .nash, .correlated, .coarseCorrelated, .rationalizable: nash.holds
    case .subgamePerfect: subgamePerfect?.holds ?? nash.holds
    case .sequential: sequential?.holds ?? (subgamePerfect == nil && nash.holds)
    case .logit: logit?.holds ?? false
    }
  }
}
