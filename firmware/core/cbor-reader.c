#include "cbor-reader.h"

#include <string.h>

#include "bytes.h"
#include "keyline/wire.h"

enum major {
    MAJOR_UNSIGNED = 0,
    MAJOR_NEGATIVE = 1,
    MAJOR_BYTES = 2,
    MAJOR_TEXT = 3,
    MAJOR_ARRAY = 4,
    MAJOR_MAP = 5,
    MAJOR_TAG = 6,
    MAJOR_SIMPLE = 7
};

#define INDEFINITE 31u
#define BREAK 0xffu

// Where a walk stands. `at` never passes `end`.
struct walk {
    const uint8_t *at;
    const uint8_t *end;
};

struct head {
    uint8_t major;
    bool indefinite;
    uint8_t info;
    uint32_t argument;
};

static size_t left(const struct walk *walk) {
    return (size_t)(walk->end - walk->at);
}

// The initial byte and its argument of up to four bytes; larger numbers mean nothing to this protocol.
static bool read_head(struct walk *walk, struct head *head) {
    if (left(walk) == 0) return false;
    uint8_t initial = *walk->at++;
    head->major = initial >> 5;
    head->info = initial & 0x1fu;
    head->indefinite = false;
    head->argument = head->info;
    if (head->info < 24) return true;
    if (head->info == INDEFINITE) {
        head->indefinite = true;
        return head->major == MAJOR_ARRAY || head->major == MAJOR_MAP;
    }
    // A float of eight bytes is skipped by its reader: no request holds one.
    if (head->info == 27 && head->major == MAJOR_SIMPLE) {
        if (left(walk) < 8) return false;
        walk->at += 8;
        return true;
    }
    if (head->info > 26) return false;
    size_t width = (size_t)1 << (head->info - 24u);
    if (left(walk) < width) return false;
    head->argument = 0;
    for (size_t i = 0; i < width; i++) head->argument = head->argument << 8 | *walk->at++;
    return true;
}

static bool is_simple(const struct head *head) {
    return (head->info >= 20 && head->info <= 23) || (head->info >= 25 && head->info <= 27);
}

// Bytes of the character that starts at `at` and how far its first continuation may reach (RFC 3629), or 0.
static size_t utf8_width(const uint8_t *at, size_t rest) {
    uint8_t first = at[0];
    if (first < 0x80) return 1;
    size_t width = first >= 0xc2 && first <= 0xdf ? 2 : (first & 0xf0u) == 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
    if (width == 0 || width > rest) return 0;
    for (size_t i = 1; i < width; i++) {
        if ((at[i] & 0xc0u) != 0x80) return 0;
    }
    bool overlong = (first == 0xe0 && at[1] < 0xa0) || (first == 0xf0 && at[1] < 0x90);
    bool beyond = (first == 0xed && at[1] > 0x9f) || (first == 0xf4 && at[1] > 0x8f);
    return overlong || beyond ? 0 : width;
}

static bool is_utf8(const uint8_t *bytes, size_t size) {
    for (size_t at = 0; at < size;) {
        size_t width = utf8_width(bytes + at, size - at);
        if (width == 0) return false;
        at += width;
    }
    return true;
}

static bool at_break(struct walk *walk) {
    if (left(walk) == 0 || *walk->at != BREAK) return false;
    walk->at++;
    return true;
}

static bool check_item(struct walk *walk, unsigned depth);

static bool read_key(struct walk *walk, const uint8_t **key, size_t *size) {
    struct head head;
    if (!read_head(walk, &head) || head.major != MAJOR_TEXT || head.argument > left(walk)) return false;
    *key = walk->at;
    *size = head.argument;
    walk->at += head.argument;
    return true;
}

// Past an item that was checked before; its depth is bounded by that.
static void skip_item(struct walk *walk) {
    struct head head;
    if (!read_head(walk, &head)) return;
    if (head.major == MAJOR_BYTES || head.major == MAJOR_TEXT) walk->at += head.argument;
    if (head.major != MAJOR_ARRAY && head.major != MAJOR_MAP) return;
    uint32_t count = head.major == MAJOR_MAP && !head.indefinite ? 2 * head.argument : head.argument;
    for (uint32_t i = 0; head.indefinite ? !at_break(walk) : i < count; i++) skip_item(walk);
}

// Whether a key stands already between `start` and the key itself.
static bool stands_before(const uint8_t *start, const uint8_t *key_head, const uint8_t *key, size_t size) {
    struct walk walk = {start, key_head};
    while (walk.at < key_head) {
        const uint8_t *other;
        size_t other_size;
        if (!read_key(&walk, &other, &other_size)) return true;
        if (other_size == size && kl_same(other, key, size)) return true;
        skip_item(&walk);
    }
    return false;
}

static bool check_container(struct walk *walk, const struct head *head, unsigned depth) {
    if (depth > KL_MAX_DEPTH) return false;
    const uint8_t *start = walk->at;
    for (uint32_t i = 0; head->indefinite || i < head->argument; i++) {
        if (head->indefinite && at_break(walk)) return true;
        if (head->major == MAJOR_MAP) {
            const uint8_t *key_head = walk->at;
            const uint8_t *key;
            size_t size;
            if (!read_key(walk, &key, &size) || !is_utf8(key, size)) return false;
            if (stands_before(start, key_head, key, size)) return false;
        }
        if (!check_item(walk, depth)) return false;
    }
    return true;
}

// Every item takes at least one byte, so a walk ends within the message whatever a length announces.
static bool check_item(struct walk *walk, unsigned depth) {
    struct head head;
    if (!read_head(walk, &head)) return false;
    switch (head.major) {
        case MAJOR_UNSIGNED:
        case MAJOR_NEGATIVE:
            return true;
        case MAJOR_BYTES:
        case MAJOR_TEXT:
            if (head.argument > left(walk)) return false;
            if (head.major == MAJOR_TEXT && !is_utf8(walk->at, head.argument)) return false;
            walk->at += head.argument;
            return true;
        case MAJOR_ARRAY:
        case MAJOR_MAP:
            return check_container(walk, &head, depth + 1);
        case MAJOR_SIMPLE:
            return is_simple(&head);
        default:
            return false;
    }
}

bool kl_cbor_is_map(const uint8_t *bytes, size_t size) {
    struct walk walk = {bytes, bytes + size};
    if (size == 0 || bytes[0] >> 5 != MAJOR_MAP) return false;
    return check_item(&walk, 0) && walk.at == walk.end;
}

static void read_value(struct walk *walk, struct kl_value *value) {
    struct walk start = *walk;
    struct head head;
    skip_item(walk);
    value->present = true;
    value->type = KL_OTHER;
    if (!read_head(&start, &head)) return;
    value->number = head.argument;
    value->bytes = start.at;
    value->size = head.argument;
    if (head.major == MAJOR_UNSIGNED) value->type = KL_UNSIGNED;
    if (head.major == MAJOR_BYTES) value->type = KL_BYTES;
    if (head.major == MAJOR_TEXT) value->type = KL_TEXT;
    if (head.major == MAJOR_SIMPLE && (head.info == 20 || head.info == 21)) {
        value->type = KL_BOOL;
        value->number = head.info - 20u;
    }
}

static bool is_printable(const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < 0x20 || bytes[i] > 0x7e) return false;
    }
    return true;
}

static bool fits(const struct kl_field *field, const struct kl_value *value) {
    if (!value->present) return !field->required;
    enum kl_type type = field->type == KL_LABEL ? KL_TEXT : field->type;
    if (value->type != type) return false;
    if (field->type == KL_LABEL && !is_printable(value->bytes, value->size)) return false;
    if (type == KL_BOOL) return true;
    size_t measure = type == KL_UNSIGNED ? value->number : value->size;
    return measure >= field->least && measure <= field->most;
}

bool kl_cbor_read(const uint8_t *map, size_t size, const struct kl_field *fields, size_t count, bool strict,
                  struct kl_value *values) {
    struct walk walk = {map, map + size};
    struct head head;
    bool known_all = true;
    memset(values, 0, count * sizeof *values);
    if (!read_head(&walk, &head)) return false;
    for (uint32_t i = 0; head.indefinite ? !at_break(&walk) : i < head.argument; i++) {
        const uint8_t *key;
        size_t key_size;
        struct kl_value value = {0};
        if (!read_key(&walk, &key, &key_size)) return false;
        read_value(&walk, &value);
        bool known = false;
        for (size_t f = 0; f < count && !known; f++) {
            if (strlen(fields[f].name) != key_size || memcmp(fields[f].name, key, key_size) != 0) continue;
            values[f] = value;
            known = true;
        }
        known_all = known_all && known;
    }
    for (size_t f = 0; f < count; f++) {
        if (!fits(&fields[f], &values[f])) return false;
    }
    return known_all || !strict;
}
