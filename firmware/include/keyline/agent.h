// The agent: one board's side of the device protocol. No heap, no clock, no threads; static memory only.
//
//   keyline_start();
//   for (;;) keyline_receive(next byte from the serial line);
//
// A system that frames and dispatches SMP by itself (Zephyr) calls keyline_identity_serve alone.
#ifndef KEYLINE_AGENT_H
#define KEYLINE_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum keyline_start_result {
    KEYLINE_STARTED,
    // keyline_port_board() breaks a limit of clause 4.4, or its longest status one: the agent answers nothing.
    KEYLINE_BAD_BOARD,
    // The store holds bytes and no record: identity commands answer code 1. Never the work of a power cut.
    KEYLINE_STORE_LOST
};

// Reads the store, wipes what a power cut left of an older record, finishes a begun lock. Also after a restart in software.
enum keyline_start_result keyline_start(void);

// One byte from the line, in order. Serves a request when it was its last byte, sends the answer through
// keyline_port_send, and restarts the board through keyline_port_restart where the request asked for it.
void keyline_receive(uint8_t byte);

// One SMP message in, one out; `capacity` at least KL_MESSAGE_BYTES. 0: stay silent. `*restart`: after the answer was sent.
size_t keyline_serve(const uint8_t *message, size_t size, uint8_t *answer, size_t capacity, bool *restart);

// One request of group 19276 in SMP version 2: `payload` is its CBOR map, the answer's goes into `answer`.
// Returns its bytes, at least 1; an answer holds an error in SMP's own form.
size_t keyline_identity_serve(bool write, uint8_t command, const uint8_t *payload, size_t size, uint8_t *answer,
                              size_t capacity);

#endif
