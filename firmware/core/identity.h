// Group 19276: one file a command, and what they share.
#ifndef KEYLINE_IDENTITY_H
#define KEYLINE_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cbor-reader.h"
#include "cbor-writer.h"
#include "keyline/port.h"
#include "store.h"

// A request whose fields were read, and where its answer goes.
struct kl_exchange {
    const struct kl_value *values;
    struct kl_writer *out;
};

// Writes the answer to `exchange->out` and returns KL_OK, or returns the code and leaves `out` to the caller.
typedef enum kl_rc (*kl_handler)(const struct kl_exchange *exchange);

// Fields in the order of each handler's own enumeration; the first field of a write is always its hwid.
struct kl_command_row {
    uint8_t command;
    bool write;
    uint8_t fields;
    const struct kl_field *field;
    kl_handler handle;
};

extern const struct kl_command_row KL_STATUS_READ, KL_KEYGEN_WRITE, KL_CSR_READ, KL_INJECT_OPEN_WRITE, KL_ITEM_READ,
    KL_ITEM_WRITE, KL_INJECT_WRITE, KL_PROVE_READ, KL_LOCK_READ, KL_LOCK_WRITE;

#define KL_FIELDS_MAX 6u
#define KL_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define KL_HWID_FIELD \
    { "hwid", KL_BYTES, true, KL_HWID_MIN, KL_HWID_MAX }
#define KL_DIGEST_FIELD(name, required) \
    { name, KL_BYTES, required, KL_SHA256, KL_SHA256 }
#define KL_LABEL_FIELD(name) \
    { name, KL_LABEL, true, 1, KL_LABEL_MAX }
#define KL_OFFSET_FIELD(name, required) \
    { name, KL_UNSIGNED, required, 0, UINT32_MAX }

// A lock was begun and is not finished.
bool kl_is_locking(void);
// Nothing may be made or changed any more: locked, or on the way.
bool kl_is_shut(void);
// Compare and swap (clause 5.1): `was` names the present key, or is missing where there is none.
bool kl_was_holds(const struct kl_value *was);
// Signs with the device's own key; its bytes are in RAM only meanwhile.
bool kl_sign(const uint8_t digest[KL_SHA256], uint8_t *signature, size_t *size);
// Replaces key and items by a new key (keygen, inject); the life is 1 then. What RAM holds of the old key's goes.
enum kl_rc kl_commit_key(const uint8_t private_key[KL_PRIVATE], const uint8_t point[KL_POINT], const uint8_t *nonce,
                         const uint8_t *inject_digest);

// What a restart takes, and what a new key takes.
void kl_csr_forget(void);
void kl_staging_forget(void);
void kl_session_forget(void);

// KL_CHAIN_MAX bytes of RAM for a moment: the staging area, which is forgotten by that. A lock has nothing staged to
// lose.
uint8_t *kl_staging_borrow(void);

bool kl_debug_is_open(void);
// At each start, once the store is read: goes on with a journaled lock. What came of it is seen in the status: 3, or 2
// and `locking`.
void kl_lock_start(void);

// Statuses as the board's facts allow at most: whether they keep to clause 4.4.
bool kl_board_is_right(void);

#endif
