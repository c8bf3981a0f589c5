import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../domain/bytes.ts';
import { encodeCbor } from './cbor.ts';
import { MAX_INJECT_BYTES } from './identity-group.ts';
import { decodeInjectMessage, encodeInjectMessage, INJECT_AAD, injectInfo, pskInfo } from './injection.ts';
import { encodeSmpMessage } from './smp-message.ts';

const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max });
const session = fc.record({
  hwid: bytes(6, 32),
  station: fc.stringMatching(/^[\x20-\x7e]{1,64}$/),
  nonce: bytes(16),
  dn: bytes(16),
});

describe('what an injection binds', () => {
  test('info is label, hardware id, station and both nonces, the first two with their lengths', () => {
    const hwid = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const info = injectInfo({
      hwid,
      station: 'KL-1',
      nonce: new Uint8Array(16).fill(7),
      dn: new Uint8Array(16).fill(8),
    });
    const text = `keyline-inject-v1\x06\x01\x02\x03\x04\x05\x06\x04KL-1${'\x07'.repeat(16)}${'\x08'.repeat(16)}`;
    expect(Buffer.from(info).toString('latin1')).toBe(text);
  });

  test('two sessions that differ in any part have another info', () => {
    fc.assert(
      fc.property(session, session, (a, b) => {
        const same = (['hwid', 'nonce', 'dn'] as const).every((name) => toHex(a[name]) === toHex(b[name]));
        expect(toHex(injectInfo(a)) === toHex(injectInfo(b))).toBe(same && a.station === b.station);
      }),
    );
    // Bytes that move from the id to the station's name are not the same session.
    const nonces = { nonce: new Uint8Array(16), dn: new Uint8Array(16) };
    const long = injectInfo({ hwid: Buffer.from('ABCDEFG'), station: 'H', ...nonces });
    expect(toHex(injectInfo({ hwid: Buffer.from('ABCDEF'), station: 'GH', ...nonces }))).not.toBe(toHex(long));
  });

  test('the AAD is what never changes in the header of the command', () => {
    const header = encodeSmpMessage({ op: 2, version: 1, group: 19276, sequence: 9, command: 5 }, {});
    expect([...INJECT_AAD]).toEqual([header[0], header[4], header[5], header[7]]);
  });

  test('the PSK of a board is made for its hardware id', () => {
    expect(Buffer.from(pskInfo(Buffer.from('ABCDEF'))).toString('latin1')).toBe('keyline-psk-v1ABCDEF');
  });
});

describe('the message', () => {
  test('comes back as it went, within the bound of a device', () => {
    fc.assert(
      fc.property(bytes(65), bytes(48), (enc, ct) => {
        const encoded = encodeInjectMessage({ enc, ct });
        expect(encoded.length).toBeLessThanOrEqual(MAX_INJECT_BYTES);
        expect(decodeInjectMessage(encoded)).toEqual({ enc, ct });
      }),
    );
  });

  test('of other keys or lengths is refused', () => {
    const [enc, ct] = [new Uint8Array(65), new Uint8Array(48)];
    for (const map of [{ enc }, { ct }, { enc, ct, x: 1 }, { enc: ct, ct: enc }, { enc, ct: 'text' }, {}])
      expect(decodeInjectMessage(encodeCbor(map))).toEqual({ refused: 'not an inject message' });
  });

  test('no bytes whatever make it throw', () => {
    fc.assert(fc.property(bytes(0, 300), (garbage) => void decodeInjectMessage(garbage)));
  });
});
