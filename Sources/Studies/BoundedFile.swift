import Foundation

/// Files whose size nobody vouches for: read up to a limit, so that a huge or endless one costs
/// nothing.
package enum BoundedFile {
  /// Why a file has no bytes.
  package enum Failure: Error, Sendable, Equatable {
    case missing
    case folder
    case closed
    /// In the system's words.
    case broken(String)
  }

  /// The bytes of a file, at most one more than the limit.
  package static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .missing
    }
    if isDirectory.boolValue { throw .folder }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw .closed }
    defer { try? handle.close() }
    var bytes: [UInt8] = []
    do {
      while bytes.count <= limit {
        guard let part = try handle.read(upToCount: min(1 << 16, limit + 1 - bytes.count)),
          !part.isEmpty
        else { break }
        bytes += part
      }
    } catch {
      throw .broken(error.localizedDescription)
    }
    return bytes
  }
}
