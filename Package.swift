// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is held to the same rules.
let rules: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "entente",
  products: [
    .library(
      name: "EntenteKit",
      targets: [
        "Mathematics", "Games", "Equilibria", "Scenarios", "Forecasts", "Figures", "Reports",
        "Studies",
      ]),
    .executable(name: "entente", targets: ["entente"]),
  ],
  traits: [
    .default(enabledTraits: ["Web"]),
    .trait(
      name: "Web",
      description: "The workbench, `entente serve`. Off, no web server is fetched or built."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // Ground floor: numbers.
    .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),
    .target(name: "Mathematics", dependencies: ["CGMP"], swiftSettings: rules),
    // Games and their formats.
    .target(name: "Games", dependencies: ["Mathematics"], swiftSettings: rules),
    // Solvers and the verifier.
    .target(name: "Equilibria", dependencies: ["Games", "Mathematics"], swiftSettings: rules),
    // Text to a parametric game.
    .target(
      name: "Scenarios",
      dependencies: ["Games", "Mathematics", .product(name: "Yams", package: "Yams")],
      swiftSettings: rules),
    // Draws to equilibria to events.
    .target(
      name: "Forecasts", dependencies: ["Equilibria", "Games", "Mathematics", "Scenarios"],
      swiftSettings: rules),
    // Drawings from plain data.
    .target(name: "Figures", swiftSettings: rules),
    // Words.
    .target(
      name: "Reports",
      dependencies: [
        "Equilibria", "Figures", "Forecasts", "Games", "Mathematics", "Scenarios",
      ],
      swiftSettings: rules),
    // One use case each.
    .target(
      name: "Studies",
      dependencies: [
        "Equilibria", "Figures", "Forecasts", "Games", "Mathematics", "Reports", "Scenarios",
      ],
      exclude: ["Resources/README.md", "Resources/entente.schema.json"],
      resources: [.embedInCode("Resources")], swiftSettings: rules),
    // The local page.
    .target(
      name: "Workbench",
      dependencies: [
        "Figures", "Forecasts", "Reports", "Scenarios", "Studies",
        .product(
          name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Web"])),
      ],
      resources: [.embedInCode("Assets")], swiftSettings: rules),
    // The command line.
    .executableTarget(
      name: "entente",
      dependencies: [
        "Equilibria", "Figures", "Forecasts", "Games", "Reports", "Scenarios", "Studies",
        .target(name: "Workbench", condition: .when(traits: ["Web"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: rules),
    // Tests, one target per room.
    .testTarget(name: "MathematicsTests", dependencies: ["Mathematics"], swiftSettings: rules),
    .testTarget(
      name: "GamesTests", dependencies: ["Games", "Mathematics"], swiftSettings: rules),
    .testTarget(
      name: "EquilibriaTests", dependencies: ["Equilibria", "Games", "Mathematics"],
      swiftSettings: rules),
    .testTarget(
      name: "ScenariosTests", dependencies: ["Scenarios", "Games", "Mathematics"],
      swiftSettings: rules),
    .testTarget(
      name: "StudiesTests",
      dependencies: ["Studies", "Forecasts", "Scenarios", "Games", "Reports", "Figures"],
      swiftSettings: rules),
    .testTarget(
      name: "ForecastsTests", dependencies: ["Forecasts", "Scenarios"], swiftSettings: rules),
    .testTarget(name: "FiguresTests", dependencies: ["Figures"], swiftSettings: rules),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Forecasts", "Scenarios"],
      swiftSettings: rules),
    .testTarget(
      name: "WorkbenchTests",
      dependencies: [
        "Forecasts", "Reports", "Scenarios", "Studies", "Workbench",
        .product(
          name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Web"])),
      ], swiftSettings: rules),
    .testTarget(name: "EntenteTests", dependencies: ["entente"], swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
