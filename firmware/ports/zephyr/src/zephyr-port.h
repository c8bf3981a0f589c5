// The port's own start.
#ifndef KEYLINE_ZEPHYR_PORT_H
#define KEYLINE_ZEPHYR_PORT_H

#include <stdbool.h>

// Opens the partition and reads who the board is. False: there is no partition, id or image hash.
bool keyline_zephyr_prepare(void);

#endif
