import Mathematics

/// Follows the logit paths of many draws in lockstep, eight at a time: ``LogitPath`` with a draw in
/// each lane.
///
/// Every turn evaluates the equations, their derivatives and one Newton correction for all lanes;
/// then each lane decides for itself, by the rules of ``LogitPath/follow(to:visit:)``, whether its
/// correction goes on, its step is accepted, or tried again shorter. A lane whose path has ended
/// takes the next draw. Nothing that one lane computes depends on another. What is rare is left to
/// ``LogitPath``: the limit is tried there from the lane's point, a path that needs many steps is
/// followed there to its end, and one that fails is followed there again, with care.
///
/// Holds raw pointers; it never allocates and never outlives the borrow.
struct LockstepPaths {
  /// What one lane is doing.
  struct Path {
    var draw = -1
    /// The next evaluation is the one at λ = 0 that gives the first tangent.
    var isNew = false
    var iteration = 0
    var firstCorrection = 0.0
    var lastCorrection = 0.0
    var step = 0.0
    var lastStep = 1.0
    var sign = 0.0
    var isCurved = false
    var evaluations = 0
    var bifurcations = 0
    var limit = LogitLimit()
  }

  /// Vectors over logits, one after the other in one buffer.
  struct Vectors {
    let logits: UnsafeMutablePointer<Lanes>
    let tangent: UnsafeMutablePointer<Lanes>
    let oldTangent: UnsafeMutablePointer<Lanes>
    let predicted: UnsafeMutablePointer<Lanes>
    let start: UnsafeMutablePointer<Lanes>
    let metric: UnsafeMutablePointer<Lanes>
    let newMetric: UnsafeMutablePointer<Lanes>
    let correction: UnsafeMutablePointer<Lanes>
    let direction: UnsafeMutablePointer<Lanes>
    let influence: UnsafeMutablePointer<Lanes>
    /// √(p (1 − p)) of each choice.
    let spread: UnsafeMutablePointer<Lanes>
    static let count = 11

    init(_ base: UnsafeMutablePointer<Lanes>, logits count: Int) {
      logits = base
      tangent = base + count
      oldTangent = base + 2 * count
      predicted = base + 3 * count
      start = base + 4 * count
      metric = base + 5 * count
      newMetric = base + 6 * count
      correction = base + 7 * count
      direction = base + 8 * count
      influence = base + 9 * count
      spread = base + 10 * count
    }
  }

  typealias Mask = SIMDMask<SIMD8<Int64>>

  /// Evaluations after which a lane's path is followed alone.
  static let mostEvaluations = 250
  /// Below this λ what elimination without row exchanges loses, about λ² units in the last place
  /// where no pivot is small, is not looked for; a small pivot shows in corrections that do not
  /// shrink.
  static let safeLambda = 1e3

  let system: LaneLogitSystem
  let elimination: LaneElimination
  /// As in ``LockstepPlan``.
  let sets: UnsafePointer<Int32>
  let setCount: Int
  let explicitSets: UnsafePointer<Int32>
  let explicitCount: Int
  let assembly: UnsafePointer<Int32>
  let places: UnsafePointer<Int32>
  let diagonal: UnsafePointer<Int32>
  let corner: Int
  let actionCount: Int
  let logitCount: Int
  let unknownCount: Int
  let vectors: Vectors
  /// By unknown set: the reference action.
  let references: UnsafeMutablePointer<Lanes>
  /// By action.
  let startProbability: UnsafeMutablePointer<Lanes>
  /// By action of one set.
  let weights: UnsafeMutablePointer<Lanes>
  let bases: UnsafeMutablePointer<Lanes>
  let paths: UnsafeMutablePointer<Path>
  let control = LogitPath.Control.lockstep

  var lambda = Lanes()
  var tangentLambda = Lanes()
  var oldTangentLambda = Lanes()
  var startLambda = Lanes()
  var predictedLambda = Lanes()
  var metricLambda = Lanes(repeating: 1)

  var probability: UnsafeMutablePointer<Lanes> { system.memory + system.layout.probability }
  var logProbability: UnsafeMutablePointer<Lanes> {
    system.memory + system.layout.logProbability
  }
  var worth: UnsafeMutablePointer<Lanes> { system.memory + system.layout.worth }

  /// What a turn comes to, by lane.
  struct Turn {
    var correctionLambda = Lanes()
    var directionLambda = Lanes()
    var newMetricLambda = Lanes()
    var size = Lanes()
    var change = Lanes()
    var sign = Lanes()
    var norm = Lanes()
    var oldNorm = Lanes()
    var cosine = Lanes()
    /// Where a reference has become rare.
    var isStale = Mask(repeating: false)
  }

  // MARK: - Evaluation

  /// Computes choices, worths and derivatives at the current logits and λ.
  func evaluate() {
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let values = vectors.logits + Int(sets[4 * set + 2])
      var highest = values[0]
      for action in 1..<count {
        highest.replace(with: values[action], where: values[action] .> highest)
      }
      var total = Lanes()
      if count == 2 {
        // The likelier one's weight is 1: one exponential will do.
        let rest = exponential(-(values[0] - values[1]).magnitude)
        total = 1 + rest
        let isFirst = values[0] .>= values[1]
        probability[first] = rest.replacing(with: 1, where: isFirst)
        probability[first + 1] = Lanes(repeating: 1).replacing(with: rest, where: isFirst)
      } else {
        for action in 0..<count {
          let weight = exponential(values[action] - highest)
          probability[first + action] = weight
          total += weight
        }
      }
      let logTotal = logarithm(total)
      let scale = 1 / total
      let spread = vectors.spread + Int(sets[4 * set + 2])
      for action in 0..<count {
        let share = probability[first + action] * scale
        probability[first + action] = share
        logProbability[first + action] = values[action] - highest - logTotal
        spread[action] = (share * (1 - share)).squareRoot()
      }
    }
    system.runExplicit(lambda: lambda, mode: .logit)
    system.runUnknown()
  }

  /// Fills the system with the derivatives of the path's equations and of the border, and its right
  /// side with the negative residuals.
  ///
  /// Unknowns are the logits of all actions but the reference, which differs between lanes: the
  /// j-th unknown of a set is action j below the reference, j + 1 from it on.
  func assemble() {
    let entries = elimination.entries
    let side = elimination.side
    let rowLength = system.rowLength
    for logit in 0..<logitCount { vectors.influence[logit] = Lanes() }
    let last = Int(places[unknownCount])
    var distance = tangentLambda * metricLambda * metricLambda
    entries[corner] = distance
    distance *= lambda - predictedLambda
    var word = assembly
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let firstLogit = Int(sets[4 * set + 2])
      let firstUnknown = Int(sets[4 * set + 3])
      let reference = references[set]
      let rows = system.memory + system.layout.rows + firstLogit * rowLength
      let baseSlope = pick(rows, stride: rowLength, count: count, reference)
      let baseWorth = pick(worth + first, stride: 1, count: count, reference)
      for unknown in 0..<(count - 1) {
        let above = reference .<= Double(unknown)
        let own = worth[first + unknown].replacing(
          with: worth[first + unknown + 1], where: above)
        let slope = rows[unknown * rowLength].replacing(
          with: rows[(unknown + 1) * rowLength], where: above)
        let index = firstLogit + unknown
        let logit = vectors.logits[index].replacing(
          with: vectors.logits[index + 1], where: above)
        let gain = own - baseWorth
        entries[Int(word[0])] = lambda * (baseSlope - slope) - gain
        side[Int(places[firstUnknown + unknown])] = lambda * gain - logit
        entries[Int(diagonal[firstUnknown + unknown])] = Lanes(repeating: 1)
        // The border: the distance to the plane through the prediction, orthogonal to the tangent.
        let tangent = vectors.tangent[index].replacing(
          with: vectors.tangent[index + 1], where: above)
        let metric = vectors.metric[index].replacing(
          with: vectors.metric[index + 1], where: above)
        let predicted = vectors.predicted[index].replacing(
          with: vectors.predicted[index + 1], where: above)
        let pull = tangent * metric * metric
        entries[Int(word[1])] = pull
        distance += pull * (logit - predicted)
        word += 2
        let share = probability[first + unknown].replacing(
          with: probability[first + unknown + 1], where: above)
        let spread = vectors.spread[index].replacing(
          with: vectors.spread[index + 1], where: above)
        weights[unknown] = spread.replacing(with: 0, where: share .<= LogitPath.leastShare)
      }
      let dependencies = Int(word[0])
      word += 1
      for _ in 0..<dependencies {
        if count == 2, sets[4 * Int(word[0]) + 1] == 2, Int(word[0]) != set {
          word = assemblePair(word, set: set, reference: reference)
        } else {
          word = assembleBlock(word, set: set, reference: reference)
        }
      }
    }
    side[last] = -distance
  }

  /// The derivative of one set's equation by another set's logit, where both have two actions.
  @inline(__always)
  private func assemblePair(
    _ code: UnsafePointer<Int32>, set: Int, reference: Lanes
  ) -> UnsafePointer<Int32> {
    let other = Int(code[0])
    let rowLength = system.rowLength
    let column = 1 + Int(sets[4 * other + 2])
    let row = system.memory + system.layout.rows + Int(sets[4 * set + 2]) * rowLength + column
    // With the first action as the reference it is the first row less the second.
    let toward = lambda * (1 - 2 * reference)
    let first = toward * (row[0] - row[rowLength])
    let second = toward * (row[1] - row[rowLength + 1])
    let influence = vectors.influence + Int(sets[4 * other + 2])
    let firstSize = weights[0] * first.magnitude
    let secondSize = weights[0] * second.magnitude
    influence[0].replace(with: firstSize, where: firstSize .> influence[0])
    influence[1].replace(with: secondSize, where: secondSize .> influence[1])
    elimination.entries[Int(code[1])] = first.replacing(
      with: second, where: references[other] .<= 0)
    return code + 2
  }

  /// The derivatives of one set's equations by another set's logits.
  @inline(__always)
  private func assembleBlock(
    _ code: UnsafePointer<Int32>, set: Int, reference: Lanes
  ) -> UnsafePointer<Int32> {
    let entries = elimination.entries
    let rowLength = system.rowLength
    let other = Int(code[0])
    var word = code + 1
    let count = Int(sets[4 * set + 1])
    let rows =
      system.memory + system.layout.rows + Int(sets[4 * set + 2]) * rowLength + 1
      + Int(sets[4 * other + 2])
    let otherCount = Int(sets[4 * other + 1])
    let otherReference = references[other]
    let influence = vectors.influence + Int(sets[4 * other + 2])
    for column in 0..<otherCount {
      bases[column] = lambda * pick(rows + column, stride: rowLength, count: count, reference)
    }
    for unknown in 0..<(count - 1) {
      let above = reference .<= Double(unknown)
      let weight = weights[unknown]
      let row = rows + unknown * rowLength
      var before = Lanes()
      for column in 0..<otherCount {
        let own = row[column].replacing(with: row[column + rowLength], where: above)
        let difference = bases[column] - lambda * own
        let size = weight * difference.magnitude
        influence[column].replace(with: size, where: size .> influence[column])
        if column > 0 {
          entries[Int(word[column - 1])] = before.replacing(
            with: difference, where: otherReference .<= Double(column - 1))
        }
        before = difference
      }
      if other == set { entries[Int(word[unknown])] += 1 }
      word += otherCount - 1
    }
    return word
  }

  /// The reference's entry of a few.
  @inline(__always)
  private func pick(
    _ values: UnsafeMutablePointer<Lanes>, stride: Int, count: Int, _ reference: Lanes
  ) -> Lanes {
    var result = values[0]
    for action in 1..<count {
      result.replace(with: values[action * stride], where: reference .== Double(action))
    }
    return result
  }

  /// Brings the solutions back to logits and measures them.
  func measure(_ turn: inout Turn) {
    let n = Int(places[unknownCount])
    turn.correctionLambda = elimination.solution[n]
    turn.directionLambda = elimination.direction[n]
    let inverse = 1 / (1 + lambda + turn.correctionLambda)
    turn.newMetricLambda = inverse
    let base = 0.3 * inverse
    let square = inverse * inverse
    var size = turn.correctionLambda.magnitude / (1 + lambda)
    var own = turn.directionLambda * turn.directionLambda * square
    var old = tangentLambda * tangentLambda * square
    var both = tangentLambda * turn.directionLambda * square
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let firstLogit = Int(sets[4 * set + 2])
      let firstUnknown = Int(sets[4 * set + 3])
      let reference = references[set]
      let rare = 4 * pick(probability + first, stride: 1, count: count, reference)
      for action in 0..<count {
        turn.isStale .|= probability[first + action] .> rare
        let logit = firstLogit + action
        var correction = Lanes()
        var direction = Lanes()
        if action < count - 1 {
          let place = Int(places[firstUnknown + action])
          let below = reference .> Double(action)
          correction.replace(with: elimination.solution[place], where: below)
          direction.replace(with: elimination.direction[place], where: below)
        }
        if action > 0 {
          let place = Int(places[firstUnknown + action - 1])
          let above = reference .< Double(action)
          correction.replace(with: elimination.solution[place], where: above)
          direction.replace(with: elimination.direction[place], where: above)
        }
        vectors.correction[logit] = correction
        vectors.direction[logit] = direction
        var weight = vectors.influence[logit]
        weight.replace(
          with: LogitPath.largestInfluence, where: weight .> LogitPath.largestInfluence)
        weight.replace(
          with: vectors.metric[logit], where: vectors.metric[logit] .> weight)
        let moved = correction.magnitude * weight
        // What is not a number is never forgotten.
        size.replace(with: moved, where: .!(moved .<= size) .& (size .== size))
        let metric = vectors.spread[logit] + base
        vectors.newMetric[logit] = metric
        let scaled = direction * metric
        let tangent = vectors.tangent[logit] * metric
        own += scaled * scaled
        old += tangent * tangent
        both += scaled * tangent
      }
    }
    turn.size = size
    turn.norm = own.squareRoot()
    turn.oldNorm = old.squareRoot()
    turn.cosine = both / (turn.norm * turn.oldNorm + 1e-300)
    var change = Lanes()
    for action in 0..<actionCount {
      let difference = (probability[action] - startProbability[action]).magnitude
      change.replace(with: difference, where: difference .> change)
    }
    turn.change = change
  }
}
