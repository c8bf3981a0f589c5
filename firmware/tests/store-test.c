// Clause 4.6: a power cut inside any operation of any command leaves the old record or the new one, and nothing of a
// key that is not the device's.
#include <string.h>

#include "bytes.h"
#include "client.h"
#include "fake-board.h"
#include "identity.h"
#include "keyline/agent.h"
#include "store.h"
#include "test.h"

static uint8_t anchor[130];
static uint8_t leaf[1024];
static size_t leaf_bytes;

// What a device is, apart from where it lies in memory.
struct state {
    struct kl_record record;
    uint8_t private_key[KL_PRIVATE];
    bool burnt[2];
};

static void observe(struct state *state) {
    memset(state, 0, sizeof *state);
    state->record = *kl_store_record();
    state->record.sequence = 0;
    state->record.crc = 0;
    if (state->record.has_key) CHECK(kl_store_private_key(state->private_key));
    memcpy(state->burnt, fake_memory.burnt, sizeof state->burnt);
}

static bool equals(const struct state *a, const struct state *b) {
    return memcmp(a, b, sizeof *a) == 0;
}

static enum keyline_start_result power_up(void) {
    fake_power_up();
    return keyline_start();
}

static void be_blank(void) {}
static void be_keyed(void) {
    CHECK(do_keygen(NONCE_A, false) == 0);
}
static void be_chained(void) {
    be_keyed();
    CHECK(do_item("chain", client_chain, sizeof client_chain) == 0);
}
static void be_enrolled(void) {
    be_chained();
    CHECK(do_item("anchor", anchor, sizeof anchor) == 0);
    leaf_bytes = make_leaf("AQ-0001", leaf);
    CHECK(do_item("leaf", leaf, leaf_bytes) == 0);
}

static unsigned make_first_key(void) {
    return do_keygen(NONCE_A, false);
}
static unsigned make_other_key(void) {
    return do_keygen(NONCE_B, kl_store_record()->has_key);
}
static unsigned install_chain(void) {
    return do_item("chain", client_chain, sizeof client_chain);
}
static unsigned install_anchor(void) {
    return do_item("anchor", anchor, sizeof anchor);
}
static unsigned install_leaf(void) {
    leaf_bytes = make_leaf("AQ-0001", leaf);
    return do_item("leaf", leaf, leaf_bytes);
}
static unsigned lock_all(void) {
    return do_lock("AQ-0001", true, true);
}
// The whole way of a lock that acts at a restart.
static unsigned lock_over_restart(void) {
    fake_burn = KEYLINE_BURN_AT_RESTART;
    unsigned rc = lock_all();
    return rc == KL_LOCK_PENDING && power_up() == KEYLINE_STARTED ? lock_all() : rc;
}
static unsigned lock_that_fails(void) {
    fake_burn_holds = false;
    return lock_all() == KL_LOCK_FAILED ? 0 : 1;
}
static unsigned inject_key(void) {
    static const uint8_t PLAIN[32] = {1, 2, 3};
    uint8_t message[KL_INJECT_MAX];
    struct answer answer;
    unsigned rc = do_open(kl_store_record()->has_key, &answer);
    if (rc != 0) return rc;
    size_t size = seal(&answer, PLAIN, NULL, message);
    return do_inject(message, size, 100, &answer);
}

static const struct {
    const char *name;
    void (*be)(void);
    unsigned (*act)(void);
    bool shuts_banks;
} STEPS[] = {
    {"first key", be_blank, make_first_key, false},
    {"other key", be_keyed, make_other_key, false},
    {"key over items", be_enrolled, make_other_key, false},
    {"chain", be_keyed, install_chain, false},
    {"anchor", be_chained, install_anchor, false},
    {"leaf", be_chained, install_leaf, false},
    {"lock", be_enrolled, lock_all, false},
    {"lock that closes the banks", be_enrolled, lock_all, true},
    {"lock at a restart that closes the banks", be_enrolled, lock_over_restart, true},
    {"lock that does not hold", be_enrolled, lock_that_fails, false},
    {"inject", be_blank, inject_key, false},
    {"inject over items", be_enrolled, inject_key, false},
};

// Looks for a key anywhere in memory.
static bool lies_in_memory(const uint8_t key[KL_PRIVATE]) {
    for (size_t at = 0; at + KL_PRIVATE <= FAKE_FLASH_BYTES; at++) {
        // The first byte alone is looked at first: a sanitized memcmp at every place would be half the test's time.
        if (fake_memory.flash[at] == key[0] && memcmp(fake_memory.flash + at, key, KL_PRIVATE) == 0) return true;
    }
    return false;
}

static void restore(const struct fake_memory *memory) {
    fake_memory = *memory;
    fake_seed = 77;
    fake_operations = 0;
    fake_cut_at = 0;
    CHECK(power_up() == KEYLINE_STARTED);
}

// Runs until the cut, if it comes. A start may be cut again, once.
static bool cut_short(unsigned (*act)(void), unsigned at, size_t bytes, uint32_t noise) {
    fake_operations = 0;
    fake_cut_at = at;
    fake_cut_bytes = bytes;
    fake_noise = noise;
    if (setjmp(fake_cut) != 0) {
        fake_cut_at = 0;
        return true;
    }
    (void)act();
    fake_cut_at = 0;
    return false;
}

static unsigned start_again(void) {
    CHECK(power_up() == KEYLINE_STARTED);
    return 0;
}

static void check_after(const struct state *old, const struct state *new, size_t step, bool tried) {
    static struct state now;
    // A start that went on with a lock left it to the next one.
    if (fake_burn == KEYLINE_BURN_AT_RESTART && kl_is_locking()) CHECK(power_up() == KEYLINE_STARTED);
    observe(&now);
    bool is_old = equals(&now, old);
    bool is_new = equals(&now, new);
    CHECK(is_old || is_new);
    bool other_key = memcmp(old->private_key, new->private_key, KL_PRIVATE) != 0;
    if (other_key && is_new && old->record.has_key) CHECK(!lies_in_memory(old->private_key));
    if (other_key && is_old) CHECK(!lies_in_memory(new->private_key));
    // And the command goes through afterwards: nothing is stuck.
    if (!is_old || !tried) return;
    CHECK(STEPS[step].act() == 0);
    observe(&now);
    CHECK(now.record.life == new->record.life &&memcmp(now.burnt, new->burnt, sizeof now.burnt) == 0);
}

static void cut_everywhere(size_t step, const size_t *lengths, size_t count, bool twice) {
    static struct fake_memory before;
    static struct fake_memory broken;
    static struct state old, new;
    fake_new();
    fake_shuts_banks = STEPS[step].shuts_banks;
    CHECK(power_up() == KEYLINE_STARTED);
    STEPS[step].be();
    before = fake_memory;
    restore(&before);
    observe(&old);
    CHECK(STEPS[step].act() == 0);
    unsigned operations = fake_operations;
    observe(&new);
    for (unsigned at = 1; at <= operations; at++) {
        for (size_t i = 0; i < count; i++) {
            snprintf(test_context, sizeof test_context, "%s: cut in operation %u of %u, after %zu bytes",
                     STEPS[step].name, at, operations, lengths[i]);
            restore(&before);
            CHECK(cut_short(STEPS[step].act, at, lengths[i], at * 31 + (unsigned)i));
            broken = fake_memory;
            // The cut of a cut: every operation of the start that cleans up. The last round is not cut.
            for (unsigned again = twice ? 1 : 1000;; again++) {
                fake_memory = broken;
                fake_seed = 77;
                bool was_cut = cut_short(start_again, again, lengths[i], again);
                if (was_cut) CHECK(power_up() == KEYLINE_STARTED);
                fake_seed = 77;
                check_after(&old, &new, step, again == 1);
                if (!was_cut) break;
            }
        }
    }
}

static void every_operation(void) {
    static const size_t LENGTHS[] = {0, 1, 20, 63, 64, 2048, 100000};
    for (size_t step = 0; step < sizeof STEPS / sizeof STEPS[0]; step++)
        cut_everywhere(step, LENGTHS, sizeof LENGTHS / sizeof LENGTHS[0], true);
}

static void every_byte(void) {
    static size_t lengths[66];
    for (size_t i = 0; i < 66; i++) lengths[i] = i;
    // The leaf and the locks; making keys 2,000 times would test the curve.
    for (size_t step = 5; step <= 8; step++) cut_everywhere(step, lengths, 66, false);
}

// The operation that writes the mark, counted from 1: the last but the erase of the old bank's sectors.
static unsigned mark_of_first_key(void) {
    fake_operations = 0;
    be_keyed();
    return fake_operations - KEYLINE_BANK_BYTES / KEYLINE_SECTOR_BYTES;
}

// A record that a cut left with no mark, or with a part of it, and that rots after the start that took it.
static void unmarked_rots(void) {
    static struct fake_memory broken;
    CHECK(power_up() == KEYLINE_STARTED);
    unsigned mark = mark_of_first_key();
    for (size_t bytes = 0; bytes <= 64; bytes++) {
        fake_new();
        CHECK(power_up() == KEYLINE_STARTED);
        CHECK(cut_short(make_first_key, mark, bytes, 0));
        broken = fake_memory;
        for (unsigned again = 1;; again++) {
            snprintf(test_context, sizeof test_context, "mark cut after %zu bytes, start cut in %u", bytes, again);
            fake_memory = broken;
            bool was_cut = cut_short(start_again, again, bytes, again);
            if (was_cut) CHECK(power_up() == KEYLINE_STARTED);
            CHECK(kl_store_record()->life == KL_KEYED);
            size_t at = fake_memory.flash[0] == 0xff ? KEYLINE_BANK_BYTES : 0;
            fake_memory.flash[at + 100] ^= 0x10;
            CHECK(power_up() == KEYLINE_STORE_LOST);
            if (!was_cut) break;
        }
    }
}

static void stays_after_restart(void) {
    static struct state before, after;
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_enrolled();
    observe(&before);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(keyline_start() == KEYLINE_STARTED);
        observe(&after);
        CHECK(equals(&before, &after));
    }
}

static void old_bank_is_erased(void) {
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_keyed();
    unsigned blank = 0;
    for (unsigned bank = 0; bank < 2; bank++) {
        bool all = true;
        for (size_t i = 0; i < KEYLINE_BANK_BYTES; i++)
            all = all && fake_memory.flash[bank * KEYLINE_BANK_BYTES + i] == 0xff;
        blank += all;
    }
    CHECK(blank == 1);
}

static void key_is_not_in_ram(void) {
    uint8_t key[KL_PRIVATE];
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_enrolled();
    CHECK(kl_store_private_key(key));
    const struct kl_record *record = kl_store_record();
    for (size_t i = 0; i < KL_PRIVATE; i++) CHECK(record->private_key[i] == 0);
}

static void bad_memory_is_told(void) {
    static struct state before, after;
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_keyed();
    observe(&before);
    fake_spoils_programs = true;
    CHECK(do_keygen(NONCE_B, true) == KL_STORE);
    fake_spoils_programs = false;
    observe(&after);
    CHECK(equals(&before, &after));
    CHECK(keyline_start() == KEYLINE_STARTED);
    observe(&after);
    CHECK(equals(&before, &after));
    CHECK(do_keygen(NONCE_B, true) == 0);
}

static void strange_bytes_are_no_blank_device(void) {
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_keyed();
    memset(fake_memory.flash, 0x5a, sizeof fake_memory.flash);
    CHECK(keyline_start() == KEYLINE_STORE_LOST);
    CHECK(do_keygen(NONCE_A, false) == KL_FAULT);
    for (size_t i = 0; i < FAKE_FLASH_BYTES; i++) CHECK(fake_memory.flash[i] == 0x5a);
}

static void one_wrong_bit(void) {
    static struct fake_memory before;
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_chained();
    before = fake_memory;
    size_t at = fake_memory.flash[0] == 0xff ? KEYLINE_BANK_BYTES : 0;
    for (size_t i = 0; i < sizeof(struct kl_record); i++) {
        fake_memory = before;
        fake_operations = 0;
        fake_memory.flash[at + i] ^= 0x10;
        CHECK(keyline_start() == KEYLINE_STORE_LOST && do_keygen(NONCE_A, false) == KL_FAULT);
        CHECK(fake_operations == 0);
    }
}

static void largest_items(void) {
    static uint8_t most[KL_CHAIN_MAX];
    CHECK(keyline_start() == KEYLINE_STARTED);
    be_keyed();
    for (size_t i = 0; i < sizeof most; i++) most[i] = (uint8_t)(i * 13);
    CHECK(do_item("chain", most, KL_CHAIN_MAX) == 0);
    CHECK(do_item("anchor", most, KL_ANCHOR_MAX) == 0);
    CHECK(keyline_start() == KEYLINE_STARTED);
    uint8_t back[64];
    for (uint32_t at = 0; at < KL_CHAIN_MAX; at += 64) {
        CHECK(kl_store_read_item(KL_ITEM_CHAIN, at, back, 64) && memcmp(back, most + at, 64) == 0);
        if (at < KL_ANCHOR_MAX)
            CHECK(kl_store_read_item(KL_ITEM_ANCHOR, at, back, 64) && memcmp(back, most + at, 64) == 0);
    }
}

static void sequence_goes_round(void) {
    CHECK(keyline_start() == KEYLINE_STARTED);
    for (unsigned i = 0; i < 5; i++) {
        CHECK(do_keygen(i % 2 ? NONCE_B : NONCE_A, i > 0) == 0);
        uint32_t sequence = kl_store_record()->sequence;
        CHECK(keyline_start() == KEYLINE_STARTED && kl_store_record()->sequence == sequence);
    }
}

static const struct test TESTS[] = {
    {"a cut in any operation, and in any operation of the start after it, leaves the old record or the new one",
     every_operation},
    {"a cut after any byte of a program leaves the old record or the new one", every_byte},
    {"a record that a cut left without its mark is no blank device when it rots", unmarked_rots},
    {"a record stays over restarts", stays_after_restart},
    {"the bank of the old record is erased", old_bank_is_erased},
    {"the private key stands in no record in RAM", key_is_not_in_ram},
    {"memory that does not read back is code 15, and the old record stands", bad_memory_is_told},
    {"bytes that are no record are no blank device, and are left alone", strange_bytes_are_no_blank_device},
    {"a record with one wrong bit is none, and no blank device either", one_wrong_bit},
    {"the largest items fit and read back", largest_items},
    {"the newer record is found after any number of commits", sequence_goes_round},
};
const struct test_group STORE_TESTS = GROUP("store", TESTS);
