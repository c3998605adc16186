import Mathematics
public import Scenarios

/// What the answer to a question would be if a step could only go one way, and all knew.
public struct Counterfactual: Sendable, Equatable {
  /// What is supposed.
  public var supposition: Supposition
  /// Who chooses there, by name; nil where chance does.
  public var party: String?
  /// The step.
  public var step: String
  /// The option that it is left with.
  public var option: String
  /// The probability of the question's event in that game, within the story; nil where the question's
  /// condition then never holds.
  public var probability: Double?
  /// The sampling error of the difference from the answer in the story as it stands.
  public var differenceError: Double
}

/// The answer to a question with some quantities set anew.
public struct VariantAnswer: Sendable, Equatable {
  /// The variant's name.
  public var name: String
  /// The probability; nil where the question's condition then never holds.
  public var probability: Double?
  /// Its sampling error.
  public var samplingError: Double
  /// Why no draw has an answer, if none has.
  public var problem: String?
}
