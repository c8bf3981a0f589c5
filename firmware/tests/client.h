// The station's side, as far as unit tests need it: requests in, answers out, at the level of messages.
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cbor-reader.h"
#include "cbor-writer.h"
#include "keyline/wire.h"

struct answer {
    bool silent;
    bool smp;  // the code is SMP's
    unsigned rc;
    bool restart;
    uint8_t payload[KL_MESSAGE_BYTES];
    size_t size;
};

// A request of group 19276 in SMP version 2 whose map was written by the test.
void ask(struct answer *answer, bool write, unsigned group, uint8_t command, const struct kl_writer *payload);
void ask_version(struct answer *answer, unsigned version, bool write, unsigned group, uint8_t command,
                 const uint8_t *payload, size_t size);
// The value under a key of the answer; not present where there is none.
struct kl_value value_of(const struct answer *answer, const char *key);

// A writer over a buffer of its own, good until the next call.
struct kl_writer *map_of(uint32_t pairs);
void put_hwid(struct kl_writer *writer);

extern const uint8_t NONCE_A[16], NONCE_B[16];
enum { CLIENT_CHAIN_BYTES = 700 };
extern uint8_t client_chain[CLIENT_CHAIN_BYTES];

unsigned do_keygen(const uint8_t nonce[16], bool with_was);
unsigned do_csr(const char *serial);
unsigned do_item(const char *item, const uint8_t *content, size_t size);
unsigned do_item_in(const char *item, const uint8_t *content, size_t size, size_t piece);
unsigned do_read(const char *item);
unsigned do_prove(void);
unsigned do_lock(const char *serial, bool debug, bool right_leaf);
unsigned do_open(bool with_was, struct answer *answer);
unsigned do_inject(const uint8_t *message, size_t size, size_t piece, struct answer *answer);
// SMP failures come back as 100 + code.

// A certificate for the device's present key with this subject serialNumber, by nobody: devices check no signature.
size_t make_leaf(const char *serial, uint8_t *leaf);
// Chain, leaf.
void enrol(void);
// SPKI digest of the present key.
void present_was(uint8_t digest[32]);

// An HPKE message {enc, ct} of this plaintext for the session that `opened` opened.
size_t seal(const struct answer *opened, const uint8_t plain[32], const uint8_t *psk, uint8_t *message);

#endif
