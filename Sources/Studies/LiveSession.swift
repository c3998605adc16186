public import Forecasts
public import Reports
public import Scenarios
import Synchronization

/// A scenario that somebody is working on: the text as it stands, quantities moved and steps
/// supposed, answered over and over. What was read and compiled is kept, so that a moved quantity
/// costs no more than solving.
///
/// Live answers are ``LiveScenario``'s; a settled one is that of `ask --set` with the same seed and
/// draws, to the last byte.
public final class LiveSession: Sendable {
  /// What is asked of the session.
  public struct Request: Sendable, Equatable {
    /// The scenario's text.
    public var text: String
    /// Quantities set anew, by name, with their estimates as `--set` takes them.
    public var settings: [Setting] = []
    /// Such as `strike = hold`; several hold together.
    public var supposing: [String] = []
    /// The id of the question that comes first; nil for the scenario's first.
    public var question: String?
    /// How many draws.
    public var draws = 1000

    /// A text with nothing moved.
    public init(text: String) { self.text = text }
  }

  /// One quantity's new estimate.
  public struct Setting: Sendable, Equatable {
    /// The quantity.
    public var name: String
    /// Its estimate as text.
    public var estimate: String

    /// A quantity with its new estimate.
    public init(name: String, estimate: String) {
      self.name = name
      self.estimate = estimate
    }
  }

  /// What the session has to say, in the order in which it is found.
  public enum Event: Sendable {
    /// The answer to the first question, from the draws so far.
    case headline(Forecast, Scenario, isDone: Bool)
    /// The answers to all questions, and what the evidence did to them if there is any.
    case answers(Forecast, Posterior?, Scenario)
    case failure([Diagnostic])
  }

  /// The name of the file, for messages.
  public let name: String
  private let options: Forecaster.Options
  private let limits: ScenarioFile.Limits
  private let kept = Mutex(Kept())

  /// The last texts and the last games; a page goes back and forth between few.
  private struct Kept {
    var files: [(text: String, file: ScenarioFile)] = []
    var games: [(key: Key, game: LiveScenario)] = []
  }

  private struct Key: Equatable {
    var text: String
    var supposing: [String]
    var question: String?
  }

  /// A session on a file of this name. `options` says seed and threads.
  public init(
    name: String, options: Forecaster.Options, limits: ScenarioFile.Limits = .init()
  ) {
    self.name = name
    self.options = options
    self.limits = limits
  }

  // MARK: - The text

  /// Everything that `check --quick` says of a text.
  public func check(_ text: String) async -> ScenarioFile {
    if let known = kept.withLock({ $0.files.first { $0.text == text }?.file }) { return known }
    let read = ScenarioFile.check(Array(text.utf8), name: name, limits: limits)
    let file = await CheckStudy.run(read, limits: limits, isQuick: true)
    kept.withLock { kept in
      kept.files.insert((text, file), at: 0)
      kept.files = Array(kept.files.prefix(LiveSession.most))
    }
    return file
  }

  /// Everything that `check` says of a text.
  public func checkFully(_ text: String) async -> ScenarioFile {
    let read = ScenarioFile.check(Array(text.utf8), name: name, limits: limits)
    return await CheckStudy.run(read, limits: limits, isQuick: false)
  }

  /// How many texts and how many games are kept.
  static let most = 4

  /// Reads and compiles a text before somebody asks.
  public func warm(_ text: String) async {
    let request = Request(text: text)
    if let scenario = try? await scenario(request) { _ = try? live(request, scenario) }
  }

  // MARK: - Live answers

  /// Answers the first question at once, block of draws by block of draws, then all of them. Stops
  /// without a word when the task is cancelled.
  public func answer(
    _ request: Request, _ tell: @escaping @Sendable (Event) -> Void
  ) async {
    do {
      let scenario = try await scenario(request)
      // What was observed since reweighs all draws together: there is no first answer.
      if !scenario.evidence.isEmpty {
        try await settle(request, tell)
        return
      }
      let live = try live(request, scenario)
      let settings = request.settings.map { (name: $0.name, estimate: $0.estimate) }
      let first = try await live.answerHeadline(settings, draws: request.draws) {
        tell(.headline($0, live.scenario, isDone: false))
      }
      tell(.headline(first, live.scenario, isDone: true))
      let all = try await live.answerAll(settings, draws: request.draws, knowing: first)
      tell(.answers(all, nil, live.scenario))
    } catch {
      LiveSession.tell(error, tell)
    }
  }

  /// Answers all questions exactly as `ask --set` does.
  public func settledAnswer(
    _ request: Request, _ tell: @escaping @Sendable (Event) -> Void
  ) async {
    do {
      try await settle(request, tell)
    } catch {
      LiveSession.tell(error, tell)
    }
  }

  private func settle(
    _ request: Request, _ tell: @Sendable (Event) -> Void
  ) async throws(AskStudy.Failure) {
    var options = options
    options.draws = request.draws
    let result = try await AskStudy.run(moved(request), question: nil, options: options)
    tell(.answers(result.forecast, result.posterior, result.scenario))
  }

  /// The scenario with its quantities set and its steps supposed, as a command would read it.
  private func moved(_ request: Request) throws(AskStudy.Failure) -> Scenario {
    let file = ScenarioFile.check(
      Array(request.text.utf8), name: name,
      settings: request.settings.map { "\($0.name)=\($0.estimate)" }, limits: limits)
    guard let scenario = file.scenario else {
      throw .input(file.diagnostics.filter { $0.severity == .error })
    }
    return try supposing(request, in: scenario)
  }

  /// The scenario under the suppositions; questions that make no sense under them are left out.
  private func supposing(
    _ request: Request, in scenario: Scenario
  ) throws(AskStudy.Failure) -> Scenario {
    if request.supposing.isEmpty { return scenario }
    return Supposing.answerable(
      try Supposing.apply(request.supposing, to: scenario), keeping: request.question,
      options: options)
  }

  private func scenario(_ request: Request) async throws(AskStudy.Failure) -> Scenario {
    let file = await check(request.text)
    guard let scenario = file.scenario else {
      throw .input(file.diagnostics.filter { $0.severity == .error })
    }
    return scenario
  }

  private func live(
    _ request: Request, _ scenario: Scenario
  ) throws(AskStudy.Failure) -> LiveScenario {
    let key = Key(
      text: request.text, supposing: request.supposing, question: request.question)
    if let known = kept.withLock({ $0.games.first { $0.key == key }?.game }) { return known }
    let game = try LiveScenario(
      try supposing(request, in: scenario), question: request.question, options: options)
    kept.withLock { kept in
      kept.games.insert((key, game), at: 0)
      kept.games = Array(kept.games.prefix(LiveSession.most))
    }
    return game
  }

  // MARK: - What lies behind it

  /// The report on a question as it stands, section by section.
  public func report(_ request: Request) async -> Result<Document, AskStudy.Failure> {
    do {
      var order = ReportStudy.Request()
      order.question = request.question
      order.options.forecast = options
      order.options.forecast.draws = request.draws
      return .success(
        try await ReportStudy.run(moved(request), text: Array(request.text.utf8), request: order))
    } catch {
      return .failure(error)
    }
  }

  private static func tell(
    _ failure: AskStudy.Failure, _ tell: @Sendable (Event) -> Void
  ) {
    switch failure {
    case .input(let diagnostics), .refused(let diagnostics): tell(.failure(diagnostics))
    case .cancelled: break
    }
  }
}
