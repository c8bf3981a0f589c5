#include "fake-board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fake_memory fake_memory;
struct keyline_board fake_facts;
unsigned fake_operations;
unsigned fake_cut_at;
size_t fake_cut_bytes;
jmp_buf fake_cut;
uint32_t fake_noise;
enum keyline_burn fake_burn;
bool fake_burn_holds;
unsigned fake_burns;
bool fake_shuts_banks;
unsigned fake_restarts;
uint8_t fake_stuck;
uint32_t fake_seed;
bool fake_spoils_programs;
uint8_t fake_sent[4096];
size_t fake_sent_bytes;
static bool banks_are_shut;

void fake_new(void) {
    static const uint8_t HWID[8] = {0x4b, 1, 2, 3, 4, 5, 6, 7};
    memset(fake_memory.flash, 0xff, sizeof fake_memory.flash);
    memset(fake_memory.burnt, 0, sizeof fake_memory.burnt);
    memset(fake_memory.ordered, 0, sizeof fake_memory.ordered);
    memset(&fake_facts, 0, sizeof fake_facts);
    memcpy(fake_facts.hwid, HWID, sizeof HWID);
    fake_facts.hwid_bytes = sizeof HWID;
    fake_facts.model = "KL-TEST";
    fake_facts.hardware_revision = "A";
    fake_facts.firmware_version = "1.0.0";
    fake_facts.simulated = true;
    memset(fake_facts.image_hash, 0xa1, KL_SHA256);
    fake_operations = 0;
    fake_cut_at = 0;
    fake_cut_bytes = 0;
    fake_burn = KEYLINE_BURN_DONE;
    fake_burn_holds = true;
    fake_burns = 0;
    fake_shuts_banks = false;
    banks_are_shut = false;
    fake_restarts = 0;
    fake_stuck = 0;
    fake_seed = 1;
    fake_spoils_programs = false;
    fake_sent_bytes = 0;
}

void fake_power_up(void) {
    for (size_t i = 0; i < 2; i++) {
        if (fake_memory.ordered[i] && fake_burn_holds) fake_memory.burnt[i] = true;
        fake_memory.ordered[i] = false;
    }
    banks_are_shut = fake_shuts_banks && fake_memory.burnt[KEYLINE_LOCK_IDENTITY];
}

static void demand(bool right, const char *what) {
    if (right) return;
    fprintf(stderr, "the agent broke the port's contract: %s\n", what);
    abort();
}

static uint32_t next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static bool cut_now(void) {
    fake_operations++;
    return fake_cut_at != 0 && fake_operations == fake_cut_at;
}

const struct keyline_board *keyline_port_board(void) {
    return &fake_facts;
}

void keyline_port_send(const uint8_t *bytes, size_t size) {
    demand(size <= sizeof fake_sent - fake_sent_bytes, "a longer answer than there can be");
    memcpy(fake_sent + fake_sent_bytes, bytes, size);
    fake_sent_bytes += size;
}

bool keyline_port_flash_read(uint32_t address, uint8_t *to, size_t size) {
    demand(address <= FAKE_FLASH_BYTES && size <= FAKE_FLASH_BYTES - address, "a read beyond the store");
    memcpy(to, fake_memory.flash + address, size);
    return true;
}

bool keyline_port_flash_erase(uint32_t address) {
    demand(address % KEYLINE_SECTOR_BYTES == 0 && address < FAKE_FLASH_BYTES, "an erase of no sector");
    uint8_t *sector = fake_memory.flash + address;
    if (banks_are_shut) return false;
    if (!cut_now()) {
        memset(sector, 0xff, KEYLINE_SECTOR_BYTES);
        return true;
    }
    size_t done = fake_cut_bytes < KEYLINE_SECTOR_BYTES ? fake_cut_bytes : KEYLINE_SECTOR_BYTES;
    memset(sector, 0xff, done);
    // An erase pulls up all bits of a sector at once: those that are not up yet are anything.
    uint32_t noise = fake_noise;
    for (size_t i = done; noise != 0 && i < KEYLINE_SECTOR_BYTES; i++) {
        sector[i] = (uint8_t)(sector[i] | (next_random(&noise) & 0xffu));
    }
    longjmp(fake_cut, 1);
}

bool keyline_port_flash_program(uint32_t address, const uint8_t *from, size_t size) {
    demand(address % KEYLINE_PROGRAM_BYTES == 0 && size % KEYLINE_PROGRAM_BYTES == 0, "a program off its unit");
    demand(address < FAKE_FLASH_BYTES && size <= FAKE_FLASH_BYTES - address, "a program beyond the store");
    for (size_t i = 0; i < size; i++) demand(fake_memory.flash[address + i] == 0xff, "a program over what was written");
    if (banks_are_shut) return false;
    bool cut = cut_now();
    size_t done = cut && fake_cut_bytes < size ? fake_cut_bytes : size;
    for (size_t i = 0; i < done; i++) fake_memory.flash[address + i] &= from[i];
    if (fake_spoils_programs && done > 0) fake_memory.flash[address] ^= 0x01;
    if (!cut) return true;
    uint32_t noise = fake_noise;
    if (noise != 0 && done < size) fake_memory.flash[address + done] &= (uint8_t)(from[done] | next_random(&noise));
    longjmp(fake_cut, 1);
}

bool keyline_port_entropy(uint8_t *to, size_t size) {
    for (size_t i = 0; i < size; i++) to[i] = fake_stuck != 0 ? fake_stuck : (uint8_t)(next_random(&fake_seed) >> 4);
    return true;
}

bool keyline_port_lock_reads_burnt(enum keyline_lock lock) {
    return fake_memory.burnt[lock];
}

enum keyline_burn keyline_port_lock_burn(enum keyline_lock lock) {
    demand(!fake_memory.burnt[lock], "burns what reads burnt");
    bool cut = cut_now();
    if (cut && fake_cut_bytes == 0) longjmp(fake_cut, 1);
    fake_burns++;
    if (fake_burn == KEYLINE_BURN_DONE && fake_burn_holds) fake_memory.burnt[lock] = true;
    if (fake_burn == KEYLINE_BURN_AT_RESTART) fake_memory.ordered[lock] = true;
    if (cut) longjmp(fake_cut, 1);
    return fake_burn;
}

const char *keyline_port_lock_text(enum keyline_lock lock) {
    return lock == KEYLINE_LOCK_DEBUG ? "debug port" : "identity store";
}

void keyline_port_restart(void) {
    fake_restarts++;
}
