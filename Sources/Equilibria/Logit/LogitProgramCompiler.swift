import Games

/// Compiles a region of a tree to a ``LogitProgram``.
struct LogitProgramCompiler {
  private let tree: GameTree
  private let symbols: GameSymbols?
  private let region: [Int]
  private let position: [Int32]
  private var classes: ValueClasses
  private var program = LogitProgram()

  private var localOf: [Int: Int] = [:]
  private var groups: [Int: BeliefGroups] = [:]
  /// For each class: the local sets on which it depends, sorted.
  private var dependencies: [[Int32]] = []
  private var emitted: [Bool] = []
  private var gradientAddress: [Int32] = []
  private var indexOffset: [Int32] = []
  private var blockLists: [[Int32]] = []
  private var gradientWords = 0

  static func program(
    tree: GameTree, symbols: GameSymbols?, region: [Int], position: [Int32]
  ) -> LogitProgram {
    var compiler = LogitProgramCompiler(
      tree: tree, symbols: symbols, region: region, position: position)
    compiler.compile()
    return compiler.program
  }

  private init(tree: GameTree, symbols: GameSymbols?, region: [Int], position: [Int32]) {
    self.tree = tree
    self.symbols = symbols
    self.region = region
    self.position = position
    classes = ValueClasses(tree: tree, symbols: symbols, region: region, position: position)
  }

  private mutating func compile() {
    program.root = region[0]
    collectSets()
    findDependencies()
    assignRoles()
    layOut()
    emit()
  }

  // MARK: - Analysis

  private mutating func collectSets() {
    for node in region where tree.nodes[node].kind == .decision {
      let id = Int(tree.nodes[node].index)
      if localOf[id] != nil { continue }
      let set = tree.informationSets[id]
      localOf[id] = program.sets.count
      program.sets.append(
        LogitProgram.LocalSet(
          id: id, globalAction: set.firstAction, firstAction: program.actionCount,
          actionCount: set.actions.count, role: .unknown, firstLogit: -1,
          dependsOnChoices: false))
      program.actionCount += set.actions.count
    }
    for set in program.sets {
      groups[set.id] = BeliefGroups(
        of: set.id, tree: tree, region: region, position: position, symbols: symbols,
        classes: &classes)
    }
  }

  private mutating func findDependencies() {
    dependencies = []
    for entry in classes.classes {
      var all: Set<Int32> = []
      for child in entry.children { all.formUnion(dependencies[Int(child)]) }
      if case .decision(let id) = entry.kind, let local = localOf[id] { all.insert(Int32(local)) }
      dependencies.append(all.sorted())
    }
  }

  /// Explicit sets are found in rounds; their order in `explicitOrder` is one of evaluation.
  private var explicitOrder: [Int] = []

  private mutating func assignRoles() {
    var needs: [Set<Int32>] = []
    for local in program.sets.indices {
      let set = program.sets[local]
      guard let groups = groups[set.id] else { continue }
      if set.actionCount == 1 || groups.actionsAreAlike {
        program.sets[local].role = .trivial
        needs.append([])
        continue
      }
      var all: Set<Int32> = []
      for valueClass in groups.allClasses { all.formUnion(dependencies[Int(valueClass)]) }
      for action in groups.factorActions {
        if let factor = localOf[tree.setOfAction(action, in: program.sets)] {
          all.insert(Int32(factor))
        }
        program.sets[local].dependsOnChoices = true
      }
      needs.append(all)
    }
    var changed = true
    while changed {
      changed = false
      for local in program.sets.indices where program.sets[local].role == .unknown {
        if needs[local].allSatisfy({ program.sets[Int($0)].role != .unknown }) {
          program.sets[local].role = .explicit
          explicitOrder.append(local)
          if program.sets[local].dependsOnChoices { program.beliefsMove = true }
          changed = true
        }
      }
    }
    for local in program.sets.indices where program.sets[local].role == .unknown {
      program.sets[local].firstLogit = program.logitCount
      program.logitCount += program.sets[local].actionCount
      program.unknownCount += program.sets[local].actionCount - 1
    }
  }

  // MARK: - Memory

  private mutating func layOut() {
    let count = classes.classes.count
    emitted = Array(repeating: false, count: count)
    gradientAddress = Array(repeating: 0, count: count)
    indexOffset = Array(repeating: 0, count: count)
    blockLists = dependencies.map { list in
      list.filter { program.sets[Int($0)].role == .unknown }
    }
    var next = 0
    func take(_ count: Int) -> Int {
      defer { next += count }
      return next
    }
    var layout = LogitProgram.Layout()
    layout.values = take(count)
    layout.odds = take(classes.odds.count)
    layout.logOdds = take(classes.odds.count)
    layout.power = take(program.sets.count)
    layout.termConstants = take(groups.values.reduce(0) { $0 + $1.terms.count })
    layout.termShares = take(groups.values.reduce(0) { $0 + $1.terms.count })
    layout.probability = take(program.actionCount)
    layout.logProbability = take(program.actionCount)
    layout.probabilitySlope = take(program.actionCount)
    layout.logProbabilitySlope = take(program.actionCount)
    layout.worth = take(program.actionCount)
    layout.rows = take(program.logitCount * program.rowLength)
    let widest = program.sets.map(\.actionCount).max() ?? 0
    layout.scratchRows = take(2 * widest * program.rowLength)
    layout.termWeights = take(2 * (groups.values.map(\.terms.count).max() ?? 0))
    let factors = groups.values.map { $0.factorActions.count }.max() ?? 0
    let groupCount = groups.values.map(\.groups.count).max() ?? 0
    layout.scratch = take(3 * widest + factors + groupCount + program.players(of: tree))
    layout.gradients = next
    program.layout = layout
    for (id, odds) in classes.odds.enumerated() {
      program.odds.append(
        LogitProgram.Input(
          address: Int32(layout.odds + id), source: odds.branch, view: odds.view))
    }
  }

  /// The length of a class's gradient: 0 for constants, else λ and its unknown logits.
  private func gradientLength(_ id: Int) -> Int {
    if dependencies[id].isEmpty { return 0 }
    return blockLists[id].reduce(1) { $0 + program.sets[Int($1)].actionCount }
  }

  // MARK: - Emission

  private mutating func emit() {
    for local in explicitOrder {
      emitClasses(of: local)
      emitSet(local, explicit: true)
    }
    for local in program.sets.indices where program.sets[local].role == .unknown {
      emitClasses(of: local)
    }
    for local in program.sets.indices where program.sets[local].role == .unknown {
      emitSet(local, explicit: false)
    }
    for player in tree.players.indices {
      let root = classes.valueClass(of: 0, for: player)
      emitClass(root, closing: true)
      program.rootValues.append(Int32(program.layout.values) + root)
    }
    program.layout.count = program.layout.gradients + gradientWords
  }

  private mutating func emitClasses(of local: Int) {
    guard let groups = groups[program.sets[local].id] else { return }
    for valueClass in groups.allClasses { emitClass(valueClass, closing: false) }
  }

  /// Emits a class after those it needs, without recursion.
  private mutating func emitClass(_ id: Int32, closing: Bool) {
    var stack = [id]
    while let top = stack.last {
      let place = Int(top)
      if emitted[place] {
        stack.removeLast()
        continue
      }
      let missing = classes.classes[place].children.filter { !emitted[Int($0)] }
      if missing.isEmpty {
        stack.removeLast()
        emitOne(place, closing: closing)
      } else {
        stack.append(contentsOf: missing)
      }
    }
  }

  private mutating func emitOne(_ id: Int, closing: Bool) {
    emitted[id] = true
    let entry = classes.classes[id]
    let address = Int32(program.layout.values + id)
    let length = gradientLength(id)
    gradientAddress[id] = Int32(program.layout.gradients + gradientWords)
    gradientWords += length
    indexOffset[id] = Int32(program.gradientIndex.count)
    if length > 0 {
      program.gradientIndex.append(0)
      for local in blockLists[id] {
        let set = program.sets[Int(local)]
        for action in 0..<set.actionCount {
          program.gradientIndex.append(Int32(1 + set.firstLogit + action))
        }
      }
    }
    var code: [Int32] = []
    switch entry.kind {
    case .terminal(let terminal):
      program.terminals.append(
        LogitProgram.Input(
          address: address, source: Int32(terminal), view: Int32(entry.player)))
      return
    case .leaf(let node):
      program.leaves.append(
        LogitProgram.Input(address: address, source: Int32(node), view: Int32(entry.player)))
      return
    case .chance(let weights):
      code = [
        LogitProgram.chance, address, gradientAddress[id], Int32(length),
        Int32(entry.children.count),
      ]
      for (child, weight) in zip(entry.children, weights) {
        appendChild(
          Int(child), weight: Int32(program.layout.odds) + weight, parent: id, to: &code)
      }
    case .decision(let global):
      guard let local = localOf[global] else { return }
      let set = program.sets[local]
      var block: Int32 = -1
      if set.role == .unknown { block = blockOffset(of: local, in: id) }
      let first = Int32(program.layout.probability + set.firstAction)
      let slope = Int32(program.layout.probabilitySlope + set.firstAction)
      code = [
        LogitProgram.decision, address, gradientAddress[id], Int32(length),
        Int32(entry.children.count), block, slope,
      ]
      for (action, child) in entry.children.enumerated() {
        appendChild(Int(child), weight: first + Int32(action), parent: id, to: &code)
      }
    }
    if length == 0 {
      program.constantCode += code
    } else if closing {
      program.closingCode += code
    } else if length == 1 {
      program.explicitCode += code
    } else {
      program.unknownCode += code
    }
  }

  /// Where a set's logits begin in the gradient of a class.
  private func blockOffset(of local: Int, in id: Int) -> Int32 {
    var offset = 1
    for other in blockLists[id] {
      if Int(other) == local { return Int32(offset) }
      offset += program.sets[Int(other)].actionCount
    }
    return -1
  }

  private func appendChild(_ child: Int, weight: Int32, parent: Int, to code: inout [Int32]) {
    let length = gradientLength(child)
    code += [
      weight, Int32(program.layout.values + child), gradientAddress[child], Int32(length),
    ]
    if length == 0 { return }
    code.append(0)
    for local in blockLists[child] {
      let offset = blockOffset(of: Int(local), in: parent)
      for action in 0..<program.sets[Int(local)].actionCount {
        code.append(offset + Int32(action))
      }
    }
  }

  private mutating func emitSet(_ local: Int, explicit: Bool) {
    let set = program.sets[local]
    guard let groups = groups[set.id] else { return }
    let needsBeliefs = groups.groups.count > 1
    var factorSets: [Int] = []
    for action in groups.factorActions {
      if let factor = localOf[tree.setOfAction(action, in: program.sets)],
        program.sets[factor].role == .unknown, !factorSets.contains(factor)
      {
        factorSets.append(factor)
      }
    }
    let bargain = tree.informationSets[set.id].bargain
    var power: Int32 = -1
    if let bargain {
      power = Int32(program.layout.power + program.powers.count)
      program.powers.append(
        LogitProgram.Input(address: power, source: Int32(bargain.powerIndex), view: 0))
    }
    var code: [Int32] = [
      LogitProgram.informationSet, Int32(local), Int32(set.actionCount), Int32(set.firstAction),
      explicit ? -1 : Int32(set.firstLogit), Int32(groups.groups.count),
      needsBeliefs ? Int32(groups.terms.count) : 0, needsBeliefs ? Int32(factorSets.count) : 0,
      power,
    ]
    for group in groups.groups {
      for child in group.prefix(set.actionCount) { appendWorth(Int(child), to: &code) }
    }
    if bargain != nil {
      for group in groups.groups {
        for child in group.dropFirst(set.actionCount) { appendWorth(Int(child), to: &code) }
      }
    }
    if needsBeliefs {
      for factor in factorSets {
        code += [
          Int32(program.sets[factor].firstLogit), Int32(program.sets[factor].actionCount),
          Int32(program.sets[factor].firstAction),
        ]
      }
      appendTerms(groups, factorSets: factorSets, to: &code)
    }
    if explicit {
      program.explicitCode += code
    } else {
      program.unknownCode += code
    }
  }

  private func appendWorth(_ id: Int, to code: inout [Int32]) {
    code += [
      Int32(program.layout.values + id), gradientAddress[id], Int32(gradientLength(id)),
      indexOffset[id],
    ]
  }

  private mutating func appendTerms(
    _ groups: BeliefGroups, factorSets: [Int], to code: inout [Int32]
  ) {
    let first = program.terms.count
    for term in groups.terms {
      let address = Int32(program.layout.termConstants + program.terms.count)
      let firstNode = Int32(program.termNodes.count)
      for odds in term.odds {
        let start = Int32(program.termOdds.count)
        program.termOdds += odds
        program.termNodes.append(start..<Int32(program.termOdds.count))
      }
      program.terms.append(
        LogitProgram.Term(
          address: address, nodes: firstNode..<Int32(program.termNodes.count)))
      code += [Int32(term.group), address, Int32(term.factors.count)]
      for action in term.factors {
        guard let factor = localOf[tree.setOfAction(action, in: program.sets)] else { continue }
        let set = program.sets[factor]
        let slot = factorSets.firstIndex(of: factor).map { Int32($0) } ?? -1
        code += [Int32(set.firstAction + action - set.globalAction), slot]
      }
    }
    program.termSets.append(first..<program.terms.count)
  }
}

extension LogitProgram {
  fileprivate func players(of tree: GameTree) -> Int { tree.players.count }
}

extension GameTree {
  /// The information set, among those of a region, to which an action belongs.
  fileprivate func setOfAction(_ action: Int, in sets: [LogitProgram.LocalSet]) -> Int {
    for set in sets
    where action >= set.globalAction && action < set.globalAction + set.actionCount {
      return set.id
    }
    return -1
  }
}
