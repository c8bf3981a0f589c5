// Any CBOR in a message: refused or read, never thrown on; what is read survives a round trip through our own writer.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCbor, decodeCborMap, encodeCbor } from '../../protocol/cbor.ts';

const RUNS = 10_000;

/** Initial bytes of every major type with lengths that invite trouble. */
const structure = fc.constantFrom(
  ...[0x00, 0x18, 0x1b, 0x20, 0x3b, 0x40, 0x58, 0x5a, 0x5b, 0x5f, 0x60, 0x61, 0x78, 0x7f, 0x80, 0x81, 0x9a, 0x9f],
  ...[0xa0, 0xa1, 0xa2, 0xba, 0xbf, 0xc0, 0xc2, 0xd9, 0xdf, 0xe0, 0xf4, 0xf5, 0xf6, 0xf7, 0xf9, 0xfa, 0xfb, 0xff],
);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc.array(fc.oneof(structure, fc.nat(255)), { maxLength: 64 }).map((parts) => Uint8Array.from(parts)),
  fc
    .tuple(fc.dictionary(fc.string({ maxLength: 8 }), fc.anything({ maxDepth: 2 })), fc.nat(), fc.nat(255))
    .map(([map, at, byte]) => {
      const encoded = Uint8Array.from(encodeCbor(JSON.parse(JSON.stringify(map) ?? '{}')));
      encoded[at % encoded.length] = byte;
      return encoded;
    }),
);

/** Our writer has one zero, where CBOR has a negative one too. */
function withOneZero(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(withOneZero);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withOneZero(each)]));
}

test('no bytes make the decoder throw, and what it reads it can read again', () => {
  fc.assert(
    fc.property(bytes, (input) => {
      decodeCborMap(input);
      const first = decodeCbor(input);
      if ('refused' in first) return;
      expect(decodeCbor(encodeCbor(first.value))).toEqual({ value: withOneZero(first.value) });
    }),
    { numRuns: RUNS, examples: [[Uint8Array.of(0x81, 0xf9, 0x80, 0x00)]] },
  );
});
