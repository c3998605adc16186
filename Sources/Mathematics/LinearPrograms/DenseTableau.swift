/// A condensed simplex tableau in floating point, by rows in one piece of memory.
///
/// A row reads `basic + Σ entry · nonbasic = bound`. Below the inequalities stand rows of costs, of
/// the same form. The last two of ``columns`` are bounds: the given ones, and larger ones by which
/// pivots are chosen.
struct DenseTableau {
  /// The number of inequalities.
  let rows: Int
  /// The number of variables besides the slacks.
  let columns: Int
  /// The number of rows of costs.
  let costRows: Int
  /// The entries of a row, those that only fill it up included.
  let stride: Int
  /// `cells[row * stride + column]`.
  private(set) var cells: ContiguousArray<Double>
  /// The variable of each row.
  private(set) var basic: ContiguousArray<Int>
  /// The variable of each column.
  private(set) var nonbasic: ContiguousArray<Int>
  /// Columns in which a pivot row is not 0.
  private var support: ContiguousArray<Int>

  init(rows: Int, columns: Int, costRows: Int) {
    self.rows = rows
    self.columns = columns
    self.costRows = costRows
    stride = (columns + 2 + 7) / 8 * 8
    cells = ContiguousArray(repeating: 0, count: (rows + costRows) * stride)
    basic = ContiguousArray(columns..<(columns + rows))
    nonbasic = ContiguousArray(0..<columns)
    support = ContiguousArray(repeating: 0, count: stride)
  }

  /// The column of the given bounds.
  var bound: Int { columns }
  /// The column of the bounds by which pivots are chosen.
  var widened: Int { columns + 1 }

  subscript(row: Int, column: Int) -> Double {
    get { cells[row * stride + column] }
    set { cells[row * stride + column] = newValue }
  }

  /// Lends the cells to a kernel.
  func withCells<Result>(_ body: (UnsafePointer<Double>) -> Result) -> Result? {
    cells.withUnsafeBufferPointer { $0.baseAddress.map(body) }
  }

  /// The row's and the column's variable change places.
  mutating func pivot(row: Int, column: Int) {
    let stride = stride
    let count = rows + costRows
    cells.withUnsafeMutableBufferPointer { cells in
      support.withUnsafeMutableBufferPointer { support in
        guard let base = cells.baseAddress else { return }
        let pivotRow = base + row * stride
        let scale = 1 / pivotRow[column]
        pivotRow[column] = 1
        var filled = 0
        for j in 0..<stride {
          pivotRow[j] *= scale
          support[filled] = j
          filled += pivotRow[j] == 0 ? 0 : 1
        }
        let isSparse = filled * 4 < stride
        for other in 0..<count where other != row {
          let target = base + other * stride
          let factor = target[column]
          if factor == 0 { continue }
          target[column] = 0
          if isSparse {
            for k in 0..<filled {
              let j = support[k]
              target[j] -= factor * pivotRow[j]
            }
          } else {
            for j in 0..<stride { target[j] -= factor * pivotRow[j] }
          }
        }
      }
    }
    swap(&basic[row], &nonbasic[column])
  }
}
