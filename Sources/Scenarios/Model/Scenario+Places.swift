extension Scenario {
  /// The step at which a fact is decided; nil for a type.
  public func step(ofFact fact: Int) -> Step? {
    func search(_ elements: [StoryElement]) -> Step? {
      for element in elements {
        switch element {
        case .reveal: continue
        case .round(let repeated): if let step = search(repeated.story) { return step }
        case .step(let step): if step.fact == fact { return step }
        }
      }
      return nil
    }
    return search(story)
  }

  /// Where an option of a step stands in the text; where the step does if it does not list its
  /// options.
  public func place(ofOption name: String, fact: Int) -> Place? {
    guard let step = step(ofFact: fact) else { return nil }
    if case .choice(_, let options) = step.kind,
      let option = options.first(where: { $0.name == name })
    {
      return option.place
    }
    return step.place
  }
}
