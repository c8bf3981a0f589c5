// The health tests of NIST SP 800-90B 4.4 in front of the port's random source: a source that is stuck or leans far to one
// value makes no key (clause 5.1, code 10).
#ifndef KEYLINE_ENTROPY_H
#define KEYLINE_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Bytes from the port that passed. False: nothing of it is to be used.
bool kl_entropy(uint8_t *to, size_t size);

#endif
