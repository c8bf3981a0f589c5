// The whole agent: bytes to messages, messages to groups, answers back.
#include "keyline/agent.h"

#include <string.h>

#include "agent-state.h"
#include "bytes.h"
#include "cbor-reader.h"
#include "cbor-writer.h"
#include "frame.h"
#include "identity.h"
#include "keyline/port.h"
#include "os-group.h"

static struct kl_frame frame;
static bool running;
static bool store_is_lost;

bool kl_agent_store_is_lost(void) {
    return store_is_lost;
}

enum keyline_start_result keyline_start(void) {
    kl_frame_reset(&frame);
    kl_csr_forget();
    if (!KL_FAULT_IS(10)) kl_staging_forget();
    kl_session_forget();
    running = kl_board_is_right();
    if (!running) return KEYLINE_BAD_BOARD;
    store_is_lost = !kl_store_start();
    if (store_is_lost) return KEYLINE_STORE_LOST;
    kl_lock_start();
    return KEYLINE_STARTED;
}

struct header {
    uint8_t op;
    uint8_t version;
    uint16_t length;
    uint16_t group;
    uint8_t command;
};

static uint16_t read_u16(const uint8_t *at) {
    return (uint16_t)((uint32_t)at[0] << 8 | at[1]);
}

// A request of a version that exists; everything else gets no answer.
static bool read_header(const uint8_t *message, size_t size, struct header *header) {
    if (size < KL_HEADER_BYTES || message[0] >> 5 != 0 || message[1] != 0) return false;
    header->op = message[0] & 0x07u;
    header->version = message[0] >> 3 & 0x03u;
    header->length = read_u16(message + 2);
    header->group = read_u16(message + 4);
    header->command = message[7];
    return header->version <= 1 && (header->op == KL_OP_READ || header->op == KL_OP_WRITE);
}

static size_t answer_header(const uint8_t *request, uint8_t *answer, size_t payload) {
    memcpy(answer, request, KL_HEADER_BYTES);
    answer[0] = (uint8_t)(request[0] + 1u);
    answer[2] = (uint8_t)(payload >> 8);
    answer[3] = (uint8_t)(payload & 0xffu);
    return KL_HEADER_BYTES + payload;
}

static size_t put_rc(struct kl_writer *out, enum kl_smp_rc rc) {
    out->used = 0;
    out->overflow = false;
    kl_write_map(out, 1);
    kl_put_unsigned(out, "rc", rc);
    return out->used;
}

static size_t serve_payload(const struct header *header, const uint8_t *payload, size_t size, struct kl_writer *out,
                            bool *restart) {
    bool write = header->op == KL_OP_WRITE;
    if (header->length != size || !kl_cbor_is_map(payload, size)) return put_rc(out, KL_SMP_MALFORMED);
    enum kl_smp_rc rc = KL_SMP_NOT_SUPPORTED;
    switch (header->group) {
        case KL_GROUP_OS:
            rc = kl_os_serve(write, header->command, payload, size, out, restart);
            break;
        case KL_GROUP_IMAGE:
            rc = kl_image_serve(write, header->command, payload, size, out);
            break;
        case KL_GROUP_IDENTITY:
            if (header->version == 0) return put_rc(out, KL_SMP_VERSION_TOO_OLD);
            return keyline_identity_serve(write, header->command, payload, size, out->bytes, out->capacity);
        default:
            break;
    }
    if (rc == KL_SMP_OK && out->overflow) rc = KL_SMP_TOO_LARGE;
    return rc == KL_SMP_OK ? out->used : put_rc(out, rc);
}

size_t keyline_serve(const uint8_t *message, size_t size, uint8_t *answer, size_t capacity, bool *restart) {
    struct header header;
    *restart = false;
    if (!running || capacity < KL_MESSAGE_BYTES || !read_header(message, size, &header)) return 0;
    struct kl_writer out = {answer + KL_HEADER_BYTES, KL_MESSAGE_BYTES - KL_HEADER_BYTES, 0, false};
    size_t payload = size > KL_MESSAGE_BYTES
                         ? put_rc(&out, KL_SMP_TOO_LARGE)
                         : serve_payload(&header, message + KL_HEADER_BYTES, size - KL_HEADER_BYTES, &out, restart);
    return answer_header(message, answer, payload);
}

void keyline_receive(uint8_t byte) {
    static uint8_t answer[KL_MESSAGE_BYTES];
    bool restart;
    if (kl_frame_push(&frame, byte) == KL_FRAME_NOTHING) return;
    size_t size = keyline_serve(frame.message, kl_frame_bytes(&frame), answer, sizeof answer, &restart);
    if (size > 0) kl_frame_send(answer, size, keyline_port_send);
    if (restart) keyline_port_restart();
}
