#include "os-group.h"

#include "cbor-reader.h"

static const struct kl_field ECHO_FIELD[1] = {{"d", KL_TEXT, true, 0, UINT32_MAX}};
static const struct kl_field RESET_FIELD[1] = {{"force", KL_UNSIGNED, false, 0, UINT32_MAX}};

enum kl_smp_rc kl_os_serve(bool write, uint8_t command, const uint8_t *payload, size_t size, struct kl_writer *out,
                           bool *restart) {
    struct kl_value value;
    if (command == KL_OS_ECHO) {
        if (!kl_cbor_read(payload, size, ECHO_FIELD, 1, false, &value)) return KL_SMP_MALFORMED;
        kl_write_map(out, 1);
        kl_write_text(out, "r");
        kl_write_text_of(out, value.bytes, value.size);
        return KL_SMP_OK;
    }
    if (command == KL_OS_RESET && write) {
        if (!kl_cbor_read(payload, size, RESET_FIELD, 1, false, &value)) return KL_SMP_MALFORMED;
        kl_write_map(out, 0);
        *restart = true;
        return KL_SMP_OK;
    }
    if (command == KL_OS_PARAMS && !write) {
        kl_write_map(out, 2);
        kl_put_unsigned(out, "buf_size", KEYLINE_BUF_SIZE);
        kl_put_unsigned(out, "buf_count", KL_BUF_COUNT);
        return KL_SMP_OK;
    }
    return KL_SMP_NOT_SUPPORTED;
}
