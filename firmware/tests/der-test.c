// What a certificate must be to be a leaf, and what a request looks like.
#include <string.h>

#include "client.h"
#include "der.h"
#include "fake-board.h"
#include "keyline/agent.h"
#include "store.h"
#include "test.h"

static uint8_t leaf[1024];
static size_t leaf_bytes;

static void start(void) {
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED && do_keygen(NONCE_A, false) == 0);
    CHECK(do_item("chain", client_chain, sizeof client_chain) == 0);
    leaf_bytes = make_leaf("AQ-0001", leaf);
}

static void own(void) {
    struct kl_leaf facts;
    start();
    CHECK(kl_leaf_read(leaf, leaf_bytes, &facts));
    CHECK(facts.serial_bytes == 7 && memcmp(facts.serial, "AQ-0001", 7) == 0);
    CHECK(do_item("leaf", leaf, leaf_bytes) == 0);
}

static void not_exact(void) {
    start();
    leaf[leaf_bytes] = 0;
    CHECK(do_item("leaf", leaf, leaf_bytes + 1) == KL_KEY_MISMATCH);
    CHECK(do_item("leaf", leaf, leaf_bytes - 1) == KL_KEY_MISMATCH);
    CHECK(do_item("leaf", client_chain, 100) == KL_KEY_MISMATCH);
}

static void another_key(void) {
    uint8_t before[1024];
    start();
    memcpy(before, leaf, leaf_bytes);
    CHECK(do_keygen(NONCE_B, true) == 0 && do_item("chain", client_chain, sizeof client_chain) == 0);
    CHECK(do_item("leaf", before, leaf_bytes) == KL_KEY_MISMATCH);
    CHECK(kl_store_record()->life == KL_KEYED);
}

// Truncated, with a byte changed, or both: never a read beyond, which the sanitizers watch.
static void any_bytes(void) {
    static uint8_t exact[1024];
    struct kl_leaf facts;
    start();
    for (size_t i = 0; i < leaf_bytes; i++) {
        for (unsigned value = 0; value < 256; value += 17) {
            memcpy(exact, leaf, leaf_bytes);
            exact[i] = (uint8_t)value;
            if (kl_leaf_read(exact, leaf_bytes, &facts)) CHECK(facts.spki >= exact && facts.spki_bytes <= leaf_bytes);
        }
        CHECK(!kl_leaf_read(leaf, i, &facts));
    }
}

static const struct test TESTS[] = {
    {"a certificate for the own key is taken, and its serial read", own},
    {"bytes behind a certificate, or too few of them, make it none", not_exact},
    {"a certificate of another key is refused, and the life stays", another_key},
    {"no bytes are read beyond their end", any_bytes},
};
const struct test_group DER_TESTS = GROUP("der", TESTS);
