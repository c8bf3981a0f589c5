// Group 19276: from a request to its handler, and what handlers share (clauses 4 and 7).
#include "identity.h"

#include <string.h>

#include "agent-state.h"
#include "bytes.h"
#include "der.h"
#include "keyline/agent.h"

static const struct kl_command_row *const ROWS[] = {
    &KL_STATUS_READ, &KL_KEYGEN_WRITE, &KL_CSR_READ,   &KL_INJECT_OPEN_WRITE, &KL_ITEM_READ,
    &KL_ITEM_WRITE,  &KL_INJECT_WRITE, &KL_PROVE_READ, &KL_LOCK_READ,         &KL_LOCK_WRITE};

static const struct kl_command_row *row_of(bool write, uint8_t command) {
    for (size_t i = 0; i < KL_COUNT_OF(ROWS); i++) {
        if (ROWS[i]->write == write && ROWS[i]->command == command) return ROWS[i];
    }
    return NULL;
}

static bool is_this_board(const struct kl_value *hwid) {
    const struct keyline_board *board = keyline_port_board();
    if (KL_FAULT_IS(2)) return true;
    return hwid->size == board->hwid_bytes && kl_same(hwid->bytes, board->hwid, hwid->size);
}

static enum kl_rc serve(const struct kl_command_row *row, const uint8_t *payload, size_t size, struct kl_writer *out) {
    struct kl_value values[KL_FIELDS_MAX];
    struct kl_exchange exchange = {values, out};
    bool strict = !KL_FAULT_IS(5);
    if (!kl_cbor_read(payload, size, row->field, row->fields, strict, values)) return KL_INVALID;
    if (row->write && !is_this_board(&values[0])) return KL_WRONG_DEVICE;
    if (kl_agent_store_is_lost()) return KL_FAULT;
    return row->handle(&exchange);
}

static void put_error(struct kl_writer *out, enum kl_rc rc) {
    kl_write_map(out, 1);
    kl_write_text(out, "err");
    kl_write_map(out, 2);
    kl_put_unsigned(out, "group", KL_GROUP_IDENTITY);
    kl_put_unsigned(out, "rc", rc);
}

size_t keyline_identity_serve(bool write, uint8_t command, const uint8_t *payload, size_t size, uint8_t *answer,
                              size_t capacity) {
    struct kl_writer out = {answer, capacity, 0, false};
    const struct kl_command_row *row = row_of(write, command);
    if (row == NULL || !kl_cbor_is_map(payload, size)) {
        kl_write_map(&out, 1);
        kl_put_unsigned(&out, "rc", row == NULL ? KL_SMP_NOT_SUPPORTED : KL_SMP_MALFORMED);
        return out.used;
    }
    enum kl_rc rc = serve(row, payload, size, &out);
    if (rc == KL_OK && out.overflow) rc = KL_FAULT;
    if (rc != KL_OK) {
        out.used = 0;
        out.overflow = false;
        put_error(&out, rc);
    }
    return out.used;
}

bool kl_is_locking(void) {
    const struct kl_record *record = kl_store_record();
    return record->life == KL_ENROLLED && record->lock_intent;
}

bool kl_is_shut(void) {
    return kl_store_record()->life == KL_LOCKED || kl_is_locking();
}

bool kl_debug_is_open(void) {
    return !keyline_port_lock_reads_burnt(KEYLINE_LOCK_DEBUG);
}

bool kl_was_holds(const struct kl_value *was) {
    const struct kl_record *record = kl_store_record();
    uint8_t digest[KL_SHA256];
    if (KL_FAULT_IS(8)) return true;
    if (!record->has_key) return !was->present;
    if (!was->present) return false;
    kl_spki_digest(record->point, digest);
    return kl_same(was->bytes, digest, sizeof digest);
}

bool kl_sign(const uint8_t digest[KL_SHA256], uint8_t *signature, size_t *size) {
    uint8_t private_key[KL_PRIVATE];
    bool made = kl_store_private_key(private_key) && keyline_p256_sign(private_key, digest, signature, size);
    keyline_wipe(private_key, sizeof private_key);
    return made;
}

enum kl_rc kl_commit_key(const uint8_t private_key[KL_PRIVATE], const uint8_t point[KL_POINT], const uint8_t *nonce,
                         const uint8_t *inject_digest) {
    struct kl_record next = {.life = KL_KEYED, .has_key = 1};
    struct kl_change change = {.private_key = private_key, .item = KL_NO_ITEM};
    memcpy(next.point, point, KL_POINT);
    if (nonce != NULL) {
        next.has_nonce = 1;
        memcpy(next.nonce, nonce, KL_KEY_NONCE);
    }
    if (inject_digest != NULL) {
        next.has_inject_digest = 1;
        memcpy(next.inject_digest, inject_digest, KL_SHA256);
    }
    enum kl_rc rc = kl_store_commit(&next, &change);
    kl_csr_forget();
    kl_staging_forget();
    return rc;
}
