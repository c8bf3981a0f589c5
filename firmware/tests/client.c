#include "client.h"

#include <string.h>

#include "bytes.h"
#include "der.h"
#include "fake-board.h"
#include "keyline/agent.h"
#include "mbedtls/gcm.h"
#include "store.h"
#include "test.h"

const uint8_t NONCE_A[16] = {0xa0, 1, 2};
const uint8_t NONCE_B[16] = {0xb0, 1, 2};
uint8_t client_chain[CLIENT_CHAIN_BYTES];

struct kl_writer *map_of(uint32_t pairs) {
    static uint8_t bytes[KL_MESSAGE_BYTES];
    static struct kl_writer writer;
    writer = (struct kl_writer){bytes, sizeof bytes, 0, false};
    kl_write_map(&writer, pairs);
    return &writer;
}

void put_hwid(struct kl_writer *writer) {
    kl_put_bytes(writer, "hwid", fake_facts.hwid, fake_facts.hwid_bytes);
}

static bool find(const uint8_t *map, size_t size, const char *key, struct kl_value *value) {
    struct kl_field field = {key, KL_OTHER, false, 0, 0};
    // The type is the caller's to look at: what is read is kept even where it does not fit.
    (void)kl_cbor_read(map, size, &field, 1, false, value);
    return value->present;
}

struct kl_value value_of(const struct answer *answer, const char *key) {
    struct kl_value value = {0};
    (void)find(answer->payload, answer->size, key, &value);
    return value;
}

// {"err": {"group": g, "rc": n}} or {"rc": n}.
static void read_rc(struct answer *answer) {
    struct kl_value value = value_of(answer, "rc");
    answer->rc = 0;
    answer->smp = value.present;
    if (value.present) answer->rc = value.number;
    static const uint8_t ERR[] = {0xa1, 0x63, 'e', 'r',  'r',  0xa2, 0x65, 'g', 'r',
                                  'o',  'u',  'p', 0x19, 0x4b, 0x4c, 0x62, 'r', 'c'};
    if (answer->size > sizeof ERR && memcmp(answer->payload, ERR, sizeof ERR) == 0)
        answer->rc = answer->payload[sizeof ERR];
}

void ask_version(struct answer *answer, unsigned version, bool write, unsigned group, uint8_t command,
                 const uint8_t *payload, size_t size) {
    static uint8_t message[KL_HEADER_BYTES + 2048];
    static uint8_t back[KL_MESSAGE_BYTES];
    message[0] = (uint8_t)((write ? 2u : 0u) | version << 3);
    message[1] = 0;
    message[2] = (uint8_t)(size >> 8);
    message[3] = (uint8_t)size;
    message[4] = (uint8_t)(group >> 8);
    message[5] = (uint8_t)group;
    message[6] = 42;
    message[7] = command;
    if (size > 0) memcpy(message + KL_HEADER_BYTES, payload, size);
    size_t used = keyline_serve(message, KL_HEADER_BYTES + size, back, sizeof back, &answer->restart);
    answer->silent = used == 0;
    answer->size = 0;
    if (used == 0) return;
    CHECK(used >= KL_HEADER_BYTES && used <= KL_MESSAGE_BYTES);
    CHECK(back[0] == message[0] + 1 && memcmp(back + 4, message + 4, 4) == 0);
    answer->size = used - KL_HEADER_BYTES;
    CHECK((size_t)back[2] << 8 == (answer->size & 0xff00) && back[3] == (answer->size & 0xff));
    memcpy(answer->payload, back + KL_HEADER_BYTES, answer->size);
    CHECK(kl_cbor_is_map(answer->payload, answer->size));
    read_rc(answer);
}

void ask(struct answer *answer, bool write, unsigned group, uint8_t command, const struct kl_writer *payload) {
    CHECK(!payload->overflow);
    ask_version(answer, 1, write, group, command, payload->bytes, payload->used);
}

static unsigned code_of(const struct answer *answer) {
    return answer->smp ? 100 + answer->rc : answer->rc;
}

void present_was(uint8_t digest[32]) {
    kl_spki_digest(kl_store_record()->point, digest);
}

static void put_was(struct kl_writer *writer) {
    uint8_t digest[32];
    present_was(digest);
    kl_put_bytes(writer, "was", digest, sizeof digest);
}

unsigned do_keygen(const uint8_t nonce[16], bool with_was) {
    struct answer answer;
    struct kl_writer *map = map_of(with_was ? 4 : 3);
    put_hwid(map);
    kl_put_text(map, "alg", "P-256");
    kl_put_bytes(map, "nonce", nonce, 16);
    if (with_was) put_was(map);
    ask(&answer, true, KL_GROUP_IDENTITY, KL_KEYGEN, map);
    return code_of(&answer);
}

unsigned do_csr(const char *serial) {
    struct answer answer;
    struct kl_writer *map = map_of(2);
    kl_put_text(map, "sn", serial);
    kl_put_unsigned(map, "off", 0);
    ask(&answer, false, KL_GROUP_IDENTITY, KL_CSR, map);
    return code_of(&answer);
}

unsigned do_item_in(const char *item, const uint8_t *content, size_t size, size_t piece) {
    struct answer answer;
    uint8_t digest[32];
    uint32_t off = 0;
    kl_digest(content, size, digest);
    for (unsigned writes = 0; writes < 100; writes++) {
        size_t part = size - off < piece ? size - off : piece;
        struct kl_writer *map = map_of(off == 0 ? 6 : 4);
        put_hwid(map);
        kl_put_text(map, "item", item);
        kl_put_unsigned(map, "off", off);
        kl_put_bytes(map, "data", content + off, part);
        if (off == 0) {
            kl_put_unsigned(map, "len", (uint32_t)size);
            kl_put_bytes(map, "sha", digest, sizeof digest);
        }
        ask(&answer, true, KL_GROUP_IDENTITY, KL_ITEM, map);
        if (code_of(&answer) != 0) return code_of(&answer);
        off = value_of(&answer, "off").number;
        if (off == size) return 0;
    }
    return 999;
}

unsigned do_item(const char *item, const uint8_t *content, size_t size) {
    return do_item_in(item, content, size, 250);
}

unsigned do_read(const char *item) {
    struct answer answer;
    struct kl_writer *map = map_of(2);
    kl_put_text(map, "item", item);
    kl_put_unsigned(map, "off", 0);
    ask(&answer, false, KL_GROUP_IDENTITY, KL_ITEM, map);
    return code_of(&answer);
}

unsigned do_prove(void) {
    static const uint8_t NONCE[32] = {9};
    struct answer answer;
    struct kl_writer *map = map_of(1);
    kl_put_bytes(map, "nonce", NONCE, sizeof NONCE);
    ask(&answer, false, KL_GROUP_IDENTITY, KL_PROVE, map);
    return code_of(&answer);
}

unsigned do_lock(const char *serial, bool debug, bool right_leaf) {
    struct answer answer;
    uint8_t digest[32];
    struct kl_writer *map = map_of(4);
    memcpy(digest, kl_store_record()->item_digest[KL_ITEM_LEAF], sizeof digest);
    if (!right_leaf) digest[0] ^= 1;
    put_hwid(map);
    kl_put_text(map, "sn", serial);
    kl_put_bytes(map, "leaf", digest, sizeof digest);
    kl_put_bool(map, "dbg", debug);
    ask(&answer, true, KL_GROUP_IDENTITY, KL_LOCK, map);
    return code_of(&answer);
}

unsigned do_open(bool with_was, struct answer *answer) {
    struct kl_writer *map = map_of(with_was ? 4 : 3);
    put_hwid(map);
    kl_put_bytes(map, "nonce", NONCE_A, 16);
    kl_put_text(map, "station", "KL-01");
    if (with_was) put_was(map);
    ask(answer, true, KL_GROUP_IDENTITY, KL_INJECT_OPEN, map);
    return code_of(answer);
}

unsigned do_inject(const uint8_t *message, size_t size, size_t piece, struct answer *answer) {
    uint32_t off = 0;
    for (unsigned writes = 0; writes < 300; writes++) {
        size_t part = size - off < piece ? size - off : piece;
        struct kl_writer *map = map_of(4);
        put_hwid(map);
        kl_put_unsigned(map, "off", off);
        kl_put_unsigned(map, "len", (uint32_t)size);
        kl_put_bytes(map, "data", message + off, part);
        ask(answer, true, KL_GROUP_IDENTITY, KL_INJECT, map);
        if (code_of(answer) != 0) return code_of(answer);
        off = value_of(answer, "off").number;
        if (off == size) return 0;
    }
    return 999;
}

// Backward, as der.c writes, with lengths of up to 65,535.
static uint8_t *wrap(uint8_t *at, const uint8_t *end, uint8_t tag) {
    size_t length = (size_t)(end - at);
    *--at = (uint8_t)length;
    if (length > 0xff) *--at = (uint8_t)(length >> 8);
    if (length > 0x7f) *--at = length > 0xff ? 0x82 : 0x81;
    *--at = tag;
    return at;
}

static uint8_t *put(uint8_t *at, const void *bytes, size_t size) {
    at -= size;
    memcpy(at, bytes, size);
    return at;
}

size_t make_leaf(const char *serial, uint8_t *leaf) {
    static uint8_t buffer[1024];
    static const uint8_t ALGORITHM[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
    static const uint8_t VALIDITY[] =
        "\x30\x1e\x17\x0d"
        "260101000000Z"
        "\x17\x0d"
        "270101000000Z";
    static const uint8_t SIGNATURE[] = {0x03, 0x02, 0x00, 0x01};
    static const uint8_t SERIAL_NUMBER[] = {0x06, 0x03, 0x55, 0x04, 0x05};
    static const uint8_t NUMBER[] = {0x02, 0x01, 0x07};
    static const uint8_t VERSION_3[] = {0xa0, 0x03, 0x02, 0x01, 0x02};
    static const uint8_t NO_NAME[] = {0x30, 0x00};
    uint8_t spki[KL_SPKI];
    uint8_t *end = buffer + sizeof buffer;
    uint8_t *at = put(end, SIGNATURE, sizeof SIGNATURE);
    at = put(at, ALGORITHM, sizeof ALGORITHM);
    const uint8_t *tbs_end = at;
    kl_spki(kl_store_record()->point, spki);
    at = put(at, spki, sizeof spki);
    const uint8_t *name_end = at;
    at = wrap(put(at, serial, strlen(serial)), name_end, 0x13);
    at = wrap(put(at, SERIAL_NUMBER, sizeof SERIAL_NUMBER), name_end, 0x30);
    at = wrap(wrap(at, name_end, 0x31), name_end, 0x30);
    at = put(at, VALIDITY, sizeof VALIDITY - 1);
    at = put(at, NO_NAME, sizeof NO_NAME);
    at = put(at, ALGORITHM, sizeof ALGORITHM);
    at = put(at, NUMBER, sizeof NUMBER);
    at = wrap(put(at, VERSION_3, sizeof VERSION_3), tbs_end, 0x30);
    at = wrap(at, end, 0x30);
    memcpy(leaf, at, (size_t)(end - at));
    return (size_t)(end - at);
}

void enrol(void) {
    uint8_t leaf[1024];
    size_t size = make_leaf("AQ-0001", leaf);
    CHECK(do_item("chain", client_chain, sizeof client_chain) == 0);
    CHECK(do_item("leaf", leaf, size) == 0);
}

// The sender's half of HPKE, by its definition in RFC 9180, for the tests alone.
static void labeled(bool extract, const uint8_t *suite, size_t suite_size, const uint8_t *key, size_t key_size,
                    const char *label, const uint8_t *bytes, size_t size, uint8_t *out, size_t out_size) {
    uint8_t buffer[512];
    size_t used = 0;
    if (!extract) {
        buffer[used++] = (uint8_t)(out_size >> 8);
        buffer[used++] = (uint8_t)out_size;
    }
    memcpy(buffer + used, "HPKE-v1", 7);
    used += 7;
    memcpy(buffer + used, suite, suite_size);
    used += suite_size;
    memcpy(buffer + used, label, strlen(label));
    used += strlen(label);
    if (size > 0) memcpy(buffer + used, bytes, size);
    used += size;
    CHECK(extract ? keyline_hkdf_extract(key, key_size, buffer, used, out)
                  : keyline_hkdf_expand(key, buffer, used, out, out_size));
}

static void seal_bytes(const uint8_t key[16], const uint8_t nonce[12], const uint8_t *plain, size_t size,
                       uint8_t *out) {
    static const uint8_t AAD[4] = {0x0a, 0x4b, 0x4c, 0x05};
    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    CHECK(mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 128) == 0);
    CHECK(mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, size, nonce, 12, AAD, sizeof AAD, plain, out, 16,
                                    out + size) == 0);
    mbedtls_gcm_free(&gcm);
}

static size_t info_for(const struct answer *opened, uint8_t *info) {
    size_t used = 0;
    memcpy(info, "keyline-inject-v1", 17);
    used += 17;
    info[used++] = fake_facts.hwid_bytes;
    memcpy(info + used, fake_facts.hwid, fake_facts.hwid_bytes);
    used += fake_facts.hwid_bytes;
    info[used++] = 5;
    memcpy(info + used, "KL-01", 5);
    used += 5;
    memcpy(info + used, NONCE_A, 16);
    used += 16;
    memcpy(info + used, value_of(opened, "dn").bytes, 16);
    return used + 16;
}

size_t seal(const struct answer *opened, const uint8_t plain[32], const uint8_t *psk, uint8_t *message) {
    static const uint8_t KEM[] = {'K', 'E', 'M', 0, 0x10};
    static const uint8_t SUITE[] = {'H', 'P', 'K', 'E', 0, 0x10, 0, 1, 0, 1};
    uint8_t ours[32], enc[65], dh[32], prk[32], shared[32], context[130], schedule[65], secret[32], key[16], nonce[12];
    uint8_t info[192], ct[48];
    struct kl_value epk = value_of(opened, "epk");
    size_t info_size = info_for(opened, info);
    CHECK(keyline_random_seed() && keyline_p256_generate(ours, enc) && keyline_p256_agree(ours, epk.bytes, dh));
    memcpy(context, enc, 65);
    memcpy(context + 65, epk.bytes, 65);
    labeled(true, KEM, sizeof KEM, NULL, 0, "eae_prk", dh, 32, prk, 32);
    labeled(false, KEM, sizeof KEM, prk, 32, "shared_secret", context, 130, shared, 32);
    schedule[0] = psk != NULL;
    labeled(true, SUITE, sizeof SUITE, NULL, 0, "psk_id_hash", fake_facts.hwid, psk ? fake_facts.hwid_bytes : 0,
            schedule + 1, 32);
    labeled(true, SUITE, sizeof SUITE, NULL, 0, "info_hash", info, info_size, schedule + 33, 32);
    labeled(true, SUITE, sizeof SUITE, shared, 32, "secret", psk, psk ? 32 : 0, secret, 32);
    labeled(false, SUITE, sizeof SUITE, secret, 32, "key", schedule, 65, key, 16);
    labeled(false, SUITE, sizeof SUITE, secret, 32, "base_nonce", schedule, 65, nonce, 12);
    seal_bytes(key, nonce, plain, 32, ct);
    struct kl_writer writer = {message, KL_INJECT_MAX, 0, false};
    kl_write_map(&writer, 2);
    kl_put_bytes(&writer, "enc", enc, sizeof enc);
    kl_put_bytes(&writer, "ct", ct, sizeof ct);
    CHECK(!writer.overflow);
    return writer.used;
}
