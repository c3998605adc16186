/// Follows the principal branch of agent logit equilibria of one region (McKelvey & Palfrey 1998)
/// by pseudo-arclength continuation (Keller 1977).
///
/// The unknowns are the logits y of each unknown information set, relative to a reference action,
/// and λ. The equations are y = λ·(worth − worth of the reference), where worth is conditional on
/// the set and beliefs are computed from logarithms, so that nothing underflows. A step predicts
/// along the tangent with its curvature, then corrects by Newton's method in the plane orthogonal
/// to the tangent. Distances weigh logits by how much they move probabilities and λ by how much
/// its logarithm moves. Direction is kept by continuity, so turning points and simple bifurcations
/// are passed; a change in the sign of the bordered determinant, the mark of a bifurcation or of a
/// jump between branches, is accepted only after the step has been cut to a small one.
struct LogitPath {
  /// How cautious the steps are.
  struct Control {
    var largestChange = 0.25
    var wantedChange = 0.15
    var largestCorrection = 0.12
    var wantedCorrection = 0.03
    var acceptedCorrection = 2e-3
    var leastCosine = 0.85
    var bifurcationStep = 1e-3
    var firstStep = 0.3
    var largestStep = 3.0
    var leastStep = 1e-8
    var stepLimit = 3000

    /// For draws in lockstep: one correction a step, where it is small. The next one begins where
    /// this one ended, so errors do not add up, and the limit is polished.
    static let lockstep = Control(acceptedCorrection: 0.05, leastCosine: 0.9)

    /// For a second attempt.
    static let cautious = Control(
      largestChange: 0.06, wantedChange: 0.03, largestCorrection: 0.01, wantedCorrection: 2e-3,
      acceptedCorrection: 1e-5, leastCosine: 0.97, bifurcationStep: 1e-5, firstStep: 0.02,
      largestStep: 0.7, leastStep: 1e-10, stepLimit: 8000)
  }

  /// What is known at an accepted point beside the point and its tangents.
  struct Progress {
    var step: Double
    var lastStep: Double
    /// Of the bordered determinant.
    var sign: Int
    var isCurved: Bool
    var limit: LogitLimit
  }

  /// What has been done of a path.
  enum Beginning {
    /// Nothing: it begins at the centroid.
    case centroid
    /// It stands at an accepted point.
    case point(Progress)
    /// It could not be followed with the usual steps.
    case failure
  }

  /// Why the path ended.
  enum End {
    /// The choices are decided and polished.
    case limit
    /// λ has reached the wanted value.
    case target
    /// λ is as high as numbers allow; the choices stand as they are there.
    case cap
    case stepUnderflow
    case stepLimit
    case notConverged
    /// The visitor has seen enough.
    case visited
  }

  /// One past the largest λ that is followed.
  /// Beyond it the rounding of logits that grow like λ harms beliefs more than λ helps.
  static let lambdaCap = 3e9
  /// The least λ at which a branch that cannot be followed any further is taken where it stands.
  static let lambdaFloor = 5e6
  /// The probability from which a choice counts when influence on it is measured.
  static let leastShare = 1e-3
  static let largestInfluence = 0.2

  let system: LogitSystem
  /// Four words for each unknown set: first action, count, first logit, local id.
  let sets: UnsafePointer<Int32>
  let setCount: Int
  /// Two words for each explicit set: first action, count.
  let explicitSets: UnsafePointer<Int32>
  let explicitCount: Int
  let actionCount: Int
  let logitCount: Int
  let unknownCount: Int

  // Vectors over logits.
  let logits: UnsafeMutablePointer<Double>
  let tangent: UnsafeMutablePointer<Double>
  let oldTangent: UnsafeMutablePointer<Double>
  let predicted: UnsafeMutablePointer<Double>
  let startLogits: UnsafeMutablePointer<Double>
  let metric: UnsafeMutablePointer<Double>
  let startProbability: UnsafeMutablePointer<Double>
  let side: UnsafeMutablePointer<Double>
  let references: UnsafeMutablePointer<Int32>
  let logitOfColumn: UnsafeMutablePointer<Int32>
  let actionOfLogit: UnsafeMutablePointer<Int32>
  let elimination: DenseElimination
  /// By column of the linear system: how much a logit moves others that matter.
  let influence: UnsafeMutablePointer<Double>
  /// By action, for comparison.
  let explicitWorth: UnsafeMutablePointer<Double>
  /// Whether beliefs at some explicit set depend on choices.
  let beliefsMove: Bool

  var lambda = 0.0
  var tangentLambda = 1.0
  var oldTangentLambda = 1.0
  var startLambda = 0.0
  var predictedLambda = 0.0
  var metricLambda = 1.0
  var steps = 0
  var evaluations = 0
  var bifurcations = 0
  var control = Control()

  var probability: UnsafeMutablePointer<Double> { system.memory + system.layout.probability }
  var logProbability: UnsafeMutablePointer<Double> {
    system.memory + system.layout.logProbability
  }
  var worth: UnsafeMutablePointer<Double> { system.memory + system.layout.worth }

  // MARK: - Evaluation

  /// Computes choices, worths and derivatives at the current logits and λ.
  mutating func evaluate(_ mode: LogitSystem.Mode) {
    evaluations += 1
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let values = logits + Int(sets[4 * set + 2])
      var highest = values[0]
      for action in 1..<count where values[action] > highest { highest = values[action] }
      var total = 0.0
      for action in 0..<count {
        let weight = exponential(values[action] - highest)
        probability[first + action] = weight
        total += weight
      }
      let logTotal = logarithm(total)
      let scale = 1 / total
      for action in 0..<count {
        probability[first + action] *= scale
        logProbability[first + action] = values[action] - highest - logTotal
      }
    }
    system.runExplicit(lambda: lambda, mode: mode)
    system.runUnknown()
  }

  /// Numbers the columns of the linear system: all logits but the references.
  func numberColumns() {
    var column = 0
    for set in 0..<setCount {
      for action in 0..<Int(sets[4 * set + 1]) where action != Int(references[set]) {
        logitOfColumn[column] = sets[4 * set + 2] + Int32(action)
        column += 1
      }
    }
  }

  /// Numbers the columns, and notes which action each logit belongs to.
  func prepareColumns() {
    for set in 0..<setCount {
      for action in sets[4 * set]..<(sets[4 * set] + sets[4 * set + 1]) {
        actionOfLogit[Int(sets[4 * set + 2] + action - sets[4 * set])] = action
      }
    }
    numberColumns()
  }

  /// Fills the matrix with the scaled derivatives of the path's equations and `side` with the
  /// scaled negative residuals. The last column is the derivative by λ.
  ///
  /// Notes each logit's influence: rare choices can matter, where they are all that a player off
  /// the path has to go by, or where λ makes up for their rarity.
  func assemble() -> Double {
    let matrix = elimination.matrix
    let stride = elimination.stride
    var row = 0
    var worst = 0.0
    for column in 0..<unknownCount { influence[column] = 0 }
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let firstLogit = Int(sets[4 * set + 2])
      let reference = Int(references[set])
      let base = system.memory + system.layout.rows + (firstLogit + reference) * system.rowLength
      for action in 0..<Int(sets[4 * set + 1]) where action != reference {
        let own = system.memory + system.layout.rows + (firstLogit + action) * system.rowLength
        let line = matrix + row * stride
        for column in 0..<unknownCount {
          let entry = 1 + Int(logitOfColumn[column])
          line[column] = lambda * (base[entry] - own[entry])
        }
        let share = probability[first + action]
        if share > LogitPath.leastShare {
          let weight = (share * (1 - share)).squareRoot()
          for column in 0..<unknownCount {
            influence[column] = max(influence[column], weight * abs(line[column]))
          }
        }
        line[row] += 1
        let gain = worth[first + action] - worth[first + reference]
        line[unknownCount] = lambda * (base[0] - own[0]) - gain
        let residual = logits[firstLogit + action] - lambda * gain
        worst = max(worst, abs(residual))
        side[row] = -residual
        scale(line, row: row)
        row += 1
      }
    }
    return worst
  }

  /// Divides a row and its right side by its largest entry.
  @inline(__always)
  func scale(_ line: UnsafeMutablePointer<Double>, row: Int) {
    var largest = abs(line[unknownCount])
    for column in 0..<unknownCount {
      let size = abs(line[column])
      if size > largest { largest = size }
    }
    if largest == 0 { return }
    let factor = 1 / largest
    for column in 0...unknownCount { line[column] *= factor }
    side[row] *= factor
  }

  /// The metric at the current choices.
  mutating func measure() {
    let base = 0.3 / (1 + lambda)
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let firstLogit = Int(sets[4 * set + 2])
      for action in 0..<Int(sets[4 * set + 1]) {
        let share = probability[first + action]
        metric[firstLogit + action] = (share * (1 - share)).squareRoot() + base
      }
    }
    metricLambda = 1 / (1 + lambda)
  }

  /// The inner product in the metric.
  func product(
    _ a: UnsafeMutablePointer<Double>, _ aLambda: Double, _ b: UnsafeMutablePointer<Double>,
    _ bLambda: Double
  ) -> Double {
    var sum = aLambda * bLambda * metricLambda * metricLambda
    for logit in 0..<logitCount { sum += a[logit] * b[logit] * metric[logit] * metric[logit] }
    return sum
  }

  /// Copies the solution of the linear system to a vector over logits.
  func scatter(_ vector: UnsafeMutablePointer<Double>) {
    for logit in 0..<logitCount { vector[logit] = 0 }
    for column in 0..<unknownCount { vector[Int(logitOfColumn[column])] = side[column] }
  }
}
