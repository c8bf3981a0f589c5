import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../domain/error-table.ts';
import { assembleCertificate, encodeTbs } from '../../pki/certificate.ts';
import { checkChain } from '../../pki/chain.ts';
import { buildCsr } from '../../pki/csr.ts';
import { buildTbs } from '../../pki/idevid-profile.ts';
import {
  chance,
  factsOf,
  MADE_MS,
  type MadeCas,
  madeCas,
  madeIDevId,
  madeKey,
  SOON_MS,
} from '../../pki/made-for-tests.ts';
import { OID } from '../../pki/oids.ts';
import { verifySignature } from '../../pki/p256.ts';
import { NEVER_MS } from '../../pki/time.ts';
import type { Ca } from './ca-folder.ts';
import { keySigner } from './file-signer.ts';
import type { CertificateOrder } from './issuer.ts';
import { localIssuer } from './local-issuer.ts';

function caOf({ root, issuing }: MadeCas): Pick<Ca, 'chain' | 'issuing' | 'path'> {
  const chain = {
    root: root.der,
    intermediates: [issuing.der],
    issuerId: issuing.fingerprint,
    notBeforeMs: issuing.notBeforeMs,
    practice: issuing.practice,
  };
  return { chain, issuing, path: [issuing, root] };
}

const DAY_MS = 86_400_000;
const cas = await madeCas();
const ca = caOf(cas);
const signer = keySigner(cas.issuingKey.key);
const issuer = localIssuer(ca, signer, chance);

const device = madeKey();
const requestOf = (deviceSerial: string) =>
  buildCsr({ type: OID.serialNumber, value: deviceSerial }, device.spki, device.sign);
const order: CertificateOrder = {
  request: requestOf('KL-7'),
  deviceSerial: 'KL-7',
  hwid: '0badc0ffee42',
  certificate: { organization: 'Example', hardwareType: '1.3.6.1.4.1.32473.1', notAfter: 'never' },
  nowMs: SOON_MS,
};

describe('an order', () => {
  test('becomes bytes that are fixed, then a certificate of exactly these bytes', async () => {
    const intent = await issuer.intend(order);
    const certificate = await issuer.sign(intent.tbs);
    const reading = checkChain(certificate, ca.chain.intermediates, ca.chain.root, SOON_MS);
    expect(reading).toMatchObject({
      ok: true,
      leaf: {
        tbs: intent.tbs,
        certificateSerialNumber: intent.certificateSerialNumber,
        notBeforeMs: intent.notBeforeMs,
        notAfterMs: NEVER_MS,
        spki: device.spki,
        spkiSha256: intent.spkiSha256,
        deviceSerial: 'KL-7',
        hwid: order.hwid,
        organization: 'Example',
      },
    });
  });

  test('that is asked for twice never gets the same certificate serial number', async () => {
    const [a, b] = [await issuer.intend(order), await issuer.intend(order)];
    expect(a.certificateSerialNumber).not.toBe(b.certificateSerialNumber);
  });

  test('starts a day before it was given, but not before its CA', async () => {
    expect(await issuer.intend(order)).toMatchObject({ notBeforeMs: SOON_MS - DAY_MS });
    expect(await issuer.intend({ ...order, nowMs: SOON_MS + 999 })).toMatchObject({ notBeforeMs: SOON_MS - DAY_MS });
    expect(await issuer.intend({ ...order, nowMs: MADE_MS + 5000 })).toMatchObject({ notBeforeMs: MADE_MS });
  });

  test.each<[string, Partial<CertificateOrder>, ErrorCode]>([
    ['with a request for another serial', { request: requestOf('KL-8') }, 'CSR_INVALID'],
    ['with a request that is cut short', { request: order.request.slice(0, -1) }, 'CSR_INVALID'],
    ['with no request', { request: new Uint8Array() }, 'CSR_INVALID'],
    ['before the CA starts', { nowMs: MADE_MS - 1 }, 'CLOCK_UNSURE'],
    ['for a hardware id of zeros', { hwid: '000000000000' }, 'PROFILE_VIOLATION'],
    ['that ended before it starts', withCertificate({ notAfter: '2026-01-01' }), 'PROFILE_VIOLATION'],
    [
      'that has ended since midnight',
      { nowMs: Date.UTC(2027, 6, 1, 0, 10), ...withCertificate({ notAfter: '2027-06-30' }) },
      'PROFILE_VIOLATION',
    ],
    ['without an organization', withCertificate({ organization: '' }), 'PROFILE_VIOLATION'],
    ['of a hardware type that is none', withCertificate({ hardwareType: '1.99.1' }), 'PROFILE_VIOLATION'],
    ['with a serial no device can have', { deviceSerial: 'kl', request: requestOf('kl') }, 'PROFILE_VIOLATION'],
  ])('%s is refused', async (_title, change, code) => {
    await expect(issuer.intend({ ...order, ...change })).rejects.toMatchObject({ code });
  });

  function withCertificate(change: Partial<CertificateOrder['certificate']>): Partial<CertificateOrder> {
    return { certificate: { ...order.certificate, ...change } };
  }

  test('without end is refused below a CA or a root that ends', async () => {
    const ending = await madeCas({ notAfter: '2050-12-31' });
    const below = localIssuer(caOf(ending), keySigner(ending.issuingKey.key), chance);
    await expect(below.intend(order)).rejects.toMatchObject({ code: 'PROFILE_VIOLATION' });
    await expect(below.intend({ ...order, ...withCertificate({ notAfter: '2050-12-31' }) })).resolves.toBeDefined();
    const endingRoot = { ...ca, path: [ca.issuing, { ...cas.root, notAfterMs: MADE_MS + DAY_MS }] };
    await expect(localIssuer(endingRoot, signer, chance).intend(order)).rejects.toMatchObject({
      code: 'PROFILE_VIOLATION',
      detail: 'ends after a CA above it',
    });
  });

  test('of practice says TEST in its certificate', async () => {
    const practice = await madeCas({ practice: true });
    const testing = localIssuer(caOf(practice), keySigner(practice.issuingKey.key), chance);
    const { tbs } = await testing.intend(order);
    expect(factsOf(await testing.sign(tbs)).practice).toBe(true);
  });

  test('of any organization gets exactly that name or is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }), async (organization) => {
        const { tbs } = await issuer.intend({ ...order, ...withCertificate({ organization }) });
        expect(factsOf(assembleCertificate(tbs, new Uint8Array(8))).organization).toBe(organization);
      }),
      { numRuns: 50 },
    );
  });
});

describe('bytes are not signed', () => {
  const good = factsOf(assembleCertificate(buildTbs(madeIDevId(cas.issuing)), new Uint8Array(8)));
  const watched = { spki: signer.spki, sign: () => Promise.reject(new Error('the signer was asked')) };
  const silent = localIssuer(ca, watched, chance);
  test.each<[string, Uint8Array]>([
    ['that are none', new Uint8Array()],
    ['of a CA', cas.issuing.tbs],
    ['of another issuer', encodeTbs({ ...good, issuerName: cas.root.subjectName, extensions: [] })],
    ['without the profile’s extensions', encodeTbs({ ...good, extensions: [] })],
    ['with a byte after them', new Uint8Array([...good.tbs, 0])],
    ['that are no certificate', new TextEncoder().encode('keyline-checkpoint-v1')],
  ])('%s', async (_title, tbs) => {
    await expect(silent.sign(tbs)).rejects.toMatchObject({ code: 'PROFILE_VIOLATION' });
  });
});

test('a certificate that another key signed never leaves the issuer', async () => {
  const wrong = localIssuer(ca, keySigner(madeKey().key), chance);
  const { tbs } = await wrong.intend(order);
  await expect(wrong.sign(tbs)).rejects.toMatchObject({ code: 'PROFILE_VIOLATION' });
});

test('recorded bytes are signed by an issuer that did not write them', async () => {
  const { tbs } = await issuer.intend(order);
  const later = localIssuer(ca, signer, chance);
  expect(factsOf(await later.sign(tbs)).tbs).toEqual(tbs);
});

test('the claim of a CA names one station, and signs nothing that begins like a certificate', async () => {
  const text = new TextEncoder().encode(`keyline-issuer-v1\nKL-1\n${ca.chain.issuerId}`);
  expect(verifySignature(signer.spki, text, await issuer.claim('KL-1'))).toBe(true);
  expect(verifySignature(signer.spki, text, await issuer.claim('KL-2'))).toBe(false);
  expect(text[0]).not.toBe(0x30);
});

test('the test of a key signs nothing that begins like a certificate or a claim, and sees another key', async () => {
  const seen: Uint8Array[] = [];
  const watched = {
    spki: signer.spki,
    sign(message: Uint8Array) {
      seen.push(message);
      return signer.sign(message);
    },
  };
  expect(await localIssuer(ca, watched, chance).test(new Uint8Array(32).fill(0xab))).toBe(true);
  expect(new TextDecoder().decode(seen[0])).toBe(`keyline-signing-test-v1\n${'ab'.repeat(32)}`);
  expect(await localIssuer(ca, keySigner(madeKey().key), chance).test(new Uint8Array(32))).toBe(false);
});
