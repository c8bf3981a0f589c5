// Clause 7: every cell of the table, and the rules of clause 4 in front of it.
#include <string.h>

#include "bytes.h"
#include "client.h"
#include "der.h"
#include "fake-board.h"
#include "keyline/agent.h"
#include "store.h"
#include "test.h"

enum stage { BLANK, KEYED, CHAINED, ENROLLED, LOCKING, LOCKED, STAGES };
static const char *const STAGE_NAMES[] = {"blank", "keyed", "keyed with a chain", "enrolled", "2L", "locked"};
static uint8_t other[300];
static uint8_t leaf[1024];
static size_t leaf_bytes;

static void be(enum stage stage) {
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED);
    if (stage >= KEYED) CHECK(do_keygen(NONCE_A, false) == 0);
    if (stage == CHAINED) CHECK(do_item("chain", client_chain, sizeof client_chain) == 0);
    if (stage >= ENROLLED) enrol();
    if (stage >= KEYED) leaf_bytes = make_leaf("AQ-0001", leaf);
    if (stage == LOCKING) {
        fake_burn = KEYLINE_BURN_AT_RESTART;
        CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_PENDING);
    }
    if (stage == LOCKED) CHECK(do_lock("AQ-0001", true, true) == 0);
}

static unsigned status(void) {
    struct answer answer;
    ask(&answer, false, KL_GROUP_IDENTITY, KL_STATUS, map_of(0));
    return answer.rc;
}
static unsigned lock_plan(void) {
    struct answer answer;
    ask(&answer, false, KL_GROUP_IDENTITY, KL_LOCK, map_of(0));
    return answer.rc;
}
static unsigned same_nonce(void) {
    return do_keygen(NONCE_A, false);
}
static unsigned new_nonce(void) {
    return do_keygen(NONCE_B, kl_store_record()->has_key);
}
static unsigned no_was(void) {
    return do_keygen(NONCE_B, false);
}
static unsigned open_session(void) {
    struct answer answer;
    return do_open(kl_store_record()->has_key, &answer);
}
static unsigned csr(void) {
    return do_csr("AQ-0001");
}
static unsigned same_chain(void) {
    return do_item("chain", client_chain, sizeof client_chain);
}
static unsigned other_chain(void) {
    return do_item("chain", other, sizeof other);
}
static unsigned an_anchor(void) {
    return do_item("anchor", other, sizeof other);
}
static unsigned same_leaf(void) {
    return do_item("leaf", leaf_bytes ? leaf : other, leaf_bytes ? leaf_bytes : sizeof other);
}
static unsigned other_leaf(void) {
    uint8_t another[1024];
    size_t size = kl_store_record()->has_key ? make_leaf("AQ-0002", another) : 100;
    return do_item("leaf", another, size);
}
static unsigned read_leaf(void) {
    return do_read("leaf");
}
static unsigned read_chain(void) {
    return do_read("chain");
}
static unsigned lock_same(void) {
    return do_lock("AQ-0001", true, true);
}
static unsigned lock_other_serial(void) {
    return do_lock("AQ-0002", true, true);
}
static unsigned lock_other_leaf(void) {
    return do_lock("AQ-0001", true, false);
}
static unsigned lock_other_debug(void) {
    return do_lock("AQ-0001", false, true);
}

static const struct {
    const char *clause;
    unsigned (*act)(void);
    unsigned rc[STAGES];    // in the order of enum stage
    unsigned life[STAGES];  // afterwards
} ROWS[] = {
    {"7.1 status", status, {0, 0, 0, 0, 0, 0}, {0, 1, 1, 2, 2, 3}},
    {"7.1 lock R", lock_plan, {0, 0, 0, 0, 0, 0}, {0, 1, 1, 2, 2, 3}},
    {"7.2 keygen, same nonce", same_nonce, {0, 0, 0, 0, 3, 3}, {1, 1, 1, 2, 2, 3}},
    {"7.3 keygen, right was", new_nonce, {0, 0, 0, 0, 3, 3}, {1, 1, 1, 1, 2, 3}},
    {"7.4 keygen, no was", no_was, {0, 5, 5, 5, 3, 3}, {1, 1, 1, 2, 2, 3}},
    {"7.5 inject-open", open_session, {0, 0, 0, 0, 3, 3}, {0, 1, 1, 2, 2, 3}},
    {"7.8 csr", csr, {3, 0, 0, 0, 3, 3}, {0, 1, 1, 2, 2, 3}},
    {"7.9 the same chain", same_chain, {3, 0, 0, 0, 3, 0}, {0, 1, 1, 2, 2, 3}},
    {"7.9 another chain", other_chain, {3, 0, 0, 5, 3, 3}, {0, 1, 1, 2, 2, 3}},
    {"7.9 an anchor", an_anchor, {3, 0, 0, 5, 3, 3}, {0, 1, 1, 2, 2, 3}},
    {"7.10 the leaf", same_leaf, {3, 3, 0, 0, 3, 0}, {0, 1, 2, 2, 2, 3}},
    {"7.10 another leaf", other_leaf, {3, 3, 0, 5, 3, 3}, {0, 1, 2, 2, 2, 3}},
    {"7.11 read leaf", read_leaf, {18, 18, 18, 0, 0, 0}, {0, 1, 1, 2, 2, 3}},
    {"7.11 read chain", read_chain, {18, 18, 0, 0, 0, 0}, {0, 1, 1, 2, 2, 3}},
    {"7.12 prove", do_prove, {3, 0, 0, 0, 0, 0}, {0, 1, 1, 2, 2, 3}},
    {"7.13 lock, same", lock_same, {3, 3, 3, 0, 17, 0}, {0, 1, 1, 3, 2, 3}},
    {"7.13 lock, another serial", lock_other_serial, {3, 3, 3, 9, 9, 3}, {0, 1, 1, 2, 2, 3}},
    {"7.13 lock, another leaf", lock_other_leaf, {3, 3, 3, 9, 9, 3}, {0, 1, 1, 2, 2, 3}},
    {"7.13 lock, another debug", lock_other_debug, {3, 3, 3, 0, 9, 3}, {0, 1, 1, 3, 2, 3}},
};

static void every_cell(void) {
    for (size_t row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        for (unsigned stage = 0; stage < STAGES; stage++) {
            snprintf(test_context, sizeof test_context, "%s, %s", ROWS[row].clause, STAGE_NAMES[stage]);
            leaf_bytes = 0;
            be((enum stage)stage);
            CHECK(ROWS[row].act() == ROWS[row].rc[stage]);
            CHECK(kl_store_record()->life == ROWS[row].life[stage]);
            unsigned life = kl_store_record()->life;
            fake_burn = KEYLINE_BURN_DONE;
            CHECK(keyline_start() == KEYLINE_STARTED);
            CHECK(kl_store_record()->life == (stage == LOCKING ? KL_LOCKED : life));
        }
    }
}

static void keys(void) {
    struct kl_record first;
    be(ENROLLED);
    first = *kl_store_record();
    CHECK(same_nonce() == 0 && memcmp(kl_store_record()->point, first.point, KL_POINT) == 0);
    CHECK(keyline_start() == KEYLINE_STARTED);
    CHECK(same_nonce() == 0 && memcmp(kl_store_record()->point, first.point, KL_POINT) == 0);
    CHECK(new_nonce() == 0 && memcmp(kl_store_record()->point, first.point, KL_POINT) != 0);
    CHECK(do_read("leaf") == KL_ABSENT && do_read("chain") == KL_ABSENT);
}

static void weak_random(void) {
    be(BLANK);
    fake_stuck = 0x55;
    CHECK(do_keygen(NONCE_A, false) == KL_ENTROPY && kl_store_record()->life == KL_BLANK);
    CHECK(open_session() == KL_ENTROPY);
    fake_stuck = 0;
    CHECK(do_keygen(NONCE_A, false) == 0);
}

// One write of every command, right but for its hwid.
static void other_board(void) {
    static const struct {
        uint8_t command;
        uint32_t pairs;
    } WRITES[] = {{KL_KEYGEN, 3}, {KL_INJECT_OPEN, 3}, {KL_ITEM, 4}, {KL_INJECT, 4}, {KL_LOCK, 4}};
    for (size_t i = 0; i < sizeof WRITES / sizeof WRITES[0]; i++) {
        struct answer answer;
        uint8_t hwid[8];
        be(KEYED);
        memcpy(hwid, fake_facts.hwid, sizeof hwid);
        hwid[7] ^= 1;
        struct kl_writer *map = map_of(WRITES[i].pairs);
        kl_put_bytes(map, "hwid", hwid, sizeof hwid);
        if (WRITES[i].command == KL_KEYGEN) kl_put_text(map, "alg", "P-256");
        if (WRITES[i].command == KL_INJECT_OPEN) kl_put_text(map, "station", "KL-01");
        if (WRITES[i].command <= KL_INJECT_OPEN) kl_put_bytes(map, "nonce", NONCE_B, 16);
        if (WRITES[i].command == KL_ITEM) kl_put_text(map, "item", "chain");
        if (WRITES[i].command == KL_ITEM || WRITES[i].command == KL_INJECT) {
            kl_put_unsigned(map, "off", 9);
            kl_put_bytes(map, "data", NONCE_A, 16);
        }
        if (WRITES[i].command == KL_INJECT) kl_put_unsigned(map, "len", 125);
        if (WRITES[i].command == KL_LOCK) {
            kl_put_text(map, "sn", "AQ-0001");
            kl_put_bytes(map, "leaf", client_chain, 32);
            kl_put_bool(map, "dbg", true);
        }
        ask(&answer, true, KL_GROUP_IDENTITY, WRITES[i].command, map);
        CHECK(!answer.smp && answer.rc == KL_WRONG_DEVICE);
    }
}

static void smp_level(void) {
    static const struct {
        unsigned version;
        bool write;
        unsigned group;
        uint8_t command;
        const char *payload;
        size_t size;
        bool silent;
        unsigned rc;
    } CASES[] = {
        {0, false, 19276, 0, "\xa0", 1, false, 112},
        {1, false, 19276, 0, "\xa0", 1, false, 0},
        {2, false, 19276, 0, "\xa0", 1, true, 0},
        {1, false, 19276, 0, "", 0, false, 103},
        {1, false, 19276, 0, "\xa0\xa0", 2, false, 103},
        {1, false, 19276, 0, "\xa1\x61x\x01", 4, false, 2},
        {1, true, 19276, 0, "\xa0", 1, false, 108},
        {1, false, 19276, 1, "\xa0", 1, false, 108},
        {1, true, 19276, 9, "\xa0", 1, false, 108},
        {1, true, 19276, 10, "\xa0", 1, false, 108},
        {1, false, 3, 0, "\xa0", 1, false, 108},
        {1, false, 8, 1, "\xa0", 1, false, 108},
        {0, true, 9, 0, "\xa0", 1, false, 108},
        {1, true, 1, 1, "\xa0", 1, false, 108},
        {0, false, 1, 0, "\xa0", 1, false, 0},
        {0, true, 0, 0,
         "\xa1\x61"
         "d\x62hi",
         6, false, 0},
        {1, true, 0, 0,
         "\xa1\x61"
         "d\x01",
         4, false, 103},
        {1, true, 1, 0,
         "\xa1\x67"
         "confirm\xf5",
         10, false, 0},
        {1, true, 1, 0,
         "\xa1\x67"
         "confirm\xf4",
         10, false, 103},
        {1, true, 1, 0, "\xa1\x64hash\x41\x01", 8, false, 105},
    };
    be(KEYED);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct answer answer;
        snprintf(test_context, sizeof test_context, "case %zu", i);
        ask_version(&answer, CASES[i].version, CASES[i].write, CASES[i].group, CASES[i].command,
                    (const uint8_t *)CASES[i].payload, CASES[i].size);
        CHECK(answer.silent == CASES[i].silent);
        if (!answer.silent) CHECK((answer.smp ? 100 + answer.rc : answer.rc) == CASES[i].rc);
    }
}

static void running_image(void) {
    struct answer answer;
    be(BLANK);
    for (unsigned confirm = 0; confirm < 2; confirm++) {
        struct kl_writer *map = map_of(2);
        kl_put_bytes(map, "hash", fake_facts.image_hash, KL_SHA256);
        kl_put_bool(map, "confirm", confirm);
        ask(&answer, true, KL_GROUP_IMAGE, KL_IMAGE_STATE, map);
        CHECK(answer.rc == (confirm ? KL_SMP_OK : KL_SMP_BAD_STATE));
    }
}

static void too_long(void) {
    static uint8_t payload[1024];
    struct answer answer;
    be(KEYED);
    memset(payload, 0xa0, sizeof payload);
    ask_version(&answer, 1, true, KL_GROUP_IDENTITY, KL_ITEM, payload, KL_MESSAGE_BYTES - KL_HEADER_BYTES + 1);
    CHECK(answer.smp && answer.rc == KL_SMP_TOO_LARGE);
}

static const struct test TESTS[] = {
    {"every command in every life answers and ends as the table says", every_cell},
    {"the same nonce gives the same key; another key takes the items with it", keys},
    {"a random source that is stuck makes no key", weak_random},
    {"a write for another board is refused", other_board},
    {"versions, malformed maps, unknown commands and other groups have their SMP codes", smp_level},
    {"the running image can be confirmed and not be tried", running_image},
    {"a message that is too large is SMP code 7", too_long},
};
const struct test_group TABLE_TESTS = GROUP("table", TESTS);
