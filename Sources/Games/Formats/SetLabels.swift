/// Labels of information sets that differ, made from those of a file, which may not.
struct SetLabels {
  private let players: [String]
  private var taken: Set<String> = []

  init(players: [String]) { self.players = players }

  /// The file's own label if it is neither empty nor taken, else `Player:number`.
  mutating func unique(_ name: String, player: Int, number: Int) -> String {
    if !name.isEmpty, taken.insert(name).inserted { return name }
    var label = "\(players[player]):\(number)"
    // Players may share a name.
    if taken.contains(label) { label += "#\(player + 1)" }
    while !taken.insert(label).inserted { label += "'" }
    return label
  }
}
