// Any bytes as a request: refused or read, never thrown on; and no change of a good request is taken for a good one.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildCsr, checkCsr } from '../../pki/csr.ts';
import { OID } from '../../pki/oids.ts';

const RUNS = 10_000;
const SERIAL = 'KL-000123';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
const good = buildCsr({ type: OID.serialNumber, value: SERIAL }, spki, (message) =>
  sign('sha256', message, privateKey),
);

/** Tags and lengths that invite trouble. */
const structure = fc.constantFrom(0x00, 0x02, 0x03, 0x06, 0x0c, 0x13, 0x1f, 0x30, 0x31, 0x80, 0x81, 0x82, 0xa0, 0xff);
const bytes = fc.array(fc.oneof(structure, fc.nat(255)), { maxLength: 300 }).map((numbers) => Uint8Array.from(numbers));

/** The good request with bytes set, cut out or put in. */
const changed = fc
  .array(fc.tuple(fc.nat(good.length), fc.nat(2), bytes), { minLength: 1, maxLength: 3 })
  .map((changes) => {
    const request = [...good];
    for (const [at, removed, inserted] of changes) request.splice(at, removed, ...inserted.subarray(0, 3));
    return Uint8Array.from(request);
  });

test('no bytes make the intake throw, and none of them is a request', () => {
  fc.assert(
    fc.property(bytes, (request) => {
      expect(checkCsr(request, { deviceSerial: SERIAL }).ok).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test('a request that was changed at any place is refused', () => {
  fc.assert(
    fc.property(changed, (request) => {
      const same = Buffer.compare(request, good) === 0;
      expect(checkCsr(request, { deviceSerial: SERIAL }).ok).toBe(same);
    }),
    { numRuns: RUNS },
  );
});

test('each single changed bit of a request is found', () => {
  for (let bit = 0; bit < good.length * 8; bit++) {
    const request = Uint8Array.from(good);
    request[bit >> 3] = (request[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(checkCsr(request, { deviceSerial: SERIAL }).ok, `bit ${bit}`).toBe(false);
  }
});
