import Reports
import Testing

@Test("Wrapped text keeps every word in order and stays within the width")
func wrapping() {
  let text = "Yes if both governments announce that they have signed a treaty that obliges either."
  for width in 12...90 {
    let lines = TextLayout.wrap(text, first: "  ", indent: 4, width: width)
    #expect(lines.allSatisfy { $0.count <= width || !$0.dropFirst(4).contains(" ") })
    let words = lines.joined(separator: " ").split(separator: " ")
    #expect(words == text.split(separator: " "))
  }
}

@Test("Columns line up, numbers to the right")
func columns() {
  let lines = TextLayout.columns(
    [["9%", "talk"], ["<1%", "war"], ["40%", "peace"]], rightAligned: [0], indent: 1)
  #expect(lines == ["  9%  talk", " <1%  war", " 40%  peace"])
}

@Test("Clipping says that something is missing")
func clipping() {
  #expect(TextLayout.clipped("mutual defense", to: 14) == "mutual defense")
  #expect(TextLayout.clipped("mutual defense", to: 8) == "mutual …")
}
