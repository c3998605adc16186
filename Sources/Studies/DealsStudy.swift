public import Forecasts
public import Scenarios

/// `deals`: which agreements would be signed, and what each brings.
public enum DealsStudy {
  /// What has to be done before it is known how much there is to do.
  public static func plan(
    _ scenario: Scenario, options: DealFinder.Options
  ) throws(AskStudy.Failure) -> DealFinder {
    try AskStudy.refuseUnsupported(scenario)
    do {
      return try DealFinder(scenario, options: options)
    } catch {
      throw AskStudy.failure(error, scenario)
    }
  }

  /// Tries every bundle. `progress` is told how many are done.
  public static func run(
    _ finder: DealFinder, of scenario: Scenario, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(AskStudy.Failure) -> Deals {
    do {
      return try await finder.run(progress: progress)
    } catch let defect as Forecaster.Defect {
      throw AskStudy.failure(defect, scenario)
    } catch {
      throw .cancelled
    }
  }
}
