#include "der.h"

#include <string.h>

#include "bytes.h"

enum tag {
    TAG_BOOLEAN = 0x01,
    TAG_INTEGER = 0x02,
    TAG_BIT_STRING = 0x03,
    TAG_OBJECT = 0x06,
    TAG_UTF8_STRING = 0x0c,
    TAG_PRINTABLE_STRING = 0x13,
    TAG_SEQUENCE = 0x30,
    TAG_SET = 0x31,
    TAG_CONTEXT_0 = 0xa0,
    TAG_CONTEXT_3 = 0xa3,
    TAG_CONTEXT_1_PRIMITIVE = 0x81,
    TAG_CONTEXT_2_PRIMITIVE = 0x82
};
#define CONSTRUCTED 0x20u
#define HIGH_TAG 0x1fu
// A certificate with all its extensions nests eight; the rest is reserve, and keeps the walk off the stack's end.
#define DEPTH_MAX 12u

static const uint8_t SPKI_HEAD[KL_SPKI - KL_POINT] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                                      0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                                      0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00};
static const uint8_t ECDSA_SHA256[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
static const uint8_t SERIAL_NUMBER[] = {0x06, 0x03, 0x55, 0x04, 0x05};
static const uint8_t VERSION_1[] = {0x02, 0x01, 0x00};

void kl_spki(const uint8_t point[KL_POINT], uint8_t spki[KL_SPKI]) {
    memcpy(spki, SPKI_HEAD, sizeof SPKI_HEAD);
    memcpy(spki + sizeof SPKI_HEAD, point, KL_POINT);
}

void kl_spki_digest(const uint8_t point[KL_POINT], uint8_t digest[KL_SHA256]) {
    uint8_t spki[KL_SPKI];
    kl_spki(point, spki);
    kl_digest(spki, sizeof spki, digest);
}

// Writes from the end of its buffer to the beginning, so that every length is known when its head is written.
struct backward {
    uint8_t *buffer;
    size_t at;
};

static void put(struct backward *to, const uint8_t *bytes, size_t size) {
    to->at -= size;
    memcpy(to->buffer + to->at, bytes, size);
}

// Head of what was written since `end`; its length is below 256.
static void wrap(struct backward *to, uint8_t tag, size_t end) {
    size_t length = end - to->at;
    to->buffer[--to->at] = (uint8_t)length;
    if (length > 0x7f) to->buffer[--to->at] = 0x81;
    to->buffer[--to->at] = tag;
}

static bool is_printable_string(const uint8_t *text, size_t size) {
    static const char OTHERS[] = " '()+,-./:=?";
    for (size_t i = 0; i < size; i++) {
        uint8_t c = text[i];
        bool alphanumeric = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!alphanumeric && memchr(OTHERS, c, sizeof OTHERS - 1) == NULL) return false;
    }
    return true;
}

static void put_request_info(struct backward *to, const uint8_t *serial, size_t serial_bytes,
                             const uint8_t point[KL_POINT]) {
    size_t end = to->at;
    wrap(to, TAG_CONTEXT_0, to->at);
    put(to, point, KL_POINT);
    put(to, SPKI_HEAD, sizeof SPKI_HEAD);
    size_t name_end = to->at;
    put(to, serial, serial_bytes);
    wrap(to, is_printable_string(serial, serial_bytes) ? TAG_PRINTABLE_STRING : TAG_UTF8_STRING, name_end);
    put(to, SERIAL_NUMBER, sizeof SERIAL_NUMBER);
    wrap(to, TAG_SEQUENCE, name_end);
    wrap(to, TAG_SET, name_end);
    wrap(to, TAG_SEQUENCE, name_end);
    put(to, VERSION_1, sizeof VERSION_1);
    wrap(to, TAG_SEQUENCE, end);
}

size_t kl_csr(const uint8_t *serial, size_t serial_bytes, const uint8_t point[KL_POINT],
              bool (*sign)(const uint8_t digest[KL_SHA256], uint8_t *signature, size_t *size),
              uint8_t csr[KL_CSR_MAX]) {
    uint8_t signature[KL_SIGNATURE_MAX];
    uint8_t digest[KL_SHA256];
    size_t size;
    // Twice: the signature stands behind what it signs, and its length is not known before.
    struct backward to = {csr, KL_CSR_MAX};
    put_request_info(&to, serial, serial_bytes, point);
    kl_digest(csr + to.at, KL_CSR_MAX - to.at, digest);
    if (!sign(digest, signature, &size)) return 0;
    to.at = KL_CSR_MAX;
    put(&to, signature, size);
    csr[--to.at] = 0;
    wrap(&to, TAG_BIT_STRING, KL_CSR_MAX);
    put(&to, ECDSA_SHA256, sizeof ECDSA_SHA256);
    put_request_info(&to, serial, serial_bytes, point);
    wrap(&to, TAG_SEQUENCE, KL_CSR_MAX);
    size_t length = KL_CSR_MAX - to.at;
    memmove(csr, csr + to.at, length);
    return length;
}

struct part {
    uint8_t tag;
    const uint8_t *whole;
    const uint8_t *content;
    size_t size;
};

struct parts {
    const uint8_t *at;
    const uint8_t *end;
};

// The next element, whose length has DER's one form.
static bool next_part(struct parts *in, struct part *part) {
    size_t left = (size_t)(in->end - in->at);
    if (left < 2 || (in->at[0] & HIGH_TAG) == HIGH_TAG) return false;
    part->tag = in->at[0];
    part->whole = in->at;
    size_t length = in->at[1];
    size_t head = 2;
    if (length > 0x80 && length <= 0x82) {
        size_t width = length - 0x80;
        if (left < 2 + width) return false;
        length = in->at[2];
        if (width == 2) length = length << 8 | in->at[3];
        if (length < (width == 1 ? 0x80u : 0x100u)) return false;
        head += width;
    } else if (length >= 0x80) {
        return false;
    }
    if (length > left - head) return false;
    part->content = in->at + head;
    part->size = length;
    in->at = part->content + length;
    return true;
}

static bool is_primitive_exact(const struct part *part) {
    const uint8_t *content = part->content;
    if (part->tag == TAG_BOOLEAN) return part->size == 1 && (content[0] == 0 || content[0] == 0xff);
    if (part->tag == TAG_BIT_STRING) return part->size >= 1 && content[0] < 8;
    if (part->tag != TAG_INTEGER) return true;
    if (part->size == 0) return false;
    // The first nine bits of an integer are not all the same.
    return part->size == 1 || !((content[0] == 0 && content[1] < 0x80) || (content[0] == 0xff && content[1] >= 0x80));
}

static bool is_exact(const uint8_t *bytes, size_t size, unsigned depth) {
    struct parts in = {bytes, bytes + size};
    struct part part;
    while (in.at < in.end) {
        if (!next_part(&in, &part)) return false;
        if (part.tag & CONSTRUCTED) {
            if (depth == DEPTH_MAX || !is_exact(part.content, part.size, depth + 1)) return false;
        } else if (!is_primitive_exact(&part)) {
            return false;
        }
    }
    return true;
}

static bool take(struct parts *in, uint8_t tag, struct part *part) {
    return next_part(in, part) && part->tag == tag;
}

static bool is_next(const struct parts *in, uint8_t tag) {
    return in->at < in->end && in->at[0] == tag;
}

static struct parts inside(const struct part *part) {
    struct parts in = {part->content, part->content + part->size};
    return in;
}

// Looks for the one serialNumber of a name.
static bool read_subject(const struct part *name, struct kl_leaf *leaf) {
    struct parts rdns = inside(name);
    struct part set, pair, type, value;
    unsigned found = 0;
    while (rdns.at < rdns.end) {
        if (!take(&rdns, TAG_SET, &set)) return false;
        struct parts attributes = inside(&set);
        while (attributes.at < attributes.end) {
            if (!take(&attributes, TAG_SEQUENCE, &pair)) return false;
            struct parts in = inside(&pair);
            if (!take(&in, TAG_OBJECT, &type) || !next_part(&in, &value) || in.at != in.end) return false;
            if (type.size != SERIAL_NUMBER[1] || !kl_same(type.content, SERIAL_NUMBER + 2, type.size)) continue;
            found++;
            leaf->serial = value.content;
            leaf->serial_bytes = value.size;
        }
    }
    if (found != 1) leaf->serial = NULL;
    return true;
}

// TBSCertificate: version, serial, algorithm, issuer, validity, subject, key, unique ids, extensions (RFC 5280 4.1).
static bool read_tbs(const struct part *tbs, struct kl_leaf *leaf) {
    struct parts in = inside(tbs);
    struct part part;
    if (is_next(&in, TAG_CONTEXT_0) && !next_part(&in, &part)) return false;
    if (!take(&in, TAG_INTEGER, &part) || !take(&in, TAG_SEQUENCE, &part)) return false;
    if (!take(&in, TAG_SEQUENCE, &part) || !take(&in, TAG_SEQUENCE, &part)) return false;
    if (!take(&in, TAG_SEQUENCE, &part) || !read_subject(&part, leaf)) return false;
    if (!take(&in, TAG_SEQUENCE, &part)) return false;
    leaf->spki = part.whole;
    leaf->spki_bytes = (size_t)(in.at - part.whole);
    if (is_next(&in, TAG_CONTEXT_1_PRIMITIVE) && !next_part(&in, &part)) return false;
    if (is_next(&in, TAG_CONTEXT_2_PRIMITIVE) && !next_part(&in, &part)) return false;
    if (is_next(&in, TAG_CONTEXT_3) && !next_part(&in, &part)) return false;
    return in.at == in.end;
}

bool kl_leaf_read(const uint8_t *bytes, size_t size, struct kl_leaf *leaf) {
    struct parts outer = {bytes, bytes + size};
    struct part certificate, tbs, algorithm, signature;
    memset(leaf, 0, sizeof *leaf);
    if (!is_exact(bytes, size, 0)) return false;
    if (!take(&outer, TAG_SEQUENCE, &certificate) || outer.at != outer.end) return false;
    struct parts in = inside(&certificate);
    if (!take(&in, TAG_SEQUENCE, &tbs) || !take(&in, TAG_SEQUENCE, &algorithm)) return false;
    if (!take(&in, TAG_BIT_STRING, &signature) || in.at != in.end) return false;
    return read_tbs(&tbs, leaf);
}
