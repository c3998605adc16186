/// Up to five bands of equal width, with round edges, that hold some probabilities.
struct ProbabilityBands {
  /// In percent.
  private let width: Int
  private let first: Int
  private let count: Int

  init(_ values: [Double]) {
    let low = min(max(values.min() ?? 0, 0), 1) * 100
    let high = min(max(values.max() ?? 1, 0), 1) * 100
    func bands(_ width: Int) -> (first: Int, count: Int) {
      // What is exactly at the upper end of all belongs to the last band.
      let most = 100 / width - 1
      let first = min(Int(low) / width, most)
      return (first, min(Int(high) / width, most) - first + 1)
    }
    width = [1, 2, 5, 10, 20].first { bands($0).count <= 5 } ?? 20
    (first, count) = bands(width)
  }

  func place(of value: Double) -> Int {
    min(max(Int(min(max(value, 0), 1) * 100 + 1e-9) / width - first, 0), count - 1)
  }

  /// From the faintest, 1, to the strongest, 5.
  func shade(_ place: Int) -> Int {
    count == 1 ? 3 : 1 + (place * 8 + count - 1) / (2 * (count - 1))
  }

  var names: [String] {
    (first..<(first + count)).map { band in
      let (low, high) = (band * width, (band + 1) * width)
      if low == 0 { return "below \(high)%" }
      return high == 100 ? "above \(low)%" : "\(low)% to \(high)%"
    }
  }
}
