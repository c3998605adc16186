public import Mathematics

/// A set of players; player i is in it if bit i of `bits` is set.
public struct Coalition: Sendable, Hashable, Comparable {
  /// The members as bits, the first player's lowest.
  public var bits: Int

  /// The coalition of these bits.
  public init(bits: Int) { self.bits = bits }

  /// The coalition of these players.
  public init(_ members: some Sequence<Int>) {
    bits = members.reduce(0) { $0 | 1 << $1 }
  }

  /// The members in ascending order.
  public var members: [Int] { (0..<Int.bitWidth).filter { bits >> $0 & 1 == 1 } }

  /// The number of members.
  public var count: Int { bits.nonzeroBitCount }

  /// Whether a player belongs to it.
  public func contains(_ player: Int) -> Bool { bits >> player & 1 == 1 }

  /// The sum of its members' numbers.
  func sum(of numbers: [Rational]) -> Rational {
    members.reduce(.zero) { $0 + numbers[$1] }
  }

  /// The order of the bits as numbers.
  public static func < (left: Coalition, right: Coalition) -> Bool { left.bits < right.bits }
}

/// A game in which a coalition can secure a worth and divide it freely among its members (von
/// Neumann & Morgenstern 1944): payoffs are transferable and have a common unit.
///
/// ```swift
/// // One left glove and two right ones; a pair is worth 1.
/// let gloves = try CoalitionGame(players: ["left", "right", "right"]) { coalition in
///   coalition.contains(0) && coalition.count > 1 ? 1 : 0
/// }
/// gloves.shapleyValue                      // 2/3, 1/6, 1/6
/// try gloves.core()                        // not empty: everything to the left glove
/// ```
public struct CoalitionGame: Sendable, Equatable {
  /// The most players: a game keeps the worths of all coalitions.
  public static let largestPlayerCount = 20

  /// The players' names; ids are indices.
  public let players: [String]
  /// The worth of each coalition, by its bits; that of the empty one is 0.
  public let worths: [Rational]

  /// A game from the worths of its 2ⁿ coalitions, by their bits.
  public init(players: [String], worths: [Rational]) throws(CoalitionGameError) {
    try CoalitionGame.check(players: players)
    guard worths.count == 1 << players.count else { throw .wrongWorthCount(worths.count) }
    guard worths[0].signum == 0 else { throw .emptyCoalitionHasWorth }
    self.players = players
    self.worths = worths
  }

  /// A game whose worths a function gives; it is not asked for the empty coalition's.
  public init(
    players: [String], worth: (Coalition) -> Rational
  ) throws(CoalitionGameError) {
    try CoalitionGame.check(players: players)
    try self.init(
      players: players,
      worths: [.zero] + (1..<(1 << players.count)).map { worth(Coalition(bits: $0)) })
  }

  /// A weighted voting game [quota; weights]: a coalition is worth 1, it wins, if its weights reach
  /// the quota, else 0. The quota is positive and the weights are not negative.
  public init(
    players: [String], quota: Rational, weights: [Rational]
  ) throws(CoalitionGameError) {
    try CoalitionGame.check(players: players)
    guard weights.count == players.count, quota.signum > 0, weights.allSatisfy({ $0.signum >= 0 })
    else { throw .invalidVotes }
    let sums = CoalitionGame.sums(over: weights)
    try self.init(players: players, worths: sums.map { $0 >= quota ? .one : .zero })
  }

  static func check(players: [String]) throws(CoalitionGameError) {
    guard !players.isEmpty, players.count <= largestPlayerCount else {
      throw .wrongPlayerCount(players.count)
    }
  }

  /// The coalition of all players.
  public var grandCoalition: Coalition { Coalition(bits: worths.count - 1) }

  /// What a coalition can secure.
  public func worth(of coalition: Coalition) -> Rational { worths[coalition.bits] }

  /// What a player can secure alone.
  public func worth(alone player: Int) -> Rational { worths[1 << player] }

  /// The sum of the players' numbers for every coalition, by its bits.
  static func sums(over numbers: [Rational]) -> [Rational] {
    var sums = [Rational.zero]
    sums.reserveCapacity(1 << numbers.count)
    for number in numbers {
      for bits in sums.indices { sums.append(sums[bits] + number) }
    }
    return sums
  }

  /// The same in machine words, which must suffice.
  static func sums(over numbers: [Int]) -> [Int] {
    var sums = [0]
    sums.reserveCapacity(1 << numbers.count)
    for number in numbers {
      for bits in sums.indices { sums.append(sums[bits] + number) }
    }
    return sums
  }
}

/// Why a coalition game cannot be made or solved.
public enum CoalitionGameError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are no players, or more than ``CoalitionGame/largestPlayerCount``.
  case wrongPlayerCount(Int)
  /// There is not one worth per coalition.
  case wrongWorthCount(Int)
  /// The empty coalition's worth is not 0.
  case emptyCoalitionHasWorth
  /// The quota is not positive, or there is not one nonnegative weight per player.
  case invalidVotes
  /// There is not one payoff per player.
  case wrongPayoffCount(Int)
  /// What all can secure together is less than the sum of what each can alone.
  case noImputation
  /// The work limit was reached.
  case stopped(WorkLimit.Stop)
  /// A linear program of the method has no solution in hand, for this reason.
  case unsolved(LinearProgramError)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .wrongPlayerCount(let count):
      "a coalition game has 1 to \(CoalitionGame.largestPlayerCount) players, not \(count)"
    case .wrongWorthCount(let count):
      "there must be one worth per coalition, the empty one included; there are \(count)"
    case .emptyCoalitionHasWorth: "the empty coalition must be worth 0"
    case .invalidVotes:
      "a weighted vote needs a positive quota and one nonnegative weight per player"
    case .wrongPayoffCount(let count): "there must be one payoff per player; there are \(count)"
    case .noImputation:
      "the players together cannot secure what each can alone, so that no division is acceptable"
    case .stopped(let stop): "the method \(stop)"
    case .unsolved(let error): error.description
    }
  }
}
