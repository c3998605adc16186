/// The scenarios that come with the program, so that `demo` and `new` work in any folder.
public enum Library {
  /// A text that a user can start from.
  public struct Template: Sendable {
    /// What `new` calls it.
    public var name: String
    /// The text.
    public var bytes: [UInt8]

    /// The scenario's title.
    public var title: String {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      let line = lines.first { $0.hasPrefix("title: ") } ?? ""
      let title = line.dropFirst(7)
      return title.hasPrefix("\"") ? String(title.dropFirst().dropLast()) : String(title)
    }
  }

  /// The seed question's scenario.
  public static var seed: [UInt8] { PackageResources.russia_iran_yaml }

  /// Short texts to learn from, simplest first.
  public static var templates: [Template] {
    [
      Template(name: "blank", bytes: PackageResources.blank_yaml),
      Template(name: "chicken", bytes: PackageResources.chicken_yaml),
      Template(name: "signal", bytes: PackageResources.signal_yaml),
      Template(name: "deal", bytes: PackageResources.deal_yaml),
    ]
  }

  /// Whole arguments: the seed's, classics, published models, cases.
  public static var scenarios: [Template] {
    [
      Template(name: "russia-iran", bytes: seed),
      Template(name: "deterrence", bytes: PackageResources.deterrence_yaml),
      Template(name: "brinkmanship", bytes: PackageResources.brinkmanship_yaml),
      Template(
        name: "two-level-ratification", bytes: PackageResources.two_level_ratification_yaml),
      Template(name: "chain-store-1978", bytes: PackageResources.chain_store_1978_yaml),
      Template(name: "spence-1973-signal", bytes: PackageResources.spence_1973_signal_yaml),
      Template(
        name: "kreps-wilson-1982-reputation",
        bytes: PackageResources.kreps_wilson_1982_reputation_yaml),
      Template(
        name: "rubinstein-1982-bargaining",
        bytes: PackageResources.rubinstein_1982_bargaining_yaml),
      Template(name: "morrow-1994-alliance", bytes: PackageResources.morrow_1994_alliance_yaml),
      Template(name: "fearon-1995-ultimatum", bytes: PackageResources.fearon_1995_ultimatum_yaml),
      Template(
        name: "fearon-1997-tying-hands", bytes: PackageResources.fearon_1997_tying_hands_yaml),
      Template(
        name: "smith-stam-2004-optimism", bytes: PackageResources.smith_stam_2004_optimism_yaml),
      Template(name: "kydd-2005-trust", bytes: PackageResources.kydd_2005_trust_yaml),
      Template(
        name: "debs-monteiro-2014-power-shift",
        bytes: PackageResources.debs_monteiro_2014_power_shift_yaml),
      Template(name: "labor-contract", bytes: PackageResources.labor_contract_yaml),
      Template(name: "merger-review", bytes: PackageResources.merger_review_yaml),
      Template(
        name: "cuban-missile-crisis-1962",
        bytes: PackageResources.cuban_missile_crisis_1962_yaml),
      Template(name: "gulf-1990", bytes: PackageResources.gulf_1990_yaml),
    ]
  }

  /// Everything that `new` can write.
  public static var all: [Template] { templates + scenarios }
}
