// Commands 3 and 5: a key from outside, sealed for an ephemeral key of ours (clauses 5.3 and 5.6).
#include <string.h>

#include "bytes.h"
#include "der.h"
#include "hpke.h"
#include "identity.h"

static struct {
    bool open;
    bool has_was;
    uint8_t private_key[KL_PRIVATE];
    uint8_t point[KL_POINT];
    uint8_t nonce[KL_KEY_NONCE];
    uint8_t device_nonce[KL_KEY_NONCE];
    uint8_t was[KL_SHA256];
    uint8_t station[KL_STATION_MAX];
    uint8_t station_bytes;
} session;

static struct {
    uint32_t length;  // 0: none begun
    uint32_t received;
    uint8_t bytes[KL_INJECT_MAX];
} message;

void kl_session_forget(void) {
    keyline_wipe(&session, sizeof session);
    memset(&message, 0, sizeof message);
}

enum { OPEN_HWID, OPEN_NONCE, OPEN_STATION, OPEN_WAS, OPEN_FIELDS };
static const struct kl_field OPEN_FIELD[OPEN_FIELDS] = {
    KL_HWID_FIELD,
    {"nonce", KL_BYTES, true, KL_KEY_NONCE, KL_KEY_NONCE},
    {"station", KL_LABEL, true, 1, KL_STATION_MAX},
    KL_DIGEST_FIELD("was", false),
};

static enum kl_rc open_session(const struct kl_exchange *exchange) {
    const struct kl_value *values = exchange->values;
    const struct kl_value *was = &values[OPEN_WAS];
    if (kl_is_shut()) return KL_STATE;
    if (!kl_was_holds(was)) return KL_STALE;
    kl_session_forget();
    if (!keyline_random_seed()) return KL_ENTROPY;
    if (!keyline_p256_generate(session.private_key, session.point)) return KL_FAULT;
    if (!keyline_random(session.device_nonce, KL_KEY_NONCE)) return KL_FAULT;
    memcpy(session.nonce, values[OPEN_NONCE].bytes, KL_KEY_NONCE);
    session.station_bytes = (uint8_t)values[OPEN_STATION].size;
    memcpy(session.station, values[OPEN_STATION].bytes, values[OPEN_STATION].size);
    session.has_was = was->present;
    if (was->present) memcpy(session.was, was->bytes, KL_SHA256);
    session.open = true;
    kl_write_map(exchange->out, 2);
    kl_put_bytes(exchange->out, "epk", session.point, KL_POINT);
    kl_put_bytes(exchange->out, "dn", session.device_nonce, KL_KEY_NONCE);
    return KL_OK;
}

const struct kl_command_row KL_INJECT_OPEN_WRITE = {KL_INJECT_OPEN, true, OPEN_FIELDS, OPEN_FIELD, open_session};

enum { HWID, OFF, LEN, DATA, FIELDS };
static const struct kl_field FIELD[FIELDS] = {
    KL_HWID_FIELD,
    KL_OFFSET_FIELD("off", true),
    KL_OFFSET_FIELD("len", true),
    {"data", KL_BYTES, true, 0, UINT32_MAX},
};
static const struct kl_field MESSAGE_FIELD[2] = {
    {"enc", KL_BYTES, true, KL_ENCAPSULATED, KL_ENCAPSULATED},
    {"ct", KL_BYTES, true, KL_CIPHERTEXT, KL_CIPHERTEXT},
};
// The constant part of this command's header (clause 5.6).
static const uint8_t AAD[4] = {KL_OP_WRITE | 1u << 3, 0x4b, 0x4c, KL_INJECT};
#define INFO_LABEL "keyline-inject-v1"
#define INFO_MAX (sizeof INFO_LABEL - 1 + 1 + KL_HWID_MAX + 1 + KL_STATION_MAX + 2 * KL_KEY_NONCE)
static_assert(INFO_MAX <= KL_HPKE_INFO_MAX, "HPKE takes the longest info");

static size_t build_info(uint8_t info[INFO_MAX]) {
    const struct keyline_board *board = keyline_port_board();
    size_t used = sizeof INFO_LABEL - 1;
    memcpy(info, INFO_LABEL, used);
    info[used++] = board->hwid_bytes;
    memcpy(info + used, board->hwid, board->hwid_bytes);
    used += board->hwid_bytes;
    info[used++] = session.station_bytes;
    memcpy(info + used, session.station, session.station_bytes);
    used += session.station_bytes;
    memcpy(info + used, session.nonce, KL_KEY_NONCE);
    memcpy(info + used + KL_KEY_NONCE, session.device_nonce, KL_KEY_NONCE);
    return used + 2 * KL_KEY_NONCE;
}

static bool open_sealed(const uint8_t *enc, const uint8_t *ct, uint8_t plain[KL_PRIVATE]) {
    const struct keyline_board *board = keyline_port_board();
    uint8_t info[INFO_MAX];
    struct kl_hpke_receiver receiver = {
        .private_key = session.private_key,
        .point = session.point,
        .info = info,
        .info_size = build_info(info),
        .psk = board->psk,
        .psk_size = KL_PSK,
        .psk_id = board->hwid,
        .psk_id_size = board->hwid_bytes,
    };
    return kl_hpke_open(&receiver, enc, AAD, sizeof AAD, ct, KL_CIPHERTEXT, plain);
}

// Opens, checks and commits. The session is over afterwards, good or bad.
static enum kl_rc take_key(const uint8_t *enc, const uint8_t *ct, const uint8_t digest[KL_SHA256]) {
    uint8_t private_key[KL_PRIVATE];
    uint8_t point[KL_POINT];
    struct kl_value was = {.present = session.has_was, .type = KL_BYTES, .bytes = session.was, .size = KL_SHA256};
    enum kl_rc rc = KL_OK;
    if (!open_sealed(enc, ct, private_key)) rc = KL_DECRYPT;
    else if (!keyline_p256_public(private_key, point)) rc = KL_BAD_KEY;
    else if (!kl_was_holds(&was)) rc = KL_STALE;
    else rc = kl_commit_key(private_key, point, NULL, digest);
    keyline_wipe(private_key, sizeof private_key);
    return rc;
}

static enum kl_rc complete(struct kl_writer *out) {
    const struct kl_record *record = kl_store_record();
    struct kl_value parts[2];
    struct keyline_sha256 hash;
    uint8_t digest[KL_SHA256];
    uint32_t length = message.length;
    message.length = 0;
    enum kl_rc rc = KL_OK;
    bool read = kl_cbor_is_map(message.bytes, length) &&
                kl_cbor_read(message.bytes, length, MESSAGE_FIELD, KL_COUNT_OF(parts), true, parts);
    if (read) {
        keyline_sha256_start(&hash);
        keyline_sha256_add(&hash, parts[0].bytes, KL_ENCAPSULATED);
        keyline_sha256_add(&hash, parts[1].bytes, KL_CIPHERTEXT);
        keyline_sha256_end(&hash, digest);
    }
    bool stored = read && record->has_inject_digest && kl_same(digest, record->inject_digest, KL_SHA256);
    if (!stored) {
        if (!read) rc = KL_INVALID;
        else rc = session.open ? take_key(parts[0].bytes, parts[1].bytes, digest) : KL_NO_SESSION;
        if (!KL_FAULT_IS(9)) kl_session_forget();
    }
    if (rc != KL_OK) return rc;
    kl_spki_digest(record->point, digest);
    kl_write_map(out, 2);
    kl_put_unsigned(out, "off", length);
    kl_put_bytes(out, "spkiSha256", digest, KL_SHA256);
    return KL_OK;
}

static enum kl_rc inject(const struct kl_exchange *exchange) {
    const struct kl_value *values = exchange->values;
    const struct kl_value *data = &values[DATA];
    uint32_t off = values[OFF].number;
    uint32_t length = values[LEN].number;
    if (kl_is_shut()) return KL_STATE;
    if (!session.open && !kl_store_record()->has_inject_digest) return KL_NO_SESSION;
    if (length > KL_INJECT_MAX) return KL_SIZE;
    if (length == 0) return KL_INVALID;
    if (off == 0) {
        message.length = length;
        message.received = 0;
    }
    if (message.length > 0 && message.length != length) return KL_INVALID;
    if (message.length > 0 && off == message.received) {
        if (data->size > length - message.received) return KL_INVALID;
        if (data->size > 0) memcpy(message.bytes + off, data->bytes, data->size);
        message.received += (uint32_t)data->size;
        if (message.received == length) return complete(exchange->out);
    }
    kl_write_map(exchange->out, 1);
    kl_put_unsigned(exchange->out, "off", message.length > 0 ? message.received : 0);
    return KL_OK;
}

const struct kl_command_row KL_INJECT_WRITE = {KL_INJECT, true, FIELDS, FIELD, inject};
