import Foundation
import Scenarios
import Studies

/// The one file that the workbench may read and write; without it, the seed scenario to look at.
package struct SavedFile: Sendable {
  /// The path; nil if there is no file.
  package let path: String?
  private let limit: Int

  /// What a file holds.
  package struct Content: Sendable, Equatable {
    /// The text.
    package var text: String
    /// SHA-256 of the bytes, by which a change is noticed.
    package var digest: String
  }

  /// Why nothing was saved.
  package enum Refusal: Error, Sendable, Equatable {
    /// There is no file to save to.
    case noFile
    /// The file on disk is not the one that the page has seen; nil if it is gone.
    case changed(String?)
    case unwritable(String)
  }

  /// A file at a path. It may be absent so far.
  package init(path: String?, limit: Int? = nil) {
    self.path = path
    self.limit = limit ?? SyntaxLimits().bytes
  }

  /// The name for messages and titles.
  package var name: String {
    path.map { URL(filePath: $0).lastPathComponent } ?? "russia-iran.yaml"
  }

  /// What the file holds now; nil if it cannot be read, or is larger than a scenario may be.
  package func read() -> Content? {
    guard let path else {
      return Content(
        text: String(decoding: Library.seed, as: UTF8.self),
        digest: Fingerprint.sha256(Library.seed))
    }
    guard let bytes = try? BoundedFile.read(path, limit: limit), bytes.count <= limit else {
      return nil
    }
    return Content(
      text: String(decoding: bytes, as: UTF8.self), digest: Fingerprint.sha256(bytes))
  }

  /// Replaces the file if it is still the one with this digest, all at once: a reader sees the old
  /// text or the new.
  package func save(_ text: String, over digest: String) throws(Refusal) -> Content {
    guard let path else { throw .noFile }
    let present = read()
    guard let present, present.digest == digest else { throw .changed(present?.digest) }
    // A link stays a link: what it leads to is replaced.
    let target = URL(filePath: path).resolvingSymlinksInPath()
    do {
      try Data(text.utf8).write(to: target, options: .atomic)
    } catch {
      throw .unwritable(error.localizedDescription)
    }
    return Content(text: text, digest: Fingerprint.sha256(Array(text.utf8)))
  }
}
