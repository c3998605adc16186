/// A number for each of eight draws that are worked on in lockstep.
public typealias Lanes = SIMD8<Double>

extension SIMD8<Double> {
  /// How many draws go side by side.
  @inlinable public static var width: Int { 8 }
}

/// The exponential function, lane by lane.
///
/// The argument is split into a multiple of ln 2 and a rest of at most ln 2 / 2 (Cody & Waite 1980),
/// whose exponential is its Taylor polynomial of degree 13; the multiple goes into the exponent.
/// The error is below 2 units in the last place. Arguments below -708 give 0, those above 709 are
/// not allowed for; what is not a number gives no number.
@inlinable
@inline(__always)
public func exponential(_ x: Lanes) -> Lanes {
  // Adding and taking away 1.5 · 2⁵² rounds to the nearest integer, which then stands in the low
  // bits of the sum.
  let shifter = Lanes(repeating: 6_755_399_441_055_744)
  let bounded = x.replacing(with: -708, where: x .< -708)
  let shifted = bounded * 1.442_695_040_888_963_4 + shifter
  let multiple = shifted - shifter
  let rest =
    (bounded - multiple * 0.693_147_180_369_123_8) - multiple * 1.908_214_929_270_587_7e-10
  var sum = Lanes(repeating: 1.605_904_383_682_161_5e-10)
  sum = sum * rest + 2.087_675_698_786_81e-9
  sum = sum * rest + 2.505_210_838_544_172e-8
  sum = sum * rest + 2.755_731_922_398_589_4e-7
  sum = sum * rest + 2.755_731_922_398_589e-6
  sum = sum * rest + 2.480_158_730_158_73e-5
  sum = sum * rest + 1.984_126_984_126_984e-4
  sum = sum * rest + 1.388_888_888_888_889e-3
  sum = sum * rest + 8.333_333_333_333_333e-3
  sum = sum * rest + 4.166_666_666_666_666_4e-2
  sum = sum * rest + 1.666_666_666_666_666_6e-1
  sum = sum * rest + 0.5
  sum = sum * rest + 1
  sum = sum * rest + 1
  let exponent = (unsafeBitCast(shifted, to: SIMD8<Int64>.self) &+ 1023) &<< 52
  let result = sum * unsafeBitCast(exponent, to: Lanes.self)
  return result.replacing(with: 0, where: x .< -708)
}

/// The natural logarithm of positive normal numbers, lane by lane.
///
/// The mantissa m, brought between √½ and √2, has ln m = 2 artanh((m − 1) / (m + 1)), a series in
/// odd powers of an argument below 0.172. The error is below 2 units in the last place of the
/// larger of the result and 1.
@inlinable
@inline(__always)
public func logarithm(_ x: Lanes) -> Lanes {
  let bits = unsafeBitCast(x, to: SIMD8<Int64>.self)
  // The exponent of x / √½, so that the mantissa lies between √½ and √2.
  let offset = SIMD8<Int64>(repeating: 0x3FE6_A09E_667F_3BCD)
  let exponent = (bits &- offset) &>> 52
  let mantissa = unsafeBitCast(bits &- (exponent &<< 52), to: Lanes.self)
  // Small integers become doubles by way of the mantissa of 1.5 · 2⁵².
  let shifter = Lanes(repeating: 6_755_399_441_055_744)
  let power =
    unsafeBitCast(exponent &+ 0x4338_0000_0000_0000, to: Lanes.self) - shifter
  let s = (mantissa - 1) / (mantissa + 1)
  let z = s * s
  var sum = Lanes(repeating: 1.0 / 21)
  sum = sum * z + 1.0 / 19
  sum = sum * z + 1.0 / 17
  sum = sum * z + 1.0 / 15
  sum = sum * z + 1.0 / 13
  sum = sum * z + 1.0 / 11
  sum = sum * z + 1.0 / 9
  sum = sum * z + 1.0 / 7
  sum = sum * z + 1.0 / 5
  sum = sum * z + 1.0 / 3
  sum = sum * z + 1
  return power * 1.908_214_929_270_587_7e-10 + (2 * s * sum + power * 0.693_147_180_369_123_8)
}
