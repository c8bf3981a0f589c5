// Packets of SMP over a serial console (clauses 1.2 to 1.6): bytes in, whole checked messages out, and back.
// Drops in silence what is no packet; a drop hurts no later packet.
#ifndef KEYLINE_FRAME_H
#define KEYLINE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline/wire.h"

enum kl_line { KL_LINE_TEXT, KL_LINE_START, KL_LINE_CONTINUATION };

struct kl_frame {
    uint8_t message[KL_MESSAGE_BYTES];
    uint32_t length;    // announced: message and CRC
    uint32_t received;  // bytes behind the length field so far
    uint32_t bits;      // up to four Base64 characters of the quad in work
    uint16_t crc;
    uint8_t previous;
    uint8_t line;       // enum kl_line
    uint8_t characters; // Base64 of this line so far
    uint8_t quad;       // characters of the quad in work
    uint8_t padding;    // '=' of this line so far
    uint8_t head;       // bytes of the length field so far
    bool open;          // a packet is in work
    bool carriage_return;
};

enum kl_frame_event {
    KL_FRAME_NOTHING,
    KL_FRAME_MESSAGE,   // `message` holds kl_frame_bytes()
    KL_FRAME_TOO_LARGE  // a good packet of more than KL_MESSAGE_BYTES; `message` holds its beginning
};

void kl_frame_reset(struct kl_frame *frame);
// One byte on. The message stands until the next call.
enum kl_frame_event kl_frame_push(struct kl_frame *frame, uint8_t byte);
// Bytes of the message that was just completed, as announced.
size_t kl_frame_bytes(const struct kl_frame *frame);

// The packet of a message, line by line through `send`. At most KL_MESSAGE_BYTES.
void kl_frame_send(const uint8_t *message, size_t size, void (*send)(const uint8_t *bytes, size_t size));

#endif
