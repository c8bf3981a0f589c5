// HPKE (RFC 9180), receiving, one seal: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; base and PSK mode.
#ifndef KEYLINE_HPKE_H
#define KEYLINE_HPKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline/wire.h"

struct kl_hpke_receiver {
    const uint8_t *private_key;  // KL_PRIVATE bytes
    const uint8_t *point;        // its public key
    const uint8_t *info;
    size_t info_size;  // at most KL_HPKE_INFO_MAX
    const uint8_t *psk;  // NULL: base mode
    size_t psk_size;
    const uint8_t *psk_id;
    size_t psk_id_size;
};
#define KL_HPKE_INFO_MAX 192u

// Opens the first message of a context: sequence number 0. `plain` gets size - 16 bytes, only when it opened.
bool kl_hpke_open(const struct kl_hpke_receiver *receiver, const uint8_t encapsulated[KL_ENCAPSULATED],
                  const uint8_t *aad, size_t aad_size, const uint8_t *sealed, size_t size, uint8_t *plain);

#endif
