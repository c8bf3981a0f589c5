// A port to fill in: copy this folder, and replace what says FILL IN. It compiles as it stands, and says no to
// everything; docs/porting.md goes through it in order.
#include <string.h>

#include "keyline/agent.h"
#include "keyline/port.h"

// --- 1. The serial line. Bytes that come while the agent works must be kept (an interrupt and a ring of 512 bytes are
// enough: one request is in flight). FILL IN.

static bool receive_byte(uint8_t *byte) {
    (void)byte;
    return false;
}

void keyline_port_send(const uint8_t *bytes, size_t size) {
    (void)bytes;
    (void)size;
}

// --- 2. Who this board is. The hardware id is the chip's unique number; the image hash is what MCUboot's TLV 0x10 says
// of the image that runs, or your own measurement of it. FILL IN.

static struct keyline_board board = {
    .hwid = {0},
    .hwid_bytes = 0,
    .model = "MODEL",
    .hardware_revision = "A",
    .firmware_version = "1.0.0",
    .image_hash = {0},
    .psk = NULL,
    .simulated = false,
};

const struct keyline_board *keyline_port_board(void) {
    return &board;
}

// --- 3. Memory for the store: two banks of internal flash that nothing else uses, and that no linker puts code into.
// Answer false when the controller reports a fault. FILL IN.

bool keyline_port_flash_read(uint32_t address, uint8_t *to, size_t size) {
    (void)address;
    memset(to, 0, size);
    return false;
}

bool keyline_port_flash_erase(uint32_t address) {
    (void)address;
    return false;
}

bool keyline_port_flash_program(uint32_t address, const uint8_t *from, size_t size) {
    (void)address;
    (void)from;
    (void)size;
    return false;
}

// --- 4. Random bytes: the chip's true random generator, with its own error flags looked at. FILL IN.

bool keyline_port_entropy(uint8_t *to, size_t size) {
    memset(to, 0, size);
    return false;
}

// --- 5. The lock: option bytes, fuses or life cycle states of your part. Read the hardware each time. FILL IN.

bool keyline_port_lock_reads_burnt(enum keyline_lock lock) {
    (void)lock;
    return false;
}

enum keyline_burn keyline_port_lock_burn(enum keyline_lock lock) {
    (void)lock;
    return KEYLINE_BURN_FAILED;
}

const char *keyline_port_lock_text(enum keyline_lock lock) {
    return lock == KEYLINE_LOCK_DEBUG ? "debug port" : "identity store";
}

// --- 6. Restart: a system reset. FILL IN.

void keyline_port_restart(void) {}

// --- 7. The main loop. A board that is none of the protocol's stays silent.

int main(void) {
    uint8_t byte;
    if (keyline_start() == KEYLINE_BAD_BOARD) return 1;
    while (receive_byte(&byte)) keyline_receive(byte);
    return 0;
}
