import Foundation
import Scenarios
import Studies
import Synchronization

/// A file or standard output that gets whole lines, and whose process can end between two of them.
final class LineOutput: Sendable {
  /// Why lines could not be written.
  struct Failure: Error {
    var diagnostic: Diagnostic
  }

  private let path: String?
  private let descriptor: Int32
  /// Where to cut the file before the first line is written: what an earlier run left unfinished.
  private let cut: Mutex<Int?>

  /// Standard output.
  init() {
    path = nil
    descriptor = STDOUT_FILENO
    cut = Mutex(nil)
  }

  /// A file: a new one, or what is there of it, with its whole lines.
  static func open(
    _ path: String, resumes: Bool, force: Bool
  ) throws(Failure) -> (LineOutput, SweepStudy.Kept) {
    if !resumes, !force, FileManager.default.fileExists(atPath: path) {
      throw Failure(
        diagnostic: Diagnostic(
          code: "file-exists", file: path, message: "'\(path)' is there already",
          remedy: "say --resume to go on with it, --force to overwrite it, or choose another name"))
    }
    let descriptor = Foundation.open(
      path, O_RDWR | O_CREAT | O_CLOEXEC | (resumes ? 0 : O_TRUNC), 0o666)
    guard descriptor >= 0 else { throw unwritable(path) }
    guard resumes else { return (LineOutput(path, descriptor, cut: nil), SweepStudy.Kept()) }
    guard let (kept, end) = lines(of: descriptor) else { throw unwritable(path) }
    return (LineOutput(path, descriptor, cut: end), kept)
  }

  private init(_ path: String, _ descriptor: Int32, cut end: Int?) {
    self.path = path
    self.descriptor = descriptor
    cut = Mutex(end)
  }

  /// Writes whole lines. After an error the file ends with the last whole line before them.
  func write(_ lines: String) throws(Failure) {
    let isWritten = cut.withLock { cut in
      if let end = cut {
        guard ftruncate(descriptor, end) == 0, lseek(descriptor, end, SEEK_SET) == end else {
          return false
        }
        cut = nil
      }
      let start = lseek(descriptor, 0, SEEK_CUR)
      var lines = lines
      return lines.withUTF8 { bytes in
        var done = 0
        while done < bytes.count {
          let count = Foundation.write(
            descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
          if count < 0, errno == EINTR { continue }
          if count <= 0 {
            if start >= 0 { _ = ftruncate(descriptor, start) }
            return false
          }
          done += count
        }
        return true
      }
    }
    if !isWritten { throw LineOutput.unwritable(path ?? "standard output") }
  }

  /// Leaves nothing of an unfinished line.
  func finish() throws(Failure) { try write("") }

  /// Ends the process between two lines; at once where a reader keeps a line from being written.
  func exit(_ status: Int32) -> Never {
    for _ in 0..<50 {
      cut.withLockIfAvailable { _ in _exit(status) }
      usleep(1000)
    }
    _exit(status)
  }

  private static func unwritable(_ path: String) -> Failure {
    Failure(
      diagnostic: Diagnostic(
        code: "not-writable", file: path, message: "'\(path)' cannot be written",
        remedy: "look at the folder, its permissions and the room on the disk"))
  }

  /// The whole lines of a file and where they end, in memory that does not grow with the file.
  private static func lines(of descriptor: Int32) -> (kept: SweepStudy.Kept, end: Int)? {
    var kept = SweepStudy.Kept()
    var starts = (last: 0, next: 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while true {
      let count = buffer.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if count < 0 { return nil }
      if count == 0 { break }
      for place in 0..<count where buffer[place] == UInt8(ascii: "\n") {
        kept.lines += 1
        starts = (starts.next, offset + place + 1)
        if kept.lines == 1 {
          guard let first = text(of: descriptor, 0..<starts.next) else { return nil }
          kept.first = first
        }
      }
      offset += count
    }
    guard let last = text(of: descriptor, starts.last..<starts.next) else { return nil }
    kept.last = last
    guard let unfinished = bytes(of: descriptor, starts.next..<offset) else { return nil }
    kept.unfinished = unfinished
    return (kept, starts.next)
  }

  private static func text(of descriptor: Int32, _ range: Range<Int>) -> String? {
    bytes(of: descriptor, range).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A line of a file; of one longer than any sweep's only the beginning.
  private static func bytes(of descriptor: Int32, _ range: Range<Int>) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: min(range.count, 1 << 24))
    let count = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, $0.count, off_t(range.lowerBound))
    }
    return count == bytes.count ? bytes : nil
  }
}
