// GMP's functions are macros, which Swift does not see. These give those that are used a name.
#ifndef ENTENTE_CGMP_SHIM_H
#define ENTENTE_CGMP_SHIM_H

#include <gmp.h>
#include <stdint.h>
#include <stdlib.h>

static inline void entente_mpz_init(mpz_ptr x) { mpz_init(x); }
static inline void entente_mpz_clear(mpz_ptr x) { mpz_clear(x); }
static inline void entente_mpz_set(mpz_ptr x, mpz_srcptr y) { mpz_set(x, y); }
static inline void entente_mpz_swap(mpz_ptr x, mpz_ptr y) { mpz_swap(x, y); }
static inline int entente_mpz_sgn(mpz_srcptr x) { return mpz_sgn(x); }
static inline int entente_mpz_cmp(mpz_srcptr x, mpz_srcptr y) { return mpz_cmp(x, y); }
static inline void entente_mpz_neg(mpz_ptr x, mpz_srcptr y) { mpz_neg(x, y); }
static inline void entente_mpz_add(mpz_ptr x, mpz_srcptr y, mpz_srcptr z) { mpz_add(x, y, z); }
static inline void entente_mpz_sub(mpz_ptr x, mpz_srcptr y, mpz_srcptr z) { mpz_sub(x, y, z); }
static inline void entente_mpz_mul(mpz_ptr x, mpz_srcptr y, mpz_srcptr z) { mpz_mul(x, y, z); }
static inline void entente_mpz_submul(mpz_ptr x, mpz_srcptr y, mpz_srcptr z) { mpz_submul(x, y, z); }
static inline void entente_mpz_divexact(mpz_ptr x, mpz_srcptr y, mpz_srcptr z) {
  mpz_divexact(x, y, z);
}
static inline void entente_mpz_tdiv_qr(mpz_ptr q, mpz_ptr r, mpz_srcptr y, mpz_srcptr z) {
  mpz_tdiv_qr(q, r, y, z);
}
static inline uint64_t entente_mpz_fdiv_ui(mpz_srcptr x, uint64_t y) { return mpz_fdiv_ui(x, y); }
static inline void entente_mpz_half(mpz_ptr x, mpz_srcptr y) { mpz_fdiv_q_2exp(x, y, 1); }
static inline void entente_mpz_gcd(mpz_ptr x, mpz_srcptr y, mpz_srcptr z) { mpz_gcd(x, y, z); }
static inline void entente_mpz_ui_pow_ui(mpz_ptr x, unsigned long base, unsigned long exponent) {
  mpz_ui_pow_ui(x, base, exponent);
}
static inline int entente_mpz_set_str(mpz_ptr x, const char *text) {
  return mpz_set_str(x, text, 10);
}
static inline char *entente_mpz_get_str(mpz_srcptr x) { return mpz_get_str(NULL, 10, x); }
static inline size_t entente_mpz_bits(mpz_srcptr x) { return mpz_sizeinbase(x, 2); }
// The magnitude from and to two 64-bit limbs; the sign apart.
static inline void entente_mpz_set_limbs(mpz_ptr x, uint64_t low, uint64_t high, int negative) {
  uint64_t limbs[2] = {low, high};
  mpz_import(x, 2, -1, sizeof(uint64_t), 0, 0, limbs);
  if (negative) mpz_neg(x, x);
}
static inline void entente_mpz_get_limbs(mpz_srcptr x, uint64_t *low, uint64_t *high) {
  uint64_t limbs[2] = {0, 0};
  if (mpz_sizeinbase(x, 2) <= 128) mpz_export(limbs, NULL, -1, sizeof(uint64_t), 0, 0, x);
  *low = limbs[0];
  *high = limbs[1];
}
static inline void entente_free(char *text) {
  void (*release)(void *, size_t);
  mp_get_memory_functions(NULL, NULL, &release);
  size_t length = 0;
  while (text[length]) length++;
  release(text, length + 1);
}

#endif
