// A board in RAM for the tests: memory whose power can be cut inside any operation, fuses, and a random source that a
// test starts where it likes. What the port contract forbids ends the test.
#ifndef FAKE_BOARD_H
#define FAKE_BOARD_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline-port-config.h"
#include "keyline/port.h"

#define FAKE_FLASH_BYTES (2u * KEYLINE_BANK_BYTES)

struct fake_memory {
    uint8_t flash[FAKE_FLASH_BYTES];
    bool burnt[2];
    bool ordered[2];  // burnt by the next fake_power_up
};

extern struct fake_memory fake_memory;
extern struct keyline_board fake_facts;

// Operations of memory and fuses since the count was set to 0.
extern unsigned fake_operations;
// The power goes in this operation, counted from 1, after `fake_cut_bytes` of it; 0: it stays. Then fake_cut is jumped
// to.
extern unsigned fake_cut_at;
extern size_t fake_cut_bytes;
extern jmp_buf fake_cut;
// Bits that were in work when the power went: each is what it was or what it was to be.
extern uint32_t fake_noise;

extern enum keyline_burn fake_burn;  // what burning answers
extern bool fake_burn_holds;         // and whether it reads burnt then
extern unsigned fake_burns;
// Write protection: fake_power_up closes the banks where the identity lock reads burnt. Then nothing is erased or
// programmed, and each such call answers false.
extern bool fake_shuts_banks;
extern unsigned fake_restarts;
// 0: a source that works; else it gives this byte for ever.
extern uint8_t fake_stuck;
extern uint32_t fake_seed;
// The next reads back as something else.
extern bool fake_spoils_programs;

// New board: erased, open, all switches at rest.
void fake_new(void);
// What the hardware does between two starts: burns what waited for it, and closes what is to be closed.
void fake_power_up(void);

extern uint8_t fake_sent[4096];
extern size_t fake_sent_bytes;

#endif
