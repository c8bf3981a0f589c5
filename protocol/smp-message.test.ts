import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSmpHeader, encodeSmpHeader } from './smp-header.ts';
import { decodeSmpMessage, encodeSmpMessage } from './smp-message.ts';

const header = fc.record({
  op: fc.integer({ min: 0, max: 3 }),
  version: fc.constantFrom(0 as const, 1 as const),
  group: fc.integer({ min: 0, max: 0xffff }),
  sequence: fc.integer({ min: 0, max: 0xff }),
  command: fc.integer({ min: 0, max: 0xff }),
});

describe('SMP messages', () => {
  test('a header comes back as it was sent', () => {
    fc.assert(
      fc.property(header, fc.integer({ min: 0, max: 0xffff }), (fields, length) => {
        expect(decodeSmpHeader(encodeSmpHeader({ ...fields, length }))).toEqual({ ...fields, length });
      }),
    );
  });

  test('an echo request has the bytes that a Zephyr server reads', () => {
    const bytes = encodeSmpMessage({ op: 2, version: 1, group: 0, sequence: 7, command: 0 }, { d: 'hi' });
    expect(Buffer.from(bytes).toString('hex')).toBe('0a00000600000700a16164626869');
  });

  test('a message with more or fewer bytes than its header says is refused, with the header', () => {
    const bytes = encodeSmpMessage({ op: 2, version: 1, group: 0, sequence: 7, command: 0 }, { d: 'hi' });
    expect(decodeSmpMessage(bytes.subarray(0, -1))).toMatchObject({
      refused: 'header says 6 bytes, there are 5',
      header: { sequence: 7 },
    });
    expect(decodeSmpMessage(Buffer.concat([bytes, bytes]))).toHaveProperty('refused');
  });

  test.each([
    ['reserved bits', 'ea00000000000000'],
    ['flags', '0a01000000000000'],
    ['an unknown operation', '0c00000000000000'],
    ['an unknown version', '1200000000000000'],
    ['seven bytes', '0a000000000000'],
  ])('%s in the header are refused', (_, text) => {
    expect(decodeSmpHeader(Buffer.from(text, 'hex'))).toHaveProperty('refused');
  });

  test('no bytes make the decoder throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void decodeSmpMessage(bytes)));
  });
});
