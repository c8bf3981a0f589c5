// FILL IN from your part's data sheet. Here: sectors of 4 KB, three a bank, programmed in 8 bytes.
#ifndef KEYLINE_PORT_CONFIG_H
#define KEYLINE_PORT_CONFIG_H
#define KEYLINE_SECTOR_BYTES 4096u
#define KEYLINE_BANK_BYTES (3u * KEYLINE_SECTOR_BYTES)
#define KEYLINE_PROGRAM_BYTES 8u
#endif
