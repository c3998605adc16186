import Foundation
import Scenarios
import Testing
@Test func zz() throws {
  let t = try String(contentsOfFile: "/tmp/bad.txt", encoding: .utf8)
  for part in t.components(separatedBy: "===\n") {
    print("-----"); print(part, terminator: "")
    let (node, d) = SyntaxReader.read(part, file: "a.yaml")
    print(SyntaxTestSupport.rendered(d, part), node == nil ? "NIL" : "ok")
  }
}
@Test func zz2() throws {
  let t = try String(contentsOfFile: "/tmp/bad.txt", encoding: .utf8).components(separatedBy: "===\n").last!
    print(SyntaxTestSupport.rendered(SyntaxTestSupport.diagnostics(of: t), t))
}
