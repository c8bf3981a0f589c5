#include "emulated-flash.h"

#include <string.h>

#include "crc.h"

bool emulated_board_read(struct keyline_board *board) {
    static struct emulated_board_block block;
    if (!emulated_flash_read(EMULATED_BOARD_AT, (uint8_t *)&block, sizeof block)) return false;
    uint32_t crc = ~kl_crc32(KL_CRC32_START, (const uint8_t *)&block, sizeof block - sizeof block.crc);
    if (memcmp(block.magic, "KLBD", 4) != 0 || block.version != 1 || block.crc != crc) return false;
    if (block.hwid_bytes > KL_HWID_MAX) return false;
    memcpy(board->hwid, block.hwid, block.hwid_bytes);
    board->hwid_bytes = block.hwid_bytes;
    board->psk = block.has_psk ? block.psk : NULL;
    return true;
}

bool keyline_port_flash_read(uint32_t address, uint8_t *to, size_t size) {
    return emulated_flash_read(EMULATED_STORE_AT + address, to, size);
}

bool keyline_port_flash_erase(uint32_t address) {
    return emulated_flash_erase(EMULATED_STORE_AT + address);
}

bool keyline_port_flash_program(uint32_t address, const uint8_t *from, size_t size) {
    return emulated_flash_program(EMULATED_STORE_AT + address, from, size);
}

static uint32_t fuse_at(enum keyline_lock lock) {
    return EMULATED_FUSES_AT + (lock == KEYLINE_LOCK_DEBUG ? 64u : 0u);
}

bool keyline_port_lock_reads_burnt(enum keyline_lock lock) {
    uint8_t fuse = 0xff;
    return emulated_flash_read(fuse_at(lock), &fuse, 1) && fuse == 0;
}

const char *keyline_port_lock_text(enum keyline_lock lock) {
    return lock == KEYLINE_LOCK_DEBUG ? "debug port closed (emulated fuse)" : "identity store closed (emulated fuse)";
}
