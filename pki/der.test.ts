import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../domain/bytes.ts';
import {
  bitString,
  DerCursor,
  DerError,
  der,
  integer,
  isOid,
  octetString,
  oid,
  parts,
  readBoolean,
  readDer,
  readInteger,
  readOid,
  readWholeBits,
  sequence,
  TAG,
} from './der.ts';

describe('one spelling of each value', () => {
  test.each([
    ['trailing byte', '020105' + '00', TAG.integer],
    ['other tag', '020105', TAG.sequence],
    ['nothing', '', TAG.sequence],
    ['tag alone', '30', TAG.sequence],
    ['content cut short', '300502', TAG.sequence],
    ['length cut short', '3082', TAG.sequence],
    ['indefinite length', '30800000', TAG.sequence],
    ['padded short length', '308101ff', TAG.sequence],
    ['padded long length', `30820080${'00'.repeat(128)}`, TAG.sequence],
    ['huge length', '3084ffffffff', TAG.sequence],
    ['long tag', '1f8101' + '00', 0x1f],
  ])('a value with %s is refused', (_title, hex, tag) => {
    expect(() => readDer(fromHex(hex), tag)).toThrow(DerError);
  });

  test.each(['0200', '0201ff', '02020001', '0202007f'])('the integer %s is refused', (hex) => {
    expect(() => readInteger(readDer(fromHex(hex), TAG.integer))).toThrow(DerError);
  });

  test.each(['0600', '0601ff', '0602802a', '0606ffffffff7f2a', `0641${'01'.repeat(65)}`])(
    'the object identifier %s is refused',
    (hex) => {
      expect(() => readOid(readDer(fromHex(hex), TAG.oid))).toThrow(DerError);
    },
  );

  test('a boolean is 00 or ff, a whole bit string has no unused bits', () => {
    expect(() => readBoolean(readDer(fromHex('010101'), TAG.boolean))).toThrow(DerError);
    expect(readBoolean(readDer(fromHex('0101ff'), TAG.boolean))).toBe(true);
    expect(() => readWholeBits(readDer(bitString(Uint8Array.of(0x80), 7), TAG.bitString))).toThrow(DerError);
    expect(readWholeBits(readDer(bitString(Uint8Array.of(0x80)), TAG.bitString))).toEqual(Uint8Array.of(0x80));
  });

  test('an identifier of an arc that X.660 does not know is neither written nor taken for one', () => {
    for (const text of ['1.40.1', '3.1', '1', '', '1.2.', '01.2', '1.2.x']) {
      expect(isOid(text)).toBe(false);
      expect(() => oid(text)).toThrow(DerError);
    }
  });

  test('no integer is shorter than its sign needs', () => {
    expect(toHex(integer(fromHex('0000')))).toBe('020100');
    expect(toHex(integer(fromHex('0080')))).toBe('02020080');
    expect(toHex(integer(fromHex('ff')))).toBe('020200ff');
    expect(toHex(integer(fromHex('007f')))).toBe('02017f');
  });
});

describe('a cursor', () => {
  const pair = readDer(sequence(integer(Uint8Array.of(1)), octetString(Uint8Array.of(2))), TAG.sequence);

  test('refuses a field too many, too few or of another kind', () => {
    expect(() => new DerCursor(pair).end()).toThrow('a field too many');
    expect(() => new DerCursor(pair).take(TAG.octetString)).toThrow(DerError);
    const cursor = new DerCursor(pair);
    expect(cursor.optional(TAG.boolean)).toBeNull();
    cursor.take(TAG.integer);
    cursor.take(TAG.octetString);
    cursor.end();
    expect(() => cursor.take(TAG.integer)).toThrow('a field is missing');
  });

  test('opens only constructed values', () => {
    expect(() => parts(readDer(octetString(Uint8Array.of(2, 1, 0)), TAG.octetString))).toThrow(DerError);
  });
});

test('what is written is read back, at every length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), (content) => {
      const written = der(TAG.octetString, content);
      expect(Buffer.compare(readDer(written, TAG.octetString).content, content)).toBe(0);
    }),
    { numRuns: 50 },
  );
  const arc = fc.integer({ min: 0, max: 9_999_999_999 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 }), fc.nat(39), fc.array(arc, { maxLength: 10 }), (root, second, rest) => {
      const text = [root, second, ...rest].join('.');
      expect(readOid(readDer(oid(text), TAG.oid))).toBe(text);
    }),
  );
});
