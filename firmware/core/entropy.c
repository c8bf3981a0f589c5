#include "entropy.h"

#include "keyline/crypto.h"
#include "keyline/port.h"

// One window of the adaptive proportion test; drawn anew for each seed, so that the test sees the source as it is now.
#define SAMPLES 512u
// For an assessed entropy of 4 bits a byte, half of what the port promises, at a false alarm of 2^-30: a value repeated
// 1 + 30/4 times in a row; and in 512 samples, the first value more often than a binomial of p = 1/16 gives once in 2^30.
#define REPETITION_CUTOFF 9u
#define PROPORTION_CUTOFF 74u

bool kl_entropy(uint8_t *to, size_t size) {
    uint8_t piece[32];
    uint8_t first = 0;
    uint8_t last = 0;
    unsigned run = 0;
    unsigned same = 0;
    bool good = true;
    size_t taken = 0;
    for (unsigned sample = 0; sample < SAMPLES && good; sample++) {
        size_t at = sample % sizeof piece;
        if (at == 0) good = keyline_port_entropy(piece, sizeof piece);
        uint8_t value = piece[at];
        if (sample == 0) first = value;
        run = sample > 0 && value == last ? run + 1 : 1;
        last = value;
        if (value == first) same++;
        if (run >= REPETITION_CUTOFF || same >= PROPORTION_CUTOFF) good = false;
        // The last samples are the seed: all that stand before them were tested with them.
        if (sample >= SAMPLES - size) to[taken++] = value;
    }
    keyline_wipe(piece, sizeof piece);
    if (!good) keyline_wipe(to, size);
    return good && size <= SAMPLES;
}
