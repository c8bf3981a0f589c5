#include "cbor-writer.h"

#include <string.h>

// The longest head in use: initial byte and a length below 64 KB.
#define HEAD_MAX 3u

static uint8_t *take(struct kl_writer *writer, size_t size) {
    if (writer->overflow || size > writer->capacity - writer->used) {
        writer->overflow = true;
        return NULL;
    }
    uint8_t *at = writer->bytes + writer->used;
    writer->used += size;
    return at;
}

static void write_head(struct kl_writer *writer, uint8_t major, uint32_t argument) {
    size_t width = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x10000 ? 2 : 4;
    uint8_t *at = take(writer, 1 + width);
    if (at == NULL) return;
    uint32_t info = width == 0 ? argument : width == 1 ? 24 : width == 2 ? 25 : 26;
    at[0] = (uint8_t)((uint32_t)major << 5 | info);
    for (size_t i = 0; i < width; i++) at[width - i] = (uint8_t)(argument >> (8 * i) & 0xffu);
}

static void write_string(struct kl_writer *writer, uint8_t major, const uint8_t *bytes, size_t size) {
    write_head(writer, major, (uint32_t)size);
    uint8_t *at = take(writer, size);
    if (at != NULL && size > 0) memcpy(at, bytes, size);
}

void kl_write_map(struct kl_writer *writer, uint32_t pairs) {
    write_head(writer, 5, pairs);
}

void kl_write_array(struct kl_writer *writer, uint32_t items) {
    write_head(writer, 4, items);
}

void kl_write_text(struct kl_writer *writer, const char *text) {
    write_string(writer, 3, (const uint8_t *)text, strlen(text));
}

void kl_write_text_of(struct kl_writer *writer, const uint8_t *text, size_t size) {
    write_string(writer, 3, text, size);
}

void kl_put_unsigned(struct kl_writer *writer, const char *key, uint32_t number) {
    kl_write_text(writer, key);
    write_head(writer, 0, number);
}

void kl_put_bool(struct kl_writer *writer, const char *key, bool value) {
    kl_write_text(writer, key);
    write_head(writer, 7, value ? 21 : 20);
}

void kl_put_text(struct kl_writer *writer, const char *key, const char *text) {
    kl_write_text(writer, key);
    kl_write_text(writer, text);
}

void kl_put_bytes(struct kl_writer *writer, const char *key, const uint8_t *bytes, size_t size) {
    kl_write_text(writer, key);
    write_string(writer, 2, bytes, size);
}

uint8_t *kl_put_room(struct kl_writer *writer, const char *key, size_t size) {
    kl_write_text(writer, key);
    write_head(writer, 2, (uint32_t)size);
    return take(writer, size);
}

size_t kl_room_left(const struct kl_writer *writer, const char *key) {
    // Keys have fewer than 24 characters: a head of one byte.
    size_t other = 1 + strlen(key) + HEAD_MAX;
    size_t left = writer->capacity - writer->used;
    return writer->overflow || left < other ? 0 : left - other;
}
