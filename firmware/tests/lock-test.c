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

static enum kl_life after_a_restart(void) {
    fake_power_up();
    CHECK(keyline_start() == KEYLINE_STARTED);
    return (enum kl_life)kl_store_record()->life;
}

static void does_not_hold(void) {
    start();
    fake_burn_holds = false;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED && is_locking());
    unsigned burns = fake_burns;
    fake_operations = 0;
    for (unsigned i = 0; i < 3; i++) CHECK(after_a_restart() == KL_ENROLLED && is_locking());
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED);
    CHECK(fake_burns == burns && fake_operations == 0);
    start();
    fake_burn = KEYLINE_BURN_FAILED;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED);
    CHECK(after_a_restart() == KL_ENROLLED && do_lock("AQ-0001", true, true) == KL_LOCK_FAILED && fake_burns == 1);
}

static void holds_late(void) {
    start();
    fake_burn_holds = false;
    CHECK(do_lock("AQ-0001", false, true) == KL_LOCK_FAILED);
    fake_memory.burnt[KEYLINE_LOCK_IDENTITY] = true;
    CHECK(after_a_restart() == KL_LOCKED && fake_burns == 1);
    // Of two locks the other is not begun any more.
    start();
    fake_burn_holds = false;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED);
    fake_memory.burnt[KEYLINE_LOCK_IDENTITY] = true;
    CHECK(after_a_restart() == KL_ENROLLED && fake_burns == 1);
    fake_memory.burnt[KEYLINE_LOCK_DEBUG] = true;
    CHECK(do_lock("AQ-0001", true, true) == 0 && kl_store_record()->life == KL_LOCKED && fake_burns == 1);
}

static void never_acts(void) {
    start();
    fake_burn = KEYLINE_BURN_AT_RESTART;
    fake_burn_holds = false;
    CHECK(do_lock("AQ-0001", false, true) == KL_LOCK_PENDING);
    CHECK(do_lock("AQ-0001", false, true) == KL_LOCK_PENDING && fake_burns == 1);
    for (unsigned i = 2; i <= KL_LOCK_TRIES; i++) {
        CHECK(after_a_restart() == KL_ENROLLED && fake_burns == i);
        CHECK(do_lock("AQ-0001", false, true) == KL_LOCK_PENDING && fake_burns == i);
    }
    for (unsigned i = 0; i < 3; i++) {
        CHECK(after_a_restart() == KL_ENROLLED && is_locking());
        CHECK(do_lock("AQ-0001", false, true) == KL_LOCK_FAILED && fake_burns == KL_LOCK_TRIES);
    }
}

static void check_locked_for_good(void) {
    struct answer answer;
    uint8_t key[KL_PRIVATE];
    for (unsigned i = 0; i < 2; i++) {
        CHECK(kl_store_record()->life == KL_LOCKED && !is_locking() && kl_store_private_key(key));
        CHECK(do_prove() == 0 && do_read("leaf") == 0 && do_lock("AQ-0001", true, true) == 0);
        ask(&answer, false, KL_GROUP_IDENTITY, KL_STATUS, map_of(0));
        CHECK(value_of(&answer, "life").number == KL_LOCKED && fake_burns == 2);
        CHECK(after_a_restart() == KL_LOCKED);
    }
}

static void shuts_banks(void) {
    start();
    fake_shuts_banks = true;
    fake_burn = KEYLINE_BURN_AT_RESTART;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_PENDING);
    CHECK(after_a_restart() == KL_LOCKED);
    check_locked_for_good();
}

static void debug_fails_behind_shut_banks(void) {
    start();
    fake_shuts_banks = true;
    fake_burn = KEYLINE_BURN_AT_RESTART;
    CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_PENDING);
    fake_memory.ordered[KEYLINE_LOCK_DEBUG] = false;
    fake_burn = KEYLINE_BURN_FAILED;
    fake_burns = 0;
    CHECK(after_a_restart() == KL_ENROLLED && is_locking() && fake_burns == 1);
    for (unsigned i = 0; i < 3; i++) CHECK(do_lock("AQ-0001", true, true) == KL_LOCK_FAILED && fake_burns == 1);
    fake_burn = KEYLINE_BURN_DONE;
    CHECK(after_a_restart() == KL_LOCKED && fake_burns == 2);
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
    {"what is burnt and reads otherwise is code 16, is never called locked, and is burnt once", does_not_hold},
    {"what reads burnt later than it should completes the lock, and nothing is burnt for it", holds_late},
    {"what never acts at a restart is ordered a bounded number of times", never_acts},
    {"a lock that closes the banks at the restart is locked, and proves it at every start", shuts_banks},
    {"behind closed banks a burn that fails is tried once a start", debug_fails_behind_shut_banks},
    {"what acts at the next restart is code 17, and is locked after it", at_restart},
    {"another leaf or serial burns nothing and leaves no journal", refused_burns_nothing},
};
const struct test_group LOCK_TESTS = GROUP("lock", TESTS);
