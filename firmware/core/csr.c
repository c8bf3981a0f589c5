// Command 2: the certificate request, built once a serial and read in pieces (clause 5.2).
#include <string.h>

#include "bytes.h"
#include "der.h"
#include "identity.h"

static struct {
    uint8_t der[KL_CSR_MAX];
    size_t size;  // 0: none
    uint8_t digest[KL_SHA256];
    uint8_t serial[KL_LABEL_MAX];
    size_t serial_bytes;
} request;

void kl_csr_forget(void) {
    memset(&request, 0, sizeof request);
}

static bool build(const struct kl_value *serial) {
    kl_csr_forget();
    request.size = kl_csr(serial->bytes, serial->size, kl_store_record()->point, kl_sign, request.der);
    if (request.size == 0) return false;
    kl_digest(request.der, request.size, request.digest);
    memcpy(request.serial, serial->bytes, serial->size);
    request.serial_bytes = serial->size;
    return true;
}

static bool is_built_for(const struct kl_value *serial) {
    return request.size > 0 && request.serial_bytes == serial->size &&
           kl_same(request.serial, serial->bytes, serial->size);
}

enum { SN, OFF, FIELDS };
static const struct kl_field FIELD[FIELDS] = {KL_LABEL_FIELD("sn"), KL_OFFSET_FIELD("off", true)};

static enum kl_rc csr(const struct kl_exchange *exchange) {
    struct kl_writer *out = exchange->out;
    const struct kl_value *serial = &exchange->values[SN];
    uint32_t off = exchange->values[OFF].number;
    if (!kl_store_record()->has_key || kl_is_shut()) return KL_STATE;
    // After a restart in the middle the request is made anew, whatever the offset: its digest tells the reader.
    if (!is_built_for(serial) && !build(serial)) return KL_FAULT;
    if (off > request.size) return KL_INVALID;
    kl_write_map(out, 4);
    kl_put_unsigned(out, "len", (uint32_t)request.size);
    kl_put_bytes(out, "sha", request.digest, KL_SHA256);
    kl_put_unsigned(out, "off", off);
    size_t room = kl_room_left(out, "data");
    size_t left = request.size - off;
    kl_put_bytes(out, "data", request.der + off, left < room ? left : room);
    return KL_OK;
}

const struct kl_command_row KL_CSR_READ = {KL_CSR, false, FIELDS, FIELD, csr};
