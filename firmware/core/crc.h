// The two checksums: of packets on the line and of records in the store.
#ifndef KEYLINE_CRC_H
#define KEYLINE_CRC_H

#include <stddef.h>
#include <stdint.h>

// CRC-16/XMODEM (clause 1.2), one byte on. Over a message and its own CRC it is 0.
uint16_t kl_crc16(uint16_t crc, uint8_t byte);

// CRC-32 (IEEE 802.3); begin with KL_CRC32_START, end with an inversion.
#define KL_CRC32_START 0xffffffffu
uint32_t kl_crc32(uint32_t crc, const uint8_t *bytes, size_t size);

#endif
