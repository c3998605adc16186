import Foundation
import Mathematics
import Testing

@Suite("Elementary functions, lane by lane")
struct LanesTests {
  private func lanes(_ body: (Int) -> Double) -> Lanes {
    var result = Lanes()
    for lane in 0..<Lanes.width { result[lane] = body(lane) }
    return result
  }

  @Test("The exponential agrees with the library's to two units in the last place")
  func exponentialAgrees() {
    var random = SplitMix64(seed: 11)
    for scale in [1e-12, 0.1, 1.0, 30.0, 700.0] {
      for _ in 0..<2_000 {
        let x = lanes { _ in (2 * random.uniform() - 1) * scale }
        let y = exponential(x)
        for lane in 0..<Lanes.width {
          let exact = exp(x[lane])
          #expect(abs(y[lane] - exact) <= 2 * exact.ulp)
        }
      }
    }
  }

  @Test("The exponential of what is far below is 0, and of no number none")
  func exponentialAtTheEnds() {
    let y = exponential(Lanes(0, -0.0, -708.5, -1e9, -.infinity, .nan, 1, -707))
    #expect(y[0] == 1 && y[1] == 1)
    #expect(y[2] == 0 && y[3] == 0 && y[4] == 0)
    #expect(y[5].isNaN)
    #expect(abs(y[6] - M_E) <= 2 * M_E.ulp)
    #expect(y[7] > 0)
  }

  @Test("The logarithm agrees with the library's to two units in the last place")
  func logarithmAgrees() {
    var random = SplitMix64(seed: 12)
    for scale in [1e-300, 1e-3, 0.5, 1.0, 2.0, 1e300] {
      for _ in 0..<2_000 {
        let x = lanes { _ in (0.5 + random.uniform()) * scale }
        let y = logarithm(x)
        for lane in 0..<Lanes.width {
          let exact = log(x[lane])
          #expect(abs(y[lane] - exact) <= 2 * max(abs(exact), 1).ulp)
        }
      }
    }
    #expect(logarithm(Lanes(repeating: 1))[0] == 0)
  }

  @Test("Columns are as long as whole lanes")
  func columns() {
    var columns = Columns(count: 3, draws: 13)
    #expect(columns.stride == 16)
    columns[2, 12] = 5
    #expect(columns.values[2 * 16 + 12] == 5)
  }
}
