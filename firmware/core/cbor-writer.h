// Writes CBOR of the shortest form into a buffer. What does not fit is dropped and `overflow` says so: checked once, at the
// end, by whoever sends it.
#ifndef KEYLINE_CBOR_WRITER_H
#define KEYLINE_CBOR_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kl_writer {
    uint8_t *bytes;
    size_t capacity;
    size_t used;
    bool overflow;
};

void kl_write_map(struct kl_writer *writer, uint32_t pairs);
void kl_write_array(struct kl_writer *writer, uint32_t items);
void kl_write_text(struct kl_writer *writer, const char *text);
void kl_write_text_of(struct kl_writer *writer, const uint8_t *text, size_t size);

void kl_put_unsigned(struct kl_writer *writer, const char *key, uint32_t number);
void kl_put_bool(struct kl_writer *writer, const char *key, bool value);
void kl_put_text(struct kl_writer *writer, const char *key, const char *text);
void kl_put_bytes(struct kl_writer *writer, const char *key, const uint8_t *bytes, size_t size);
// Key and head of a byte string, whose `size` bytes the caller fills in; NULL on overflow.
uint8_t *kl_put_room(struct kl_writer *writer, const char *key, size_t size);
// Bytes that a byte string under this key may have to fit what is left.
size_t kl_room_left(const struct kl_writer *writer, const char *key);

#endif
