import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildIssuingCa, buildRoot } from './ca-certificate.ts';
import {
  assembleCertificate,
  authority,
  encodeTbs,
  FOR_CERTIFICATES,
  FOR_SIGNATURES,
  subjectKeyId,
} from './certificate.ts';
import { checkChain } from './chain.ts';
import { buildTbs } from './idevid-profile.ts';
import { factsOf, IN_2060_MS, MADE_MS, madeCas, madeIDevId, madeKey, madeLeaf, SOON_MS } from './made-for-tests.ts';
import { encodeName } from './names.ts';
import { OID } from './oids.ts';
import { keyId } from './p256.ts';

const cas = await madeCas();
const { root, issuing, rootKey, issuingKey, rootOrder, issuingOrder } = cas;
const leaf = madeLeaf(cas);
const practice = await madeCas({ practice: true });
const others = await madeCas();

test('a leaf of this CA chains to the root, today and in 2060', () => {
  for (const atMs of [MADE_MS, SOON_MS, IN_2060_MS]) {
    const reading = checkChain(leaf, [issuing.der], root.der, atMs);
    expect(reading).toMatchObject({ ok: true, leaf: { deviceSerial: 'KL-000123', hwid: '0badc0ffee42' } });
    expect(reading).toMatchObject({
      issuer: { fingerprint: issuing.fingerprint },
      root: { fingerprint: root.fingerprint },
    });
  }
});

/** A CA below the issuing CA, which may not have one. */
const below = madeKey();
const belowTbs = encodeTbs({
  ...issuing,
  issuerName: issuing.subjectName,
  subjectName: encodeName([{ type: OID.commonName, value: 'Below' }]),
  spki: below.spki,
  extensions: [authority(0), FOR_CERTIFICATES, subjectKeyId(keyId(below.spki))],
});
const belowIssuing = assembleCertificate(belowTbs, issuingKey.sign(belowTbs));

/** The issuing CA's names and key in a certificate that differs in one thing. */
function falseIssuing(...extensions: Uint8Array[]): Uint8Array {
  const tbs = encodeTbs({ ...issuing, extensions: [...extensions, subjectKeyId(keyId(issuing.spki))] });
  return assembleCertificate(tbs, rootKey.sign(tbs));
}
describe('a chain is refused', () => {
  const expiring = madeLeaf(cas, { notAfter: '2030-01-01' });
  const stolenName = buildTbs(madeIDevId(issuing));
  const tampered = leaf.map((byte, i) => (i === 60 ? byte ^ 1 : byte));
  const noSigner = [authority(0), FOR_SIGNATURES];
  test.each<[string, Uint8Array, Uint8Array[], Uint8Array, number, string]>([
    ['without its issuing CA', leaf, [], root.der, SOON_MS, 'leaf: issuer has another name'],
    ['under another root', leaf, [issuing.der], others.root.der, SOON_MS, 'intermediate CA: issuer has another name'],
    ['under another issuing CA', leaf, [others.issuing.der], others.root.der, SOON_MS, 'leaf: issuer has another name'],
    ['with its certificates out of order', leaf, [root.der, issuing.der], root.der, SOON_MS, 'another name'],
    ['before it starts', leaf, [issuing.der], root.der, MADE_MS - 1, 'leaf: not valid yet'],
    ['after it ends', expiring, [issuing.der], root.der, IN_2060_MS, 'leaf: expired'],
    ['when a CA is where the leaf belongs', issuing.der, [], root.der, SOON_MS, 'leaf: is a CA'],
    ['when a leaf is where the root belongs', leaf, [issuing.der], leaf, SOON_MS, 'issuer has another name'],
    [
      'when another key signed in the CA’s name',
      assembleCertificate(stolenName, others.issuingKey.sign(stolenName)),
      [issuing.der],
      root.der,
      SOON_MS,
      'leaf: not signed by its issuer',
    ],
    ['when a byte of the leaf is changed', tampered, [issuing.der], root.der, SOON_MS, ''],
    [
      'below a CA that may only sign leaves',
      leafBelow(),
      [belowIssuing, issuing.der],
      root.der,
      SOON_MS,
      'path longer',
    ],
    ['below a CA that may not sign', leaf, [falseIssuing(...noSigner)], root.der, SOON_MS, 'may not sign'],
    ['below what is no CA', leaf, [falseIssuing(FOR_SIGNATURES)], root.der, SOON_MS, 'is no CA'],
    ['of bytes', new Uint8Array(9), [issuing.der], root.der, SOON_MS, 'certificate 1: '],
    ['with bytes in it', leaf, [new Uint8Array(9)], root.der, SOON_MS, 'certificate 2: '],
    [
      'with bytes behind its root',
      leaf,
      [issuing.der, root.der, new Uint8Array(9)],
      root.der,
      SOON_MS,
      'certificate 4: ',
    ],
    ['of endless length', leaf, Array(7).fill(issuing.der), root.der, SOON_MS, 'too long'],
  ])('%s', (_title, bottom, intermediates, top, atMs, reason) => {
    const reading = checkChain(bottom, intermediates, top, atMs);
    expect(reading).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  function leafBelow(): Uint8Array {
    const tbs = buildTbs(madeIDevId(factsOf(belowIssuing)));
    return assembleCertificate(tbs, below.sign(tbs));
  }

  test('when the root is not signed by itself', async () => {
    const forged = await buildRoot(rootOrder, others.rootKey.sign);
    expect(checkChain(leaf, [issuing.der], forged, SOON_MS)).toEqual({
      ok: false,
      reason: 'root: not signed by its issuer',
    });
  });

  test('when its issuer has the same name and key but another key id', () => {
    const issuer = { ...issuing, subjectKeyId: others.issuing.subjectKeyId };
    const tbs = buildTbs(madeIDevId(issuer));
    const odd = assembleCertificate(tbs, issuingKey.sign(tbs));
    expect(checkChain(odd, [issuing.der], root.der, SOON_MS)).toMatchObject({
      reason: 'leaf: issuer has another key id',
    });
  });
});

describe('practice', () => {
  test('says TEST in every certificate of its chain', () => {
    const practiceLeaf = madeLeaf(practice);
    expect(checkChain(practiceLeaf, [practice.issuing.der], practice.root.der, SOON_MS)).toMatchObject({
      ok: true,
      leaf: { practice: true },
      issuer: { practice: true },
      root: { practice: true },
    });
    expect(factsOf(leaf).practice).toBe(false);
  });

  test('never chains to a root that does not say TEST', async () => {
    const order = { ...issuingOrder, practice: true };
    const mixed = factsOf(await buildIssuingCa(order, rootOrder, rootKey.sign));
    const tbs = buildTbs(madeIDevId(mixed));
    const certificate = assembleCertificate(tbs, issuingKey.sign(tbs));
    expect(checkChain(certificate, [mixed.der], root.der, SOON_MS)).toMatchObject({
      reason: 'intermediate CA: TEST on one of two, not on both',
    });
  });
});

test('any bytes as a chain are refused, never thrown on', () => {
  const place = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(leaf, issuing.der, root.der));
  fc.assert(
    fc.property(place, fc.array(place, { maxLength: 3 }), place, (bottom, intermediates, top) => {
      // Good is the leaf below its own CA below the root, which may stand there more than once.
      const [first, ...rest] = intermediates;
      const whole =
        bottom === leaf && top === root.der && first === issuing.der && rest.every((each) => each === root.der);
      expect(checkChain(bottom, intermediates, top, SOON_MS).ok).toBe(whole);
    }),
  );
});
