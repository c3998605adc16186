/// A number of things that may be more than a machine integer holds: nil then.
enum Counting {
  /// The sum.
  static func sum(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return nil }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? nil : sum
  }

  /// The sum of all.
  static func sum(_ all: some Sequence<Int?>) -> Int? { all.reduce(0) { sum($0, $1) } }

  /// The product. Nothing of anything is nothing.
  static func product(_ first: Int?, _ second: Int?) -> Int? {
    if first == 0 || second == 0 { return 0 }
    guard let first, let second else { return nil }
    let (product, overflow) = first.multipliedReportingOverflow(by: second)
    return overflow ? nil : product
  }
}
