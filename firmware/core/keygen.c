// Command 1: a key that is born here (clause 5.1). The same nonce gives the same key; another is discarded only by name.
#include "bytes.h"
#include "der.h"
#include "identity.h"

enum { HWID, ALG, NONCE, WAS, FIELDS };
static const struct kl_field FIELD[FIELDS] = {
    KL_HWID_FIELD,
    KL_LABEL_FIELD("alg"),
    {"nonce", KL_BYTES, true, KL_KEY_NONCE, KL_KEY_NONCE},
    KL_DIGEST_FIELD("was", false),
};

static bool is_p256(const struct kl_value *alg) {
    return alg->size == 5 && kl_same(alg->bytes, (const uint8_t *)"P-256", 5);
}

static enum kl_rc answer(struct kl_writer *out) {
    uint8_t spki[KL_SPKI];
    kl_spki(kl_store_record()->point, spki);
    kl_write_map(out, 1);
    kl_put_bytes(out, "spki", spki, sizeof spki);
    return KL_OK;
}

static enum kl_rc keygen(const struct kl_exchange *exchange) {
    const struct kl_value *values = exchange->values;
    const struct kl_record *record = kl_store_record();
    const uint8_t *nonce = values[NONCE].bytes;
    uint8_t private_key[KL_PRIVATE];
    uint8_t point[KL_POINT];
    if (kl_is_shut()) return KL_STATE;
    if (!is_p256(&values[ALG])) return KL_UNSUPPORTED;
    bool same = record->has_key && record->has_nonce && kl_same(nonce, record->nonce, KL_KEY_NONCE);
    if (same && !KL_FAULT_IS(1)) return answer(exchange->out);
    if (!same && !kl_was_holds(&values[WAS])) return KL_STALE;
    if (!keyline_random_seed()) return KL_ENTROPY;
    if (!keyline_p256_generate(private_key, point)) return KL_FAULT;
    enum kl_rc rc = kl_commit_key(private_key, point, nonce, NULL);
    keyline_wipe(private_key, sizeof private_key);
    return rc == KL_OK ? answer(exchange->out) : rc;
}

const struct kl_command_row KL_KEYGEN_WRITE = {KL_KEYGEN, true, FIELDS, FIELD, keygen};
