// As little as a test needs: a claim, a check, and where it broke.
#ifndef TEST_H
#define TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct test {
    const char *claim;
    void (*run)(void);
};

struct test_group {
    const char *name;
    const struct test *tests;
    size_t count;
};

extern const struct test_group FRAME_TESTS, CBOR_TESTS, DER_TESTS, STORE_TESTS, HPKE_TESTS, TABLE_TESTS, INJECT_TESTS,
    LOCK_TESTS, LIMIT_TESTS;

#define GROUP(name, tests) \
    { name, tests, sizeof(tests) / sizeof((tests)[0]) }

void test_check(bool right, const char *expression, const char *file, int line);
// Said when a check breaks: which row of a table, which cut.
extern char test_context[160];

#define CHECK(expression) test_check((expression), #expression, __FILE__, __LINE__)

#endif
