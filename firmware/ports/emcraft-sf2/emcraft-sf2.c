// The emulated board: QEMU's emcraft-sf2, a SmartFusion2 with a Cortex-M3, an SPI NOR and two UARTs. SMP on UART 0; the
// store, the fuses and who the board is in the NOR; random bytes from UART 1.
#include <string.h>

#include "emulated-flash.h"
#include "firmware-version.h"
#include "keyline/agent.h"
#include "keyline/crypto.h"
#include "keyline/port.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))

// --- UART: a 16550 with its registers four bytes apart

struct uart {
    volatile uint32_t data;       // receive, transmit; divisor low
    volatile uint32_t interrupt;  // enable; divisor high
    volatile uint32_t fifo;
    volatile uint32_t line;
    volatile uint32_t modem;
    volatile uint32_t status;
};
#define UART0 ((struct uart *)0x40000000u)
#define UART1 ((struct uart *)0x40010000u)
#define UART0_IRQ 10u
#define LINE_8N1 0x03u
#define LINE_DIVISOR 0x80u
#define FIFO_ON 0xc7u
#define RECEIVE_INTERRUPT 0x01u
#define MODEM_READY 0x03u
#define HAS_BYTE 0x01u
#define TAKES_BYTE 0x20u
#define IS_IDLE 0x40u

static void open_uart(struct uart *uart, uint32_t fifo) {
    uart->line = LINE_DIVISOR | LINE_8N1;
    uart->data = 1;
    uart->interrupt = 0;
    uart->line = LINE_8N1;
    uart->fifo = fifo;
    uart->modem = MODEM_READY;
}

// Between the interrupt, which alone moves `head`, and the main loop, which alone moves `tail`. One request is in flight
// (buf_count 1): a ring that holds its frame loses nothing while an older one is served.
#define RING_BYTES 512u
static volatile uint8_t ring[RING_BYTES];
static volatile uint32_t head;
static volatile uint32_t tail;

void uart0_interrupt(void);
void uart0_interrupt(void) {
    while (UART0->status & HAS_BYTE) {
        uint8_t byte = (uint8_t)UART0->data;
        uint32_t next = (head + 1) % RING_BYTES;
        if (next == tail) continue;
        ring[head] = byte;
        head = next;
    }
}

void keyline_port_send(const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        while (!(UART0->status & TAKES_BYTE)) {
        }
        UART0->data = bytes[i];
    }
}

// --- SPI NOR (S25FL128, pages of 256 bytes) behind the controller MSS SPI 0

#define SPI_CONTROL REGISTER(0x40001000u)
#define SPI_FRAME_BITS REGISTER(0x40001004u)
#define SPI_STATUS REGISTER(0x40001008u)
#define SPI_RECEIVE REGISTER(0x40001010u)
#define SPI_TRANSMIT REGISTER(0x40001014u)
#define SPI_SELECT REGISTER(0x4000101cu)
// Chip select stays low for all frames, the controller is master, and on.
#define SPI_HOLDS_SELECT (1u << 26)
#define SPI_MASTER (1u << 1)
#define SPI_ENABLE 1u
#define SPI_FRAMES_SHIFT 8u
#define SPI_NOTHING_RECEIVED (1u << 6)

#define NOR_WRITE_ENABLE 0x06u
#define NOR_READ_STATUS 0x05u
#define NOR_READ 0x03u
#define NOR_PROGRAM 0x02u
#define NOR_ERASE_64K 0xd8u
#define NOR_BUSY 0x01u
#define NOR_PAGE_BYTES 256u
// An erase of 64 KB takes 2 s at most; a status read 1 us at least.
#define NOR_POLLS 4000000u
// One command moves at most this many bytes of data: the frame counter has 16 bits.
#define NOR_PIECE_BYTES 4096u

static uint8_t exchange(uint8_t byte) {
    SPI_TRANSMIT = byte;
    while (SPI_STATUS & SPI_NOTHING_RECEIVED) {
    }
    return (uint8_t)SPI_RECEIVE;
}

static void begin(uint32_t frames) {
    SPI_CONTROL = 0;
    SPI_FRAME_BITS = 8;
    SPI_SELECT = 1;
    SPI_CONTROL = SPI_HOLDS_SELECT | SPI_MASTER | SPI_ENABLE | frames << SPI_FRAMES_SHIFT;
}

static void command_at(uint8_t command, uint32_t address, uint32_t data) {
    begin(4 + data);
    exchange(command);
    exchange((uint8_t)(address >> 16));
    exchange((uint8_t)(address >> 8 & 0xffu));
    exchange((uint8_t)(address & 0xffu));
}

static void write_enable(void) {
    begin(1);
    exchange(NOR_WRITE_ENABLE);
}

static bool is_done(void) {
    for (uint32_t polls = 0; polls < NOR_POLLS; polls++) {
        begin(2);
        exchange(NOR_READ_STATUS);
        if (!(exchange(0) & NOR_BUSY)) return true;
    }
    return false;
}

bool emulated_flash_read(uint32_t address, uint8_t *to, size_t size) {
    for (size_t at = 0; at < size;) {
        size_t piece = size - at < NOR_PIECE_BYTES ? size - at : NOR_PIECE_BYTES;
        command_at(NOR_READ, address + at, piece);
        for (size_t end = at + piece; at < end; at++) to[at] = exchange(0);
    }
    return true;
}

bool emulated_flash_erase(uint32_t address) {
    write_enable();
    command_at(NOR_ERASE_64K, address, 0);
    return is_done();
}

bool emulated_flash_program(uint32_t address, const uint8_t *from, size_t size) {
    for (size_t at = 0; at < size;) {
        size_t page = NOR_PAGE_BYTES - (address + at) % NOR_PAGE_BYTES;
        size_t piece = size - at < page ? size - at : page;
        write_enable();
        command_at(NOR_PROGRAM, address + at, piece);
        for (size_t end = at + piece; at < end; at++) exchange(from[at]);
        if (!is_done()) return false;
    }
    return true;
}

enum keyline_burn keyline_port_lock_burn(enum keyline_lock lock) {
    static const uint8_t BURNT = 0;
    uint32_t at = EMULATED_FUSES_AT + (lock == KEYLINE_LOCK_DEBUG ? 64u : 0u);
    return emulated_flash_program(at, &BURNT, 1) ? KEYLINE_BURN_DONE : KEYLINE_BURN_FAILED;
}

// --- Random bytes

#ifndef KEYLINE_TEST_ENTROPY
#error "this machine has no random source: build with KEYLINE_TEST_ENTROPY, for an emulated board and nothing else"
#endif

// TEST ENTROPY: whoever runs the emulator sends random bytes to UART 1. No board may ship with it; the status says `sim`.
// The sender answers within milliseconds; what does not come in so many looks does not come.
#define ENTROPY_LOOKS 50000000u

bool keyline_port_entropy(uint8_t *to, size_t size) {
    for (size_t i = 0; i < size; i++) {
        uint32_t looks = 0;
        while (!(UART1->status & HAS_BYTE)) {
            if (++looks == ENTROPY_LOOKS) return false;
        }
        to[i] = (uint8_t)UART1->data;
    }
    return true;
}

// --- The board

static struct keyline_board board = {
    .model = "KL-SF2",
    .hardware_revision = "A",
    .firmware_version = FIRMWARE_VERSION,
    .simulated = true,
};

const struct keyline_board *keyline_port_board(void) {
    return &board;
}

// From emcraft-sf2.ld: the image as it lies in the code flash, from address 0.
extern const uint8_t image_start[];
extern const uint8_t image_end[];

// MCUboot's hash of this image: over the header that the image file has, and the code as it is in the flash now.
static void measure(void) {
    uint32_t size = (uint32_t)(image_end - image_start);
    uint8_t header[32] = {0x3d, 0xb8, 0xf3, 0x96, 0, 0, 0, 0, sizeof header, 0, 0, 0};
    struct keyline_sha256 hash;
    for (unsigned i = 0; i < 4; i++) header[12 + i] = (uint8_t)(size >> (8 * i) & 0xffu);
    header[20] = FIRMWARE_MAJOR;
    header[21] = FIRMWARE_MINOR;
    header[22] = FIRMWARE_REVISION;
    keyline_sha256_start(&hash);
    keyline_sha256_add(&hash, header, sizeof header);
    keyline_sha256_add(&hash, image_start, size);
    keyline_sha256_end(&hash, board.image_hash);
}

#define SCB_AIRCR REGISTER(0xe000ed0cu)
#define SYSRESETREQ 0x05fa0004u
#define NVIC_ENABLE REGISTER(0xe000e100u)

_Noreturn static void halt(void) {
    for (;;) __asm volatile("wfi");
}

void keyline_port_restart(void) {
    while (!(UART0->status & IS_IDLE)) {
    }
    SCB_AIRCR = SYSRESETREQ;
    halt();
}

int main(void);
int main(void) {
    open_uart(UART0, FIFO_ON);
    // Without a FIFO: what lies there from before a restart is one byte.
    open_uart(UART1, 0);
    if (!emulated_board_read(&board)) halt();
    measure();
    if (keyline_start() == KEYLINE_BAD_BOARD) halt();
    UART0->interrupt = RECEIVE_INTERRUPT;
    NVIC_ENABLE = 1u << UART0_IRQ;
    for (;;) {
        // With interrupts masked a byte that comes between the look and the sleep still wakes it.
        __asm volatile("cpsid i");
        if (head == tail) __asm volatile("wfi");
        __asm volatile("cpsie i");
        while (tail != head) {
            uint8_t byte = ring[tail];
            tail = (tail + 1) % RING_BYTES;
            keyline_receive(byte);
        }
    }
}
