import Scenarios
import Testing

@Test("Places are ordered as text is read")
func placesAreOrdered() {
  #expect(Place(line: 1, column: 9) < Place(line: 2, column: 1))
}
