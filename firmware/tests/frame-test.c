// Clauses 1.2 to 1.6.
#include <string.h>

#include "fake-board.h"
#include "frame.h"
#include "keyline/agent.h"
#include "test.h"

static struct kl_frame frame;
static uint8_t packet[4096];
static size_t packet_bytes;

static void collect(const uint8_t *bytes, size_t size) {
    memcpy(packet + packet_bytes, bytes, size);
    packet_bytes += size;
}

static void make_packet(const uint8_t *message, size_t size) {
    packet_bytes = 0;
    kl_frame_send(message, size, collect);
}

// Messages and events that these bytes complete.
static unsigned push(const void *bytes, size_t size, unsigned *too_large) {
    unsigned messages = 0;
    for (size_t i = 0; i < size; i++) {
        enum kl_frame_event event = kl_frame_push(&frame, ((const uint8_t *)bytes)[i]);
        messages += event == KL_FRAME_MESSAGE;
        if (too_large != NULL) *too_large += event == KL_FRAME_TOO_LARGE;
    }
    return messages;
}

static void fill(uint8_t *message, size_t size) {
    for (size_t i = 0; i < size; i++) message[i] = (uint8_t)(i * 7 + size);
}

static void every_size(void) {
    uint8_t message[KL_MESSAGE_BYTES];
    kl_frame_reset(&frame);
    for (size_t size = 0; size <= sizeof message; size++) {
        fill(message, size);
        make_packet(message, size);
        CHECK(push(packet, packet_bytes, NULL) == 1);
        CHECK(kl_frame_bytes(&frame) == size && memcmp(frame.message, message, size) == 0);
    }
}

static void lines_are_short(void) {
    uint8_t message[KL_MESSAGE_BYTES];
    size_t start = 0;
    fill(message, sizeof message);
    make_packet(message, sizeof message);
    for (size_t i = 0; i < packet_bytes; i++) {
        if (packet[i] != '\n') continue;
        CHECK(i + 1 - start <= 127 && (i - start - 2) % 4 == 0);
        CHECK(packet[start] == (start == 0 ? 0x06 : 0x04) && packet[start + 1] == (start == 0 ? 0x09 : 0x14));
        start = i + 1;
    }
    CHECK(start == packet_bytes);
}

static void a_drop_hurts_nothing(void) {
    static const uint8_t GOOD[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    uint8_t spoilt[4096];
    kl_frame_reset(&frame);
    make_packet(GOOD, sizeof GOOD);
    for (size_t i = 0; i < packet_bytes; i++) {
        memcpy(spoilt, packet, packet_bytes);
        for (unsigned value = 0; value < 256; value++) {
            spoilt[i] = (uint8_t)value;
            unsigned before = push(spoilt, packet_bytes, NULL);
            CHECK(before <= 1);
            CHECK(push("\n", 1, NULL) <= 1);
            CHECK(push(packet, packet_bytes, NULL) == 1);
            CHECK(kl_frame_bytes(&frame) == sizeof GOOD && memcmp(frame.message, GOOD, sizeof GOOD) == 0);
        }
    }
}

static void logs_share_the_line(void) {
    uint8_t message[200];
    uint8_t mixed[1024];
    size_t used = 0;
    kl_frame_reset(&frame);
    fill(message, sizeof message);
    make_packet(message, sizeof message);
    for (size_t i = 0; i < packet_bytes; i++) {
        if (packet[i] == '\n') mixed[used++] = '\r';
        mixed[used++] = packet[i];
        if (packet[i] != '\n') continue;
        memcpy(mixed + used, "[00:00:01] log\r\n", 16);
        used += 16;
    }
    CHECK(push(mixed, used, NULL) == 1);
    CHECK(kl_frame_bytes(&frame) == sizeof message && memcmp(frame.message, message, sizeof message) == 0);
}

static void broken_packets_are_dropped(void) {
    static const char *const BROKEN[] = {
        "\x06\x09\n",  // nothing
        "\x06\x09"
        "AAA=\n",  // a length of 0
        "\x06\x09"
        "AAIAAA==\n\x06\x09",  // whole, an empty message, then a start: see below
        "\x04\x14"
        "AAIAAA==\n",  // a continuation without a start
        "\x06\x09"
        "AAIA AA==\n",  // no Base64
        "\x06\x09"
        "AAIAAAA\n",  // no multiple of 4
        "\x06\x09"
        "AAI=AAAA\n",  // padding in the middle
        "\x06\x09"
        "AAIAAA==AAAA\n",  // padding in the middle of a line
        "\x06\x09"
        "AAIAAAAA\n",  // longer than it says
        "\x06\x09"
        "AAIAAQ==\n",  // a wrong CRC
    };
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        kl_frame_reset(&frame);
        CHECK(push(BROKEN[i], strlen(BROKEN[i]), NULL) == (i == 2 ? 1u : 0u));
    }
}

static void long_lines_are_dropped(void) {
    uint8_t message[300];
    uint8_t one_line[1024];
    size_t used = 0;
    kl_frame_reset(&frame);
    fill(message, sizeof message);
    make_packet(message, sizeof message);
    // The same packet in one line of 400 characters.
    for (size_t i = 0; i < packet_bytes; i++) {
        bool marker = i > 0 && (packet[i] == '\n' || packet[i] == 0x04 || packet[i] == 0x14);
        if (!marker) one_line[used++] = packet[i];
    }
    one_line[used++] = '\n';
    CHECK(push(one_line, used, NULL) == 0);
    CHECK(push(packet, packet_bytes, NULL) == 1);
}

static void too_large_is_told(void) {
    uint8_t message[KL_MESSAGE_BYTES + 1];
    unsigned too_large = 0;
    kl_frame_reset(&frame);
    fill(message, sizeof message);
    make_packet(message, sizeof message);
    CHECK(push(packet, packet_bytes, &too_large) == 0 && too_large == 1);
    CHECK(memcmp(frame.message, message, KL_HEADER_BYTES) == 0);
}

static void the_agent_answers(void) {
    static const uint8_t ECHO[] = {0x0a, 0, 0, 6, 0, 0, 7, 0, 0xa1, 0x61, 'd', 0x62, 'h', 'i'};
    CHECK(keyline_start() == KEYLINE_STARTED);
    make_packet(ECHO, sizeof ECHO);
    for (size_t i = 0; i < packet_bytes; i++) keyline_receive(packet[i]);
    kl_frame_reset(&frame);
    CHECK(push(fake_sent, fake_sent_bytes, NULL) == 1);
    CHECK(kl_frame_bytes(&frame) == sizeof ECHO && frame.message[0] == 0x0b && frame.message[10] == 'r');
}

static void the_agent_restarts(void) {
    static const uint8_t RESET[] = {0x02, 0, 0, 1, 0, 0, 7, 5, 0xa0};
    CHECK(keyline_start() == KEYLINE_STARTED);
    make_packet(RESET, sizeof RESET);
    for (size_t i = 0; i < packet_bytes; i++) keyline_receive(packet[i]);
    CHECK(fake_restarts == 1 && fake_sent_bytes > 0);
}

static const struct test TESTS[] = {
    {"a message of every size comes out as it went in", every_size},
    {"no line is longer than 127 bytes, and each has its marker", lines_are_short},
    {"whatever byte of a packet is wrong, the next packet is whole", a_drop_hurts_nothing},
    {"log lines and 0D 0A between the lines of a packet are ignored", logs_share_the_line},
    {"a packet that is none is dropped", broken_packets_are_dropped},
    {"a line that is too long is dropped, with its packet", long_lines_are_dropped},
    {"a good packet that is too large is told with its header", too_large_is_told},
    {"a request by bytes is answered by bytes", the_agent_answers},
    {"a reset answers first and restarts then", the_agent_restarts},
};
const struct test_group FRAME_TESTS = GROUP("frame", TESTS);
