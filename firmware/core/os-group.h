// Groups 0 and 1 as far as the station uses them (clause 3.1).
#ifndef KEYLINE_OS_GROUP_H
#define KEYLINE_OS_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cbor-writer.h"
#include "keyline/wire.h"

// Write the answer and return KL_SMP_OK, or return the code. `payload` is a well-formed map.
enum kl_smp_rc kl_os_serve(bool write, uint8_t command, const uint8_t *payload, size_t size, struct kl_writer *out,
                           bool *restart);
enum kl_smp_rc kl_image_serve(bool write, uint8_t command, const uint8_t *payload, size_t size, struct kl_writer *out);

#endif
