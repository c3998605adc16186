// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "entente-benchmarks",
  dependencies: [.package(name: "entente", path: "..")],
  targets: [
    // One measurement per call, on a game in a file; see `compare`.
    .executableTarget(
      name: "bench",
      dependencies: [.product(name: "EntenteKit", package: "entente")],
      swiftSettings: [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
