import Games
import Mathematics

/// The intuitive criterion and D1 for equilibria of signaling games, exactly (Cho & Kreps 1987;
/// Banks & Sobel 1987).
struct SignalingRefinements {
  private let game: SignalingGame
  /// What each type expects in the equilibrium.
  private let expected: [Rational]
  /// How likely each type is to send each of its messages.
  private let strategy: [[Rational]]
  /// Differences as small as this count as none: 0 for exact profiles.
  private let slack: Rational

  /// Refinements for a profile of the signaling game that is read off a tree.
  ///
  /// - Parameter slack: what rounding may have done to the profile, in payoff.
  init(_ game: SignalingGame, profile: [[Rational]], slack: Rational) {
    self.game = game
    self.slack = slack
    strategy = game.types.map { profile[$0.set] }
    expected = game.types.enumerated().map { type, own in
      zip(own.sequels, profile[own.set]).reduce(Rational.zero) { sum, message in
        let (sequel, share) = message
        if share.signum == 0 { return sum }
        switch sequel {
        case .end(let value): return sum + share * value
        case .reply(let set):
          guard let own = game.replySets[set]?.senders.first(where: { $0.type == type })?.own
          else { return sum }
          return sum + share * zip(own, profile[set]).reduce(.zero) { $0 + $1.0 * $1.1 }
        }
      }
    }
  }

  /// The messages that no type of positive probability sends.
  private var unsent: [BestReplySupports] {
    game.replySets.sorted { $0.key < $1.key }.map(\.value).filter { reply in
      reply.senders.allSatisfy {
        game.types[$0.type].odds.signum == 0 || strategy[$0.type][$0.message].signum == 0
      }
    }.map { BestReplySupports(reply: $0) }
  }

  /// The senders of a message that are of positive probability.
  private func senders(of message: BestReplySupports) -> [Int] {
    message.reply.senders.indices.filter {
      game.types[message.reply.senders[$0].type].odds.signum > 0
    }
  }

  private func expected(_ message: BestReplySupports, _ sender: Int) -> Rational {
    expected[message.reply.senders[sender].type]
  }

  /// No type would gain for certain by a message that nobody sends, once those for whom it is
  /// dominated by what they get are not thought to send it.
  var surviveIntuitiveCriterion: Bool {
    unsent.allSatisfy { message in
      let all = senders(of: message)
      let best = message.bestActions(under: all)
      // Those who get more than the message could ever bring them.
      let others = all.filter { sender in
        let most = best.map { message.reply.senders[sender].own[$0] }.max()
        return most.map { $0 + slack >= expected(message, sender) } ?? true
      }
      if others.isEmpty { return true }
      let replies = message.bestActions(under: others)
      return others.allSatisfy { sender in
        let least = replies.map { message.reply.senders[sender].own[$0] }.min()
        return least.map { $0 <= expected(message, sender) + slack } ?? true
      }
    }
  }

  /// Each message that nobody sends can be answered so that no type gains by it, under a belief
  /// that gives no weight to a type if another gains by more of the replies that may be best. Nil
  /// where there are too many replies to look at.
  var survivesD1: Bool? {
    for message in unsent {
      let all = senders(of: message)
      guard let supports = message.supports(under: all) else { return nil }
      let left = all.filter { sender in
        !all.contains { other in
          other != sender && gains(message, supports, other, includeThoseOf: sender)
        }
      }
      guard let answers = message.supports(under: left.isEmpty ? all : left) else { return nil }
      let conditions = all.map {
        BestReplySupports.Condition(
          sender: $0, relation: .atMost, value: expected(message, $0) + slack)
      }
      if !answers.contains(where: { message.hasMixture(of: $0, where: conditions) }) {
        return false
      }
    }
    return true
  }

  /// Whenever one sender gains or is indifferent, the other gains; and the other gains sometimes.
  private func gains(
    _ message: BestReplySupports, _ supports: [[Int]], _ other: Int, includeThoseOf sender: Int
  ) -> Bool {
    let own = BestReplySupports.Condition(
      sender: sender, relation: .atLeast, value: expected(message, sender) - slack)
    let noGain = BestReplySupports.Condition(
      sender: other, relation: .atMost, value: expected(message, other) + slack)
    if supports.contains(where: { message.hasMixture(of: $0, where: [own, noGain]) }) {
      return false
    }
    // At a vertex of some support, which is one action, a linear function is greatest.
    return supports.joined().contains {
      message.reply.senders[other].own[$0] > expected(message, other) + slack
    }
  }
}
