import Mathematics
import Testing

@Test("Systematic resampling takes each sample as often as its share says, rounded up or down")
func systematicShares() {
  var random = SplitMix64(seed: 11)
  for seed in 0..<200 {
    let weights = (0..<20).map { _ in random.uniform() < 0.3 ? 0 : random.uniform() }
    let count = 1 + Int(random.uniform() * 500)
    let indices = SystematicResampling.indices(
      weights: weights, count: count, seed: UInt64(seed))
    #expect(indices.count == count)
    #expect(indices == indices.sorted())
    let total = weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      let wanted = weight / total * Double(count)
      let taken = Double(indices.count { $0 == index })
      #expect(taken > wanted - 1 - 1e-9 && taken < wanted + 1 + 1e-9)
      if weight == 0 { #expect(taken == 0) }
    }
  }
  #expect(SystematicResampling.indices(weights: [0, 0], count: 5, seed: 1).isEmpty)
}

@Test("Equal weights count in full, a single one as one")
func effectiveSizes() {
  #expect(SystematicResampling.effectiveSize([2, 2, 2, 2]) == 4)
  #expect(SystematicResampling.effectiveSize([0, 3, 0]) == 1)
  #expect(SystematicResampling.effectiveSize([]) == 0)
  #expect(abs(SystematicResampling.effectiveSize([1, 2, 3]) - 36.0 / 14) < 1e-12)
}
