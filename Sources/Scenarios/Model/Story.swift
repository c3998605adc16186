/// A part of the story.
public indirect enum StoryElement: Sendable, Equatable {
  case step(Step)
  case reveal(Reveal)
  case round(RepeatedStory)
}

/// Something that happens.
public struct Step: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Who or what decides it.
  public var kind: Kind
  /// It happens only where this holds; nil for always.
  public var when: Expression?
  /// Who sees it.
  public var visibility: Visibility
  /// The days within which it can happen.
  public var between: ClosedRange<CalendarDate>?
  /// Its fact.
  public var fact: Int
  /// Where it stands in the text.
  public var place: Place

  /// Who or what decides the step.
  public enum Kind: Sendable, Equatable {
    /// A party's choice. In round *k* of a repeated story, `movers[k % movers.count]` moves.
    case choice(movers: [Int], options: [ChoiceOption])
    case chance([ChanceValue])
    /// The first line that applies; its odds below 100% let the rest go on.
    case signal([Message])
    /// A clause in force that falls due.
    case clause(Int)
    case bargain(BargainRule)
  }
}

/// What a party can choose.
public struct ChoiceOption: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// The number that it stands for, in a grid of amounts.
  public var number: Double?
  /// What it puts on the table.
  public var offers: Bundle?
  /// What it puts into force.
  public var enacts: Enactment?
  /// It is one of the bundles of a proposal.
  public var isFromMenu = false
  /// It is open only where this holds; nil for always.
  public var onlyIf: Expression?
  /// Where it stands in the text.
  public var place: Place

  /// What comes into force.
  public enum Enactment: Sendable, Equatable {
    case theOffer
    case bundle(Bundle)
  }
}

/// One value of a chance step.
public struct ChanceValue: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// How likely it is.
  public var odds: Odds
  /// Where it stands in the text.
  public var place: Place
}

/// One line of a signal.
public struct Message: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// It is sent only where this holds; nil for always.
  public var when: Expression?
  /// How likely it then is; nil for certain.
  public var odds: Expression?
  /// Where it stands in the text.
  public var place: Place
}

/// Two parties settle an amount between them.
public struct BargainRule: Sendable, Equatable {
  /// The two parties, by index.
  public var between: [Int]
  /// The clause whose amount they settle.
  public var clause: Int
  /// The first bargainer's share of the bargaining power; a half if not given.
  public var power: Expression?
  /// What happens without agreement.
  public var failure: String
}

/// Who sees a step, and who learns of it later.
public struct Visibility: Sendable, Equatable {
  /// By party.
  public var seenBy: [Bool]
  /// When the others learn of it.
  public var until: Until?

  /// The end of secrecy.
  public enum Until: Sendable, Equatable {
    case step(String)
    case roundEnds
  }
}

/// An earlier step or a type becomes known to some.
public struct Reveal: Sendable, Equatable {
  /// What comes out.
  public var fact: Int
  /// Who learns of it, by index.
  public var to: [Int]
  /// It happens only where this holds; nil for always.
  public var when: Expression?
  /// Where it stands in the text.
  public var place: Place
}

/// A part of the story that is told in rounds.
public struct RepeatedStory: Sendable, Equatable {
  /// Its loop.
  public var loop: Int
  /// What happens in each round.
  public var story: [StoryElement]
  /// No further round once this holds.
  public var stopWhen: Expression?
  /// Where it stands in the text.
  public var place: Place
}
