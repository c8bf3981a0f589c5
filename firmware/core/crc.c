#include "crc.h"

uint16_t kl_crc16(uint16_t crc, uint8_t byte) {
    crc = (uint16_t)(crc ^ ((uint32_t)byte << 8));
    for (int bit = 0; bit < 8; bit++) {
        uint32_t shifted = (uint32_t)crc << 1;
        crc = (uint16_t)((crc & 0x8000u) ? shifted ^ 0x1021u : shifted);
    }
    return crc;
}

uint32_t kl_crc32(uint32_t crc, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1u) ? 0xedb88320u : 0u);
    }
    return crc;
}
