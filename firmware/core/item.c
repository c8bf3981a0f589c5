// Command 4: chain, anchor and leaf (clauses 5.4 and 5.5). One staging area in RAM; a commit is whole; nothing changes once
// the leaf is there.
#include <string.h>

#include "bytes.h"
#include "der.h"
#include "identity.h"

static const struct {
    const char *name;
    uint32_t most;
} ITEMS[KL_ITEMS] = {
    [KL_ITEM_CHAIN] = {"chain", KL_CHAIN_MAX},
    [KL_ITEM_ANCHOR] = {"anchor", KL_ANCHOR_MAX},
    [KL_ITEM_LEAF] = {"leaf", KL_LEAF_MAX},
};
static_assert(KL_CHAIN_MAX >= KL_ANCHOR_MAX && KL_CHAIN_MAX >= KL_LEAF_MAX, "the staging area holds every item");

static struct {
    bool open;
    enum kl_item item;
    uint32_t length;
    uint32_t received;
    uint8_t digest[KL_SHA256];
    uint8_t content[KL_CHAIN_MAX];
} staging;

void kl_staging_forget(void) {
    memset(&staging, 0, sizeof staging);
}

uint8_t *kl_staging_borrow(void) {
    staging.open = false;
    return staging.content;
}

static bool find_item(const struct kl_value *name, enum kl_item *item) {
    for (unsigned i = 0; i < KL_ITEMS; i++) {
        if (strlen(ITEMS[i].name) != name->size || memcmp(ITEMS[i].name, name->bytes, name->size) != 0) continue;
        *item = (enum kl_item)i;
        return true;
    }
    return false;
}

enum { READ_ITEM, READ_OFF, READ_FIELDS };
static const struct kl_field READ_FIELD[READ_FIELDS] = {
    {"item", KL_TEXT, true, 1, KL_LABEL_MAX},
    KL_OFFSET_FIELD("off", true),
};

static enum kl_rc read_item(const struct kl_exchange *exchange) {
    struct kl_writer *out = exchange->out;
    uint32_t off = exchange->values[READ_OFF].number;
    enum kl_item item;
    if (!find_item(&exchange->values[READ_ITEM], &item)) return KL_INVALID;
    uint32_t length = kl_store_record()->item_bytes[item];
    if (length == 0) return KL_ABSENT;
    if (off > length) return KL_INVALID;
    kl_write_map(out, 3);
    kl_put_unsigned(out, "len", length);
    kl_put_unsigned(out, "off", off);
    size_t room = kl_room_left(out, "data");
    size_t size = length - off < room ? length - off : room;
    uint8_t *data = kl_put_room(out, "data", size);
    return data != NULL && kl_store_read_item(item, off, data, size) ? KL_OK : KL_FAULT;
}

const struct kl_command_row KL_ITEM_READ = {KL_ITEM, false, READ_FIELDS, READ_FIELD, read_item};

enum { HWID, ITEM, OFF, DATA, LEN, SHA, FIELDS };
static const struct kl_field FIELD[FIELDS] = {
    KL_HWID_FIELD,
    {"item", KL_TEXT, true, 1, KL_LABEL_MAX},
    KL_OFFSET_FIELD("off", true),
    {"data", KL_BYTES, true, 0, UINT32_MAX},
    KL_OFFSET_FIELD("len", false),
    KL_DIGEST_FIELD("sha", false),
};
static_assert(FIELDS <= KL_FIELDS_MAX, "every field has a place");

static enum kl_rc answer(struct kl_writer *out, uint32_t off) {
    kl_write_map(out, 1);
    kl_put_unsigned(out, "off", off);
    return KL_OK;
}

// Whether other content for this item may come in this life (clauses 7.9 and 7.10).
static enum kl_rc may_write(enum kl_item item) {
    const struct kl_record *record = kl_store_record();
    if (record->life == KL_LOCKED) return KL_STATE;
    if (record->life == KL_ENROLLED) return KL_STALE;
    bool early = item == KL_ITEM_LEAF && record->item_bytes[KL_ITEM_CHAIN] == 0;
    return early && !KL_FAULT_IS(11) ? KL_STATE : KL_OK;
}

static bool is_leaf_of_this_key(const uint8_t *bytes, size_t size) {
    uint8_t spki[KL_SPKI];
    struct kl_leaf leaf;
    if (KL_FAULT_IS(3)) return true;
    kl_spki(kl_store_record()->point, spki);
    return kl_leaf_read(bytes, size, &leaf) && leaf.spki_bytes == sizeof spki && kl_same(leaf.spki, spki, sizeof spki);
}

static enum kl_rc commit(void) {
    struct kl_record next = *kl_store_record();
    struct kl_change change = {.item = staging.item, .content = staging.content};
    uint8_t digest[KL_SHA256];
    staging.open = false;
    kl_digest(staging.content, staging.length, digest);
    if (!kl_same(digest, staging.digest, sizeof digest) && !KL_FAULT_IS(7)) return KL_DIGEST;
    if (staging.item == KL_ITEM_LEAF) {
        if (!is_leaf_of_this_key(staging.content, staging.length)) return KL_KEY_MISMATCH;
        next.life = KL_ENROLLED;
    }
    next.item_bytes[staging.item] = staging.length;
    memcpy(next.item_digest[staging.item], digest, sizeof digest);
    return kl_store_commit(&next, &change);
}

// Offset 0 names the transfer. KL_OK with `*off` above 0: so much is here already, and nothing is to be done.
static enum kl_rc begin(const struct kl_value *values, enum kl_item item, uint32_t *off) {
    const struct kl_record *record = kl_store_record();
    uint32_t length = values[LEN].number;
    const uint8_t *digest = values[SHA].bytes;
    *off = 0;
    if (length > ITEMS[item].most) return KL_SIZE;
    if (length == 0) return KL_INVALID;
    if (record->item_bytes[item] == length && kl_same(record->item_digest[item], digest, KL_SHA256)) {
        *off = length;
        return KL_OK;
    }
    enum kl_rc refused = may_write(item);
    if (refused != KL_OK) return refused;
    bool same = staging.open && staging.item == item && staging.length == length &&
                kl_same(staging.digest, digest, KL_SHA256);
    if (same) {
        *off = staging.received;
        return KL_OK;
    }
    staging.open = true;
    staging.item = item;
    staging.length = length;
    staging.received = 0;
    memcpy(staging.digest, digest, KL_SHA256);
    return KL_OK;
}

static enum kl_rc write_item(const struct kl_exchange *exchange) {
    const struct kl_value *values = exchange->values;
    const struct kl_value *data = &values[DATA];
    uint32_t off = values[OFF].number;
    bool first = off == 0;
    enum kl_item item;
    // `len` and `sha` belong to offset 0 and to no other.
    if (!find_item(&values[ITEM], &item) || values[LEN].present != first || values[SHA].present != first)
        return KL_INVALID;
    if (kl_store_record()->life == KL_BLANK || kl_is_locking()) return KL_STATE;
    if (first) {
        uint32_t known;
        enum kl_rc refused = begin(values, item, &known);
        if (refused != KL_OK) return refused;
        if (known > 0) return answer(exchange->out, known);
    }
    if (!staging.open || staging.item != item) return answer(exchange->out, 0);
    if (off != staging.received) return answer(exchange->out, staging.received);
    if (data->size > staging.length - staging.received) return KL_INVALID;
    if (data->size > 0) memcpy(staging.content + off, data->bytes, data->size);
    staging.received += (uint32_t)data->size;
    uint32_t received = staging.received;
    enum kl_rc rc = received == staging.length ? commit() : KL_OK;
    return rc == KL_OK ? answer(exchange->out, received) : rc;
}

const struct kl_command_row KL_ITEM_WRITE = {KL_ITEM, true, FIELDS, FIELD, write_item};
