// Clause 5.9.
#include "client.h"
#include "fake-board.h"
#include "keyline/agent.h"
#include "store.h"
#include "test.h"

static void start(void) {
    fake_new();
    CHECK(keyline_start() == KEYLINE_STARTED);
    CHECK(do_keygen(NONCE_A, false) == 0);
    enrol();
}

static bool is_locking(void) {
    struct answer answer;
    ask(&answer, false, KL_GROUP_IDENTITY, KL_STATUS, map_of(0));
    return value_of(&answer, "locking").present;
}

static void burns_in_order(void) {
    start();
    CHECK(do_lock("AQ-0001", true, true) == 0);
    CHECK(fake_memory.burnt[KEYLINE_LOCK_IDENTITY] && fake_memory.burnt[KEYLINE_LOCK_DEBUG]);
    CHECK(fake_burns == 2 && do_lock("AQ-0001", true, true) == 0 && fake_burns == 2);
    start();
    CHECK(do_lock("AQ-0001", false, true) == 0);
    CHECK(fake_memory.burnt[KEYLINE_LOCK_IDENTITY] && !fake_memory.burnt[KEYLINE_LOCK_DEBUG]);
}

static void does_not_hold(void) {
    start();
    fake_burn_holds = false;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED && is_locking());
    CHECK(keyline_start() == KEYLINE_STARTED && kl_store_record()->life == KL_ENROLLED && is_locking());
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED);
    fake_burn = KEYLINE_BURN_FAILED;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED);
}

static void at_restart(void) {
    start();
    fake_burn = KEYLINE_BURN_AT_RESTART;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_PENDING && is_locking());
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_PENDING);
    fake_burn = KEYLINE_BURN_DONE;
    CHECK(keyline_start() == KEYLINE_STARTED && kl_store_record()->life == KL_LOCKED && !is_locking());
}

static void refused_burns_nothing(void) {
    start();
    CHECK(do_lock("AQ-0001 ", true, true) == KL_LEAF_MISMATCH);
    CHECK(do_lock("AQ-0002", true, true) == KL_LEAF_MISMATCH);
    CHECK(do_lock("AQ-0001", true, false) == KL_LEAF_MISMATCH);
    CHECK(fake_burns == 0 && !is_locking());
}

static const struct test TESTS[] = {
    {"burns the identity lock always, the debug lock as told, each once", burns_in_order},
    {"what is burnt and reads otherwise is code 16, and is never called locked", does_not_hold},
    {"what acts at the next restart is code 17, and is locked after it", at_restart},
    {"another leaf or serial burns nothing and leaves no journal", refused_burns_nothing},
};
const struct test_group LOCK_TESTS = GROUP("lock", TESTS);
