// The cryptography that the agent needs, and no more. crypto/mbedtls does it in software; a board with a secure element or
// an accelerator writes these functions itself. All return false when they could not: the output is not to be used then.
#ifndef KEYLINE_CRYPTO_H
#define KEYLINE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline/wire.h"

// SHA-256 in pieces. The context is the caller's; it holds nothing that must be freed.
struct keyline_sha256 {
    uint32_t opaque[32];
};
void keyline_sha256_start(struct keyline_sha256 *hash);
void keyline_sha256_add(struct keyline_sha256 *hash, const uint8_t *bytes, size_t size);
void keyline_sha256_end(struct keyline_sha256 *hash, uint8_t digest[KL_SHA256]);

// HKDF-SHA256, RFC 5869. `expand` gives at most 255 * 32 bytes.
bool keyline_hkdf_extract(const uint8_t *salt, size_t salt_size, const uint8_t *ikm, size_t ikm_size,
                          uint8_t prk[KL_SHA256]);
bool keyline_hkdf_expand(const uint8_t prk[KL_SHA256], const uint8_t *info, size_t info_size, uint8_t *out,
                         size_t out_size);

// AES-128-GCM with a tag of 16 bytes behind the ciphertext; `plain` gets `size - 16` bytes, only when the tag is right.
bool keyline_aes128gcm_open(const uint8_t key[16], const uint8_t nonce[12], const uint8_t *aad, size_t aad_size,
                            const uint8_t *sealed, size_t size, uint8_t *plain);

// Seeds the generator afresh from keyline_port_entropy, after its health test (entropy.h).
bool keyline_random_seed(void);
// From the seeded generator.
bool keyline_random(uint8_t *to, size_t size);

// P-256. Private keys are scalars from 1 to n - 1, big endian; points are uncompressed.
bool keyline_p256_generate(uint8_t private_key[KL_PRIVATE], uint8_t point[KL_POINT]);
// False for a scalar that is no private key.
bool keyline_p256_public(const uint8_t private_key[KL_PRIVATE], uint8_t point[KL_POINT]);
// x coordinate of the shared point. False for a point that is not on the curve.
bool keyline_p256_agree(const uint8_t private_key[KL_PRIVATE], const uint8_t point[KL_POINT], uint8_t shared[32]);
// ECDSA of a SHA-256 digest, DER. Deterministic (RFC 6979), so that no random source can give the key away.
bool keyline_p256_sign(const uint8_t private_key[KL_PRIVATE], const uint8_t digest[KL_SHA256],
                       uint8_t signature[KL_SIGNATURE_MAX], size_t *size);

// Overwrites secrets; is not optimised away.
void keyline_wipe(void *memory, size_t size);

#endif
