// The station's sealer and a board's opener are two programs of different hands; both must be RFC 9180.
import { createECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromHex, toHex } from '../domain/bytes.ts';
import { hpkeOpen, keySchedule, newRecipient } from '../simulator/hpke-open.ts';
import { sealingSuite, sealNewKey } from '../station/identity/injection/seal-key.ts';

const Hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const Vector = z.strictObject({
  ...{ clause: z.string(), mode: z.union([z.literal(0), z.literal(1)]) },
  ...{ info: Hex, ikmE: Hex, pkEm: Hex, pkRm: Hex, skRm: Hex, psk: Hex, psk_id: Hex, shared_secret: Hex },
  ...{ key: Hex, base_nonce: Hex, aad: Hex, pt: Hex, ct: Hex },
});
const { vectors } = z
  .strictObject({ source: z.string(), vectors: z.array(Vector).length(2) })
  .parse(JSON.parse(readFileSync(new URL('./vectors/rfc9180-a3.json', import.meta.url), 'utf8')));

describe.each(vectors)('RFC 9180 $clause', (vector) => {
  const bytes = (name: 'info' | 'psk' | 'psk_id' | 'aad' | 'pt' | 'ct' | 'pkEm') => fromHex(vector[name]);
  const psk = vector.mode === 1 ? { key: bytes('psk'), id: bytes('psk_id') } : null;
  const recipient = createECDH('prime256v1');
  recipient.setPrivateKey(fromHex(vector.skRm));

  test("the sealer's suite makes this message", async () => {
    const suite = sealingSuite();
    const recipientPublicKey = await suite.kem.deserializePublicKey(fromHex(vector.pkRm));
    const sender = { recipientPublicKey, info: bytes('info'), ekm: fromHex(vector.ikmE), ...(psk && { psk }) };
    const sealed = await suite.seal(sender, bytes('pt'), bytes('aad'));
    expect(toHex(new Uint8Array(sealed.enc))).toBe(vector.pkEm);
    expect(toHex(new Uint8Array(sealed.ct))).toBe(vector.ct);
  });

  test("the board's opener comes to this key schedule, and opens the message", () => {
    expect(toHex(recipient.getPublicKey())).toBe(vector.pkRm);
    const { key, nonce } = keySchedule(fromHex(vector.shared_secret), bytes('info'), psk);
    expect([toHex(key), toHex(nonce)]).toEqual([vector.key, vector.base_nonce]);
    const sealed = { enc: bytes('pkEm'), ct: bytes('ct') };
    const plain = hpkeOpen(recipient, sealed, bytes('info'), bytes('aad'), psk);
    expect(plain && toHex(plain)).toBe(vector.pt);
  });

  test('nothing opens when any part of it is another', () => {
    const parts = { enc: bytes('pkEm'), ct: bytes('ct'), info: bytes('info'), aad: bytes('aad') };
    for (const name of Object.keys(parts) as (keyof typeof parts)[]) {
      for (const at of [0, parts[name].length - 1]) {
        const changed = { ...parts, [name]: Uint8Array.from(parts[name]) };
        changed[name][at] = (changed[name][at] ?? 0) ^ 1;
        expect(hpkeOpen(recipient, changed, changed.info, changed.aad, psk), `${name} ${at}`).toBeNull();
      }
    }
    const otherMode = psk ? null : { key: new Uint8Array(32).fill(1), id: Uint8Array.of(1) };
    expect(hpkeOpen(recipient, parts, parts.info, parts.aad, otherMode)).toBeNull();
  });
});

test('what the sealer makes for any board, its opener opens: 32 bytes, the key of the public key beside it', async () => {
  const bytes = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max });
  await fc.assert(
    fc.asyncProperty(
      bytes(1, 255),
      bytes(0, 32),
      fc.option(bytes(32, 32)),
      bytes(1, 32),
      async (info, aad, key, id) => {
        const recipient = newRecipient();
        const psk = key && { key, id };
        const sealed = await sealNewKey({ recipient: new Uint8Array(recipient.getPublicKey()), info, aad, psk });
        const plain = hpkeOpen(recipient, sealed, info, aad, psk);
        expect([sealed.spki.length, sealed.enc.length, sealed.ct.length, plain?.length]).toEqual([91, 65, 48, 32]);
        const pair = createECDH('prime256v1');
        pair.setPrivateKey(plain ?? new Uint8Array());
        expect(toHex(sealed.spki)).toMatch(new RegExp(`${toHex(pair.getPublicKey())}$`));
      },
    ),
    { numRuns: 25 },
  );
});

test('a board whose ephemeral key is no point of the curve gets no key', async () => {
  const recipient = new Uint8Array(65).fill(4);
  await expect(sealNewKey({ recipient, info: new Uint8Array(1), aad: new Uint8Array(1), psk: null })).rejects.toThrow();
});
