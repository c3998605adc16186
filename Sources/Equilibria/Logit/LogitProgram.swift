/// The agent logit equations of one region of a tree, compiled to a straight-line program.
///
/// A region is a subgame without its own proper subgames, or the whole tree. The program computes,
/// for given choice probabilities, each action's worth conditional on its information set and the
/// derivatives of that worth. It is immutable and shared by all threads; the numbers live in a flat
/// memory of doubles (``LogitSystem``), addressed by the Int32 words of the instruction streams.
///
/// Information sets are *trivial* (one action, or all actions the same), *explicit* (their worth
/// depends on no unknown choice, so the choice is a known function of λ) or *unknown*.
struct LogitProgram: Sendable {
  enum Role: Sendable { case trivial, explicit, unknown }

  struct LocalSet: Sendable {
    /// The set's id and its first action in the tree.
    var id: Int
    var globalAction: Int
    /// Its first action in the region, and how many there are.
    var firstAction: Int
    var actionCount: Int
    var role: Role
    /// Its first logit among the unknowns, -1 if it has none.
    var firstLogit: Int
    /// Whether its worth depends on beliefs that depend on choices.
    var dependsOnChoices: Bool
  }

  /// A number to be loaded before the program runs.
  struct Input: Sendable {
    var address: Int32
    /// A terminal, a node that begins a subgame, or a branch.
    var source: Int32
    /// A player; for odds, the view: 0 for everybody's, 1 + player.
    var view: Int32
  }

  /// The weight of some nodes of an information set that differ by chance alone.
  struct Term: Sendable {
    var address: Int32
    /// For each node the addresses of its odds: range into ``termOdds``, by ``termNodes``.
    var nodes: Range<Int32>
  }

  /// Addresses of the program's sections in memory.
  struct Layout: Sendable {
    var values = 0
    var odds = 0
    var logOdds = 0
    var power = 0
    var termConstants = 0
    /// Their exponentials, relative to the largest of the information set.
    var termShares = 0
    var gradients = 0
    /// By local action: probability, its logarithm, their derivatives by λ (explicit sets), worth.
    var probability = 0
    var logProbability = 0
    var probabilitySlope = 0
    var logProbabilitySlope = 0
    var worth = 0
    /// By unknown logit: the derivatives of the worth, by (λ, logits).
    var rows = 0
    var scratchRows = 0
    var termWeights = 0
    var scratch = 0
    var count = 0
  }

  static let chance: Int32 = 0
  static let decision: Int32 = 1
  static let informationSet: Int32 = 2
  static let simultaneous: Int32 = 3

  var root = 0
  var sets: [LocalSet] = []
  var actionCount = 0
  /// The number of logits of unknown sets, one per action.
  var logitCount = 0
  /// The number of unknowns: one less per set.
  var unknownCount = 0
  var layout = Layout()
  var terminals: [Input] = []
  var leaves: [Input] = []
  var odds: [Input] = []
  var powers: [Input] = []
  /// Belief terms of each information set that needs them.
  var termSets: [Range<Int>] = []
  var terms: [Term] = []
  var termNodes: [Range<Int32>] = []
  var termOdds: [Int32] = []
  /// Run once per draw; then at each λ; then at each point; then once at the end.
  var constantCode: [Int32] = []
  var explicitCode: [Int32] = []
  var unknownCode: [Int32] = []
  var closingCode: [Int32] = []
  /// Where each entry of a gradient belongs in a row.
  var gradientIndex: [Int32] = []
  /// The address of each player's value at the root.
  var rootValues: [Int32] = []
  /// Whether some explicit set's worth depends on beliefs that depend on choices.
  var beliefsMove = false

  /// The length of a row of derivatives: λ and every logit.
  var rowLength: Int { 1 + logitCount }
}
