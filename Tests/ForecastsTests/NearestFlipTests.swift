import Forecasts
import Foundation
import Mathematics
import Testing

@Suite("The nearest flip")
struct NearestFlipTests {
  @Test("A linear boundary: the three steepest quantities, at the closed distance c / |a|")
  func linear() async throws {
    let slopes = [0.3, 1.0, -0.8, 0.1, 0.6, 0.2, 0.05, 0.4]
    let response = try FunctionResponse(normal: slopes.count) { x in
      zip(slopes, x).reduce(0) { $0 + $1.0 * $1.1 } > 2 ? 1 : 0
    }
    let sample = try await response.sample(1_024)
    let found = try await response.nearestFlip(guidedBy: sample)
    let world = try #require(found.world)
    let distance = 2 / (1 + 0.64 + 0.36).squareRoot()
    #expect(world.moves.map(\.input) == [1, 2, 4])
    #expect(abs(world.distance - distance) < 0.01 * distance)
    #expect(world.response == 1 && found.before == 0)
    #expect(try #require(found.single).moves.map(\.input) == [1])
    #expect(abs(try #require(found.single).distance - 2) < 0.02)
    #expect(found.runs < 13_000)
    // P(χ² with 3 degrees > 2) = 0.5724.
    #expect(abs(world.shareAsFar - 0.5724) < 0.01)
  }

  @Test("Without draws to guide it, too")
  func unguided() async throws {
    let slopes = [0.3, 1.0, -0.8, 0.1, 0.6, 0.2]
    let response = try FunctionResponse(normal: slopes.count) { x in
      zip(slopes, x).reduce(0) { $0 + $1.0 * $1.1 } > 2.5 ? 1 : 0
    }
    let world = try #require(try await response.nearestFlip().world)
    let distance = 2.5 / (1 + 0.64 + 0.36).squareRoot()
    #expect(abs(world.distance - distance) < 0.01 * distance)
  }

  @Test("Correlated quantities: the distance is Mahalanobis'")
  func correlated() async throws {
    let response = try FunctionResponse(normal: 4, correlations: [RankCorrelation(0, 1, 0.7)]) {
      $0[0] + $0[1] + 0.8 * $0[2] > 2 ? 1 : 0
    }
    let sample = try await response.sample(1_024)
    let world = try #require(try await response.nearestFlip(guidedBy: sample).world)
    let rho = 2 * sin(Double.pi * 0.7 / 6)
    let distance = 2 / (2 + 2 * rho + 0.64).squareRoot()
    #expect(world.moves.map(\.input) == [0, 1, 2])
    #expect(abs(world.distance - distance) < 0.01 * distance)
  }

  @Test("A companion that flips nothing is left out, though moving it would be likelier")
  func companion() async throws {
    let response = try FunctionResponse(normal: 3, correlations: [RankCorrelation(0, 1, 0.7)]) {
      $0[0] > 1.5 ? 1 : 0
    }
    let world = try #require(try await response.nearestFlip().world)
    // With the second at its median, the first is 1.5 / √(1 - ρ²) away.
    let rho = 2 * sin(Double.pi * 0.7 / 6)
    #expect(world.moves.map(\.input) == [0])
    #expect(abs(world.distance - 1.5 / (1 - rho * rho).squareRoot()) < 0.03)
  }

  @Test("A quantity that hardly shortens the way is left out")
  func shortList() async throws {
    let response = try FunctionResponse(normal: 4) { $0[0] + $0[1] + 0.2 * $0[2] > 2 ? 1 : 0 }
    let world = try #require(try await response.nearestFlip().world)
    #expect(world.moves.map(\.input) == [0, 1])
    #expect(abs(world.distance - 2.0.squareRoot()) < 0.015)
  }

  @Test("A corner that no single quantity reaches")
  func corner() async throws {
    let response = try FunctionResponse(normal: 6) { $0[1] > 0.8 && $0[3] < -0.6 ? 1 : 0 }
    let sample = try await response.sample(1_024)
    let found = try await response.nearestFlip(guidedBy: sample)
    let world = try #require(found.world)
    #expect(found.single == nil)
    #expect(world.moves.map(\.input) == [1, 3])
    #expect(abs(world.distance - 1) < 0.02)
    #expect(world.moves[0].to >= 0.8 && world.moves[1].to <= -0.6)
  }

  @Test("At a corner one quantity stays where it must, and two others share the rest of the way")
  func cornerAndPlane() async throws {
    let response = try FunctionResponse(normal: 6) {
      $0[1] > 0.9 && $0[3] + 0.8 * $0[4] > 0.8 ? 1 : 0
    }
    let world = try #require(try await response.nearestFlip().world)
    #expect(world.moves.map(\.input) == [1, 3, 4])
    #expect(abs(world.distance - (0.81 + 0.64 / 1.64).squareRoot()) < 0.02)
  }

  @Test("Where nothing flips the answer within reach, none is given")
  func none() async throws {
    let response = try FunctionResponse(normal: 3) { $0[0] > 9 ? 1 : 0 }
    let found = try await response.nearestFlip()
    #expect(found.world == nil && found.single == nil)
    #expect(found.before == 0)
  }

  @Test("Robustness: the share of a sphere beyond a plane has a closed form")
  func robustness() async throws {
    // In three dimensions heights on a sphere are uniform: 1/4 lies above half the radius.
    let response = try FunctionResponse(normal: 3, correlations: [RankCorrelation(1, 2, 0.5)]) {
      $0[0] > 0.5 ? 1 : 0
    }
    let found = try await response.robustness(worlds: 1_024)
    #expect(found.shells.map(\.distance) == [1, 2, 3])
    for (shell, share) in zip(found.shells, [0.75, 0.625, 1 - (1 - 0.5 / 3) / 2]) {
      #expect(abs(shell.share - share) < 0.02)
      #expect(shell.standardError < 0.02)
    }
  }
}
