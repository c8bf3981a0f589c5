// Group 1 of a board whose one image is the right one already: it says which, and confirms what is confirmed. There is
// nothing to go back to, so there is nothing to try (clause 3.4), and uploads are answered "not supported".
#include <string.h>

#include "bytes.h"
#include "cbor-reader.h"
#include "keyline/port.h"
#include "os-group.h"

static void put_state(struct kl_writer *out) {
    const struct keyline_board *board = keyline_port_board();
    kl_write_map(out, 1);
    kl_write_text(out, "images");
    kl_write_array(out, 1);
    kl_write_map(out, 8);
    kl_put_unsigned(out, "slot", 0);
    kl_put_text(out, "version", board->firmware_version);
    kl_put_bytes(out, "hash", board->image_hash, KL_SHA256);
    kl_put_bool(out, "bootable", true);
    kl_put_bool(out, "pending", false);
    kl_put_bool(out, "confirmed", true);
    kl_put_bool(out, "active", true);
    kl_put_bool(out, "permanent", false);
}

enum { HASH, CONFIRM, FIELDS };
static const struct kl_field FIELD[FIELDS] = {
    {"hash", KL_BYTES, false, 0, UINT32_MAX},
    {"confirm", KL_BOOL, false, 0, 0},
};

static enum kl_smp_rc may_set(const uint8_t *payload, size_t size) {
    struct kl_value values[FIELDS];
    if (!kl_cbor_read(payload, size, FIELD, FIELDS, false, values)) return KL_SMP_MALFORMED;
    const struct kl_value *hash = &values[HASH];
    bool confirm = values[CONFIRM].present && values[CONFIRM].number == 1;
    if (!hash->present) return confirm ? KL_SMP_OK : KL_SMP_MALFORMED;
    bool running = hash->size == KL_SHA256 && kl_same(hash->bytes, keyline_port_board()->image_hash, KL_SHA256);
    if (!running) return KL_SMP_NO_ENTRY;
    // What runs for good cannot be put on trial.
    return confirm ? KL_SMP_OK : KL_SMP_BAD_STATE;
}

enum kl_smp_rc kl_image_serve(bool write, uint8_t command, const uint8_t *payload, size_t size, struct kl_writer *out) {
    if (command != KL_IMAGE_STATE) return KL_SMP_NOT_SUPPORTED;
    enum kl_smp_rc rc = write ? may_set(payload, size) : KL_SMP_OK;
    if (rc == KL_SMP_OK) put_state(out);
    return rc;
}
