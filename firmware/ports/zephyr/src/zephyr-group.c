// Group 19276 behind MCUmgr: Zephyr frames, checks versions and dispatches; the agent gets each payload as it came.
#include <string.h>
#include <zcbor_common.h>
#include <zephyr/init.h>
#include <zephyr/mgmt/mcumgr/mgmt/mgmt.h>
#include <zephyr/mgmt/mcumgr/smp/smp.h>
#include <zephyr/sys/util.h>

#include "keyline/agent.h"
#include "keyline/wire.h"
#include "zephyr-port.h"

BUILD_ASSERT(CONFIG_MCUMGR_TRANSPORT_NETBUF_SIZE >= KEYLINE_BUF_SIZE, "a proof must fit an answer");

// MCUmgr has opened the answer's map and will close it: what goes between is the agent's map without its head, which is
// one byte, since no answer has 24 pairs. Requests are served one at a time, by the one SMP work queue.
static int serve(struct smp_streamer *streamer, bool write, uint8_t command) {
    static uint8_t answer[KL_MESSAGE_BYTES];
    zcbor_state_t *out = streamer->writer->zs;
    struct net_buf *request = streamer->reader->nb;
    // Beside the pairs the framework's own head and end of the map take a byte each.
    size_t room = KL_MESSAGE_BYTES - KL_HEADER_BYTES - 1;
    size_t size = keyline_identity_serve(write, command, request->data, request->len, answer, room);
    size_t pairs = answer[0] & 0x1fu;
    if (size - 1 > (size_t)(out->payload_end - out->payload)) return MGMT_ERR_EMSGSIZE;
    memcpy(out->payload_mut, answer + 1, size - 1);
    out->payload_mut += size - 1;
    out->elem_count += 2 * pairs;
    return MGMT_ERR_EOK;
}

#define HANDLER(name, write, command)                \
    static int name(struct smp_streamer *streamer) { \
        return serve(streamer, write, command);      \
    }

HANDLER(read_status, false, KL_STATUS)
HANDLER(write_keygen, true, KL_KEYGEN)
HANDLER(read_csr, false, KL_CSR)
HANDLER(write_inject_open, true, KL_INJECT_OPEN)
HANDLER(read_item, false, KL_ITEM)
HANDLER(write_item, true, KL_ITEM)
HANDLER(write_inject, true, KL_INJECT)
HANDLER(read_prove, false, KL_PROVE)
HANDLER(read_lock, false, KL_LOCK)
HANDLER(write_lock, true, KL_LOCK)

static const struct mgmt_handler handlers[] = {
    [KL_STATUS] = {.mh_read = read_status},
    [KL_KEYGEN] = {.mh_write = write_keygen},
    [KL_CSR] = {.mh_read = read_csr},
    [KL_INJECT_OPEN] = {.mh_write = write_inject_open},
    [KL_ITEM] = {.mh_read = read_item, .mh_write = write_item},
    [KL_INJECT] = {.mh_write = write_inject},
    [KL_PROVE] = {.mh_read = read_prove},
    [KL_LOCK] = {.mh_read = read_lock, .mh_write = write_lock},
};

static struct mgmt_group group = {
    .mg_handlers = handlers,
    .mg_handlers_count = ARRAY_SIZE(handlers),
    .mg_group_id = KL_GROUP_IDENTITY,
};

// A board that breaks a limit of the protocol has no such group, and the station calls it bare.
static int start(void) {
    if (!keyline_zephyr_prepare() || keyline_start() == KEYLINE_BAD_BOARD) return 0;
    mgmt_register_group(&group);
    return 0;
}

SYS_INIT(start, APPLICATION, CONFIG_APPLICATION_INIT_PRIORITY);
