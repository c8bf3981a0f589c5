// Reads one CBOR map from outside (clause 2.2). Strict: text keys, none twice, no tags, 8 deep, nothing behind it.
// Allocates nothing: values point into the message.
#ifndef KEYLINE_CBOR_READER_H
#define KEYLINE_CBOR_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kl_type { KL_UNSIGNED, KL_BYTES, KL_TEXT, KL_LABEL, KL_BOOL, KL_OTHER };

struct kl_value {
    bool present;
    enum kl_type type;
    uint32_t number;       // of KL_UNSIGNED and KL_BOOL
    const uint8_t *bytes;  // of KL_BYTES and KL_TEXT
    size_t size;
};

// What a request may hold. KL_LABEL is text of printable ASCII. `least` and `most` bound a number or a length.
struct kl_field {
    const char *name;
    enum kl_type type;
    bool required;
    uint32_t least;
    uint32_t most;
};

// Whether the bytes are exactly one well-formed map.
bool kl_cbor_is_map(const uint8_t *bytes, size_t size);

// Fills `values` beside `fields` from a map that kl_cbor_is_map took. `strict`: a key that is no field is refused.
// False for a value that is missing, of another type or out of its bounds.
bool kl_cbor_read(const uint8_t *map, size_t size, const struct kl_field *fields, size_t count, bool strict,
                  struct kl_value *values);

#endif
