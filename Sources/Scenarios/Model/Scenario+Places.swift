extension Scenario {
  /// Where an option of a step stands in the text; the step itself where options are not written
  /// one by one.
  public func place(ofOption name: String, fact: Int) -> Place? {
    func search(_ elements: [StoryElement]) -> Place? {
      for element in elements {
        switch element {
        case .reveal: continue
        case .round(let repeated):
          if let place = search(repeated.story) { return place }
        case .step(let step) where step.fact == fact:
          if case .choice(_, let options) = step.kind,
            let option = options.first(where: { $0.name == name })
          {
            return option.place
          }
          return step.place
        case .step: continue
        }
      }
      return nil
    }
    return search(story)
  }
}
