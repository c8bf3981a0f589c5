// What a board gives the agent. Everything here is written by the port (see ports/template); the agent calls it from
// one thread, never from an interrupt, and never two calls at a time. No call may block for longer than a flash erase.
//
// A port also provides `keyline-port-config.h` with
//   KEYLINE_SECTOR_BYTES   what one erase erases
//   KEYLINE_BANK_BYTES     a multiple of it, at least KL_BANK_LEAST (store.h): the store takes two banks
//   KEYLINE_PROGRAM_BYTES  what one program writes at least: a power of two up to 64
#ifndef KEYLINE_PORT_H
#define KEYLINE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline/wire.h"

// Who this board is. Strings are 1 to 32 printable ASCII characters (clause 4.4).
struct keyline_board {
    uint8_t hwid[KL_HWID_MAX];  // never all 00 or all FF
    uint8_t hwid_bytes;         // 6 to 32
    const char *model;
    const char *hardware_revision;
    const char *firmware_version;
    uint8_t image_hash[KL_SHA256];  // MCUboot's hash of the running image, measured and not declared where possible
    // The device's own HPKE pre-shared key (clause 5.6), or NULL. With one the agent takes PSK mode and no other.
    const uint8_t *psk;
    bool simulated;  // true on anything that is no real device, or whose random source is none
};

// The board; filled before `keyline_start` and unchanged while the agent runs. Never NULL.
const struct keyline_board *keyline_port_board(void);

// Takes all bytes, in order; returns when they are in the transmitter's hands.
void keyline_port_send(const uint8_t *bytes, size_t size);

// The store's memory: addresses from 0 to 2 * KEYLINE_BANK_BYTES - 1. True when done. Erased memory reads FF. It must
// be readable by nobody but this agent: not by another command, a debugger after the lock, nor a DMA.
bool keyline_port_flash_read(uint32_t address, uint8_t *to, size_t size);
// One sector; `address` is its first byte. False, as for a program, where the identity lock has closed the banks.
bool keyline_port_flash_erase(uint32_t address);
// `address` and `size` are multiples of KEYLINE_PROGRAM_BYTES; what is written was erased before. May cross pages.
bool keyline_port_flash_program(uint32_t address, const uint8_t *from, size_t size);

// Bytes of full entropy from a true random source, fresh at each call; false where it cannot say so. The agent tests
// them (entropy.h), seeds its generator with them and forgets them.
bool keyline_port_entropy(uint8_t *to, size_t size);

// What a lock shuts (clause 5.9), in the order in which the agent burns.
enum keyline_lock {
    KEYLINE_LOCK_IDENTITY,  // the store, against everything but this agent
    KEYLINE_LOCK_DEBUG      // debug port and read-out
};
enum keyline_burn {
    KEYLINE_BURN_DONE,
    KEYLINE_BURN_AT_RESTART,  // acts at the next restart; nothing may read burnt before. Ordered once a start, 3 times
    KEYLINE_BURN_FAILED
};

// Reads the hardware, not a copy of what was written. KEYLINE_LOCK_DEBUG not burnt means: the debug port is open.
bool keyline_port_lock_reads_burnt(enum keyline_lock lock);
// One way. Called only for what does not read burnt, only with the intent on record, and no more once a failure is on
// record (KEYLINE_BURN_DONE that does not read burnt is one). Returns: a burn that resets the part is one at a restart.
enum keyline_burn keyline_port_lock_burn(enum keyline_lock lock);
// What burning it means on this chip, for the station's screen: at most 64 characters.
const char *keyline_port_lock_text(enum keyline_lock lock);

// Restarts the board; called after the answer was sent. Does not return on a board.
void keyline_port_restart(void);

#endif
