// Command 7: journal the intent, burn, read back, and only then say locked (clauses 5.8 and 5.9). Refuses to burn what
// reads burnt, what was ordered since the start, and anything after a burn that is known not to have held.
#include <string.h>

#include "bytes.h"
#include "der.h"
#include "identity.h"

static const enum keyline_lock ORDER[] = {KEYLINE_LOCK_IDENTITY, KEYLINE_LOCK_DEBUG};

static enum kl_rc read_plan(const struct kl_exchange *exchange) {
    uint32_t texts = 0;
    for (size_t i = 0; i < KL_COUNT_OF(ORDER); i++) texts += !keyline_port_lock_reads_burnt(ORDER[i]);
    kl_write_map(exchange->out, 1);
    kl_write_text(exchange->out, "plan");
    kl_write_array(exchange->out, texts);
    for (size_t i = 0; i < KL_COUNT_OF(ORDER); i++) {
        if (!keyline_port_lock_reads_burnt(ORDER[i])) kl_write_text(exchange->out, keyline_port_lock_text(ORDER[i]));
    }
    return KL_OK;
}

const struct kl_command_row KL_LOCK_READ = {KL_LOCK, false, 0, NULL, read_plan};

// Left to the restart, in this power-up: a second order before it would be a second burn.
static bool ordered;

static enum kl_rc burn(enum keyline_lock lock, const struct kl_record *record) {
    if (keyline_port_lock_reads_burnt(lock)) return KL_OK;
    if (ordered) return KL_LOCK_PENDING;
    if (record->lock_tries >= KL_LOCK_TRIES) return KL_LOCK_FAILED;
    switch (keyline_port_lock_burn(lock)) {
        case KEYLINE_BURN_DONE:
            return keyline_port_lock_reads_burnt(lock) ? KL_OK : KL_LOCK_FAILED;
        case KEYLINE_BURN_AT_RESTART:
            return KL_LOCK_PENDING;
        default:
            return KL_LOCK_FAILED;
    }
}

static enum kl_rc commit(const struct kl_record *next) {
    struct kl_change nothing = {.item = KL_NO_ITEM};
    return kl_store_commit(next, &nothing);
}

static enum kl_rc burn_all(const struct kl_record *record) {
    bool pending = false;
    for (size_t i = 0; i < KL_COUNT_OF(ORDER); i++) {
        if (ORDER[i] == KEYLINE_LOCK_DEBUG && !record->lock_debug) continue;
        enum kl_rc rc = burn(ORDER[i], record);
        if (rc == KL_LOCK_PENDING) pending = true;
        else if (rc != KL_OK) return rc;
    }
    return pending ? KL_LOCK_PENDING : KL_OK;
}

// Burns, and keeps what came of it. The fuses decide, not the record: banks that the identity lock has closed take none
// any more, and then the next start finds the same by the intent.
static enum kl_rc burn_and_close(struct kl_record *next) {
    enum kl_rc rc = burn_all(next);
    if (rc == KL_OK) {
        next->life = KL_LOCKED;
        next->lock_tries = 0;
    } else if (rc == KL_LOCK_FAILED) {
        next->lock_tries = KL_LOCK_TRIES;
    } else if (!ordered) {
        ordered = true;
        next->lock_tries++;
    }
    // A lock that failed is asked for at every start: what is known already is not written again.
    const struct kl_record *record = kl_store_record();
    bool known = next->life == record->life && next->lock_tries == record->lock_tries;
    if (!known && commit(next) != KL_OK) kl_store_hold(next);
    return rc;
}

static enum kl_rc finish(void) {
    struct kl_record next = *kl_store_record();
    return burn_and_close(&next);
}

void kl_lock_start(void) {
    ordered = false;
    if (kl_is_locking()) (void)finish();
}

enum { HWID, SN, LEAF, DBG, FIELDS };
static const struct kl_field FIELD[FIELDS] = {
    KL_HWID_FIELD,
    KL_LABEL_FIELD("sn"),
    KL_DIGEST_FIELD("leaf", true),
    {"dbg", KL_BOOL, true, 0, 0},
};

static bool names_journal(const struct kl_value *values) {
    const struct kl_record *record = kl_store_record();
    return record->lock_serial_bytes == values[SN].size &&
           kl_same(record->lock_serial, values[SN].bytes, values[SN].size) &&
           kl_same(record->lock_leaf, values[LEAF].bytes, KL_SHA256) && record->lock_debug == values[DBG].number;
}

// `sn` is the serialNumber in the subject of the device's own leaf.
static bool serial_is_own(const struct kl_value *sn) {
    uint32_t size = kl_store_record()->item_bytes[KL_ITEM_LEAF];
    uint8_t *leaf = kl_staging_borrow();
    struct kl_leaf facts;
    return kl_store_read_item(KL_ITEM_LEAF, 0, leaf, size) && kl_leaf_read(leaf, size, &facts) &&
           facts.serial != NULL && facts.serial_bytes == sn->size && kl_same(facts.serial, sn->bytes, sn->size);
}

static enum kl_rc answer(struct kl_writer *out, enum kl_rc rc) {
    if (rc != KL_OK) return rc;
    kl_write_map(out, 1);
    kl_put_unsigned(out, "life", kl_store_record()->life);
    return KL_OK;
}

static enum kl_rc lock(const struct kl_exchange *exchange) {
    const struct kl_value *values = exchange->values;
    const struct kl_record *record = kl_store_record();
    struct kl_record next = *record;
    if (record->life < KL_ENROLLED) return KL_STATE;
    if (record->life == KL_LOCKED) return names_journal(values) ? answer(exchange->out, KL_OK) : KL_STATE;
    if (record->lock_intent) return names_journal(values) ? answer(exchange->out, finish()) : KL_LEAF_MISMATCH;
    bool own = kl_same(record->item_digest[KL_ITEM_LEAF], values[LEAF].bytes, KL_SHA256) && serial_is_own(&values[SN]);
    if (!own && !KL_FAULT_IS(12)) return KL_LEAF_MISMATCH;
    if (KL_FAULT_IS(4)) {
        next.lock_debug = (uint8_t)values[DBG].number;
        return answer(exchange->out, burn_and_close(&next));
    }
    next.lock_intent = 1;
    next.lock_debug = (uint8_t)values[DBG].number;
    next.lock_serial_bytes = (uint8_t)values[SN].size;
    memcpy(next.lock_serial, values[SN].bytes, values[SN].size);
    memcpy(next.lock_leaf, values[LEAF].bytes, KL_SHA256);
    enum kl_rc rc = commit(&next);
    return rc == KL_OK ? answer(exchange->out, finish()) : rc;
}

const struct kl_command_row KL_LOCK_WRITE = {KL_LOCK, true, FIELDS, FIELD, lock};
