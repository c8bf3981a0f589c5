#include "hpke.h"

#include <string.h>

#include "keyline/crypto.h"

#define SUITE_MAX 10u
#define LABEL_MAX 13u
// "HPKE-v1", the suite, the label and the longest thing that is hashed.
#define LABELED_MAX (2u + 7u + SUITE_MAX + LABEL_MAX + KL_HPKE_INFO_MAX)
#define MODE_BASE 0x00u
#define MODE_PSK 0x01u

struct bytes {
    const uint8_t *at;
    size_t size;
};

struct suite {
    uint8_t id[SUITE_MAX];
    size_t size;
};

static const struct suite KEM_SUITE = {{'K', 'E', 'M', 0x00, 0x10}, 5};
static const struct suite HPKE_SUITE = {{'H', 'P', 'K', 'E', 0x00, 0x10, 0x00, 0x01, 0x00, 0x01}, 10};

struct builder {
    uint8_t buffer[LABELED_MAX];
    size_t used;
};

static void add(struct builder *builder, const void *bytes, size_t size) {
    if (size > 0) memcpy(builder->buffer + builder->used, bytes, size);
    builder->used += size;
}

static void add_label(struct builder *builder, const struct suite *suite, const char *label) {
    add(builder, "HPKE-v1", 7);
    add(builder, suite->id, suite->size);
    add(builder, label, strlen(label));
}

// LabeledExtract(salt, label, ikm), RFC 9180 section 4.
static bool labeled_extract(const struct suite *suite, struct bytes salt, const char *label, struct bytes ikm,
                            uint8_t prk[KL_SHA256]) {
    struct builder labeled = {.used = 0};
    if (ikm.size > KL_HPKE_INFO_MAX) return false;
    add_label(&labeled, suite, label);
    add(&labeled, ikm.at, ikm.size);
    bool done = keyline_hkdf_extract(salt.at, salt.size, labeled.buffer, labeled.used, prk);
    keyline_wipe(&labeled, sizeof labeled);
    return done;
}

// LabeledExpand(prk, label, info, L).
static bool labeled_expand(const struct suite *suite, const uint8_t prk[KL_SHA256], const char *label, struct bytes info,
                           uint8_t *out, size_t size) {
    struct builder labeled = {.used = 0};
    uint8_t length[2] = {(uint8_t)(size >> 8), (uint8_t)(size & 0xffu)};
    add(&labeled, length, sizeof length);
    add_label(&labeled, suite, label);
    add(&labeled, info.at, info.size);
    return keyline_hkdf_expand(prk, labeled.buffer, labeled.used, out, size);
}

static const struct bytes NONE = {NULL, 0};

// Decap(enc, skR), section 4.1.
static bool decapsulate(const struct kl_hpke_receiver *receiver, const uint8_t encapsulated[KL_ENCAPSULATED],
                        uint8_t shared[KL_SHA256]) {
    uint8_t dh[32];
    uint8_t prk[KL_SHA256];
    uint8_t context[2 * KL_POINT];
    memcpy(context, encapsulated, KL_POINT);
    memcpy(context + KL_POINT, receiver->point, KL_POINT);
    bool done = keyline_p256_agree(receiver->private_key, encapsulated, dh) &&
                labeled_extract(&KEM_SUITE, NONE, "eae_prk", (struct bytes){dh, sizeof dh}, prk) &&
                labeled_expand(&KEM_SUITE, prk, "shared_secret", (struct bytes){context, sizeof context}, shared,
                               KL_SHA256);
    keyline_wipe(dh, sizeof dh);
    keyline_wipe(prk, sizeof prk);
    return done;
}

struct schedule {
    uint8_t key[16];
    uint8_t nonce[12];
};

// KeySchedule(mode, shared_secret, info, psk, psk_id), section 5.1.
static bool schedule_keys(const struct kl_hpke_receiver *receiver, const uint8_t shared[KL_SHA256],
                          struct schedule *keys) {
    uint8_t context[1 + 2 * KL_SHA256];
    uint8_t secret[KL_SHA256];
    bool is_psk = receiver->psk != NULL;
    struct bytes psk = is_psk ? (struct bytes){receiver->psk, receiver->psk_size} : NONE;
    struct bytes psk_id = is_psk ? (struct bytes){receiver->psk_id, receiver->psk_id_size} : NONE;
    struct bytes info = {receiver->info, receiver->info_size};
    struct bytes whole = {context, sizeof context};
    context[0] = is_psk ? MODE_PSK : MODE_BASE;
    bool done = labeled_extract(&HPKE_SUITE, NONE, "psk_id_hash", psk_id, context + 1) &&
                labeled_extract(&HPKE_SUITE, NONE, "info_hash", info, context + 1 + KL_SHA256) &&
                labeled_extract(&HPKE_SUITE, (struct bytes){shared, KL_SHA256}, "secret", psk, secret) &&
                labeled_expand(&HPKE_SUITE, secret, "key", whole, keys->key, sizeof keys->key) &&
                labeled_expand(&HPKE_SUITE, secret, "base_nonce", whole, keys->nonce, sizeof keys->nonce);
    keyline_wipe(secret, sizeof secret);
    return done;
}

bool kl_hpke_open(const struct kl_hpke_receiver *receiver, const uint8_t encapsulated[KL_ENCAPSULATED],
                  const uint8_t *aad, size_t aad_size, const uint8_t *sealed, size_t size, uint8_t *plain) {
    uint8_t shared[KL_SHA256];
    struct schedule keys;
    // The nonce of sequence number 0 is base_nonce itself.
    bool opened = decapsulate(receiver, encapsulated, shared) && schedule_keys(receiver, shared, &keys) &&
                  keyline_aes128gcm_open(keys.key, keys.nonce, aad, aad_size, sealed, size, plain);
    keyline_wipe(shared, sizeof shared);
    keyline_wipe(&keys, sizeof keys);
    return opened;
}
