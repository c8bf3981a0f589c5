#include "frame.h"

#include <string.h>

#include "crc.h"

static const uint8_t MARKER_START[2] = {0x06, 0x09};
static const uint8_t MARKER_CONTINUATION[2] = {0x04, 0x14};
static const char BASE64[65] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void kl_frame_reset(struct kl_frame *frame) {
    memset(frame, 0, sizeof *frame);
}

size_t kl_frame_bytes(const struct kl_frame *frame) {
    return frame->length - KL_CRC_BYTES;
}

// 0 to 63, or -1.
static int base64_value(uint8_t c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

static void abandon(struct kl_frame *frame) {
    frame->open = false;
    frame->line = KL_LINE_TEXT;
}

static void begin_line(struct kl_frame *frame, enum kl_line line) {
    // A line that a marker cuts off takes its packet with it; a start marker ends any packet.
    if (frame->line != KL_LINE_TEXT) frame->open = false;
    if (line == KL_LINE_START) {
        frame->open = true;
        frame->head = 0;
        frame->length = 0;
        frame->received = 0;
        frame->crc = 0;
    }
    frame->line = (uint8_t)line;
    frame->characters = 0;
    frame->quad = 0;
    frame->padding = 0;
    frame->bits = 0;
    frame->carriage_return = false;
}

static bool take_byte(struct kl_frame *frame, uint8_t byte) {
    if (frame->head < KL_LENGTH_BYTES) {
        frame->length = frame->length << 8 | byte;
        frame->head++;
        return frame->head < KL_LENGTH_BYTES || frame->length >= KL_CRC_BYTES;
    }
    if (frame->received == frame->length) return false;
    if (frame->received < KL_MESSAGE_BYTES) frame->message[frame->received] = byte;
    frame->received++;
    frame->crc = kl_crc16(frame->crc, byte);
    return true;
}

static bool take_quad(struct kl_frame *frame) {
    uint32_t bits = frame->bits;
    frame->quad = 0;
    frame->bits = 0;
    if (!take_byte(frame, (uint8_t)(bits >> 16))) return false;
    if (frame->padding < 2 && !take_byte(frame, (uint8_t)(bits >> 8 & 0xffu))) return false;
    return frame->padding > 0 || take_byte(frame, (uint8_t)(bits & 0xffu));
}

static bool take_character(struct kl_frame *frame, uint8_t byte) {
    if (frame->carriage_return || frame->characters == KL_LINE_BASE64) return false;
    int value = base64_value(byte);
    if (byte == '=') {
        // Padding stands at the end of a quad's last one or two characters, and ends the line.
        if (frame->quad < 2) return false;
        frame->padding++;
        value = 0;
    } else if (value < 0 || frame->padding > 0) {
        return false;
    }
    frame->characters++;
    frame->bits = frame->bits << 6 | (uint32_t)value;
    frame->quad++;
    return frame->quad < 4 || take_quad(frame);
}

static enum kl_frame_event end_line(struct kl_frame *frame) {
    if (frame->line == KL_LINE_TEXT) return KL_FRAME_NOTHING;
    bool whole = frame->open && frame->characters > 0 && frame->quad == 0 && frame->head == KL_LENGTH_BYTES;
    frame->line = KL_LINE_TEXT;
    if (!whole) {
        frame->open = false;
        return KL_FRAME_NOTHING;
    }
    if (frame->received < frame->length) return KL_FRAME_NOTHING;
    frame->open = false;
    if (frame->crc != 0) return KL_FRAME_NOTHING;
    return kl_frame_bytes(frame) > KL_MESSAGE_BYTES ? KL_FRAME_TOO_LARGE : KL_FRAME_MESSAGE;
}

enum kl_frame_event kl_frame_push(struct kl_frame *frame, uint8_t byte) {
    enum kl_frame_event event = KL_FRAME_NOTHING;
    uint8_t previous = frame->previous;
    frame->previous = byte;
    if (previous == MARKER_START[0] && byte == MARKER_START[1]) {
        begin_line(frame, KL_LINE_START);
    } else if (previous == MARKER_CONTINUATION[0] && byte == MARKER_CONTINUATION[1]) {
        begin_line(frame, KL_LINE_CONTINUATION);
    } else if (byte == '\n') {
        event = end_line(frame);
    } else if (frame->line != KL_LINE_TEXT) {
        if (byte == '\r' && !frame->carriage_return) frame->carriage_return = true;
        else if (!frame->open || !take_character(frame, byte)) abandon(frame);
    }
    return event;
}

struct line_writer {
    uint8_t line[2u + KL_LINE_BASE64 + 1u];
    size_t used;
    uint32_t bits;
    unsigned bytes;
    void (*send)(const uint8_t *bytes, size_t size);
};

static void end_written_line(struct line_writer *writer) {
    writer->line[writer->used++] = '\n';
    writer->send(writer->line, writer->used);
    memcpy(writer->line, MARKER_CONTINUATION, sizeof MARKER_CONTINUATION);
    writer->used = sizeof MARKER_CONTINUATION;
}

// The quad of up to three bytes, padded.
static void write_quad(struct line_writer *writer) {
    uint32_t bits = writer->bits << (8u * (3u - writer->bytes));
    for (unsigned i = 0; i < 4; i++) {
        uint8_t c = (uint8_t)BASE64[bits >> (18u - 6u * i) & 0x3fu];
        writer->line[writer->used++] = i <= writer->bytes ? c : (uint8_t)'=';
    }
    writer->bits = 0;
    writer->bytes = 0;
    if (writer->used == 2u + KL_LINE_BASE64) end_written_line(writer);
}

static void write_byte(struct line_writer *writer, uint8_t byte) {
    writer->bits = writer->bits << 8 | byte;
    if (++writer->bytes == 3) write_quad(writer);
}

void kl_frame_send(const uint8_t *message, size_t size, void (*send)(const uint8_t *bytes, size_t size)) {
    struct line_writer writer = {.used = sizeof MARKER_START, .send = send};
    memcpy(writer.line, MARKER_START, sizeof MARKER_START);
    size_t length = size + KL_CRC_BYTES;
    uint16_t crc = 0;
    write_byte(&writer, (uint8_t)(length >> 8));
    write_byte(&writer, (uint8_t)(length & 0xffu));
    for (size_t i = 0; i < size; i++) {
        write_byte(&writer, message[i]);
        crc = kl_crc16(crc, message[i]);
    }
    write_byte(&writer, (uint8_t)(crc >> 8));
    write_byte(&writer, (uint8_t)(crc & 0xffu));
    if (writer.bytes > 0) write_quad(&writer);
    if (writer.used > sizeof MARKER_CONTINUATION) end_written_line(&writer);
}
