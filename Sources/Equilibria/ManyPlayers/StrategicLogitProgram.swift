import Games

/// The logit equations of a strategic game, as a region of one move that all make at once.
struct StrategicLogitProgram: Sendable {
  /// For ``LogitPath``: players with a single strategy are left out.
  let program: LogitProgram
  /// The players who have a choice.
  let players: [Int]
  /// What λ is multiplied by to get the program's own, in which payoffs differ by 1 at most.
  let lambdaScale: Double
  private let table: PayoffTable
  private let scale: [Double]

  /// - Parameter normalized: whether each player's payoffs are divided by their own range, or all
  ///   by the widest.
  init(_ table: PayoffTable, normalized: Bool) {
    self.table = table
    players = table.sizes.indices.filter { table.sizes[$0] > 1 }
    let ranges = players.map { player in
      (table.payoffs[player].max() ?? 0) - (table.payoffs[player].min() ?? 0)
    }
    let widest = ranges.max() ?? 0
    let common = widest > 0 ? widest : 1
    lambdaScale = normalized ? 1 : common
    scale = ranges.map { 1 / (normalized && $0 > 0 ? $0 : common) }
    program = Self.program(sizes: players.map { table.sizes[$0] })
  }

  private static func program(sizes: [Int]) -> LogitProgram {
    var program = LogitProgram()
    for (player, size) in sizes.enumerated() {
      program.sets.append(
        LogitProgram.LocalSet(
          id: player, globalAction: program.actionCount, firstAction: program.actionCount,
          actionCount: size, role: .unknown, firstLogit: program.actionCount,
          dependsOnChoices: false))
      program.actionCount += size
      program.unknownCount += size - 1
    }
    program.logitCount = program.actionCount
    let profiles = sizes.reduce(1, *)
    var next = 0
    func take(_ count: Int) -> Int {
      defer { next += count }
      return next
    }
    program.layout.values = take(profiles * sizes.count)
    program.layout.probability = take(program.actionCount)
    program.layout.logProbability = take(program.actionCount)
    program.layout.worth = take(program.actionCount)
    program.layout.rows = take(program.logitCount * program.rowLength)
    program.layout.scratch = take(2 * profiles)
    program.layout.count = next
    if sizes.isEmpty { return program }
    program.unknownCode = [
      LogitProgram.simultaneous, Int32(sizes.count), Int32(program.layout.scratch),
      Int32(program.layout.scratch + profiles),
    ]
    for (player, set) in program.sets.enumerated() {
      program.unknownCode += [
        Int32(set.actionCount), Int32(set.firstAction), Int32(set.firstLogit),
        Int32(player * profiles),
      ]
    }
    return program
  }

  /// A memory that holds the payoffs.
  func makeMemory() -> LogitMemory {
    var memory = LogitMemory([program])
    var address = 0
    for (place, player) in players.enumerated() {
      let lowest = table.payoffs[player].min() ?? 0
      for value in table.payoffs[player] {
        memory[address] = (value - lowest) * scale[place]
        address += 1
      }
    }
    return memory
  }

  /// Numbers by action of those who choose, as numbers by player and strategy.
  func spread(_ values: some Collection<Double>, alone: Double) -> [[Double]] {
    var rest = values.makeIterator()
    return table.sizes.map { size in
      size > 1 ? (0..<size).map { _ in rest.next() ?? 0 } : [alone]
    }
  }
}
