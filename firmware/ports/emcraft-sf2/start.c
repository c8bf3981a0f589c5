// Vectors, and memory as C expects it.
#include <stdint.h>
#include <string.h>

int main(void);
void uart0_interrupt(void);
void reset(void);

extern uint8_t data_load[], data_start[], data_end[], bss_start[], bss_end[];
extern const uint32_t stack_top[];

static void stop(void) {
    for (;;) {
    }
}

void reset(void) {
    memcpy(data_start, data_load, (size_t)(data_end - data_start));
    memset(bss_start, 0, (size_t)(bss_end - bss_start));
    main();
    stop();
}

typedef void (*vector)(void);

// 15 exceptions of the core, then interrupts; UART 0 is 10.
__attribute__((section(".vectors"), used)) static const struct {
    const uint32_t *stack;
    vector core[15];
    vector interrupts[11];
} vectors = {
    stack_top,
    {reset, stop, stop, stop, stop, stop, stop, stop, stop, stop, stop, stop, stop, stop, stop},
    {stop, stop, stop, stop, stop, stop, stop, stop, stop, stop, uart0_interrupt},
};
