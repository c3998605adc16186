import Mathematics

extension Scenario {
  /// The scenario with a variant's quantities set anew, as `--set` would; the others stay.
  public func applying(_ variant: Variant) -> Scenario {
    var result = self
    for setting in variant.settings {
      guard let index = input(named: setting.name) else { continue }
      // The text was read once already, when the variant was.
      if let changed = try? result.setting(index, to: setting.estimate) { result = changed }
    }
    return result
  }

  /// The scenario with one input's estimate replaced, as `--set` would.
  ///
  /// - Throws: a diagnostic if the text is no estimate, or none that the input allows.
  public func setting(_ input: Int, to text: String) throws(Diagnostic) -> Scenario {
    let declared = inputs[input]
    let fixed: Distribution.Support? = declared.isProbability ? declared.support : nil
    do {
      let estimate = try EstimateParser.read(text, support: fixed)
      var result = self
      result.inputs[input].distribution = estimate.distribution
      result.inputs[input].best = estimate.best
      result.inputs[input].isFixed = estimate.isFixed
      result.inputs[input].written = text
      return result
    } catch {
      throw Diagnostic(
        code: error.code, file: file, place: declared.place,
        message: "'\(declared.name)' cannot be set to '\(text)': \(error.message)",
        remedy: error.remedy)
    }
  }
}
