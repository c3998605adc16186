import Games
import Mathematics

/// A method that works on the strategic form. A tree is brought to its reduced strategic form, and
/// what is found there back to behavior strategies.
protocol StrategicFormMethod: EquilibriumMethod {
  /// Mixed profiles of a strategic game, not yet certified.
  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings
}

/// What a strategic-form method found, before it is certified.
struct StrategicFindings: Sendable {
  /// The profiles, by player and strategy.
  var profiles: [StrategyProfile]
  /// None of this kind is missing.
  var isComplete = false
  /// The game is degenerate, where the method tells.
  var isDegenerate: Bool?
  /// The connected sets of all equilibria, where the method gives them.
  var components: [[EquilibriumSubset]]?
  /// What else should be said, as sentences.
  var notes: [String] = []

  /// Findings that are nothing but profiles.
  init(_ profiles: [StrategyProfile]) { self.profiles = profiles }
}

extension StrategicFormMethod {
  /// Nash equilibria of a game of either form.
  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    var solution = Solution(method: name, concept: .nash)
    let table: StrategicGame
    var plans: [[String]]?
    var conversion: KuhnConversion?
    switch game {
    case .strategic(let strategic): table = strategic
    case .extensive(let extensive):
      do {
        let form = try ReducedStrategicForm(of: extensive, numbers: .decimals)
        table = form.game
        plans = form.plans(for: extensive.tree)
        conversion = try KuhnConversion(of: extensive.tree)
      } catch {
        throw .notApplicable("\(error)")
      }
    }
    let found = try profiles(of: table, request)
    solution.isComplete = found.isComplete
    solution.isDegenerate = found.isDegenerate
    solution.components = found.components
    if found.components != nil { solution.plans = plans }
    solution.notes = found.notes
    if let components = found.components {
      solution.notes.append(
        "All equilibria form \(components.count) connected set\(components.count == 1 ? "" : "s").")
    }
    var seen: Set<StrategyProfile> = []
    for profile in found.profiles {
      var profile = profile
      if let conversion, case .extensive(let extensive) = game {
        profile = conversion.behavior(of: profile, in: extensive.tree)
      }
      // Strategies that differ only where they never get give the same behavior.
      if !seen.insert(profile).inserted { continue }
      solution.equilibria.append(
        try Certification.nash(profile, of: game, tolerance: request.tolerance))
    }
    return solution
  }
}

extension ReducedStrategicForm {
  /// The names of all plans by their actions. Those of one player differ where it first does
  /// something else.
  fileprivate func plans(for tree: GameTree) -> [[String]] {
    game.players.indices.map { player in
      game.strategies[player].enumerated().map { strategy, name in
        let sets = informationSets[player].enumerated()
        let actions = sets.compactMap { position, set -> String? in
          guard let ordinal = action(of: player, strategy: strategy, at: position) else {
            return nil
          }
          return tree.informationSets[set].actions[ordinal]
        }
        // Without names of actions there are their ordinals.
        return actions.isEmpty || actions.contains("") ? name : actions.joined(separator: "/")
      }
    }
  }
}

extension KuhnConversion {
  /// The behavior profile of a mixed profile, in its own arithmetic.
  fileprivate func behavior(of profile: StrategyProfile, in tree: GameTree) -> StrategyProfile {
    switch profile {
    case .exact(let shares): StrategyProfile(behavior(of: MixedProfile(shares)), of: tree)
    case .numeric(let shares): StrategyProfile(behavior(of: NumericProfile(shares)), of: tree)
    }
  }
}
