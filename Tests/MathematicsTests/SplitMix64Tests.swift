import Mathematics
import Testing

@Test("SplitMix64 gives the published first output for seed 0")
func splitMix64FirstOutput() {
  var stream = SplitMix64(seed: 0)
  #expect(stream.next() == 0xe220_a839_7b1d_cdaf)
}
