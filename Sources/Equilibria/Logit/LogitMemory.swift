/// The flat buffers that programs run in and paths are followed in, made once, large enough for
/// each of some programs.
struct LogitMemory: Sendable {
  private var numbers: [Double]
  private var vectors: [Double]
  private var matrix: [Double]
  private var integers: [Int32]

  init(_ programs: [LogitProgram]) {
    let logits = programs.map(\.logitCount).max() ?? 0
    let unknowns = programs.map(\.unknownCount).max() ?? 0
    let actions = programs.map(\.actionCount).max() ?? 0
    let sets = programs.map(\.sets.count).max() ?? 0
    numbers = Array(repeating: 0, count: programs.map(\.layout.count).max() ?? 0)
    vectors = Array(repeating: 0, count: 6 * logits + 2 * actions + 2 * unknowns + 2)
    matrix = Array(repeating: 0, count: (unknowns + 1) * (unknowns + 1))
    integers = Array(repeating: 0, count: 7 * sets + logits + 2 * unknowns + 2)
  }

  /// A number of the program's memory, by its address.
  subscript(address: Int) -> Double {
    get { numbers[address] }
    set { numbers[address] = newValue }
  }

  /// Lends everything as a path over a program. The path must not outlive the call.
  mutating func withPath(_ program: LogitProgram, _ body: (inout LogitPath) -> Void) {
    let setCount = fillSets(program)
    let explicitCount = program.sets.count { $0.role == .explicit }
    numbers.withUnsafeMutableBufferPointer { numbers in
      vectors.withUnsafeMutableBufferPointer { vectors in
        matrix.withUnsafeMutableBufferPointer { matrix in
          integers.withUnsafeMutableBufferPointer { integers in
            program.withSystem(numbers) { system in
              guard let vector = vectors.baseAddress, let integer = integers.baseAddress,
                let table = matrix.baseAddress
              else { return }
              let logits = program.logitCount
              let unknowns = program.unknownCount
              let words = integer + 4 * setCount + 2 * explicitCount
              var path = LogitPath(
                system: system, sets: UnsafePointer(integer), setCount: setCount,
                explicitSets: UnsafePointer(integer + 4 * setCount),
                explicitCount: explicitCount, actionCount: program.actionCount,
                logitCount: logits, unknownCount: unknowns, logits: vector,
                tangent: vector + logits, oldTangent: vector + 2 * logits,
                predicted: vector + 3 * logits, startLogits: vector + 4 * logits,
                metric: vector + 5 * logits, startProbability: vector + 6 * logits,
                side: vector + 6 * logits + program.actionCount, references: words,
                logitOfColumn: words + setCount,
                actionOfLogit: words + setCount + 2 * unknowns + 2,
                elimination: DenseElimination(
                  matrix: table, stride: unknowns + 1,
                  pivots: words + setCount + unknowns + 1, count: unknowns + 1),
                influence: vector + 6 * logits + program.actionCount + unknowns + 1,
                explicitWorth: vector + 6 * logits + program.actionCount + 2 * unknowns + 1,
                beliefsMove: program.beliefsMove)
              body(&path)
            }
          }
        }
      }
    }
  }

  /// Writes the tables of unknown and explicit sets; returns the number of unknown ones.
  private mutating func fillSets(_ program: LogitProgram) -> Int {
    var word = 0
    var unknown = 0
    for (local, set) in program.sets.enumerated() where set.role == .unknown {
      integers[word] = Int32(set.firstAction)
      integers[word + 1] = Int32(set.actionCount)
      integers[word + 2] = Int32(set.firstLogit)
      integers[word + 3] = Int32(local)
      word += 4
      unknown += 1
    }
    for set in program.sets where set.role == .explicit {
      integers[word] = Int32(set.firstAction)
      integers[word + 1] = Int32(set.actionCount)
      word += 2
    }
    return unknown
  }
}

extension LogitProgram {
  /// Lends the instruction streams and a memory as a ``LogitSystem``.
  fileprivate func withSystem(
    _ memory: UnsafeMutableBufferPointer<Double>, _ body: (LogitSystem) -> Void
  ) {
    guard let base = memory.baseAddress else { return }
    withCode(orAt: base) { code in
      body(
        LogitSystem(
          memory: base, layout: layout, rowLength: rowLength, constantCode: code.constants,
          explicitCode: code.explicit, unknownCode: code.unknown, closingCode: code.closing,
          gradientIndex: code.gradientIndex))
    }
  }

  /// A program's instruction streams, lent.
  struct Code {
    let constants: UnsafeBufferPointer<Int32>
    let explicit: UnsafeBufferPointer<Int32>
    let unknown: UnsafeBufferPointer<Int32>
    let closing: UnsafeBufferPointer<Int32>
    let gradientIndex: UnsafePointer<Int32>
  }

  /// Lends the instruction streams. They must not outlive the call.
  ///
  /// - Parameter address: stands for the index of a region without gradients: none of it is read.
  func withCode(orAt address: UnsafeRawPointer, _ body: (Code) -> Void) {
    constantCode.withUnsafeBufferPointer { constants in
      explicitCode.withUnsafeBufferPointer { explicit in
        unknownCode.withUnsafeBufferPointer { unknown in
          closingCode.withUnsafeBufferPointer { closing in
            gradientIndex.withUnsafeBufferPointer { index in
              body(
                Code(
                  constants: constants, explicit: explicit, unknown: unknown, closing: closing,
                  gradientIndex: index.baseAddress
                    ?? address.assumingMemoryBound(to: Int32.self)))
            }
          }
        }
      }
    }
  }
}
