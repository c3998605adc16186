/// Dense tensors of payoffs of players who move at once, summed over mixed strategies.
///
/// Holds raw pointers; it never allocates and never outlives the borrow.
struct SimultaneousMove {
  /// For each player four words: the number of its strategies, its first action, a word of the
  /// caller's, and where its tensor begins in `tensors`. The first player's strategy varies fastest.
  let seats: UnsafePointer<Int32>
  let players: Int
  let tensors: UnsafePointer<Double>
  /// By action.
  let probability: UnsafePointer<Double>
  /// Two areas at work, each as large as a tensor, or as large as one for each player if some have
  /// a single strategy.
  let spare: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>

  @inline(__always)
  func size(_ player: Int) -> Int { Int(seats[4 * player]) }

  @inline(__always)
  func firstAction(_ player: Int) -> Int { Int(seats[4 * player + 1]) }

  @inline(__always)
  func tensor(of player: Int) -> UnsafePointer<Double> { tensors + Int(seats[4 * player + 3]) }

  /// For each other player, what a player's strategies yield against each of the other's, all the
  /// rest summed out: `pairs[own * ownStep + others * otherStep]`.
  ///
  /// Others come from the last to the first. The tensor that is left when one is done shrinks by
  /// its strategies, so that all together cost about twice the tensor.
  @inline(__always)
  func forEachOther(
    of player: Int,
    _ body: (_ other: Int, _ pairs: UnsafePointer<Double>, _ ownStep: Int, _ otherStep: Int) -> Void
  ) {
    let own = size(player)
    var left = tensor(of: player)
    var room = spare
    for other in (0..<players).reversed() where other != player {
      let pairs = sumOut(below: other, keeping: player, of: left)
      if player < other { body(other, pairs, 1, own) } else { body(other, pairs, size(other), 1) }
      if other == 0 || (other == 1 && player == 0) { break }
      // All players after this one are summed out already, but perhaps the one who is kept.
      let outer = player > other ? own : 1
      var inner = 1
      for lower in 0..<other { inner *= size(lower) }
      contract(left, inner: inner, by: other, outer: outer, into: room)
      left = UnsafePointer(room)
      room += inner * outer
    }
  }

  /// Sums out everybody who comes before one player, except another who is kept.
  @inline(__always)
  private func sumOut(
    below other: Int, keeping player: Int, of tensor: UnsafePointer<Double>
  ) -> UnsafePointer<Double> {
    var source = tensor
    var target = scratch
    var count = size(other)
    if player > other { count *= size(player) }
    for lower in 0..<other { count *= size(lower) }
    for lower in 0..<other where lower != player {
      let inner = lower > player ? size(player) : 1
      count /= size(lower)
      contract(source, inner: inner, by: lower, outer: count / inner, into: target)
      source = UnsafePointer(target)
      target += count
    }
    return source
  }

  /// `target[o, i] = Σ p(w) source[o, w, i]`, over the strategies w of a player.
  @inline(__always)
  private func contract(
    _ source: UnsafePointer<Double>, inner: Int, by player: Int, outer: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    let width = size(player)
    let weights = probability + firstAction(player)
    for place in 0..<outer {
      let block = source + place * width * inner
      if inner == 1 {
        var sum = weights[0] * block[0]
        for entry in 1..<max(width, 1) { sum += weights[entry] * block[entry] }
        target[place] = sum
        continue
      }
      let row = target + place * inner
      let first = weights[0]
      for entry in 0..<inner { row[entry] = first * block[entry] }
      for layer in 1..<max(width, 1) {
        let weight = weights[layer]
        let slice = block + layer * inner
        for entry in 0..<inner { row[entry] += weight * slice[entry] }
      }
    }
  }
}

extension LogitSystem {
  /// The worths of strategies where all players move at once, and their derivatives by the others'
  /// logits.
  ///
  /// What a yields against b of another player, all the rest summed out, is v(a, b). Then
  /// worth(a) = Σ p(b) v(a, b), and its derivative by b's logit is p(b) (v(a, b) − worth(a)).
  ///
  /// The instruction: players; two addresses of areas at work; for each player the number of its
  /// strategies, its first action, its first logit and the address of its tensor.
  func runSimultaneous(_ code: UnsafePointer<Int32>) -> UnsafePointer<Int32> {
    let players = Int(code[1])
    let seats = code + 4
    let move = SimultaneousMove(
      seats: seats, players: players, tensors: UnsafePointer(memory),
      probability: UnsafePointer(memory + layout.probability), spare: memory + Int(code[2]),
      scratch: memory + Int(code[3]))
    for player in 0..<players {
      let size = move.size(player)
      let worth = memory + layout.worth + move.firstAction(player)
      let rows = memory + layout.rows + Int(seats[4 * player + 2]) * rowLength + 1
      if players == 1 {
        let payoffs = move.tensor(of: player)
        for action in 0..<size { worth[action] = payoffs[action] }
      }
      move.forEachOther(of: player) { other, pairs, ownStep, otherStep in
        let width = move.size(other)
        let shares = move.probability + move.firstAction(other)
        let block = rows + Int(seats[4 * other + 2])
        for action in 0..<size {
          let values = pairs + action * ownStep
          var sum = 0.0
          for entry in 0..<width { sum += shares[entry] * values[entry * otherStep] }
          worth[action] = sum
          let row = block + action * rowLength
          for entry in 0..<width { row[entry] = shares[entry] * (values[entry * otherStep] - sum) }
        }
      }
    }
    return seats + 4 * players
  }
}
