import LibFuzzer

/// Runs libFuzzer; the package manager renames a program's `main` to its name and `_main`.
@_cdecl("FuzzScenario_main")
func run(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  var count = count
  var arguments = arguments
  return LLVMFuzzerRunDriver(&count, &arguments) { data, size in
    ScenarioTrial(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size)).run()
    return 0
  }
}
