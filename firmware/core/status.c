// Command 0: who this is and where it stands (clause 5.0). Command 6: the same, signed (clause 5.7).
#include <string.h>

#include "bytes.h"
#include "der.h"
#include "identity.h"

static const struct kl_record *widest(struct kl_record *record) {
    memset(record, 0, sizeof *record);
    record->life = KL_ENROLLED;
    record->has_key = 1;
    record->lock_intent = 1;
    record->lock_serial_bytes = KL_LABEL_MAX;
    record->item_bytes[KL_ITEM_LEAF] = KL_LEAF_MAX;
    return record;
}

static void put_caps(struct kl_writer *out, bool psk) {
    kl_write_text(out, "caps");
    kl_write_array(out, psk ? 3 : 2);
    kl_write_text(out, "gen");
    kl_write_text(out, "inj");
    if (psk) kl_write_text(out, "psk");
    kl_write_text(out, "alg");
    kl_write_array(out, 1);
    kl_write_text(out, "P-256");
}

static void put_status(struct kl_writer *out, const struct keyline_board *board, const struct kl_record *record) {
    bool locking = record->life == KL_ENROLLED && record->lock_intent;
    bool leaf = record->item_bytes[KL_ITEM_LEAF] > 0;
    uint32_t pairs = 9u + locking + (record->lock_intent != 0) + (record->has_key != 0) + leaf + board->simulated;
    kl_write_map(out, pairs);
    kl_put_unsigned(out, "v", 1);
    kl_put_bytes(out, "hwid", board->hwid, board->hwid_bytes);
    kl_put_text(out, "model", board->model);
    kl_put_text(out, "hwrev", board->hardware_revision);
    kl_put_text(out, "fw", board->firmware_version);
    kl_put_unsigned(out, "life", record->life);
    if (locking) kl_put_bool(out, "locking", true);
    put_caps(out, board->psk != NULL);
    kl_put_bool(out, "dbg", kl_debug_is_open());
    if (record->lock_intent) {
        kl_write_text(out, "sn");
        kl_write_text_of(out, record->lock_serial, record->lock_serial_bytes);
    }
    if (record->has_key) {
        uint8_t digest[KL_SHA256];
        kl_spki_digest(record->point, digest);
        kl_put_bytes(out, "spkiSha256", digest, sizeof digest);
    }
    if (leaf) kl_put_bytes(out, "leafSha256", record->item_digest[KL_ITEM_LEAF], KL_SHA256);
    if (board->simulated) kl_put_bool(out, "sim", true);
}

static bool is_label(const char *text) {
    size_t size = strlen(text);
    for (size_t i = 0; i < size; i++) {
        if (text[i] < 0x20 || text[i] > 0x7e) return false;
    }
    return size >= 1 && size <= KL_LABEL_MAX;
}

bool kl_board_is_right(void) {
    const struct keyline_board *board = keyline_port_board();
    uint8_t longest[KL_STATUS_MAX];
    struct kl_writer out = {longest, sizeof longest, 0, false};
    struct kl_record record;
    if (board->hwid_bytes < KL_HWID_MIN || board->hwid_bytes > KL_HWID_MAX) return false;
    uint8_t all = 0xff, any = 0;
    for (size_t i = 0; i < board->hwid_bytes; i++) {
        all = (uint8_t)(all & board->hwid[i]);
        any = (uint8_t)(any | board->hwid[i]);
    }
    if (any == 0 || all == 0xff) return false;
    if (!is_label(board->model) || !is_label(board->hardware_revision) || !is_label(board->firmware_version)) return false;
    put_status(&out, board, widest(&record));
    return !out.overflow;
}

static enum kl_rc read_status(const struct kl_exchange *exchange) {
    struct kl_writer *out = exchange->out;
    put_status(out, keyline_port_board(), kl_store_record());
    return out->used > KL_STATUS_MAX ? KL_FAULT : KL_OK;
}

const struct kl_command_row KL_STATUS_READ = {KL_STATUS, false, 0, NULL, read_status};

static void put_proof_state(struct kl_writer *out, const struct kl_record *record) {
    static const struct {
        enum kl_item item;
        const char *key;
    } ITEMS[KL_ITEMS] = {{KL_ITEM_LEAF, "leaf"}, {KL_ITEM_CHAIN, "chain"}, {KL_ITEM_ANCHOR, "anchor"}};
    const struct keyline_board *board = keyline_port_board();
    uint8_t digest[KL_SHA256];
    uint32_t pairs = 5;
    for (size_t i = 0; i < KL_ITEMS; i++) pairs += record->item_bytes[i] > 0;
    kl_write_map(out, pairs);
    kl_put_bytes(out, "hwid", board->hwid, board->hwid_bytes);
    kl_put_unsigned(out, "life", record->life);
    kl_put_bool(out, "dbg", kl_debug_is_open());
    kl_put_bytes(out, "fw", board->image_hash, KL_SHA256);
    kl_spki_digest(record->point, digest);
    kl_put_bytes(out, "spki", digest, sizeof digest);
    for (size_t i = 0; i < KL_ITEMS; i++) {
        unsigned item = ITEMS[i].item;
        if (record->item_bytes[item] > 0) kl_put_bytes(out, ITEMS[i].key, record->item_digest[item], KL_SHA256);
    }
}

enum { PROVE_NONCE, PROVE_FIELDS };
static const struct kl_field PROVE_FIELD[PROVE_FIELDS] = {
    {"nonce", KL_BYTES, true, KL_PROOF_NONCE, KL_PROOF_NONCE},
};

static enum kl_rc prove(const struct kl_exchange *exchange) {
    static const char LABEL[] = "keyline-prove-v1";
    const struct kl_record *record = kl_store_record();
    uint8_t state[KL_PROOF_STATE_MAX];
    uint8_t digest[KL_SHA256];
    uint8_t signature[KL_SIGNATURE_MAX];
    size_t size;
    struct kl_writer writer = {state, sizeof state, 0, false};
    struct keyline_sha256 hash;
    if (!record->has_key) return KL_STATE;
    if (KL_FAULT_IS(6)) {
        static struct kl_record first;
        if (!first.has_key) first = *record;
        record = &first;
    }
    put_proof_state(&writer, record);
    if (writer.overflow) return KL_FAULT;
    keyline_sha256_start(&hash);
    keyline_sha256_add(&hash, (const uint8_t *)LABEL, sizeof LABEL - 1);
    keyline_sha256_add(&hash, exchange->values[PROVE_NONCE].bytes, KL_PROOF_NONCE);
    keyline_sha256_add(&hash, state, writer.used);
    keyline_sha256_end(&hash, digest);
    if (!kl_sign(digest, signature, &size)) return KL_FAULT;
    kl_write_map(exchange->out, 2);
    kl_put_bytes(exchange->out, "state", state, writer.used);
    kl_put_bytes(exchange->out, "sig", signature, size);
    return KL_OK;
}

const struct kl_command_row KL_PROVE_READ = {KL_PROVE, false, PROVE_FIELDS, PROVE_FIELD, prove};
