import Foundation

/// Processor time, so that other work on the machine does not count.
enum CPUTime {
  /// Seconds of this process so far.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The median time of one run, and what the last run gave. A run is repeated until a tenth of a
  /// second has gone by, at least three times if it is shorter than ten seconds.
  static func measure<Result>(_ run: () throws -> Result) rethrows -> (
    seconds: Double, result: Result
  ) {
    var times: [Double] = []
    var total = 0.0
    while true {
      let start = now
      let result = try run()
      times.append(now - start)
      total += times[times.count - 1]
      if total > 10 || (times.count >= 3 && total > 0.1) || times.count == 10_000 {
        return (times.sorted()[times.count / 2], result)
      }
    }
  }

  /// The median time of one run, over batches that are long enough for the clock.
  ///
  /// - Parameter run: makes so many runs.
  static func perRun(_ run: (Int) throws -> Void) rethrows -> Double {
    var size = 1
    while true {
      let start = now
      try run(size)
      if now - start >= 0.01 { break }
      size *= 2
    }
    var times: [Double] = []
    var total = 0.0
    while times.count < 3 || (total < 0.5 && times.count < 51) {
      let start = now
      try run(size)
      times.append(now - start)
      total += times[times.count - 1]
    }
    return times.sorted()[times.count / 2] / Double(size)
  }
}
