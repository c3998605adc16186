import Testing

import Mathematics

@Suite("Special functions")
struct SpecialFunctionTests {
  @Test("The logarithm of the gamma function at a factorial and at one half")
  func logGamma() {
    #expect(isClose(SpecialFunctions.logGamma(6), 4.787491742782046, within: 1e-15))  // log 120
    #expect(isClose(SpecialFunctions.logGamma(0.5), 0.5723649429247001, within: 1e-15))  // log √π
  }

  @Test("The incomplete beta function agrees with 40-digit arithmetic")
  func incompleteBeta() {
    // mpmath.betainc(a, b, 0, x, regularized=True); scipy.special.betainc for shapes over 1000
    let table = [
      (0.3, 2, 5, 0.5798249999999999), (0.01, 0.5, 0.5, 0.06376856085851985),
      (0.999, 0.1, 3, 0.999999999961474), (0.5, 200, 200, 0.5),
      (0.52, 1e4, 1e4, 0.9999999923892608), (0.2, 1e6, 4e6, 0.5000892062087052),
      (1e-8, 0.001, 2, 0.9827296909531869), (0.9, 50, 3, 0.09663328513725221),
    ]
    for (x, a, b, expected) in table {
      let value = SpecialFunctions.regularizedBeta(x, a, b)
      #expect(isClose(value, expected, within: 2e-13), "I(\(x); \(a), \(b)) = \(value)")
    }
  }

  @Test("The incomplete gamma function agrees with 40-digit arithmetic")
  func incompleteGamma() {
    // mpmath.gammainc(a, 0, x, regularized=True)
    let table = [
      (0.5, 0.1, 0.345279153981423), (1, 2, 0.8646647167633873),
      (3, 0.01, 1.654216528074877e-07), (10, 25, 0.9997785233617512),
      (100, 90, 0.15822098918643016), (1e4, 10100, 0.8413487504471796),
      (0.001, 0.5, 0.9994399333435292), (2.5, 60, 1.0),
    ]
    for (a, x, expected) in table {
      let value = SpecialFunctions.regularizedGamma(a, x)
      #expect(isClose(value, expected, within: 2e-13), "P(\(a), \(x)) = \(value)")
    }
  }

  @Test("The inverses agree with SciPy")
  func inverses() {
    // scipy.special.betaincinv(a, b, p)
    let betas = [
      (0.05, 2, 5, 0.06284989170835438), (0.95, 2, 5, 0.5818034092520259),
      (1e-6, 0.5, 0.5, 2.46740110027031e-12), (0.3, 1000, 10, 0.9887276606420669),
      (0.999, 0.2, 0.1, 1.0), (1e-10, 30, 40, 0.1223454234450216),
    ]
    for (p, a, b, expected) in betas {
      let x = SpecialFunctions.inverseRegularizedBeta(p, a, b)
      #expect(isClose(x, expected, within: 2e-13), "\(p), \(a), \(b) gave \(x)")
    }
    // scipy.special.gammaincinv(a, p)
    let gammas = [
      (0.05, 2, 0.35536151069866195), (0.95, 2, 4.743864518390577),
      (1e-6, 0.5, 7.853981633978593e-13), (0.3, 1000, 983.1784467578987),
      (0.999, 0.2, 4.101964324738666), (1e-10, 30, 7.00051170035183),
    ]
    for (p, a, expected) in gammas {
      let x = SpecialFunctions.inverseRegularizedGamma(p, a)
      #expect(isClose(x, expected, within: 2e-13), "\(p), \(a) gave \(x)")
    }
  }

  @Test("I(x; a, b) = 1 − I(1 − x; b, a), and the inverse undoes it, for many shapes")
  func identities() {
    let shapes = [1e-3, 0.05, 0.7, 1, 3.3, 40, 2500, 1e6]
    for a in shapes {
      for b in shapes {
        for p in [1e-12, 0.01, 0.3, 0.5, 0.8, 0.999] {
          let target = Tails(lower: p, upper: 1 - p)
          let logit = SpecialFunctions.inverseBetaLogit(target, a, b)
          guard abs(logit) < 700 else { continue }
          let x = SpecialFunctions.sigmoid(logit)
          let y = SpecialFunctions.sigmoid(-logit)
          let tails = SpecialFunctions.betaTails(x, y, a, b)
          #expect(isClose(tails.lower, p, within: 1e-9), "\(a), \(b), \(p): \(tails)")
          let mirror = SpecialFunctions.betaTails(y, x, b, a)
          #expect(isNear(mirror.upper, tails.lower, within: 1e-12))
        }
      }
    }
  }

  @Test("The ends of the inverses are the ends of the range")
  func ends() {
    #expect(SpecialFunctions.inverseRegularizedBeta(0, 2, 3) == 0)
    #expect(SpecialFunctions.inverseRegularizedBeta(1, 2, 3) == 1)
    #expect(SpecialFunctions.inverseRegularizedGamma(0, 2) == 0)
    #expect(SpecialFunctions.inverseRegularizedGamma(1, 2) == .infinity)
    #expect(SpecialFunctions.inverseRegularizedBeta(.nan, 2, 3).isNaN)
  }
}
