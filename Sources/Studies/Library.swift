/// The scenarios and templates that come with the program, so that `demo` and `new` work in any
/// folder.
public enum Library {
  /// A text that a user can start from.
  public struct Template: Sendable {
    /// What `new` calls it.
    public var name: String
    /// What it shows, in a line.
    public var about: String
    /// The text.
    public var bytes: [UInt8]
  }

  /// The seed question's scenario.
  public static var seed: [UInt8] { PackageResources.russia_iran_yaml }

  /// What `new` offers, simplest first.
  public static var templates: [Template] {
    [
      Template(
        name: "blank", about: "the least scenario that runs, with comments",
        bytes: PackageResources.blank_yaml),
      Template(
        name: "chicken", about: "two parties, one must give way",
        bytes: PackageResources.chicken_yaml),
      Template(
        name: "signal", about: "one party knows more, and acts first",
        bytes: PackageResources.signal_yaml),
      Template(
        name: "deal", about: "three parties and an agreement made of clauses",
        bytes: PackageResources.deal_yaml),
      Template(
        name: "russia-iran", about: "the seed question in full: will Russia sign with Iran?",
        bytes: PackageResources.russia_iran_yaml),
    ]
  }
}
