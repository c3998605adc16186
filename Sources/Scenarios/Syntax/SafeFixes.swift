/// Applies the fixes that diagnostics offer.
public enum SafeFixes {
  /// A text with the fixes of its diagnostics applied. Where two fixes touch the same characters
  /// the first is applied and the other left for the next check.
  public static func applied(_ diagnostics: [Diagnostic], to source: SourceText) -> String {
    var byLine: [Int: [TextEdit]] = [:]
    for edit in diagnostics.compactMap(\.fix) { byLine[edit.place.line, default: []].append(edit) }
    var bytes: [UInt8] = []
    for number in 1...source.lineCount {
      guard let range = source.range(ofLine: number) else { continue }
      let line = String(decoding: source.bytes[range], as: UTF8.self)
      bytes += Array(applied(byLine[number] ?? [], to: line).utf8)
      let next =
        number < source.lineCount ? source.lineStarts[number] : source.bytes.count
      bytes += source.bytes[range.upperBound..<next]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func applied(_ edits: [TextEdit], to line: String) -> String {
    guard !edits.isEmpty else { return line }
    let characters = Array(line)
    var result = ""
    var position = 0
    for edit in edits.sorted(by: { $0.place < $1.place }) {
      let start = edit.place.column - 1
      guard start >= position, edit.length >= 0, start + edit.length <= characters.count else {
        continue
      }
      result += String(characters[position..<start]) + edit.replacement
      position = start + edit.length
    }
    return result + String(characters[position...])
  }
}
