import Equilibria
import Games
import Testing

@Test("An assessment keeps its parts")
func assessmentParts() {
  let assessment = Assessment(profile: BehaviorProfile([1, 0]), logTrembles: [0, -30])
  #expect(assessment.profile.probabilities == [1, 0])
}
