import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCbor, decodeCborMap, encodeCbor } from './cbor.ts';
import { holdsFloat } from './cbor-scan.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

const leaf = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }),
);
const key = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text !== '__proto__');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

describe('CBOR', () => {
  test('what we write we read', () => {
    fc.assert(
      fc.property(value, (item) => {
        expect(decodeCbor(encodeCbor(item))).toEqual({ value: item });
      }),
    );
  });

  test('integers and lengths take the shortest form, byte strings no tag', () => {
    const encoded = encodeCbor({ off: 23, len: 24, data: Uint8Array.of(1, 2), text: 'é'.repeat(12) });
    expect(Buffer.from(encoded).toString('hex')).toBe(
      `a4636f666617636c656e1818646461746142010264746578747818${'c3a9'.repeat(12)}`,
    );
  });

  test('indefinite maps and arrays are read, as Zephyr writes them', () => {
    expect(decodeCborMap(hex('bf61619f0102ff6162f6ff'))).toEqual({ map: { a: [1, 2], b: null } });
  });

  test.each([
    ['nothing', ''],
    ['bytes after the item', 'a000'],
    ['a tag', 'a16161c11a00000000'],
    ["a record of the library's own", 'd9dfff8019e0008161610102'],
    ['an 8-byte integer', 'a161611b0000000000000005'],
    ['an 8-byte length', '5b000000000000000141'],
    ['an array of four thousand million', '9affffffff'],
    ['a map of four thousand million', 'baffffffff'],
    ['a string longer than the bytes', '7affffffff41'],
    ['an indefinite byte string', '5f4101ff'],
    ['an integer as key', 'a10102'],
    ['a key that stands twice', 'a2616101616102'],
    ['a key __proto__', 'a1695f5f70726f746f5f5f01'],
    ['bad UTF-8', '62c328'],
    ['an unknown simple value', 'e0'],
    ['a break without a container', 'ff'],
    ['an indefinite map without a break', 'bf616101'],
    ['a half pair', 'a16161'],
    ['a reserved length', '1c'],
    ['nested too deep', `${'81'.repeat(9)}00`],
    ['nested as deep as the input allows', '81'.repeat(65_000)],
  ])('%s is refused', (_, text) => {
    expect(decodeCbor(hex(text))).toHaveProperty('refused');
  });

  test('what is not a map is refused where a map stands', () => {
    expect(decodeCborMap(hex('80'))).toEqual({ refused: 'the CBOR item is not a map' });
  });

  test('decoding leaves nothing on the bytes it read, and nothing in Object', () => {
    const bytes = encodeCbor({ constructor: 1, toString: 2 });
    expect(decodeCborMap(bytes)).toEqual({ map: { constructor: 1, toString: 2 } });
    expect(Object.keys(bytes)).toHaveLength(bytes.length);
    expect({}.toString()).toBe('[object Object]');
  });
});

describe('a float', () => {
  const float = fc.oneof(
    fc.constant('f90000'),
    fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => `fa${Buffer.from(bytes).toString('hex')}`),
    fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => `fb${Buffer.from(bytes).toString('hex')}`),
  );

  test('is found wherever it stands, also where it decodes to a whole number', () => {
    fc.assert(
      fc.property(float, (text) => {
        expect(holdsFloat(hex(`a1616181${text}`))).toBe(true);
        expect(holdsFloat(hex(`a16161${text}`))).toBe(true);
      }),
    );
  });

  test('is not seen in integers, strings and simple values', () => {
    fc.assert(
      fc.property(value, (item) => {
        expect(holdsFloat(encodeCbor({ item }))).toBe(false);
      }),
    );
  });
});
