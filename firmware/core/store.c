#include "store.h"

#include <string.h>

#include "bytes.h"
#include "crc.h"
#include "keyline-port-config.h"
#include "keyline/port.h"

static_assert(KEYLINE_BANK_BYTES % KEYLINE_SECTOR_BYTES == 0, "a bank is whole sectors");
static_assert(KEYLINE_BANK_BYTES >= KL_BANK_LEAST, "a bank holds the largest record");
static_assert(KEYLINE_PROGRAM_BYTES <= 64 && (KEYLINE_PROGRAM_BYTES & (KEYLINE_PROGRAM_BYTES - 1)) == 0,
              "a program unit divides 64");
static_assert(KL_MARK_AT % 64 == 0 && KL_MARK_AT >= sizeof(struct kl_record), "the mark has units of its own");
static_assert(KL_ITEMS_AT % 64 == 0 && KL_ITEMS_AT == KL_MARK_AT + 64, "items lie behind it");
static_assert(offsetof(struct kl_record, crc) == sizeof(struct kl_record) - 4, "the checksum stands last");

#define MAGIC 0x31524c4bu  // "KLR1"
#define PIECE 64u
#define BANKS 2u

static struct kl_record record;
// The record in the making, and one that is being read; neither holds a private key between two calls.
static struct kl_record next;
static struct kl_record found;
static unsigned active;
// The other bank was erased since this start: an erase that a power cut may have ended early is not trusted.
static bool other_is_clean;

static uint32_t address_of(unsigned bank) {
    return bank * (uint32_t)KEYLINE_BANK_BYTES;
}

static const uint32_t ITEM_MAX[KL_ITEMS] = {KL_CHAIN_MAX, KL_ANCHOR_MAX, KL_LEAF_MAX};

// Items lie one after the other, each on a multiple of PIECE.
static uint32_t item_offset(const struct kl_record *of, unsigned item) {
    uint32_t offset = KL_ITEMS_AT;
    for (unsigned i = 0; i < item; i++) offset += (of->item_bytes[i] + PIECE - 1u) & ~(PIECE - 1u);
    return offset;
}

static bool items_fit(const struct kl_record *of) {
    for (unsigned i = 0; i < KL_ITEMS; i++) {
        if (of->item_bytes[i] > ITEM_MAX[i]) return false;
    }
    return true;
}

static bool crc_of_items(unsigned bank, const struct kl_record *of, uint32_t *crc) {
    uint8_t piece[PIECE];
    *crc = KL_CRC32_START;
    for (unsigned i = 0; i < KL_ITEMS; i++) {
        for (uint32_t at = 0; at < of->item_bytes[i];) {
            size_t size = of->item_bytes[i] - at < PIECE ? of->item_bytes[i] - at : PIECE;
            if (!keyline_port_flash_read(address_of(bank) + item_offset(of, i) + at, piece, size)) return false;
            *crc = kl_crc32(*crc, piece, size);
            at += (uint32_t)size;
        }
    }
    return true;
}

static uint32_t crc_of_head(uint32_t crc, const struct kl_record *of) {
    return ~kl_crc32(crc, (const uint8_t *)of, offsetof(struct kl_record, crc));
}

// The record of a bank, whole and checked. Its private key is wiped from `to` unless somebody asks for it.
static bool load(unsigned bank, struct kl_record *to, uint8_t *private_key) {
    uint32_t crc;
    bool good = keyline_port_flash_read(address_of(bank), (uint8_t *)to, sizeof *to) && to->magic == MAGIC &&
                items_fit(to) && crc_of_items(bank, to, &crc) && crc_of_head(crc, to) == to->crc;
    if (good && private_key != NULL) memcpy(private_key, to->private_key, KL_PRIVATE);
    keyline_wipe(to->private_key, KL_PRIVATE);
    return good;
}

static bool reads_erased(uint32_t address) {
    uint8_t piece[PIECE];
    if (!keyline_port_flash_read(address, piece, PIECE)) return false;
    for (size_t i = 0; i < PIECE; i++) {
        if (piece[i] != 0xff) return false;
    }
    return true;
}

static bool is_blank(unsigned bank) {
    for (uint32_t at = 0; at < KEYLINE_BANK_BYTES; at += PIECE) {
        if (!reads_erased(address_of(bank) + at)) return false;
    }
    return true;
}

// Without a good record: whether there never was one. A record whose mark was begun was whole once.
static bool never_was(void) {
    for (unsigned bank = 0; bank < BANKS; bank++) {
        if (!reads_erased(address_of(bank) + KL_MARK_AT)) return false;
    }
    return !keyline_port_lock_reads_burnt(KEYLINE_LOCK_IDENTITY);
}

// From the beginning on: the first sector holds the key.
static bool erase(unsigned bank) {
    for (uint32_t at = 0; at < KEYLINE_BANK_BYTES; at += KEYLINE_SECTOR_BYTES) {
        if (!keyline_port_flash_erase(address_of(bank) + at)) return false;
    }
    return is_blank(bank);
}

static void forget(void) {
    memset(&record, 0, sizeof record);
    record.magic = MAGIC;
    active = 0;
    other_is_clean = false;
}

// After the record: from here on a bank without a good one is a bank that lost it.
static bool write_mark(unsigned bank) {
    static const uint8_t MARK[PIECE] = {0};
    return keyline_port_flash_program(address_of(bank) + KL_MARK_AT, MARK, PIECE);
}

bool kl_store_start(void) {
    bool any = false;
    forget();
    for (unsigned bank = 0; bank < BANKS; bank++) {
        if (!load(bank, &found, NULL)) continue;
        // Sequence numbers go round; two records are never further apart than one commit.
        if (any && (int32_t)(found.sequence - record.sequence) <= 0) continue;
        record = found;
        active = bank;
        any = true;
    }
    if (!any && !never_was()) return false;
    // What a cut left: no mark yet, the bank before the last commit, or one that never became a record. The mark comes
    // first: the other bank's may be the only one. Banks that the lock closed take none, and need none.
    if (any && reads_erased(address_of(active) + KL_MARK_AT)) (void)write_mark(active);
    for (unsigned bank = 0; bank < BANKS; bank++) {
        bool clean = (any && bank == active) || is_blank(bank) || erase(bank);
        if (!clean) return any;
    }
    return true;
}

const struct kl_record *kl_store_record(void) {
    return &record;
}

bool kl_store_private_key(uint8_t private_key[KL_PRIVATE]) {
    return record.has_key && load(active, &found, private_key) && found.sequence == record.sequence;
}

bool kl_store_read_item(enum kl_item item, uint32_t offset, uint8_t *to, size_t size) {
    return keyline_port_flash_read(address_of(active) + item_offset(&record, item) + offset, to, size);
}

// One item into the bank that is being made, from RAM or from the bank that holds.
static bool write_item(unsigned bank, unsigned item, const struct kl_change *change, uint32_t *crc) {
    uint8_t piece[PIECE];
    uint32_t bytes = next.item_bytes[item];
    for (uint32_t at = 0; at < bytes; at += PIECE) {
        size_t size = bytes - at < PIECE ? bytes - at : PIECE;
        memset(piece, 0xff, sizeof piece);
        if (item == change->item) memcpy(piece, change->content + at, size);
        else if (!kl_store_read_item((enum kl_item)item, at, piece, size)) return false;
        *crc = kl_crc32(*crc, piece, size);
        if (!keyline_port_flash_program(address_of(bank) + item_offset(&next, item) + at, piece, PIECE)) return false;
    }
    return true;
}

static bool write_head(unsigned bank) {
    uint8_t piece[PIECE];
    bool written = true;
    for (uint32_t at = 0; at < sizeof next && written; at += PIECE) {
        size_t size = sizeof next - at < PIECE ? sizeof next - at : PIECE;
        memset(piece, 0xff, sizeof piece);
        memcpy(piece, (const uint8_t *)&next + at, size);
        written = keyline_port_flash_program(address_of(bank) + at, piece, PIECE);
    }
    keyline_wipe(piece, sizeof piece);
    return written && write_mark(bank);
}

// The head comes last: until its checksum is there, there is no record.
static bool write_record(unsigned bank, const struct kl_change *change) {
    uint32_t crc = KL_CRC32_START;
    for (unsigned i = 0; i < KL_ITEMS; i++) {
        if (!write_item(bank, i, change, &crc)) return false;
    }
    if (change->private_key != NULL) memcpy(next.private_key, change->private_key, KL_PRIVATE);
    else if (next.has_key && !kl_store_private_key(next.private_key)) return false;
    next.crc = crc_of_head(crc, &next);
    bool written = write_head(bank);
    keyline_wipe(next.private_key, KL_PRIVATE);
    return written;
}

void kl_store_hold(const struct kl_record *wanted) {
    record.life = wanted->life;
    record.lock_tries = wanted->lock_tries;
}

enum kl_rc kl_store_commit(const struct kl_record *wanted, const struct kl_change *change) {
    unsigned other = 1 - active;
    next = *wanted;
    next.magic = MAGIC;
    next.sequence = record.sequence + 1;
    if (!other_is_clean && !erase(other)) return KL_STORE;
    other_is_clean = false;
    if (!write_record(other, change) || !load(other, &found, NULL) || found.crc != next.crc) {
        other_is_clean = erase(other);
        return KL_STORE;
    }
    unsigned old = active;
    record = found;
    active = other;
    other_is_clean = erase(old);
    return other_is_clean ? KL_OK : KL_STORE;
}
