// Clauses 5.3 and 5.6.
#include <string.h>

#include "client.h"
#include "fake-board.h"
#include "keyline/agent.h"
#include "keyline/crypto.h"
#include "store.h"
#include "test.h"

static const uint8_t PLAIN[32] = {1, 2, 3, 4};
static const uint8_t PSK[32] = {7, 7, 7};
static uint8_t message[KL_INJECT_MAX];

static size_t open_and_seal(const uint8_t *plain, const uint8_t *psk) {
    struct answer opened;
    CHECK(do_open(kl_store_record()->has_key, &opened) == 0);
    return seal(&opened, plain, psk, message);
}

static void start(void) {
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED);
}

static void taken(void) {
    uint8_t point[KL_POINT];
    struct answer answer;
    for (size_t piece = 1; piece <= 130; piece += 43) {
        start();
        size_t size = open_and_seal(PLAIN, NULL);
        CHECK(do_inject(message, size, piece, &answer) == 0);
        CHECK(value_of(&answer, "spkiSha256").size == 32);
        CHECK(keyline_p256_public(PLAIN, point) && memcmp(point, kl_store_record()->point, KL_POINT) == 0);
        CHECK(do_prove() == 0);
        // The same bytes, also after a restart, get the same answer; they leave a session as it is.
        CHECK(keyline_start() == KEYLINE_STARTED);
        CHECK(do_inject(message, size, 100, &answer) == 0);
        uint8_t again[KL_INJECT_MAX];
        memcpy(again, message, size);
        size_t fresh = open_and_seal(PLAIN, NULL);
        CHECK(do_inject(again, size, 200, &answer) == 0);
        CHECK(do_inject(message, fresh, 200, &answer) == 0);
        CHECK(do_inject(again, size, 200, &answer) == KL_NO_SESSION);
    }
}

static void dies_once(void) {
    struct answer answer;
    start();
    size_t size = open_and_seal(PLAIN, NULL);
    message[80] ^= 1;
    CHECK(do_inject(message, size, 200, &answer) == KL_DECRYPT);
    message[80] ^= 1;
    CHECK(do_inject(message, size, 200, &answer) == KL_NO_SESSION);
    size = open_and_seal(PLAIN, NULL);
    CHECK(do_inject((const uint8_t *)"\xa0", 1, 200, &answer) == KL_INVALID);
    CHECK(do_inject(message, size, 200, &answer) == KL_NO_SESSION);
    size = open_and_seal(PLAIN, NULL);
    CHECK(keyline_start() == KEYLINE_STARTED);
    CHECK(do_inject(message, size, 200, &answer) == KL_NO_SESSION);
    CHECK(kl_store_record()->life == KL_BLANK);
}

static void no_key(void) {
    // 0, n and n + 1.
    static uint8_t bad[3][32] = {
        {0},
        {0xff, 0xff, 0xff, 0xff, 0,    0,    0,    0,    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
         0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51},
        {0},
    };
    struct answer answer;
    memcpy(bad[2], bad[1], 32);
    bad[2][31]++;
    for (unsigned i = 0; i < 3; i++) {
        start();
        CHECK(do_inject(message, open_and_seal(bad[i], NULL), 200, &answer) == KL_BAD_KEY);
        CHECK(kl_store_record()->life == KL_BLANK);
    }
    // n - 1 is one.
    bad[1][31]--;
    start();
    CHECK(do_inject(message, open_and_seal(bad[1], NULL), 200, &answer) == 0);
}

static void swapped(void) {
    struct answer answer;
    start();
    size_t size = open_and_seal(PLAIN, NULL);
    CHECK(do_keygen(NONCE_A, false) == 0);
    CHECK(do_inject(message, size, 200, &answer) == KL_STALE);
    CHECK(do_inject(message, size, 200, &answer) == KL_NO_SESSION);
    CHECK(kl_store_record()->has_nonce);
}

static void pre_shared(void) {
    struct answer answer;
    start();
    fake_facts.psk = PSK;
    CHECK(do_inject(message, open_and_seal(PLAIN, NULL), 200, &answer) == KL_DECRYPT);
    CHECK(do_inject(message, open_and_seal(PLAIN, PLAIN), 200, &answer) == KL_DECRYPT);
    CHECK(do_inject(message, open_and_seal(PLAIN, PSK), 200, &answer) == 0);
    start();
    CHECK(do_inject(message, open_and_seal(PLAIN, PSK), 200, &answer) == KL_DECRYPT);
}

static const struct test TESTS[] = {
    {"a sealed key is taken, in pieces of any size, and answered the same again", taken},
    {"a session dies at the first message that completes, and at a restart", dies_once},
    {"0, n and n + 1 are no keys", no_key},
    {"a key that came meanwhile is not overwritten", swapped},
    {"a device with a secret takes PSK mode alone, one without takes base mode alone", pre_shared},
};
const struct test_group INJECT_TESTS = GROUP("inject", TESTS);
