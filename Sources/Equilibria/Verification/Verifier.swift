public import Games

/// Checks assessments of games with one structure: sequential rationality at every information
/// set, reached or not, under beliefs that follow by Bayes' rule from the witness (Kreps & Wilson
/// 1982).
///
/// Shares no code with the solvers. It walks the tree: down for the weights of nodes, up for their
/// values, once for each player, under the player's own odds. By the one-shot deviation principle
/// (perfect recall, consistent beliefs) it is enough to compare single actions.
///
/// Branches with odds 0 are less likely than any tremble: among the nodes of an information set
/// only those with the fewest such branches on their path have weight, and values through them
/// count nothing. At a bargain an option is worth the Nash product of the two gains over the last
/// option, each in units of its player's range; if one loses, the larger loss counts (negative).
/// There a gain or loss of less than ``leastGain``, which rounding can make, is none.
public struct Verifier: Sendable {
  /// The tree whose assessments are checked.
  public let tree: GameTree
  /// How far the profile may be from the witness.
  public static let largestDistance = 1e-6
  /// The least difference over the failure of a bargain that counts, relative to payoff ranges.
  public static let leastGain = 1e-12

  // Buffers, reused by every check.
  private var weight: [Double]
  private var zeros: [Int32]
  private var value: [Double]
  private var secondValue: [Double]
  private var belief: [Double]
  private var worth: [Double]
  private var range: [Double]
  private var lowest: [Double]
  private let widest: Int
  /// Where the beliefs of each information set begin in ``beliefs``.
  private let firstBelief: [Int]
  private let hasBargains: Bool

  /// A verifier for games with this tree.
  public init(tree: GameTree) {
    self.tree = tree
    weight = Array(repeating: 0, count: tree.nodes.count)
    zeros = Array(repeating: 0, count: tree.nodes.count)
    value = Array(repeating: 0, count: tree.nodes.count)
    secondValue = Array(repeating: 0, count: tree.nodes.count)
    widest = tree.informationSets.map(\.actions.count).max() ?? 0
    worth = Array(repeating: 0, count: 2 * widest)
    range = Array(repeating: 1, count: tree.players.count)
    lowest = Array(repeating: 0, count: tree.players.count)
    var first: [Int] = []
    var total = 0
    for set in tree.informationSets {
      first.append(total)
      total += set.nodes.count
    }
    firstBelief = first
    belief = Array(repeating: 0, count: total)
    hasBargains = tree.informationSets.contains { $0.bargain != nil }
  }

  /// Checks one assessment.
  ///
  /// - Parameter tolerance: the largest regret that counts as none, relative to payoff ranges.
  /// - Complexity: nodes × players.
  public mutating func certificate(
    for assessment: Assessment, of game: ExtensiveGame, tolerance: Double = 1e-8
  ) -> Certificate {
    certificate(
      for: assessment, payoffs: game.payoffs, odds: game.odds,
      subjectiveOdds: game.subjectiveOdds, power: game.power, tolerance: tolerance)
  }

  /// Checks a logit equilibrium (McKelvey & Palfrey 1998): at every information set the logarithms
  /// of two actions' odds differ by λ times the difference of their worths, in units of the mover's
  /// payoff range if `normalized`, else in its own. The certificate's
  /// ``Certificate/maximumRegret`` is then the largest residual.
  ///
  /// - Complexity: nodes × players.
  public mutating func logitCertificate(
    for assessment: Assessment, of game: ExtensiveGame, lambda: Double, normalized: Bool = true,
    tolerance: Double = 1e-8
  ) -> Certificate {
    certificate(
      for: assessment, payoffs: game.payoffs, odds: game.odds,
      subjectiveOdds: game.subjectiveOdds, power: game.power, tolerance: tolerance,
      lambda: lambda, normalized: normalized)
  }

  /// Checks one assessment of a game given by its numbers.
  public mutating func certificate(
    for assessment: Assessment, payoffs: [Double], odds: [Double], subjectiveOdds: [[Double]?],
    power: [Double], tolerance: Double = 1e-8
  ) -> Certificate {
    certificate(
      for: assessment, payoffs: payoffs, odds: odds, subjectiveOdds: subjectiveOdds,
      power: power, tolerance: tolerance, lambda: nil)
  }

  private mutating func certificate(
    for assessment: Assessment, payoffs: [Double], odds: [Double], subjectiveOdds: [[Double]?],
    power: [Double], tolerance: Double, lambda: Double?, normalized: Bool = true
  ) -> Certificate {
    var certificate = Certificate(
      defect: nil, maximumRegret: 0, informationSet: -1, distance: 0, holds: false)
    let probabilities = assessment.profile.probabilities
    let trembles = assessment.logTrembles
    certificate.defect = defect(
      probabilities, trembles, payoffs: payoffs, odds: odds, subjectiveOdds: subjectiveOdds,
      power: power)
    if certificate.defect != nil { return certificate }
    for action in probabilities.indices {
      certificate.distance = max(
        certificate.distance, abs(probabilities[action] - exponential(trembles[action])))
    }
    findRanges(payoffs)
    for player in tree.players.indices {
      let held = subjectiveOdds[player] ?? odds
      weighNodes(trembles: trembles, odds: held)
      findValues(of: player, probabilities, payoffs: payoffs, odds: held, into: &value)
      for set in tree.informationSets.indices where tree.informationSets[set].player == player {
        findBeliefs(at: set)
        let regret: Double
        if let bargain = tree.informationSets[set].bargain {
          let second = bargain.between[1]
          findValues(
            of: second, probabilities, payoffs: payoffs, odds: subjectiveOdds[second] ?? odds,
            into: &secondValue)
          regret = bargainRegret(
            at: set, bargain, probabilities, power: power[bargain.powerIndex], trembles, lambda)
        } else {
          findWorths(at: set, from: value, offset: 0)
          regret = excess(
            at: set, probabilities, trembles, lambda, range: normalized ? range[player] : 1)
        }
        // What is not a number is never forgotten.
        if certificate.maximumRegret.isNaN { continue }
        if !(regret <= certificate.maximumRegret) {
          certificate.maximumRegret = regret
          certificate.informationSet = set
        }
      }
    }
    certificate.holds =
      certificate.maximumRegret <= tolerance
      && certificate.distance <= Verifier.largestDistance
    return certificate
  }

  /// The beliefs at an information set, by its nodes, as of the last check.
  public func beliefs(at informationSet: Int) -> [Double] {
    let first = firstBelief[informationSet]
    return Array(belief[first..<(first + tree.informationSets[informationSet].nodes.count)])
  }

  // MARK: - The checks

  private func defect(
    _ probabilities: [Double], _ trembles: [Double], payoffs: [Double], odds: [Double],
    subjectiveOdds: [[Double]?], power: [Double]
  ) -> Certificate.Defect? {
    guard probabilities.count == tree.actionCount, trembles.count == tree.actionCount else {
      return .wrongLength
    }
    guard payoffs.count == tree.terminals.count * tree.players.count,
      odds.count == tree.branchTarget.count, subjectiveOdds.count == tree.players.count,
      subjectiveOdds.allSatisfy({ $0 == nil || $0?.count == odds.count })
    else { return .malformedGame }
    let allOdds = [odds] + subjectiveOdds.compactMap { $0 }
    guard payoffs.allSatisfy(\.isFinite), power.allSatisfy({ $0 >= 0 && $0 <= 1 }),
      allOdds.allSatisfy({ $0.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 } })
    else { return .malformedGame }
    for (id, set) in tree.informationSets.enumerated() {
      var sum = 0.0
      var mixed = 0.0
      for action in set.actionRange {
        if !(probabilities[action] >= 0) { return .notADistribution(informationSet: id) }
        if !trembles[action].isFinite { return .witnessNotMixed(informationSet: id) }
        sum += probabilities[action]
        mixed += exponential(trembles[action])
      }
      if !(abs(sum - 1) <= 1e-9) { return .notADistribution(informationSet: id) }
      if !(abs(mixed - 1) <= 1e-6) { return .witnessNotMixed(informationSet: id) }
      if let bargain = set.bargain {
        guard bargain.between.count == 2, power.indices.contains(bargain.powerIndex) else {
          return .malformedGame
        }
      }
    }
    return nil
  }

  private mutating func findRanges(_ payoffs: [Double]) {
    let players = tree.players.count
    for player in 0..<players {
      var low = Double.infinity
      var high = -Double.infinity
      var place = player
      while place < payoffs.count {
        low = min(low, payoffs[place])
        high = max(high, payoffs[place])
        place += players
      }
      range[player] = high > low ? high - low : 1
      lowest[player] = low
    }
  }

  /// For each node: how many branches of odds 0 lead there, and the logarithm of the probability
  /// of the other moves on its path, under the witness.
  private mutating func weighNodes(trembles: [Double], odds: [Double]) {
    weight[0] = 0
    zeros[0] = 0
    for id in tree.nodes.indices {
      let node = tree.nodes[id]
      if node.kind == .terminal { continue }
      let firstBranch = Int(node.firstBranch)
      let firstAction =
        node.kind == .decision ? tree.informationSets[Int(node.index)].firstAction : 0
      for ordinal in 0..<Int(node.branchCount) {
        let child = Int(tree.branchTarget[firstBranch + ordinal])
        if tree.nodes[child].kind == .terminal { continue }
        weight[child] = weight[id]
        zeros[child] = zeros[id]
        if node.kind == .decision {
          weight[child] += trembles[firstAction + ordinal]
        } else if odds[firstBranch + ordinal] > 0 {
          weight[child] += logarithm(odds[firstBranch + ordinal])
        } else {
          zeros[child] += 1
        }
      }
    }
  }

  /// For each node, what the player expects from there under the profile.
  private func findValues(
    of player: Int, _ probabilities: [Double], payoffs: [Double], odds: [Double],
    into value: inout [Double]
  ) {
    let players = tree.players.count
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      if node.kind == .terminal {
        // Counted from the lowest, so that a large common part of payoffs costs no digits.
        value[id] = payoffs[Int(node.index) * players + player] - lowest[player]
        continue
      }
      let firstBranch = Int(node.firstBranch)
      let firstAction =
        node.kind == .decision ? tree.informationSets[Int(node.index)].firstAction : 0
      var sum = 0.0
      for ordinal in 0..<Int(node.branchCount) {
        let share =
          node.kind == .decision
          ? probabilities[firstAction + ordinal] : odds[firstBranch + ordinal]
        if share != 0 { sum += share * value[Int(tree.branchTarget[firstBranch + ordinal])] }
      }
      value[id] = sum
    }
  }

  /// Bayes' rule within an information set.
  private mutating func findBeliefs(at set: Int) {
    let nodes = tree.informationSets[set].nodes
    let first = firstBelief[set]
    var fewest = Int32.max
    for node in nodes { fewest = min(fewest, zeros[node]) }
    var highest = -Double.infinity
    for node in nodes where zeros[node] == fewest { highest = max(highest, weight[node]) }
    var total = 0.0
    for (place, node) in nodes.enumerated() {
      let share = zeros[node] == fewest ? exponential(weight[node] - highest) : 0
      belief[first + place] = share
      total += share
    }
    for place in nodes.indices { belief[first + place] /= total }
  }

  /// What each action is worth at a set under its beliefs, from the values of the nodes below.
  private mutating func findWorths(at set: Int, from value: [Double], offset: Int) {
    let nodes = tree.informationSets[set].nodes
    let count = tree.informationSets[set].actions.count
    for action in 0..<count { worth[offset + action] = 0 }
    for (place, node) in nodes.enumerated() {
      let share = belief[firstBelief[set] + place]
      if share == 0 { continue }
      for action in 0..<count {
        worth[offset + action] += share * value[tree.child(of: node, action: action)]
      }
    }
  }

  /// What is wrong with the choice at a set whose worths stand ready: the regret, or at a finite λ
  /// the residual of the logit equations.
  private func excess(
    at set: Int, _ probabilities: [Double], _ trembles: [Double], _ lambda: Double?, range: Double
  ) -> Double {
    guard let lambda else { return gain(at: set, probabilities) / range }
    let information = tree.informationSets[set]
    guard let likeliest = information.actionRange.max(by: { trembles[$0] < trembles[$1] }) else {
      return 0
    }
    var residual = 0.0
    for action in information.actionRange {
      let difference =
        worth[action - information.firstAction] - worth[likeliest - information.firstAction]
      let odds = trembles[action] - trembles[likeliest]
      let own = abs(odds - lambda * difference / range)
      // What is not a number is never forgotten.
      if !(own <= residual) { residual = own }
    }
    return residual
  }

  /// The best action's worth less the expected one.
  private func gain(at set: Int, _ probabilities: [Double]) -> Double {
    let information = tree.informationSets[set]
    var best = -Double.infinity
    var mean = 0.0
    for action in 0..<information.actions.count {
      best = max(best, worth[action])
      mean += probabilities[information.firstAction + action] * worth[action]
    }
    return best - mean
  }

  private mutating func bargainRegret(
    at set: Int, _ bargain: GameTree.Bargain, _ probabilities: [Double], power share: Double,
    _ trembles: [Double], _ lambda: Double?
  ) -> Double {
    findWorths(at: set, from: value, offset: 0)
    findWorths(at: set, from: secondValue, offset: widest)
    let count = tree.informationSets[set].actions.count
    let failure = worth[count - 1]
    let secondFailure = worth[widest + count - 1]
    for action in 0..<count {
      var first = (worth[action] - failure) / range[bargain.between[0]]
      var second = (worth[widest + action] - secondFailure) / range[bargain.between[1]]
      if abs(first) < Verifier.leastGain { first = 0 }
      if abs(second) < Verifier.leastGain { second = 0 }
      worth[action] =
        first >= 0 && second >= 0
        ? Equilibria.power(first, share) * Equilibria.power(second, 1 - share) : min(first, second)
    }
    return excess(at: set, probabilities, trembles, lambda, range: 1)
  }
}
