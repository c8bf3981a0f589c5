// Comparing and measuring bytes.
#ifndef KEYLINE_BYTES_H
#define KEYLINE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "keyline/crypto.h"

// The planted faults of firmware/README.md; 0 is the agent that ships.
#ifndef KEYLINE_FAULT
#define KEYLINE_FAULT 0
#endif
#define KL_FAULT_IS(number) (KEYLINE_FAULT == (number))

static inline bool kl_same(const uint8_t *a, const uint8_t *b, size_t size) {
    return size == 0 || memcmp(a, b, size) == 0;
}

static inline void kl_digest(const uint8_t *bytes, size_t size, uint8_t digest[KL_SHA256]) {
    struct keyline_sha256 hash;
    keyline_sha256_start(&hash);
    keyline_sha256_add(&hash, bytes, size);
    keyline_sha256_end(&hash, digest);
}

#endif
