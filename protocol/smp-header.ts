// The 8-byte SMP header, big endian. Refuses what is not version 1 or 2 of the protocol; says nothing about payloads.
// Version 0 is the legacy "v1", version 1 is "v2" (device protocol, SMP).

export const SMP_OP = { read: 0, readResponse: 1, write: 2, writeResponse: 3 } as const;

export const SMP_HEADER_BYTES = 8;

export interface SmpHeader {
  /** One of `SMP_OP`. */
  readonly op: number;
  readonly version: 0 | 1;
  /** 0-65535. */
  readonly group: number;
  /** 0-255; the answer echoes it. */
  readonly sequence: number;
  /** 0-255. */
  readonly command: number;
  /** Bytes of the payload that follows. */
  readonly length: number;
}

/** Eight bytes; every field must be in its range. */
export function encodeSmpHeader(header: SmpHeader): Uint8Array {
  const bytes = new Uint8Array(SMP_HEADER_BYTES);
  writeSmpHeader(bytes, header);
  return bytes;
}

/** Writes the header over the first eight of `bytes`. */
export function writeSmpHeader(bytes: Uint8Array, header: SmpHeader): void {
  bytes[0] = header.op | (header.version << 3);
  bytes[1] = 0;
  bytes[2] = header.length >> 8;
  bytes[3] = header.length;
  bytes[4] = header.group >> 8;
  bytes[5] = header.group;
  bytes[6] = header.sequence;
  bytes[7] = header.command;
}

/** The header at the start of `bytes`, or why there is none. What follows is not looked at. */
export function decodeSmpHeader(bytes: Uint8Array): SmpHeader | { refused: string } {
  const [first = 0, flags = 0, lengthHigh = 0, lengthLow = 0, groupHigh = 0, groupLow = 0, sequence = 0, command = 0] =
    bytes;
  if (bytes.length < SMP_HEADER_BYTES) return { refused: `an SMP header has 8 bytes, not ${bytes.length}` };
  if (first >> 5 !== 0 || flags !== 0) return { refused: 'reserved bits of the SMP header are set' };
  const op = first & 0x07;
  const version = (first >> 3) & 0x03;
  if (op > SMP_OP.writeResponse) return { refused: `unknown SMP operation ${op}` };
  if (version !== 0 && version !== 1) return { refused: `unknown SMP version ${version}` };
  return {
    op,
    version,
    group: (groupHigh << 8) | groupLow,
    sequence,
    command,
    length: (lengthHigh << 8) | lengthLow,
  };
}
