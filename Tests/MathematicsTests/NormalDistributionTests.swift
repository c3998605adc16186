import Mathematics
import Testing

@Suite("Standard normal")
struct NormalDistributionTests {
  @Test("The cumulative probability agrees with 40-digit arithmetic")
  func cumulative() {
    // mpmath.ncdf(z) at 40 digits
    let table = [
      (-10.0, 7.619853024160525e-24), (-3.5, 0.00023262907903552504),
      (-1.0, 0.15865525393145705), (-0.25, 0.4012936743170763), (0.0, 0.5),
      (0.5, 0.6914624612740131), (2.0, 0.9772498680518208), (8.0, 0.9999999999999993),
    ]
    for (z, expected) in table {
      #expect(isClose(StandardNormal.cumulative(z), expected, within: 1e-14), "z = \(z)")
    }
  }

  @Test("The quantile agrees with 40-digit arithmetic far into the tails")
  func quantile() {
    // mpmath.findroot(lambda x: log(ncdf(x) / u)) at 40 digits
    let table = [
      (1e-300, -37.0470962993612), (1e-20, -9.262340089798407), (1e-10, -6.361340902404057),
      (0.001, -3.0902323061678136), (0.05, -1.6448536269514726), (0.075, -1.439531470938456),
      (0.3, -0.5244005127080408), (0.5, 0.0), (0.6, 0.2533471031357997),
      (0.975, 1.9599639845400538), (0.9999, 3.7190164854557084),
    ]
    for (u, expected) in table {
      #expect(isClose(StandardNormal.quantile(u), expected, within: 1e-15), "u = \(u)")
    }
  }

  @Test("The quantile is the inverse of the cumulative probability")
  func inverse() {
    for i in 1..<2000 {
      let u = Double(i) / 2000
      let z = StandardNormal.quantile(u)
      #expect(isClose(StandardNormal.cumulative(z), u, within: 2e-15))
      #expect(StandardNormal.quantile(u * (1 + 1e-14)) >= z)
    }
  }

  @Test("The ends are infinite and there is nothing beyond")
  func ends() {
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.quantile(-0.1).isNaN)
    #expect(StandardNormal.quantile(.nan).isNaN)
    #expect(StandardNormal.quantile(0x1p-1074).isFinite)
  }

  @Test("The density is the slope of the cumulative probability")
  func density() {
    #expect(isClose(StandardNormal.density(0), 0.3989422804014327, within: 1e-15))
    for z in [-2.0, -0.5, 1.0] {
      let slope = (StandardNormal.cumulative(z + 1e-5) - StandardNormal.cumulative(z - 1e-5)) / 2e-5
      #expect(isClose(StandardNormal.density(z), slope, within: 1e-9))
    }
  }
}
