extension Forecast {
  /// This forecast with the answers of another, of the same scenario and draws, whose questions rest
  /// on other worlds: what one forecaster of all these worlds gives, without solving any of them
  /// twice. How the story ends and is played is this forecast's.
  ///
  /// - Returns: `nil` where a draw has no game or is not certified in one of the worlds. Such a draw
  ///   counts for none of them, or is counted once for all, which the two alone cannot tell.
  public func joined(with other: Forecast) -> Forecast? {
    guard draws == other.draws, invalid + other.invalid == 0, uncertified + other.uncertified == 0
    else { return nil }
    var result = self
    result.answers = (answers + other.answers).sorted { $0.question < $1.question }
    result.largestRegret = max(largestRegret, other.largestRegret)
    result.paths += other.paths
    result.pathsAlone += other.pathsAlone
    return result
  }
}
