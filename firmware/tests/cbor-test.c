// Clause 2.2, and the numbers of requests.
#include <string.h>

#include "cbor-reader.h"
#include "cbor-writer.h"
#include "test.h"

struct row {
    bool map;
    const char *bytes;
    size_t size;
};
#define ROW(map, text) \
    { map, text, sizeof(text) - 1 }

static void well_formed(void) {
    static const struct row ROWS[] = {
        ROW(true, "\xa0"),
        ROW(true, "\xbf\xff"),
        ROW(true,
            "\xa1\x61"
            "a\x01"),
        ROW(true,
            "\xa1\x78\x01"
            "a\x01"),
        ROW(true,
            "\xbf\x61"
            "a\x9f\x01\x02\xff\xff"),
        ROW(true,
            "\xa1\x61"
            "a\x1a\xff\xff\xff\xff"),
        ROW(true,
            "\xa1\x61"
            "a\xf5"),
        ROW(true,
            "\xa1\x61"
            "a\xfb\x00\x00\x00\x00\x00\x00\x00\x00"),
        ROW(true,
            "\xa1\x61"
            "a\x62\xc3\xa4"),
        ROW(true,
            "\xa1\x61"
            "a\x81\x81\x81\x81\x81\x81\x81"
            "\x01"),  // 8 deep
        ROW(false,
            "\xa1\x61"
            "a\x81\x81\x81\x81\x81\x81\x81\x81"
            "\x01"),  // 9 deep
        ROW(false, ""),
        ROW(false, "\x01"),
        ROW(false, "\x80"),
        ROW(false, "\xa0\x00"),
        ROW(false, "\xa1"),
        ROW(false,
            "\xa1\x61"
            "a"),
        ROW(false, "\xa1\x01\x01"),
        ROW(false,
            "\xa1\x41"
            "a\x01"),
        ROW(false,
            "\xa2\x61"
            "a\x01\x61"
            "a\x02"),
        ROW(false,
            "\xa2\x61"
            "a\x01\x78\x01"
            "a\x02"),
        ROW(false,
            "\xa1\x61"
            "a\xa2\x61"
            "b\x01\x61"
            "b\x02"),
        ROW(false,
            "\xbf\x61"
            "a\x01\x61"
            "a\x02\xff"),
        ROW(false,
            "\xa1\x61"
            "a\xc0\x01"),
        ROW(false,
            "\xa1\x61"
            "a\x7f\x61"
            "b\xff"),
        ROW(false,
            "\xa1\x61"
            "a\x5f\xff"),
        ROW(false,
            "\xa1\x61"
            "a\xff"),
        ROW(false,
            "\xa1\x61"
            "a\x1c"),
        ROW(false,
            "\xa1\x61"
            "a\x1b\x00\x00\x00\x00\x00\x00\x00\x01"),
        ROW(false,
            "\xa1\x61"
            "a\x61\xff"),
        ROW(false,
            "\xa1\x61"
            "a\x62\xc0\x80"),
        ROW(false,
            "\xa1\x61"
            "a\x63\xed\xa0\x80"),
        ROW(false,
            "\xa1\x61"
            "a\x64\xf4\x90\x80\x80"),
        ROW(false,
            "\xa1\x61"
            "a\x5a\xff\xff\xff\xff"),
        ROW(false,
            "\xba\xff\xff\xff\xff\x61"
            "a\x01"),
        ROW(false,
            "\xa1\x61"
            "a\xf8\x20"),
        ROW(false,
            "\xa1\x61"
            "a\xe0"),
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        snprintf(test_context, sizeof test_context, "row %zu", i);
        CHECK(kl_cbor_is_map((const uint8_t *)ROWS[i].bytes, ROWS[i].size) == ROWS[i].map);
    }
}

static const struct kl_field FIELDS[] = {
    {"n", KL_UNSIGNED, true, 1, 9},
    {"b", KL_BYTES, false, 2, 3},
    {"t", KL_LABEL, false, 1, 2},
    {"f", KL_BOOL, false, 0, 0},
};

static void fields(void) {
    static const struct row ROWS[] = {
        ROW(true, "\xa1\x61n\x01"),
        ROW(true,
            "\xa4\x61"
            "f\xf4\x61n\x09\x61t\x62hi\x61"
            "b\x43\x01\x02\x03"),
        ROW(false, "\xa0"),
        ROW(false, "\xa1\x61n\x00"),
        ROW(false, "\xa1\x61n\x0a"),
        ROW(false, "\xa1\x61n\x20"),
        ROW(false,
            "\xa1\x61n\x61"
            "1"),
        ROW(false,
            "\xa2\x61n\x01\x61"
            "b\x41\x01"),
        ROW(false,
            "\xa2\x61n\x01\x61"
            "b\x62hi"),
        ROW(false, "\xa2\x61n\x01\x61t\x60"),
        ROW(false, "\xa2\x61n\x01\x61t\x62\xc3\xa4"),
        ROW(false,
            "\xa2\x61n\x01\x61"
            "f\x01"),
        ROW(false,
            "\xa2\x61n\x01\x61"
            "f\xf6"),
        ROW(false, "\xa2\x61n\x01\x61x\x01"),
        ROW(false, "\xa2\x61n\x01\x62nn\x01"),
    };
    struct kl_value values[4];
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        snprintf(test_context, sizeof test_context, "row %zu", i);
        const uint8_t *bytes = (const uint8_t *)ROWS[i].bytes;
        CHECK(kl_cbor_is_map(bytes, ROWS[i].size));
        CHECK(kl_cbor_read(bytes, ROWS[i].size, FIELDS, 4, true, values) == ROWS[i].map);
    }
    // The last two are wrong by an unknown key alone.
    CHECK(kl_cbor_read((const uint8_t *)ROWS[13].bytes, ROWS[13].size, FIELDS, 4, false, values));
}

static void shortest(void) {
    static const struct {
        uint32_t number;
        size_t size;
    } ROWS[] = {{0, 1}, {23, 1}, {24, 2}, {255, 2}, {256, 3}, {65535, 3}, {65536, 5}, {0xffffffff, 5}};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        uint8_t bytes[16];
        struct kl_value value;
        struct kl_field field = {"n", KL_UNSIGNED, true, 0, UINT32_MAX};
        struct kl_writer writer = {bytes, sizeof bytes, 0, false};
        kl_write_map(&writer, 1);
        kl_put_unsigned(&writer, "n", ROWS[i].number);
        CHECK(writer.used == 3 + ROWS[i].size);
        CHECK(kl_cbor_is_map(bytes, writer.used) && kl_cbor_read(bytes, writer.used, &field, 1, true, &value));
        CHECK(value.number == ROWS[i].number);
    }
}

static void never_beyond(void) {
    uint8_t bytes[64];
    for (size_t capacity = 0; capacity <= 40; capacity++) {
        struct kl_writer writer = {bytes, capacity, 0, false};
        memset(bytes, 0xee, sizeof bytes);
        kl_write_map(&writer, 2);
        kl_put_text(&writer, "text", "a text");
        kl_put_bytes(&writer, "bytes", (const uint8_t *)"0123456789", 10);
        CHECK(writer.overflow == (capacity < 30));
        for (size_t i = capacity; i < sizeof bytes; i++) CHECK(bytes[i] == 0xee);
    }
}

static const struct test TESTS[] = {
    {"exactly one map with text keys, none twice, no tags, 8 deep", well_formed},
    {"a field that is missing, of another type, out of range or unknown is refused", fields},
    {"numbers are written in their shortest form", shortest},
    {"nothing is written beyond the buffer", never_beyond},
};
const struct test_group CBOR_TESTS = GROUP("cbor", TESTS);
