import Reports
import Testing

@Test("Probabilities are never shown as 0% or 100%")
func percentagesStayInside() {
  let cases: [(Double, String)] = [
    (0, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.0123, "1.2%"), (0.0994, "9.9%"),
    (0.0996, "10%"), (0.1, "10%"), (0.285, "28%"), (0.5, "50%"), (0.9, "90%"), (0.951, "95.1%"),
    (0.99, "99%"), (0.991, ">99%"), (1, ">99%"), (.nan, "undefined"),
  ]
  for (probability, text) in cases {
    #expect(NumberFormat.percent(probability) == text, "\(probability)")
  }
  for step in 0...1000 {
    let text = NumberFormat.percent(Double(step) / 1000)
    #expect(text != "0%" && text != "100%" && text != "0.0%" && text != "100.0%")
  }
}

@Test("Numbers are short, and small ones keep their digits")
func shortNumbers() {
  let cases: [(Double, String)] = [
    (0, "0"), (1, "1"), (-2.5, "-2.5"), (1234.5, "1235"), (12.345, "12.35"), (0.00012, "0.0001"),
    (1.5e-7, "1.5e-7"),
  ]
  for (value, text) in cases { #expect(NumberFormat.short(value) == text, "\(value)") }
  #expect(NumberFormat.count(4096) == "4,096")
  #expect(NumberFormat.count(-1_234_567) == "-1,234,567")
  #expect(NumberFormat.count(7) == "7")
  #expect(NumberFormat.scientific(9.97e-9) == "1e-8")
}
