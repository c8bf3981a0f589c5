// The map of an emulated board's NOR memory, the same on the host and in QEMU: sectors of 64 KB.
//
//   0x00000  who the board is: written by the host tool before the first start, never by the firmware
//   0x10000  its fuses: bits that are only ever cleared
//   0x20000  bank 0 of the identity store
//   0x30000  bank 1
#ifndef KEYLINE_EMULATED_FLASH_H
#define KEYLINE_EMULATED_FLASH_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include "keyline/port.h"

#define EMULATED_SECTOR_BYTES 0x10000u
#define EMULATED_BOARD_AT 0u
#define EMULATED_FUSES_AT EMULATED_SECTOR_BYTES
#define EMULATED_STORE_AT (2u * EMULATED_SECTOR_BYTES)
#define EMULATED_FLASH_BYTES (4u * EMULATED_SECTOR_BYTES)

// Little endian, as both machines are.
struct emulated_board_block {
    uint8_t magic[4];  // "KLBD"
    uint8_t version;   // 1
    uint8_t hwid_bytes;
    uint8_t has_psk;
    uint8_t reserved;
    uint8_t hwid[KL_HWID_MAX];
    uint8_t psk[KL_PSK];
    uint32_t crc;  // CRC-32 of all that stands before
};
static_assert(sizeof(struct emulated_board_block) == 76, "firmware/board/flash-file.ts writes this");

// Fills hwid and psk; false for a block that nobody wrote.
bool emulated_board_read(struct keyline_board *board);

// The memory, from its address 0; the port's own.
bool emulated_flash_read(uint32_t address, uint8_t *to, size_t size);
bool emulated_flash_erase(uint32_t address);
bool emulated_flash_program(uint32_t address, const uint8_t *from, size_t size);

#endif
