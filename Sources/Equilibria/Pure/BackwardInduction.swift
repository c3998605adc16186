public import Games
public import Mathematics

/// All subgame-perfect equilibria in pure strategies of a game with perfect information, exactly,
/// with all ties (Zermelo 1913; Kuhn 1953; Selten 1965; Osborne & Rubinstein 1994, section 6.2).
///
/// Where a player is indifferent its choice matters to the others, so that a node may be worth
/// different vectors of payoffs in different equilibria. Each such vector is a *class* of the node
/// (at a move of chance, each combination of classes of its branches is one),
/// with its *options*: an action together with the class that follows it. An option is optimal if
/// the other actions can be continued, by some class of theirs, so that none yields the mover more.
/// An equilibrium below a node is an option, any equilibrium of its class after the action, and
/// after each other action any equilibrium of a class that does not yield the mover more: exactly
/// the profiles that no one-shot deviation betters.
///
/// ```swift
/// let induction = try BackwardInduction(of: game)
/// induction.classes(at: 0)              // the values of the game
/// induction.count                       // how many equilibria there are
/// let list = induction.equilibria(limit: 100)
/// ```
public struct BackwardInduction: Sendable {
  /// An action and what follows it.
  public struct Option: Sendable, Hashable {
    /// The ordinal of the action.
    public let action: Int
    /// The class, among those of the action's node, that follows.
    public let next: Int
  }

  /// One vector of values that a node has in some equilibrium.
  public struct ValueClass: Sendable {
    /// What each player expects.
    public let values: [Rational]
    /// The ways in which it comes about; none at ends and at moves of chance.
    public let options: [Option]
  }

  /// What stopped the induction before it was done; nil if it is complete. Then there is no list.
  public let stop: WorkLimit.Stop?
  /// The number of equilibria; nil if it is more than the largest machine integer, or unknown.
  public let count: Int?

  private let tree: GameTree
  /// Classes stand by node, in the order in which nodes were done.
  private let firstClass: [Int]
  private let classCount: [Int]
  private let values: [Rational]
  private let firstOption: [Int]
  private let options: [Option]
  /// At moves of chance: the class of each branch, by class.
  private let combinations: [Int]
  private let firstCombination: [Int]

  /// The classes of a node, in a fixed order.
  public func classes(at node: Int) -> [ValueClass] {
    (0..<classCount[node]).map { place in
      let id = firstClass[node] + place
      return ValueClass(values: classValues(id), options: Array(optionRange(id)))
    }
  }

  /// Solves a game.
  ///
  /// - Parameters:
  ///   - numbers: what the doubles of the game stand for.
  ///   - limit: a step is one value of a node.
  /// - Throws: ``TreeDefect`` if information is not perfect, two players bargain, or numbers are
  ///   no numbers.
  /// - Complexity: linear in nodes × players without ties; a move of chance has as many classes as
  ///   there are combinations of those of its branches.
  public init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers = .doubles,
    limit: WorkLimit = WorkLimit(steps: 10_000_000)
  ) throws(TreeDefect) {
    let tree = game.tree
    for set in tree.informationSets {
      if set.bargain != nil { throw .bargain(informationSet: set.displayLabel) }
      if set.actions.isEmpty { throw .noActions(informationSet: set.displayLabel) }
      if set.nodes.count > 1 { throw .imperfectInformation(informationSet: set.displayLabel) }
    }
    var pass = InductionPass(tree: tree, numbers: try TreeNumbers(of: game, reading: numbers))
    var stop: WorkLimit.Stop?
    for node in tree.nodes.indices.reversed() {
      stop = pass.add(node, limit: limit)
      if stop != nil { break }
    }
    self.tree = tree
    self.stop = stop
    firstClass = pass.firstClass
    classCount = pass.classCount
    values = pass.values
    firstOption = pass.firstOption + [pass.options.count]
    options = pass.options
    combinations = pass.combinations
    firstCombination = pass.firstCombination
    count = stop == nil ? pass.count(of: 0) : nil
  }

  private func optionRange(_ id: Int) -> ArraySlice<Option> {
    options[firstOption[id]..<firstOption[id + 1]]
  }

  private func classValues(_ id: Int) -> [Rational] {
    let players = tree.players.count
    return Array(values[(id * players)..<((id + 1) * players)])
  }

  /// The equilibria, up to a limit, each as the ordinal of the action at every information set.
  ///
  /// - Complexity: for each, linear in the number of nodes.
  public func equilibria(limit: Int = 1_000) -> PureList {
    if let stop { return PureList(profiles: [], stop: .work(stop)) }
    var odometer = Odometer()
    var profiles: [[Int]] = []
    repeat {
      if profiles.count == limit { return PureList(profiles: profiles, stop: .limit(limit)) }
      profiles.append(profile(&odometer))
    } while odometer.advance()
    return PureList(profiles: profiles, stop: nil)
  }

  /// The equilibrium that the digits of an odometer choose: from the root on, a class for each
  /// node, which gives an option, which gives the classes of the nodes that follow.
  private func profile(_ odometer: inout Odometer) -> [Int] {
    var choices = [Int](repeating: 0, count: tree.informationSets.count)
    var chosen = [Int](repeating: 0, count: tree.nodes.count)
    let players = tree.players.count
    chosen[0] = firstClass[0] + odometer.digit(below: classCount[0])
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      let own = chosen[id]
      let branches = tree.branches(of: id)
      if node.kind == .chance {
        for (ordinal, branch) in branches.enumerated() {
          let child = Int(tree.branchTarget[branch])
          chosen[child] = firstClass[child] + combinations[firstCombination[own] + ordinal]
        }
        continue
      }
      let player = tree.informationSets[Int(node.index)].player
      let range = firstOption[own]..<firstOption[own + 1]
      let option = options[range.lowerBound + odometer.digit(below: range.count)]
      choices[Int(node.index)] = option.action
      let value = values[own * players + player]
      for (ordinal, branch) in branches.enumerated() {
        let child = Int(tree.branchTarget[branch])
        let all = firstClass[child]..<(firstClass[child] + classCount[child])
        if ordinal == option.action {
          chosen[child] = all.lowerBound + option.next
        } else {
          let admissible = all.filter { values[$0 * players + player] <= value }
          chosen[child] = admissible[odometer.digit(below: admissible.count)]
        }
      }
    }
    return choices
  }
}

/// The work of backward induction, node by node from the last to the first.
private struct InductionPass {
  let tree: GameTree
  let numbers: TreeNumbers<Rational>
  private let odds: [[Rational]]
  var firstClass: [Int]
  var classCount: [Int]
  var values: [Rational] = []
  var firstOption: [Int] = []
  var options: [BackwardInduction.Option] = []
  var combinations: [Int] = []
  var firstCombination: [Int] = []
  /// By class the number of equilibria in it; nil if it is more than the largest integer.
  private var counts: [Int?] = []

  init(tree: GameTree, numbers: TreeNumbers<Rational>) {
    self.tree = tree
    self.numbers = numbers
    odds = tree.players.indices.map { numbers.odds(heldBy: $0) }
    firstClass = Array(repeating: 0, count: tree.nodes.count)
    classCount = firstClass
  }

  func count(of node: Int) -> Int? {
    Counting.sum(classes(of: node).map { counts[$0] })
  }

  private func classes(of node: Int) -> Range<Int> {
    firstClass[node]..<(firstClass[node] + classCount[node])
  }

  mutating func add(_ id: Int, limit: WorkLimit) -> WorkLimit.Stop? {
    let node = tree.nodes[id]
    let players = tree.players.count
    firstClass[id] = counts.count
    switch node.kind {
    case .terminal:
      let place = Int(node.index) * players
      begin(numbers.payoffs[place..<(place + players)], count: 1)
    case .chance:
      let children = tree.branches(of: id).map { Int(tree.branchTarget[$0]) }
      var digits = [Int](repeating: 0, count: children.count)
      var place: Int?
      repeat {
        if let stop = limit.stop(after: counts.count) { return stop }
        addCombination(digits, of: id, children)
        place = digits.indices.last { digits[$0] + 1 < classCount[children[$0]] }
        if let place {
          digits[place] += 1
          for later in (place + 1)..<max(digits.count, place + 1) { digits[later] = 0 }
        }
      } while place != nil
    case .decision: addChoice(id, player: tree.informationSets[Int(node.index)].player)
    }
    classCount[id] = counts.count - firstClass[id]
    return limit.stop(after: counts.count)
  }

  private mutating func begin(_ worth: some Collection<Rational>, count: Int?) {
    firstOption.append(options.count)
    firstCombination.append(combinations.count)
    values.append(contentsOf: worth)
    counts.append(count)
  }

  /// One class of each branch together. Equal vectors from different combinations stay apart:
  /// they differ in what follows.
  private mutating func addCombination(_ digits: [Int], of id: Int, _ children: [Int]) {
    let players = tree.players.count
    let classes = zip(children, digits).map { firstClass[$0] + $1 }
    let branches = tree.branches(of: id)
    let worth = (0..<players).map { player in
      zip(branches, classes).reduce(Rational.zero) { sum, entry in
        let share = odds[player][entry.0]
        return share.signum == 0 ? sum : sum + share * values[entry.1 * players + player]
      }
    }
    let count = classes.reduce(Optional(1)) { Counting.product($0, counts[$1]) }
    begin(worth, count: count)
    combinations += digits
  }

  private mutating func addChoice(_ id: Int, player: Int) {
    let players = tree.players.count
    let children = tree.branches(of: id).map { Int(tree.branchTarget[$0]) }
    // An option must yield no less than the least that each other action can be made to yield.
    let least = children.map { child in
      classes(of: child).map { values[$0 * players + player] }.min() ?? .zero
    }
    guard let bar = least.max() else { return }
    // By vector of values, in the order of their first option.
    var groups: [(own: Rational, options: [BackwardInduction.Option], first: Int)] = []
    for (action, child) in children.enumerated() {
      for (next, id) in classes(of: child).enumerated() {
        let own = values[id * players + player]
        if own < bar { continue }
        let option = BackwardInduction.Option(action: action, next: next)
        let known = groups.firstIndex { group in
          group.own == own
            && (0..<players).allSatisfy {
              values[group.first * players + $0] == values[id * players + $0]
            }
        }
        if let known {
          groups[known].options.append(option)
        } else {
          groups.append((own, [option], id))
        }
      }
    }
    for group in groups {
      var total: Int? = 0
      for option in group.options {
        var ways = counts[firstClass[children[option.action]] + option.next]
        for (action, child) in children.enumerated() where action != option.action {
          let others = classes(of: child).filter { values[$0 * players + player] <= group.own }
          ways = Counting.product(ways, Counting.sum(others.map { counts[$0] }))
        }
        total = Counting.sum(total, ways)
      }
      let worth = Array(values[(group.first * players)..<((group.first + 1) * players)])
      begin(worth, count: total)
      options += group.options
    }
  }
}
