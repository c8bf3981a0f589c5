// Any requests, one after the other, to a device in any life: each is answered by one well-formed map that fits, and
// the record that is kept is one that a start finds again.
//
// Input: a byte that chooses the life, then requests of {command, length, payload}.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cbor-reader.h"
#include "fake-board.h"
#include "identity.h"
#include "keyline/agent.h"
#include "keyline/crypto.h"

static void demand(bool right) {
    if (!right) abort();
}

#define LIVES 5u
static struct fake_memory lives[LIVES];

static const struct {
    bool write;
    uint16_t group;
    uint8_t command;
} COMMANDS[16] = {
    {false, 19276, 0}, {true, 19276, 1},  {false, 19276, 2}, {true, 19276, 3}, {false, 19276, 4}, {true, 19276, 4},
    {true, 19276, 5},  {false, 19276, 6}, {false, 19276, 7}, {true, 19276, 7}, {true, 0, 0},      {true, 0, 5},
    {false, 0, 6},     {false, 1, 0},     {true, 1, 0},      {true, 1, 1},
};

static void commit(struct kl_record *next, const struct kl_change *change) {
    demand(kl_store_commit(next, change) == KL_OK);
    *next = *kl_store_record();
}

// Blank, keyed with a chain, enrolled, on the way to the lock, locked.
static void make_lives(void) {
    static const uint8_t KEY[KL_PRIVATE] = {1};
    static uint8_t content[300];
    struct kl_record next = {.life = KL_KEYED, .has_key = 1, .has_nonce = 1, .has_inject_digest = 1};
    struct kl_change key = {.private_key = KEY, .item = KL_NO_ITEM};
    struct kl_change nothing = {.item = KL_NO_ITEM};
    struct kl_change chain = {.item = KL_ITEM_CHAIN, .content = content};
    struct kl_change leaf = {.item = KL_ITEM_LEAF, .content = content};
    fake_new();
    demand(keyline_start() == KEYLINE_STARTED);
    lives[0] = fake_memory;
    demand(keyline_p256_public(KEY, next.point));
    commit(&next, &key);
    next.item_bytes[KL_ITEM_CHAIN] = sizeof content;
    commit(&next, &chain);
    lives[1] = fake_memory;
    next.item_bytes[KL_ITEM_LEAF] = sizeof content;
    next.life = KL_ENROLLED;
    commit(&next, &leaf);
    lives[2] = fake_memory;
    next.lock_intent = 1;
    next.lock_serial_bytes = 1;
    next.lock_serial[0] = 'A';
    commit(&next, &nothing);
    lives[3] = fake_memory;
    next.life = KL_LOCKED;
    commit(&next, &nothing);
    memset(fake_memory.burnt, 1, sizeof fake_memory.burnt);
    lives[4] = fake_memory;
}

static void be(unsigned life) {
    static unsigned now = LIVES;
    // Starting reads all of the memory: only where a request has changed it, or for another life.
    if (life == now && fake_operations == 0) {
        kl_csr_forget();
        kl_staging_forget();
        kl_session_forget();
        return;
    }
    fake_new();
    fake_memory = lives[life];
    // What is on its way to the lock stays there.
    fake_burn = KEYLINE_BURN_AT_RESTART;
    demand(keyline_start() == KEYLINE_STARTED);
    fake_operations = 0;
    now = life;
}

static void ask(unsigned which, const uint8_t *payload, size_t size) {
    uint8_t message[KL_HEADER_BYTES + 256];
    uint8_t answer[KL_MESSAGE_BYTES];
    bool restart;
    message[0] = COMMANDS[which].write ? 0x0a : 0x08;
    message[1] = 0;
    message[2] = (uint8_t)(size >> 8);
    message[3] = (uint8_t)(size & 0xff);
    message[4] = (uint8_t)(COMMANDS[which].group >> 8);
    message[5] = (uint8_t)(COMMANDS[which].group & 0xff);
    message[6] = 1;
    message[7] = COMMANDS[which].command;
    memcpy(message + KL_HEADER_BYTES, payload, size);
    // In memory of exactly its size, whose end the sanitizer watches.
    uint8_t *exact = malloc(KL_HEADER_BYTES + size);
    memcpy(exact, message, KL_HEADER_BYTES + size);
    size_t used = keyline_serve(exact, KL_HEADER_BYTES + size, answer, sizeof answer, &restart);
    free(exact);
    demand(used > KL_HEADER_BYTES && used <= KL_MESSAGE_BYTES);
    demand(kl_cbor_is_map(answer + KL_HEADER_BYTES, used - KL_HEADER_BYTES));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool made;
    if (!made) make_lives();
    made = true;
    if (size == 0) return 0;
    be(data[0] % LIVES);
    for (size_t at = 1; at + 2 <= size;) {
        size_t length = data[at + 1] < size - at - 2 ? data[at + 1] : size - at - 2;
        ask(data[at] % 16u, data + at + 2, length);
        at += 2 + length;
    }
    if (fake_operations > 0) {
        struct kl_record kept = *kl_store_record();
        demand(keyline_start() == KEYLINE_STARTED);
        demand(memcmp(&kept, kl_store_record(), sizeof kept) == 0);
    }
    return 0;
}
