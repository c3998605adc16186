/// The story laid out in time: one moment after the other, rounds unrolled.
enum Moment: Sendable {
  /// A step in a round (0 if it is not repeated); `slot` is where a history keeps what happened.
  case step(Step, slot: Int, loop: Int?, round: Int)
  case reveal(Reveal, slot: Int, loop: Int?, round: Int)
  /// What was hidden until the end of the round comes out.
  case roundEnd(loop: Int, round: Int)
  /// The loop ends here if the condition holds.
  case stop(Expression, loop: Int, round: Int)

  /// A step that may still be to come after this day.
  func isOpen(after day: CalendarDate) -> Bool {
    guard case .step(let step, _, _, _) = self, let window = step.between else { return false }
    return window.upperBound > day
  }
}

/// Where a history keeps each fact: types first, then steps, a slot a round.
struct SlotLayout: Sendable {
  /// The first slot of each fact.
  private(set) var first: [Int] = []
  private(set) var count = 0
  /// The fact and the round of each slot.
  private(set) var fact: [Int] = []
  private(set) var round: [Int] = []

  /// There are more slots than the limit; the layout is not complete.
  private(set) var isTooLarge = false

  init(names: NameTable, limit: Int) {
    for index in names.facts.indices {
      let rounds = names.facts[index].loop.map { names.loops[$0].rounds.count } ?? 1
      if count + rounds > limit {
        isTooLarge = true
        return
      }
      first.append(count)
      count += rounds
      for ordinal in 0..<rounds {
        fact.append(index)
        round.append(ordinal)
      }
    }
  }

  /// The slot's name: the fact's, with its round where it has one.
  func name(of slot: Int, names: NameTable) -> String {
    let declared = names.facts[fact[slot]]
    guard let loop = declared.loop else { return declared.name }
    return "\(declared.name) of \(names.loops[loop].rounds[round[slot]])"
  }
}

extension Scenario {
  /// The story's moments in order; no more than `limit`.
  func moments(layout: SlotLayout, limit: Int) -> [Moment] {
    var result: [Moment] = []
    func lay(_ elements: [StoryElement], loop: Int?, round: Int) {
      for element in elements where result.count < limit {
        switch element {
        case .step(let step):
          result.append(
            .step(step, slot: layout.first[step.fact] + round, loop: loop, round: round))
        case .reveal(let reveal):
          let offset = names.facts[reveal.fact].loop == nil ? 0 : round
          result.append(
            .reveal(reveal, slot: layout.first[reveal.fact] + offset, loop: loop, round: round))
        case .round(let part):
          for ordinal in names.loops[part.loop].rounds.indices where result.count < limit {
            lay(part.story, loop: part.loop, round: ordinal)
            result.append(.roundEnd(loop: part.loop, round: ordinal))
            if let condition = part.stopWhen {
              result.append(.stop(condition, loop: part.loop, round: ordinal))
            }
          }
        }
      }
    }
    lay(story, loop: nil, round: 0)
    return result
  }
}

extension StoryElement {
  /// Where a repeated part stands.
  var roundPlace: Place? {
    if case .round(let part) = self { part.place } else { nil }
  }
}
