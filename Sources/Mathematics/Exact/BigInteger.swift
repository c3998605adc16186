internal import CGMP

/// An integer of any size, computed by GMP.
///
/// An immutable value: the storage is written once, when it is made, and shared by copies.
public struct BigInteger: Sendable {
  /// GMP's number, freed with its last owner.
  final class Storage: @unchecked Sendable {
    // Written only before the storage is handed out, so that sharing it between threads is safe.
    let value: UnsafeMutablePointer<__mpz_struct>

    init() {
      value = UnsafeMutablePointer<__mpz_struct>.allocate(capacity: 1)
      entente_mpz_init(value)
    }

    deinit {
      entente_mpz_clear(value)
      value.deallocate()
    }
  }

  let storage: Storage

  private init(_ storage: Storage) { self.storage = storage }

  /// An integer that a function writes.
  private static func make(_ write: (UnsafeMutablePointer<__mpz_struct>) -> Void) -> BigInteger {
    let storage = Storage()
    write(storage.value)
    return BigInteger(storage)
  }

  /// The same number.
  public init(_ value: Int128) {
    let magnitude = value.magnitude
    self = BigInteger.make {
      entente_mpz_set_limbs(
        $0, UInt64(truncatingIfNeeded: magnitude), UInt64(truncatingIfNeeded: magnitude >> 64),
        value < 0 ? 1 : 0)
    }
  }

  /// The number written in decimal digits, with a sign or without; nil for anything else.
  public init?(_ digits: String) {
    let body = digits.hasPrefix("-") || digits.hasPrefix("+") ? digits.dropFirst() : digits[...]
    guard !body.isEmpty, body.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    let magnitude = BigInteger.make { _ = entente_mpz_set_str($0, String(body)) }
    self = digits.hasPrefix("-") ? -magnitude : magnitude
  }

  /// Ten to a power.
  public static func powerOfTen(_ exponent: Int) -> BigInteger {
    make { entente_mpz_ui_pow_ui($0, 10, UInt(max(0, exponent))) }
  }

  /// Two to a power.
  public static func powerOfTwo(_ exponent: Int) -> BigInteger {
    make { entente_mpz_ui_pow_ui($0, 2, UInt(max(0, exponent))) }
  }

  /// -1, 0 or 1.
  public var signum: Int { Int(entente_mpz_sgn(storage.value)) }

  /// The number of bits of the magnitude; 1 for zero.
  public var bitWidth: Int { entente_mpz_bits(storage.value) }

  /// The number in 128 bits, if it fits.
  public var narrowed: Int128? {
    guard bitWidth <= 127 else { return nil }
    var low: UInt64 = 0
    var high: UInt64 = 0
    entente_mpz_get_limbs(storage.value, &low, &high)
    let magnitude = Int128(high) << 64 | Int128(low)
    return signum < 0 ? -magnitude : magnitude
  }

  /// The sum.
  public static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    make { entente_mpz_add($0, left.storage.value, right.storage.value) }
  }

  /// The difference.
  public static func - (left: BigInteger, right: BigInteger) -> BigInteger {
    make { entente_mpz_sub($0, left.storage.value, right.storage.value) }
  }

  /// The product.
  public static func * (left: BigInteger, right: BigInteger) -> BigInteger {
    make { entente_mpz_mul($0, left.storage.value, right.storage.value) }
  }

  /// The negative.
  public static prefix func - (value: BigInteger) -> BigInteger {
    make { entente_mpz_neg($0, value.storage.value) }
  }

  /// The quotient of a division that leaves nothing over.
  public func dividedExactly(by divisor: BigInteger) -> BigInteger {
    precondition(divisor.signum != 0, "a division by zero")
    return BigInteger.make { entente_mpz_divexact($0, storage.value, divisor.storage.value) }
  }

  /// The quotient, cut off toward zero, and what is left over.
  public func quotientAndRemainder(
    dividingBy divisor: BigInteger
  ) -> (quotient: BigInteger, remainder: BigInteger) {
    precondition(divisor.signum != 0, "a division by zero")
    let remainder = Storage()
    let quotient = BigInteger.make {
      entente_mpz_tdiv_qr($0, remainder.value, storage.value, divisor.storage.value)
    }
    return (quotient, BigInteger(remainder))
  }

  /// `(a·b - c·d) / divisor`, where the division leaves nothing over, with one allocation.
  static func crossDifference(
    _ a: BigInteger, _ b: BigInteger, _ c: BigInteger, _ d: BigInteger, over divisor: BigInteger
  ) -> BigInteger {
    make {
      entente_mpz_mul($0, a.storage.value, b.storage.value)
      entente_mpz_submul($0, c.storage.value, d.storage.value)
      entente_mpz_divexact($0, $0, divisor.storage.value)
    }
  }

  /// What a division by a positive word leaves over, not negative.
  public func remainder(by divisor: UInt64) -> UInt64 {
    precondition(divisor != 0, "a division by zero")
    return entente_mpz_fdiv_ui(storage.value, divisor)
  }

  /// Half of the number, rounded down.
  var halved: BigInteger { BigInteger.make { entente_mpz_half($0, storage.value) } }

  /// The greatest common divisor, not negative.
  public func greatestCommonDivisor(with other: BigInteger) -> BigInteger {
    BigInteger.make { entente_mpz_gcd($0, storage.value, other.storage.value) }
  }
}

extension BigInteger: Comparable, Hashable, CustomStringConvertible {
  /// Equal numbers are equal.
  public static func == (left: BigInteger, right: BigInteger) -> Bool {
    entente_mpz_cmp(left.storage.value, right.storage.value) == 0
  }

  /// The order of numbers.
  public static func < (left: BigInteger, right: BigInteger) -> Bool {
    entente_mpz_cmp(left.storage.value, right.storage.value) < 0
  }

  /// Feeds the digits.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  /// Decimal digits, with a minus sign where it is negative.
  public var description: String {
    guard let text = entente_mpz_get_str(storage.value) else { return "" }
    defer { entente_free(text) }
    return String(cString: text)
  }
}
