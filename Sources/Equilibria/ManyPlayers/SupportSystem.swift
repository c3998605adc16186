import Games

/// The equations and inequalities of the equilibria with given supports: each player's strategies
/// in the support yield the same, and none outside yields more.
///
/// Players who mix are numbered through; the unknowns are the probabilities of all but the last
/// strategy of each one's support.
struct SupportSystem: Sendable {
  /// The players who mix, and their supports.
  let players: [Int]
  let supports: [[Int]]
  let sizes: [Int]
  let offsets: [Int]
  /// The place of each unknown among the probabilities, and of the last strategy of its player.
  let unknowns: [(place: Int, last: Int)]
  /// Zero at an equilibrium: one for each strategy of a support but its last.
  let equations: [MultilinearForm]
  /// Zero at an equilibrium too: differences of two equations of one player, which bounds do not
  /// know to follow from the equations.
  let differences: [MultilinearForm]
  /// `derivatives[equation * unknowns + unknown]`; nil where there is no dependence.
  let derivatives: [MultilinearForm?]
  /// At most zero at an equilibrium: one for each strategy outside the supports.
  let inequalities: [MultilinearForm]

  /// - Parameter supports: for each player of the game the strategies it may play.
  init(_ table: PayoffTable, supports all: [[Int]]) {
    let players = all.indices.filter { all[$0].count > 1 }
    self.players = players
    supports = players.map { all[$0] }
    let sizes = supports.map(\.count)
    self.sizes = sizes
    var offsets = [0]
    for size in sizes { offsets.append(offsets[offsets.count - 1] + size) }
    self.offsets = offsets
    unknowns = sizes.indices.flatMap { axis in
      (0..<(sizes[axis] - 1)).map { (offsets[axis] + $0, offsets[axis + 1] - 1) }
    }
    var equations: [MultilinearForm] = []
    var inequalities: [MultilinearForm] = []
    for player in all.indices {
      let leader = all[player][all[player].count - 1]
      let scale = 1 / table.range(of: player)
      let axes = players.indices.filter { players[$0] != player }
      var combinations = [0]
      for axis in axes {
        let stride = table.strides[players[axis]]
        combinations = supports[axis].flatMap { strategy in
          combinations.map { $0 + strategy * stride }
        }
      }
      let fixed = all.indices.filter { $0 != player && all[$0].count == 1 }.reduce(0) {
        $0 + all[$1][0] * table.strides[$1]
      }
      let payoffs = table.payoffs[player]
      let stride = table.strides[player]
      for strategy in 0..<table.sizes[player] where strategy != leader {
        let form = MultilinearForm(
          axes: axes,
          coefficients: combinations.map {
            (payoffs[$0 + fixed + strategy * stride] - payoffs[$0 + fixed + leader * stride])
              * scale
          })
        if all[player].contains(strategy) {
          equations.append(form)
        } else {
          inequalities.append(form)
        }
      }
    }
    var differences: [MultilinearForm] = []
    for (place, first) in equations.enumerated() {
      // A player's equations all have the other players for their axes.
      for second in equations[(place + 1)...] where second.axes == first.axes {
        differences.append(
          MultilinearForm(
            axes: first.axes,
            coefficients: zip(first.coefficients, second.coefficients).map { $0 - $1 }))
      }
    }
    self.differences = differences
    self.equations = equations
    self.inequalities = inequalities
    var derivatives: [MultilinearForm?] = []
    for equation in equations {
      for axis in sizes.indices {
        for strategy in 0..<(sizes[axis] - 1) {
          derivatives.append(
            equation.axes.contains(axis)
              ? equation.derivative(
                axis: axis, strategy: strategy, insteadOf: sizes[axis] - 1, sizes: sizes) : nil)
        }
      }
    }
    self.derivatives = derivatives
  }

  /// An equation that holds whatever is played: solutions, if any, are not isolated.
  var isSingular: Bool { equations.contains(where: \.isZero) }

  /// A point's mixtures as a profile of the game.
  func profile(_ point: [Double], of table: PayoffTable, supports all: [[Int]]) -> NumericProfile {
    NumericProfile(
      all.indices.map { player in
        var mixture = [Double](repeating: 0, count: table.sizes[player])
        if let axis = players.firstIndex(of: player) {
          for (place, strategy) in supports[axis].enumerated() {
            mixture[strategy] = point[offsets[axis] + place]
          }
        } else {
          mixture[all[player][0]] = 1
        }
        return mixture
      })
  }
}
