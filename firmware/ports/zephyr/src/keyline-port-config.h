// FILL IN from the flash that holds keyline_partition; it has at least two banks.
#ifndef KEYLINE_PORT_CONFIG_H
#define KEYLINE_PORT_CONFIG_H
#define KEYLINE_SECTOR_BYTES 4096u
#define KEYLINE_BANK_BYTES (3u * KEYLINE_SECTOR_BYTES)
#define KEYLINE_PROGRAM_BYTES 16u
#endif
