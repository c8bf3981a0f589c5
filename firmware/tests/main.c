// Runs all unit tests. `keyline-tests` alone; `keyline-tests GROUP` for one group.
#include <stdlib.h>
#include <string.h>

#include "fake-board.h"
#include "test.h"

static const struct test_group *const GROUPS[] = {&FRAME_TESTS, &CBOR_TESTS,   &DER_TESTS,  &STORE_TESTS, &HPKE_TESTS,
                                                  &TABLE_TESTS, &INJECT_TESTS, &LOCK_TESTS, &LIMIT_TESTS};
static unsigned long checks;
static const char *running;
char test_context[160];

void test_check(bool right, const char *expression, const char *file, int line) {
    checks++;
    if (right) return;
    printf("BROKEN %s\n  %s:%d: %s\n  %s\n", running, file, line, expression, test_context);
    exit(1);
}

int main(int count, char **words) {
    unsigned claims = 0;
    for (size_t g = 0; g < sizeof GROUPS / sizeof GROUPS[0]; g++) {
        if (count > 1 && strcmp(words[1], GROUPS[g]->name) != 0) continue;
        for (size_t t = 0; t < GROUPS[g]->count; t++) {
            running = GROUPS[g]->tests[t].claim;
            test_context[0] = 0;
            fake_new();
            GROUPS[g]->tests[t].run();
            printf("kept %s: %s\n", GROUPS[g]->name, running);
            claims++;
        }
    }
    printf("%u claims kept, %lu checks\n", claims, checks);
    return 0;
}
