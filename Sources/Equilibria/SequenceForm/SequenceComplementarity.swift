import Games
import Mathematics

/// The linear complementarity problem whose solutions are the equilibria of a two-player game in
/// sequence form (Koller, Megiddo & von Stengel 1996), prepared for complementary pivoting from a
/// prior (von Stengel, van den Elzen & Talman 2002).
///
/// Each player mixes the prior, with a weight that goes from 1 to 0, and a plan of its own, whose
/// total `t` goes from 0 to 1. The plan plays only sequences that are best replies to the other
/// player's mixture: either a sequence's realization or its slack, the loss from playing it, is 0.
///
/// At each information set one best reply to the prior is *chosen*. Realizations of chosen sequences
/// and slacks of the others are expressed by the rest, which removes the equations of the sequence
/// form: raising the realization `a` of another sequence by one adds the chosen continuations after
/// it, and takes away the chosen sequences from its own set on. This is the vector `k(a)`; the plan
/// is the sum of `k(a) · a`, and of `k(∅) · t`.
///
/// The first tableau has a column and a row for each sequence but the empty ones: of realization
/// and slack, the column is the one that is 0 at first. A last column is for `t`, and a last row for
/// the prior's weight.
struct SequenceComplementarity<Number: OrderedField> {
  let form: SequenceForm
  /// The rows of the first tableau: the entries of its columns.
  private(set) var rows: [[Number]] = []
  /// Its right-hand sides, not negative.
  private(set) var sides: [Number] = []
  /// For each row but the last its column: the player's sequence is the same.
  private(set) var columnOfRow: [Int] = []
  /// The row of each column but the last.
  private(set) var rowOfColumn: [Int]
  /// `isChosen[player][sequence]`: the realization has the row, else it has the column.
  private(set) var isChosen: [[Bool]] = []

  /// The number of columns besides that of `t`.
  var count: Int { rowOfColumn.count }
  /// The variable of `t`.
  var total: Int { count }
  /// The variable of the prior's weight.
  var priorWeight: Int { 2 * count + 1 }

  /// - Parameter prior: each player's realization plan.
  init(form: SequenceForm, payoffs: SequenceBimatrix<Number>, prior: [[Number]]) {
    self.form = form
    let counts = form.sides.map(\.count)
    let offsets = [-1, counts[0] - 2]
    let columns = counts[0] + counts[1] - 2
    rowOfColumn = Array(repeating: -1, count: columns)
    // What the player's sequences yield against the prior, by player.
    let matrices = (0..<2).map { Self.matrix(of: $0, payoffs, counts) }
    let gradients = (0..<2).map { player in
      matrices[player].map { row in
        zip(row, prior[1 - player]).reduce(Number(0)) { $0 + $1.0 * $1.1 }
      }
    }
    let replies = (0..<2).map { ChosenReplies(form.sides[$0], gradient: gradients[$0]) }
    isChosen = replies.map(\.isChosen)

    // Ties are broken by the order of rows. Losses come first: then, while `t` is 0, the chosen
    // sequences are the one best reply, and the path cannot come back to where it began.
    for player in 0..<2 {
      let own = replies[player]
      let other = replies[1 - player]
      let before = own.reduced(gradients[player])
      // `reducedRows[b][a]`: by the other player's vectors, the empty one last, and by the own.
      let byOther = matrices[player].map { other.reduced($0) }
      let reducedRows = (0...other.others.count).map { column in
        own.reduced(byOther.map { $0[column] })
      }
      for (index, sequence) in own.others.enumerated() {
        var row = [Number](repeating: Number(0), count: columns + 1)
        for (chosen, sign) in own.vector(of: sequence) where own.isChosen[chosen] {
          row[offsets[player] + chosen] = row[offsets[player] + chosen] + sign
        }
        for (column, loss) in other.others.enumerated() {
          row[offsets[1 - player] + loss] = reducedRows[column][index]
        }
        row[columns] = reducedRows[other.others.count][index] - before[index]
        append(
          row, side: max(Number(0), Number(0) - before[index]), column: offsets[player] + sequence)
      }
    }
    for player in 0..<2 {
      let own = replies[player]
      var plans: [Int: [Number]] = [:]
      for sequence in own.isChosen.indices where own.isChosen[sequence] {
        plans[sequence] = Array(repeating: Number(0), count: columns + 1)
      }
      for sequence in own.others {
        for (chosen, sign) in own.vector(of: sequence) where own.isChosen[chosen] {
          let column = offsets[player] + sequence
          plans[chosen]?[column] = Number(0) - sign
        }
      }
      for chosen in own.followers(of: 0) { plans[chosen]?[columns] = Number(-1) }
      for sequence in own.isChosen.indices {
        guard let row = plans[sequence] else { continue }
        append(row, side: Number(0), column: offsets[player] + sequence)
      }
    }
    rows.append(Array(repeating: Number(0), count: columns) + [Number(1)])
    sides.append(Number(1))
  }

  private mutating func append(_ row: [Number], side: Number, column: Int) {
    rowOfColumn[column] = rows.count
    columnOfRow.append(column)
    rows.append(row)
    sides.append(side)
  }

  /// A player's payoffs by its own sequences and the other's.
  private static func matrix(
    of player: Int, _ payoffs: SequenceBimatrix<Number>, _ counts: [Int]
  ) -> [[Number]] {
    var matrix = Array(
      repeating: [Number](repeating: Number(0), count: counts[1 - player]), count: counts[player])
    for (pair, value) in payoffs.values[player].enumerated() {
      let (first, second) = (payoffs.first[pair], payoffs.second[pair])
      matrix[player == 0 ? first : second][player == 0 ? second : first] = value
    }
    return matrix
  }

  /// The variable that is 0 wherever this one is not: a sequence's slack for its realization, and
  /// the other way round.
  func complement(of variable: Int) -> Int {
    variable < count
      ? count + 1 + rowOfColumn[variable] : columnOfRow[variable - count - 1]
  }

  /// The variable of a sequence's realization; the sequence is not empty.
  func realization(of sequence: Int, player: Int) -> Int {
    let column = sequence - 1 + (player == 0 ? 0 : form.sides[0].count - 1)
    return isChosen[player][sequence] ? count + 1 + rowOfColumn[column] : column
  }

  /// Follows the path from the prior to where its weight is 0.
  ///
  /// - Returns: false if an edge has no end, which only rounding can cause.
  func follow<Tableau: PivotingTableau>(
    _ tableau: inout Tableau, pivots: inout Int, limit: WorkLimit
  ) throws(WorkLimit.Stop) -> Bool {
    var entering = total
    while true {
      if let stop = limit.stop(after: pivots) { throw stop }
      guard let leaving = tableau.enter(entering) else { return false }
      pivots += 1
      if leaving == priorWeight { return true }
      entering = complement(of: leaving)
    }
  }
}

/// One best reply of a player to the prior at each information set, and what follows from it.
private struct ChosenReplies<Number: OrderedField> {
  private let side: SequenceForm.Side
  /// By sequence. The empty sequence is not chosen.
  private(set) var isChosen: [Bool]
  /// The sequences that are neither chosen nor empty.
  private(set) var others: [Int] = []
  /// The chosen sequence of each information set.
  private var choice: [Int]
  /// The information sets to which each sequence leads.
  private var next: [[Int]]
  /// The information set of each sequence.
  private var home: [Int]

  init(_ side: SequenceForm.Side, gradient: [Number]) {
    self.side = side
    isChosen = Array(repeating: false, count: side.count)
    choice = Array(repeating: 0, count: side.informationSets.count)
    next = Array(repeating: [], count: side.count)
    home = Array(repeating: -1, count: side.count)
    for set in side.informationSets.indices {
      next[side.parent[set]].append(set)
      for sequence in side.sequences(at: set) { home[sequence] = set }
    }
    var worth = gradient
    for set in side.informationSets.indices.reversed() {
      let sequences = side.sequences(at: set)
      var best = sequences.lowerBound
      for sequence in sequences where worth[sequence] > worth[best] { best = sequence }
      choice[set] = best
      isChosen[best] = true
      worth[side.parent[set]] = worth[side.parent[set]] + worth[best]
    }
    others = (1..<max(1, side.count)).filter { !isChosen[$0] }
  }

  /// The chosen sequences at the sets to which a sequence leads, and from there on.
  func followers(of sequence: Int) -> [Int] {
    var found: [Int] = []
    var open = next[sequence]
    while let set = open.popLast() {
      found.append(choice[set])
      open += next[choice[set]]
    }
    return found
  }

  /// What `k` of a sequence that is not chosen adds to each sequence.
  func vector(of sequence: Int) -> [(sequence: Int, sign: Number)] {
    let rival = choice[home[sequence]]
    return [(sequence, Number(1))] + followers(of: sequence).map { ($0, Number(1)) }
      + [(rival, Number(-1))] + followers(of: rival).map { ($0, Number(-1)) }
  }

  /// The products of a vector with `k` of the sequences that are not chosen, and last with that of
  /// the empty one.
  func reduced(_ vector: [Number]) -> [Number] {
    var worth = vector
    // From the last set back, so that what follows is worth what the chosen sequences are.
    for set in side.informationSets.indices.reversed() {
      worth[side.parent[set]] = worth[side.parent[set]] + worth[choice[set]]
    }
    return others.map { worth[$0] - worth[choice[home[$0]]] } + [worth[0]]
  }
}
