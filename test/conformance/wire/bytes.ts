// Byte strings of the suite's own wire: nothing here is shared with what is under test.

export type Bytes = Uint8Array<ArrayBuffer>;

export function join(...parts: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(Buffer.concat(parts));
}

export function ascii(text: string): Bytes {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function fromHex(digits: string): Bytes {
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The same bytes, the bit of weight `mask` turned over in byte `at`; negative counts from the end. */
export function flipped(bytes: Uint8Array, at = -1, mask = 0x01): Bytes {
  const copy = Uint8Array.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ mask;
  return copy;
}

/** Big endian, two bytes. */
export function uint16(value: number): Bytes {
  return Uint8Array.of(value >> 8, value & 0xff);
}
