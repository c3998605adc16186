extension GameCompiler {
  /// The value that the supposition leaves at this step, if it is possible here.
  mutating func forcedValue(
    _ here: MomentInPlay, _ history: History, among available: [Int]
  ) -> Int? {
    guard let index = order.supposing.firstIndex(where: { applies($0, here) }),
      available.contains(order.supposing[index].value),
      !order.supposing[index].isLimited
        || holds(order.whereCondition, "where", history, loop: here.loop, round: here.round)
    else { return nil }
    supposed.insert([-1, index])
    return order.supposing[index].value
  }

  /// Notes which branch a secret supposition would force at a node.
  mutating func noteSecrets(_ here: MomentInPlay, _ history: History, node: Int, values: [Int]) {
    for (secretIndex, secret) in order.secrets.enumerated() {
      guard let index = secret.choices.firstIndex(where: { applies($0, here) }),
        let branch = values.firstIndex(of: secret.choices[index].value),
        holds(secret.whereCondition, "where", history, loop: here.loop, round: here.round)
      else { continue }
      supposed.insert([secretIndex, index])
      secretBranches[secretIndex] += Array(
        repeating: -1, count: max(0, node + 1 - secretBranches[secretIndex].count))
      secretBranches[secretIndex][node] = Int32(branch)
    }
  }

  /// A step of chance at which only one thing can happen, and it is what is supposed.
  mutating func noteSecretsWithoutChoice(_ here: MomentInPlay, value: Int) {
    for (secretIndex, secret) in order.secrets.enumerated() {
      guard let index = secret.choices.firstIndex(where: { applies($0, here) }),
        secret.choices[index].value == value
      else { continue }
      supposed.insert([secretIndex, index])
    }
  }

  private func applies(_ supposition: Supposition, _ here: MomentInPlay) -> Bool {
    supposition.fact == here.step.fact && (supposition.round ?? here.round) == here.round
  }

  /// A supposition that nothing can bring about would leave the game as it is, unnoticed.
  mutating func checkSuppositions() {
    guard !stopped else { return }
    func check(_ choices: [Supposition], _ group: Int) {
      for (index, choice) in choices.enumerated() where !supposed.contains([group, index]) {
        let fact = scenario.names.facts[choice.fact]
        fail(
          "supposition-impossible", at: nil,
          "'\(fact.name) = \(fact.values[choice.value])' cannot be supposed: "
            + "in no line of play is it open where the supposition holds",
          remedy: "look at the 'when' and 'only if' of '\(fact.name)', and at 'where'")
      }
    }
    check(order.supposing, -1)
    for (index, secret) in order.secrets.enumerated() { check(secret.choices, index) }
  }
}
