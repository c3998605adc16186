// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "entente-fuzz",
  dependencies: [.package(name: "entente", path: "..")],
  targets: [
    // The one function of LLVM's libFuzzer that is called from Swift.
    .target(name: "LibFuzzer"),
    // Text of a scenario, from bytes to a game and back to text.
    .executableTarget(
      name: "FuzzScenario",
      dependencies: ["LibFuzzer", .product(name: "EntenteKit", package: "entente")],
      swiftSettings: [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
