import Mathematics

extension Scenario {
  /// The scenario with a variant's quantities set anew, as `--set` would; the others stay.
  public func applying(_ variant: Variant) -> Scenario {
    var result = self
    for setting in variant.settings {
      guard let index = input(named: setting.name) else { continue }
      let declared = inputs[index]
      let fixed: Distribution.Support? = declared.isProbability ? declared.support : nil
      // The text was read once already, when the variant was.
      guard let estimate = try? EstimateParser.read(setting.estimate, support: fixed) else {
        continue
      }
      result.inputs[index].distribution = estimate.distribution
      result.inputs[index].best = estimate.best
      result.inputs[index].isFixed = estimate.isFixed
      result.inputs[index].written = setting.estimate
    }
    return result
  }
}
