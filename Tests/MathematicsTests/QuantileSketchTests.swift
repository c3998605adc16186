import Mathematics
import Testing

@Suite("The sketch of a distribution")
struct QuantileSketchTests {
  private func values(_ count: Int, seed: UInt64) -> [(value: Double, weight: Double)] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in (random.uniform() * random.uniform(), random.uniform()) }
  }

  @Test("Few values are kept: quantiles are those of the values")
  func exact() {
    let values = values(1_000, seed: 1)
    var sketch = QuantileSketch()
    for (value, weight) in values { sketch.add(value, weight: weight) }
    #expect(sketch.error == 0)
    #expect(
      sketch.quantiles(at: [0.05, 0.5, 0.95])
        == Statistics.quantiles(
          values.map(\.value), weights: values.map(\.weight), at: [0.05, 0.5, 0.95]))
  }

  @Test("Of many values quantiles are off by no more than is said")
  func stepped() throws {
    let values = values(50_000, seed: 2)
    var sketch = QuantileSketch()
    for (value, weight) in values { sketch.add(value, weight: weight) }
    #expect(sketch.error == QuantileSketch.largestError)
    let levels = [0.001, 0.05, 0.3, 0.5, 0.95, 0.999]
    let exact = try #require(
      Statistics.quantiles(values.map(\.value), weights: values.map(\.weight), at: levels))
    let found = try #require(sketch.quantiles(at: levels))
    for (one, other) in zip(exact, found) {
      // Half a step, and the gap to the next value.
      #expect(abs(one - other) <= 2 * sketch.error)
    }
  }

  @Test("Parts that are merged in order give the bits of the whole, above and below the limit")
  func merged() {
    for count in [900, 40_000] {
      let values = values(count, seed: 3)
      var whole = QuantileSketch()
      var merged = QuantileSketch()
      for start in stride(from: 0, to: count, by: 256) {
        var part = QuantileSketch()
        for (value, weight) in values[start..<min(start + 256, count)] {
          whole.add(value, weight: weight)
          part.add(value, weight: weight)
        }
        merged.merge(part)
      }
      #expect(merged == whole)
    }
  }

  @Test("Nothing has no quantile, and what has no weight does not count")
  func nothing() {
    var sketch = QuantileSketch()
    #expect(sketch.quantiles(at: [0.5]) == nil)
    sketch.add(0.3, weight: 0)
    #expect(sketch.quantiles(at: [0.5]) == nil)
    sketch.add(0.7)
    #expect(sketch.quantiles(at: [0, 0.5, 1]) == [0.7, 0.7, 0.7])
  }
}
