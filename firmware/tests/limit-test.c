// Clause 4.4 and the pieces of what is read.
#include <string.h>

#include "bytes.h"
#include "client.h"
#include "fake-board.h"
#include "keyline/agent.h"
#include "store.h"
#include "test.h"

static const char LONG[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

static void largest_status(void) {
    struct answer answer;
    fake_new();
    fake_facts.hwid_bytes = 32;
    memset(fake_facts.hwid + 8, 1, 24);
    fake_facts.model = LONG;
    fake_facts.hardware_revision = LONG;
    fake_facts.firmware_version = "1.0.0+1234567890123456";
    fake_facts.psk = client_chain;
    CHECK(keyline_start() == KEYLINE_STARTED);
    CHECK(do_keygen(NONCE_A, false) == 0);
    uint8_t leaf[1024];
    size_t size = make_leaf(LONG, leaf);
    CHECK(do_item("chain", client_chain, sizeof client_chain) == 0 && do_item("leaf", leaf, size) == 0);
    fake_burn = KEYLINE_BURN_AT_RESTART;
    CHECK(do_lock(LONG, true, true) == KL_LOCK_PENDING);
    ask(&answer, false, KL_GROUP_IDENTITY, KL_STATUS, map_of(0));
    snprintf(test_context, sizeof test_context, "%zu bytes", answer.size);
    CHECK(answer.rc == 0 && answer.size == KL_STATUS_MAX);
    CHECK(do_prove() == 0);
    // One character more, and such a board does not start: it could not say what it is when it matters.
    fake_facts.firmware_version = "1.0.0+12345678901234567";
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
}

static void boards_that_are_none(void) {
    fake_new();
    memset(fake_facts.hwid, 0, sizeof fake_facts.hwid);
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
    memset(fake_facts.hwid, 0xff, sizeof fake_facts.hwid);
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
    fake_new();
    fake_facts.hwid_bytes = 5;
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
    fake_new();
    fake_facts.model = "";
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
    fake_facts.model = "AQ\n";
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
    fake_facts.model = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456";
    CHECK(keyline_start() == KEYLINE_BAD_BOARD);
    struct answer answer;
    ask(&answer, true, KL_GROUP_OS, KL_OS_RESET, map_of(0));
    CHECK(answer.silent);
}

static void capacities(void) {
    static const struct {
        const char *item;
        uint32_t most;
    } ITEMS[] = {{"leaf", 2048}, {"chain", 4096}, {"anchor", 2048}};
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED && do_keygen(NONCE_A, false) == 0);
    CHECK(do_item("chain", client_chain, sizeof client_chain) == 0);
    for (unsigned i = 0; i < 3; i++) {
        for (uint32_t over = 0; over < 2; over++) {
            struct answer answer;
            struct kl_writer *map = map_of(6);
            put_hwid(map);
            kl_put_text(map, "item", ITEMS[i].item);
            kl_put_unsigned(map, "off", 0);
            kl_put_bytes(map, "data", client_chain, 10);
            kl_put_unsigned(map, "len", ITEMS[i].most + over);
            kl_put_bytes(map, "sha", client_chain, 32);
            ask(&answer, true, KL_GROUP_IDENTITY, KL_ITEM, map);
            CHECK(answer.rc == (over ? KL_SIZE : KL_OK));
        }
    }
}

static void transfers(void) {
    static uint8_t content[1000];
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED && do_keygen(NONCE_A, false) == 0);
    for (size_t i = 0; i < sizeof content; i++) content[i] = (uint8_t)i;
    for (size_t piece = 1; piece < 300; piece += 59) {
        content[0]++;
        if (piece > 10) CHECK(do_item_in("chain", content, sizeof content, piece) == 0);
    }
    // Read back in the device's own pieces.
    struct answer answer;
    uint32_t off = 0;
    while (off < sizeof content) {
        struct kl_writer *map = map_of(2);
        kl_put_text(map, "item", "chain");
        kl_put_unsigned(map, "off", off);
        ask(&answer, false, KL_GROUP_IDENTITY, KL_ITEM, map);
        struct kl_value data = value_of(&answer, "data");
        CHECK(answer.rc == 0 && data.size > 0 && memcmp(data.bytes, content + off, data.size) == 0);
        CHECK(answer.size + KL_HEADER_BYTES <= KL_MESSAGE_BYTES);
        off += (uint32_t)data.size;
    }
}

static void digests(void) {
    static uint8_t content[100];
    struct answer answer;
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED && do_keygen(NONCE_A, false) == 0);
    struct kl_writer *map = map_of(6);
    put_hwid(map);
    kl_put_text(map, "item", "chain");
    kl_put_unsigned(map, "off", 0);
    kl_put_bytes(map, "data", content, sizeof content);
    kl_put_unsigned(map, "len", sizeof content);
    kl_put_bytes(map, "sha", content, 32);
    ask(&answer, true, KL_GROUP_IDENTITY, KL_ITEM, map);
    CHECK(answer.rc == KL_DIGEST && do_read("chain") == KL_ABSENT);
}

static const struct test TESTS[] = {
    {"the largest status has 330 bytes, and a board that could say more does not start", largest_status},
    {"a board without a right name does not start, and says nothing", boards_that_are_none},
    {"an item over its capacity is refused before it begins", capacities},
    {"an item goes in and comes out in pieces of any size", transfers},
    {"data that differs from its digest is not kept", digests},
};
const struct test_group LIMIT_TESTS = GROUP("limits", TESTS);
