// The agent as a Linux process: SMP on standard input and output, its memory in a file. For tests and tools; it says `sim`.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crc.h"
#include "emulated-flash.h"
#include "firmware-version.h"
#include "keyline/agent.h"
#include "keyline/crypto.h"
#include "keyline/port.h"

static const char USAGE[] =
    "keyline-host --flash FILE [--hwid HEX] [--cut N] [--stuck-random] [--lock-fails | --lock-at-restart]\n"
    "  Speaks SMP on standard input and output. FILE is made when absent, with a hardware id of its own.\n"
    "  --hwid HEX         hardware id of a new FILE, 6 to 32 bytes\n"
    "  --cut N            the power goes in the middle of the Nth erase or program from now: exit code 9\n"
    "  --stuck-random     the random source gives one value\n"
    "  --lock-fails       what is burnt does not read burnt\n"
    "  --lock-at-restart  what is burnt acts at the next restart\n";

#define EXIT_POWER_CUT 9

static struct {
    const char *flash;
    const char *hwid;
    unsigned long cut;  // 0: never
    bool stuck_random;
    bool lock_fails;
    bool lock_at_restart;
} options;

static uint8_t *memory;
static struct keyline_board board;
static bool starting;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "keyline-host: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(2);
}

// Counts down to the power cut; true when it is now.
static bool cut_now(void) {
    return options.cut > 0 && --options.cut == 0;
}

bool emulated_flash_read(uint32_t address, uint8_t *to, size_t size) {
    memcpy(to, memory + address, size);
    return true;
}

bool emulated_flash_erase(uint32_t address) {
    bool cut = cut_now();
    memset(memory + address, 0xff, cut ? EMULATED_SECTOR_BYTES / 2 : EMULATED_SECTOR_BYTES);
    if (cut) _exit(EXIT_POWER_CUT);
    return true;
}

bool emulated_flash_program(uint32_t address, const uint8_t *from, size_t size) {
    bool cut = cut_now();
    if (cut) size /= 2;
    for (size_t i = 0; i < size; i++) memory[address + i] &= from[i];
    if (cut) _exit(EXIT_POWER_CUT);
    return true;
}

enum keyline_burn keyline_port_lock_burn(enum keyline_lock lock) {
    static const uint8_t BURNT = 0;
    uint32_t at = EMULATED_FUSES_AT + (lock == KEYLINE_LOCK_DEBUG ? 64u : 0u);
    if (options.lock_at_restart && !starting) return KEYLINE_BURN_AT_RESTART;
    if (!options.lock_fails && !emulated_flash_program(at, &BURNT, 1)) return KEYLINE_BURN_FAILED;
    return KEYLINE_BURN_DONE;
}

bool keyline_port_entropy(uint8_t *to, size_t size) {
    if (options.stuck_random) {
        memset(to, 0x55, size);
        return true;
    }
    return getrandom(to, size, 0) == (ssize_t)size;
}

const struct keyline_board *keyline_port_board(void) {
    return &board;
}

void keyline_port_send(const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, size);
        if (written <= 0) exit(0);
        bytes += written;
        size -= (size_t)written;
    }
}

static void start(void) {
    starting = true;
    enum keyline_start_result result = keyline_start();
    starting = false;
    if (result == KEYLINE_BAD_BOARD) fail("the board breaks a limit of the device protocol");
}

// Statics that a real restart clears are cleared by keyline_start.
void keyline_port_restart(void) {
    start();
}

static void parse_hwid(const char *text, struct emulated_board_block *block) {
    size_t digits = strlen(text);
    if (digits % 2 != 0 || digits < 2 * KL_HWID_MIN || digits > 2 * KL_HWID_MAX) fail("--hwid takes 6 to 32 bytes");
    for (size_t i = 0; i < digits / 2; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1) fail("--hwid takes hex digits");
        block->hwid[i] = (uint8_t)byte;
    }
    block->hwid_bytes = (uint8_t)(digits / 2);
}

static void write_board(void) {
    struct emulated_board_block block = {.magic = {'K', 'L', 'B', 'D'}, .version = 1, .hwid_bytes = 8};
    if (options.hwid != NULL) parse_hwid(options.hwid, &block);
    else if (getrandom(block.hwid + 1, 7, 0) != 7) fail("no random bytes");
    else block.hwid[0] = 0x4b;
    block.crc = ~kl_crc32(KL_CRC32_START, (const uint8_t *)&block, sizeof block - sizeof block.crc);
    memset(memory, 0xff, EMULATED_FLASH_BYTES);
    memcpy(memory, &block, sizeof block);
}

static void open_flash(void) {
    struct stat facts;
    int file = open(options.flash, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || fstat(file, &facts) != 0) fail(options.flash);
    bool is_new = facts.st_size == 0;
    if (is_new && ftruncate(file, EMULATED_FLASH_BYTES) != 0) fail(options.flash);
    if (!is_new && facts.st_size < (off_t)EMULATED_FLASH_BYTES) fail("the flash file is too short");
    memory = mmap(NULL, EMULATED_FLASH_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) fail(options.flash);
    close(file);
    if (is_new) write_board();
}

// The running image is this program.
static void measure(void) {
    static uint8_t piece[4096];
    struct keyline_sha256 hash;
    size_t size;
    FILE *self = fopen("/proc/self/exe", "rb");
    if (self == NULL) fail("/proc/self/exe");
    keyline_sha256_start(&hash);
    while ((size = fread(piece, 1, sizeof piece, self)) > 0) keyline_sha256_add(&hash, piece, size);
    keyline_sha256_end(&hash, board.image_hash);
    fclose(self);
}

static void read_options(int count, char **words) {
    for (int i = 1; i < count; i++) {
        bool more = i + 1 < count;
        if (strcmp(words[i], "--flash") == 0 && more) options.flash = words[++i];
        else if (strcmp(words[i], "--hwid") == 0 && more) options.hwid = words[++i];
        else if (strcmp(words[i], "--cut") == 0 && more) options.cut = strtoul(words[++i], NULL, 10);
        else if (strcmp(words[i], "--stuck-random") == 0) options.stuck_random = true;
        else if (strcmp(words[i], "--lock-fails") == 0) options.lock_fails = true;
        else if (strcmp(words[i], "--lock-at-restart") == 0) options.lock_at_restart = true;
        else options.flash = NULL, i = count;
    }
    if (options.flash == NULL) {
        fputs(USAGE, stderr);
        exit(2);
    }
}

int main(int count, char **words) {
    read_options(count, words);
    open_flash();
    if (!emulated_board_read(&board)) fail("the flash file names no board");
    board.model = "KL-HOST";
    board.hardware_revision = "A";
    board.firmware_version = FIRMWARE_VERSION;
    board.simulated = true;
    measure();
    start();
    uint8_t input[256];
    ssize_t size;
    while ((size = read(STDIN_FILENO, input, sizeof input)) > 0) {
        for (ssize_t i = 0; i < size; i++) keyline_receive(input[i]);
    }
    return 0;
}
