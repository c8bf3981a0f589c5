// keyline/crypto.h that is none: a mixing function for every answer, so that millions of requests take minutes. What is
// fuzzed is everything in front of the cryptography and behind it.
#include <string.h>

#include "entropy.h"
#include "keyline/crypto.h"

void keyline_wipe(void *memory, size_t size) {
    memset(memory, 0, size);
}

void keyline_sha256_start(struct keyline_sha256 *hash) {
    memset(hash, 0, sizeof *hash);
    hash->opaque[0] = 2166136261u;
}

void keyline_sha256_add(struct keyline_sha256 *hash, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) hash->opaque[0] = (hash->opaque[0] ^ bytes[i]) * 16777619u;
}

static void spread(uint32_t from, uint8_t *to, size_t size) {
    for (size_t i = 0; i < size; i++) {
        from = from * 1664525u + 1013904223u;
        to[i] = (uint8_t)(from >> 24);
    }
}

void keyline_sha256_end(struct keyline_sha256 *hash, uint8_t digest[KL_SHA256]) {
    spread(hash->opaque[0], digest, KL_SHA256);
}

static uint32_t mix(const uint8_t *bytes, size_t size) {
    struct keyline_sha256 hash;
    keyline_sha256_start(&hash);
    keyline_sha256_add(&hash, bytes, size);
    return hash.opaque[0];
}

bool keyline_hkdf_extract(const uint8_t *salt, size_t salt_size, const uint8_t *ikm, size_t ikm_size,
                          uint8_t prk[KL_SHA256]) {
    spread(mix(salt, salt_size) + mix(ikm, ikm_size), prk, KL_SHA256);
    return true;
}

bool keyline_hkdf_expand(const uint8_t prk[KL_SHA256], const uint8_t *info, size_t info_size, uint8_t *out,
                         size_t out_size) {
    spread(mix(prk, KL_SHA256) + mix(info, info_size), out, out_size);
    return true;
}

// Half of all messages open.
bool keyline_aes128gcm_open(const uint8_t key[16], const uint8_t nonce[12], const uint8_t *aad, size_t aad_size,
                            const uint8_t *sealed, size_t size, uint8_t *plain) {
    (void)key, (void)nonce, (void)aad, (void)aad_size;
    memcpy(plain, sealed, size - 16);
    return sealed[size - 1] & 1;
}

bool keyline_random_seed(void) {
    uint8_t seed[48];
    return kl_entropy(seed, sizeof seed);
}

bool keyline_random(uint8_t *to, size_t size) {
    memset(to, 0x5a, size);
    return true;
}

bool keyline_p256_generate(uint8_t private_key[KL_PRIVATE], uint8_t point[KL_POINT]) {
    memset(private_key, 0x11, KL_PRIVATE);
    return keyline_p256_public(private_key, point);
}

bool keyline_p256_public(const uint8_t private_key[KL_PRIVATE], uint8_t point[KL_POINT]) {
    point[0] = 4;
    spread(mix(private_key, KL_PRIVATE), point + 1, KL_POINT - 1);
    return private_key[0] != 0;
}

bool keyline_p256_agree(const uint8_t private_key[KL_PRIVATE], const uint8_t point[KL_POINT], uint8_t shared[32]) {
    spread(mix(private_key, KL_PRIVATE) + mix(point, KL_POINT), shared, 32);
    return point[0] == 4;
}

bool keyline_p256_sign(const uint8_t private_key[KL_PRIVATE], const uint8_t digest[KL_SHA256],
                       uint8_t signature[KL_SIGNATURE_MAX], size_t *size) {
    *size = 70 + digest[0] % 3u;
    spread(mix(private_key, KL_PRIVATE) + mix(digest, KL_SHA256), signature, *size);
    return true;
}
