import Mathematics

/// One receiver's message in a signaling game: which replies can be best, and which mixtures of
/// replies (Cho & Kreps 1987, Signaling games and stable equilibria, section III).
struct BestReplySupports {
  let reply: SignalingGame.Reply

  /// Some belief over these senders (by position in ``SignalingGame/Reply/senders``) makes each of
  /// these actions a best reply.
  func areBest(_ actions: [Int], under senders: [Int]) -> Bool {
    guard let first = actions.first, !senders.isEmpty else { return false }
    // Variables: the weight of each sender.
    var program = LinearProgram<Rational>(.maximize, senders.map { _ in .zero })
    program.require(senders.indices.map { ($0, .one) }, .equal, .one)
    for other in 0..<reply.actions where other != first {
      let gains = senders.enumerated().map { place, sender in
        let values = reply.senders[sender].receivers
        return (place, values[first] - values[other])
      }
      program.require(gains, actions.contains(other) ? .equal : .atLeast, .zero)
    }
    return (try? program.solve().solution) != nil
  }

  /// Every set of actions that some belief over these senders makes best at once; nil where there
  /// are too many to look at.
  func supports(under senders: [Int]) -> [[Int]]? {
    guard reply.actions <= BestReplySupports.mostActions else { return nil }
    return (1..<(1 << reply.actions)).map { bits in
      (0..<reply.actions).filter { bits >> $0 & 1 == 1 }
    }.filter { areBest($0, under: senders) }
  }

  /// The most actions whose sets are looked at.
  static let mostActions = 10

  /// The actions that are best under some belief over these senders.
  func bestActions(under senders: [Int]) -> [Int] {
    (0..<reply.actions).filter { areBest([$0], under: senders) }
  }

  /// Some mixture of these actions satisfies conditions on what senders expect of it.
  func hasMixture(of actions: [Int], where conditions: [Condition]) -> Bool {
    var program = LinearProgram<Rational>(.maximize, actions.map { _ in .zero })
    program.require(actions.indices.map { ($0, .one) }, .equal, .one)
    for condition in conditions {
      let own = reply.senders[condition.sender].own
      program.require(
        actions.enumerated().map { ($0, own[$1]) }, condition.relation, condition.value)
    }
    return (try? program.solve().solution) != nil
  }

  /// What a sender expects, compared with a value.
  struct Condition {
    var sender: Int
    var relation: LinearRelation
    var value: Rational
  }
}
