// Any bytes on the line: no byte is written beyond the message, whole packets alone come out, and a good packet behind
// anything at all is heard (clauses 1.4 to 1.6).
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crc.h"
#include "frame.h"

static void demand(bool right) {
    if (!right) abort();
}

static uint8_t echo[64];
static size_t echo_bytes;

static void collect(const uint8_t *bytes, size_t size) {
    memcpy(echo + echo_bytes, bytes, size);
    echo_bytes += size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const uint8_t GOOD[] = {1, 2, 3, 4, 5};
    static struct kl_frame frame;
    kl_frame_reset(&frame);
    for (size_t i = 0; i < size; i++) {
        if (kl_frame_push(&frame, data[i]) != KL_FRAME_MESSAGE) continue;
        demand(kl_frame_bytes(&frame) <= KL_MESSAGE_BYTES);
    }
    echo_bytes = 0;
    kl_frame_send(GOOD, sizeof GOOD, collect);
    // A line that was open ends with this; what stood before a marker does not hurt it either.
    (void)kl_frame_push(&frame, '\n');
    unsigned heard = 0;
    for (size_t i = 0; i < echo_bytes; i++) heard += kl_frame_push(&frame, echo[i]) == KL_FRAME_MESSAGE;
    demand(heard == 1 && kl_frame_bytes(&frame) == sizeof GOOD && memcmp(frame.message, GOOD, sizeof GOOD) == 0);
    return 0;
}
