// Three small sectors a bank and a program unit of 8: what most parts have, and what finds a store that counts on one.
#ifndef KEYLINE_PORT_CONFIG_H
#define KEYLINE_PORT_CONFIG_H
#define KEYLINE_SECTOR_BYTES 4096u
#define KEYLINE_BANK_BYTES (3u * KEYLINE_SECTOR_BYTES)
#define KEYLINE_PROGRAM_BYTES 8u
#endif
