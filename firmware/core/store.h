// What the agent keeps without power: one record, committed whole (clause 4.6), in two banks of the port's memory.
// A power cut at any moment leaves the old record or the new one. The bank of the old one is erased after the commit,
// so that a replaced key is gone; what a cut left of that is erased at the next start.
#ifndef KEYLINE_STORE_H
#define KEYLINE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline/wire.h"

enum kl_item { KL_ITEM_CHAIN, KL_ITEM_ANCHOR, KL_ITEM_LEAF };
#define KL_ITEMS 3u
#define KL_NO_ITEM KL_ITEMS

// Burns that a lock may leave to a restart. Each is one slot of a fuse that has slots; a power cut in the restart takes
// one, so that two cuts are survived. A burn that failed takes all that are left.
#define KL_LOCK_TRIES 3u

// As it lies in memory, before its items and its checksum. `private_key` is zero in RAM: kl_store_private_key reads it.
struct kl_record {
    uint32_t magic;
    uint32_t sequence;
    uint32_t item_bytes[KL_ITEMS];  // 0: there is none
    uint8_t life;
    uint8_t has_key;
    uint8_t has_nonce;          // the key was made here, for this nonce
    uint8_t has_inject_digest;  // the key was injected, by this message
    uint8_t lock_intent;        // journal of a lock, kept ever after
    uint8_t lock_debug;
    uint8_t lock_serial_bytes;
    uint8_t lock_tries;  // burns left to a restart so far; KL_LOCK_TRIES: no more, also after a failed one
    uint8_t private_key[KL_PRIVATE];
    uint8_t point[KL_POINT];
    uint8_t reserved2[3];
    uint8_t nonce[KL_KEY_NONCE];
    uint8_t inject_digest[KL_SHA256];
    uint8_t item_digest[KL_ITEMS][KL_SHA256];
    uint8_t lock_serial[KL_LABEL_MAX];
    uint8_t lock_leaf[KL_SHA256];
    uint32_t crc;  // CRC-32 of the items, then of all that stands before this
};
static_assert(sizeof(struct kl_record) == 340, "simulator/emulated/flash-file.ts reads this layout");
// A bank: the record, then a mark that is written when all else is there, then the items, each on a multiple of 64
// bytes, so that every port's program unit divides them. The mark tells a record that rotted from one that never came
// to be.
#define KL_MARK_AT 384u
#define KL_ITEMS_AT 448u
#define KL_BANK_LEAST (KL_ITEMS_AT + KL_CHAIN_MAX + KL_ANCHOR_MAX + KL_LEAF_MAX)

// Writes the mark that a power cut took from a record, and erases what else it left. True; false where a record was and
// is none any more, or where the identity lock is burnt and there is no record. Then nothing is written or erased.
bool kl_store_start(void);

// The last committed record; `life` KL_BLANK before the first.
const struct kl_record *kl_store_record(void);

bool kl_store_private_key(uint8_t private_key[KL_PRIVATE]);
// `size` bytes of an item from `offset`; they must exist.
bool kl_store_read_item(enum kl_item item, uint32_t offset, uint8_t *to, size_t size);

struct kl_change {
    const uint8_t *private_key;  // NULL: the present one stays
    unsigned item;               // KL_NO_ITEM: none changes
    const uint8_t *content;      // of `item`, item_bytes[item] long
};
// Commits `next`, made from a copy of kl_store_record(). KL_OK, or KL_STORE: then the old record stands, unless only
// the wiping of the old bank failed.
enum kl_rc kl_store_commit(const struct kl_record *next, const struct kl_change *change);

// Holds `next` in RAM until the next start, for what the hardware says and memory did not take: `life` and
// `lock_tries`. Nothing else of it is taken.
void kl_store_hold(const struct kl_record *next);

#endif
