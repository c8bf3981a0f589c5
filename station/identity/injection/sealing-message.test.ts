import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ANSWER_BYTES,
  decodeAnswer,
  decodeOrder,
  encodeAnswer,
  encodeOrder,
  MAX_ORDER_BYTES,
} from './sealing-message.ts';

const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max });
const point = bytes(64).map((rest) => Uint8Array.of(4, ...rest));
const psk = fc.option(fc.record({ key: bytes(32), id: bytes(1, 255) }));
const order = fc.record({ recipient: point, info: bytes(0, 255), aad: bytes(0, 255), psk });

test('an order comes back as it went, within its bound', () => {
  fc.assert(
    fc.property(order, (given) => {
      const encoded = encodeOrder(given);
      expect(encoded.length).toBeLessThanOrEqual(MAX_ORDER_BYTES);
      expect(decodeOrder(encoded)).toEqual(given);
    }),
  );
});

test('an order that is cut or longer by a byte is none', () => {
  fc.assert(
    fc.property(order, fc.nat(), (given, at) => {
      const encoded = encodeOrder(given);
      expect(decodeOrder(encoded.subarray(0, at % encoded.length))).toBeNull();
      expect(decodeOrder(Uint8Array.of(...encoded, 0))).toBeNull();
    }),
  );
});

test('an answer has one length', () => {
  const sealed = { spki: new Uint8Array(91).fill(1), enc: new Uint8Array(65).fill(2), ct: new Uint8Array(48).fill(3) };
  const encoded = encodeAnswer(sealed);
  expect(encoded.length).toBe(ANSWER_BYTES);
  expect(decodeAnswer(encoded)).toEqual(sealed);
  expect(decodeAnswer(encoded.subarray(1))).toBeNull();
  expect(decodeAnswer(Uint8Array.of(...encoded, 0))).toBeNull();
});
