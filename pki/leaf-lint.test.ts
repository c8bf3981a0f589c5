import { describe, expect, test } from 'vitest';
import { toHex } from '../domain/bytes.ts';
import {
  assembleCertificate,
  authority,
  authorityKeyId,
  type CertificateBody,
  END_ENTITY,
  encodeTbs,
  FOR_CERTIFICATES,
  FOR_CLIENTS,
  FOR_SIGNATURES,
  hardwareModule,
  subjectKeyId,
} from './certificate.ts';
import { contextTag, der, octetString, oid, sequence } from './der.ts';
import { buildTbs } from './idevid-profile.ts';
import { type LintIssuer, lintCertificate, lintTbs } from './leaf-lint.ts';
import { factsOf, MADE_MS, madeCas, madeIDevId, madeKey } from './made-for-tests.ts';
import { encodeName } from './names.ts';
import { OID } from './oids.ts';
import { keyId } from './p256.ts';
import { NEVER_MS } from './time.ts';

const cas = await madeCas();
const practice = await madeCas({ practice: true });
const issuer: LintIssuer = { certificate: cas.issuing, chainNotAfterMs: NEVER_MS };
const idevid = madeIDevId(cas.issuing);
const tbs = buildTbs(idevid);
const good = factsOf(assembleCertificate(tbs, cas.issuingKey.sign(tbs)));

const O = { type: OID.organization, value: idevid.organization };
const SERIAL = { type: OID.serialNumber, value: idevid.deviceSerial };
const SKI = subjectKeyId(keyId(idevid.spki));
const AKI = authorityKeyId(keyId(cas.issuing.spki));
const SAN = hardwareModule(idevid.hardwareType, idevid.hwid);
const SIX = [END_ENTITY, FOR_SIGNATURES, FOR_CLIENTS, SKI, AKI, SAN];

/** The good body with some fields replaced. */
function body(fields: Partial<CertificateBody>): Uint8Array {
  return encodeTbs({ ...good, extensions: SIX, ...fields });
}

/** The six extensions with the one at `index` replaced. */
function six(index: number, replacement: Uint8Array): Partial<CertificateBody> {
  return { extensions: SIX.map((extension, i) => (i === index ? replacement : extension)) };
}

const extension = (type: string, value: Uint8Array) => sequence(oid(type), octetString(value));
const dnsName = der(0x82, new TextEncoder().encode('example.com'));
const hardware = sequence(oid('1.2.3'), octetString(Uint8Array.of(1, 2, 3, 4, 5, 6)));
const otherName = der(contextTag(0), oid(OID.hardwareModuleName), der(contextTag(0), hardware));

test('what the profile builds has no findings, before and after it is signed, also for practice', () => {
  expect(lintTbs(tbs, issuer, idevid)).toEqual([]);
  expect(lintTbs(body({}), issuer)).toEqual([]);
  expect(lintCertificate(good.der, tbs, issuer)).toEqual([]);
  const wish = madeIDevId(practice.issuing);
  const practiceIssuer = { certificate: practice.issuing, chainNotAfterMs: NEVER_MS };
  expect(lintTbs(buildTbs(wish), practiceIssuer, wish)).toEqual([]);
});

describe('a body is found out', () => {
  const name = (...attributes: Parameters<typeof encodeName>[0]) => ({ subjectName: encodeName(attributes) });
  test.each<[string, Partial<CertificateBody>, string]>([
    ['with a serial number of 127 bits or less', { certificateSerialNumber: `${'00'.repeat(12)}01020304` }, '128 bits'],
    ['with a serial number of 136 bits', { certificateSerialNumber: '11'.repeat(17) }, '128 bits'],
    ['with the issuer’s name spelled in another string type', { issuerName: respelled() }, 'issuer name'],
    ['with another issuer', { issuerName: practice.issuing.subjectName }, 'issuer name'],
    ['that starts before its issuer', { notBeforeMs: MADE_MS - 1000 }, 'starts before'],
    ['that ends before it starts', { notAfterMs: MADE_MS - 1000 }, 'ends before'],
    ['with the issuer’s own key', { spki: cas.issuing.spki }, 'own key'],
    ['without an organization', name(SERIAL), 'subject is not'],
    ['with an empty organization', name({ ...O, value: '' }, SERIAL), 'organization'],
    ['with a CN beside', name(O, { type: OID.commonName, value: 'x' }, SERIAL), 'subject is not'],
    ['with TEST under a real CA', name(O, { type: OID.organizationalUnit, value: 'TEST' }, SERIAL), 'subject is not'],
    ['with a serial no device can have', name(O, { ...SERIAL, value: 'kl 1' }), 'no device serial'],
    ['of a CA', six(0, authority(null)), 'CA:FALSE'],
    ['that may sign certificates', six(1, FOR_CERTIFICATES), 'digitalSignature alone'],
    ['for servers', six(2, extension(OID.extendedKeyUsage, sequence(oid('1.3.6.1.5.5.7.3.1')))), 'clientAuth alone'],
    ['with the key id of another key', six(3, subjectKeyId(keyId(madeKey().spki))), 'subject key id'],
    ['with the key id of another issuer', six(4, authorityKeyId(keyId(practice.issuing.spki))), 'authority key id'],
    ['with a host name', six(5, extension(OID.subjectAltName, sequence(dnsName))), 'names no hardware id'],
    [
      'with a host name beside',
      six(5, extension(OID.subjectAltName, sequence(otherName, dnsName))),
      'not one hardware',
    ],
    ['with a hardware id of five bytes', six(5, hardwareModule('1.2.3', 'aabbccddee')), 'no hardware id'],
    ['with a hardware id of zeros', six(5, hardwareModule('1.2.3', '000000000000')), 'no hardware id'],
    ['without the hardware module', { extensions: SIX.slice(0, 5) }, 'not the six'],
    ['with a seventh extension', { extensions: [...SIX, extension('1.2.3.4', der(5))] }, 'not the six'],
    ['in another order', { extensions: SIX.toReversed() }, 'not the six'],
    ['without critical marks', six(0, extension(OID.basicConstraints, sequence())), 'not the six'],
    [
      'longer than the device stores',
      { extensions: [...SIX, extension('1.2.3', new Uint8Array(1800))] },
      'longer than',
    ],
    ['with a key of another kind', { spki: sequence() }, 'no certificate: not a P-256 key'],
  ])('%s', (_title, fields, finding) => {
    expect(lintTbs(body(fields), issuer)).toContainEqual(expect.stringContaining(finding));
  });

  test('of practice without TEST', () => {
    const practiceIssuer = { certificate: practice.issuing, chainNotAfterMs: NEVER_MS };
    const fields = {
      issuerName: practice.issuing.subjectName,
      ...name(O, SERIAL),
      ...six(4, authorityKeyId(keyId(practice.issuing.spki))),
    };
    expect(lintTbs(body(fields), practiceIssuer)).toContainEqual(expect.stringContaining('subject is not'));
    const otherUnit = name(O, { type: OID.organizationalUnit, value: 'BEST' }, SERIAL);
    expect(lintTbs(body({ ...fields, ...otherUnit }), practiceIssuer)).toEqual([expect.stringContaining('says TEST')]);
  });

  test('without end under a CA that ends', () => {
    const ending = { ...issuer, chainNotAfterMs: MADE_MS + 86_400_000 };
    expect(lintTbs(tbs, ending, idevid)).toEqual(['ends after a CA above it']);
  });

  test('that has any other byte after or in place of its own', () => {
    expect(lintTbs(new Uint8Array([...tbs, 0]), issuer)).not.toEqual([]);
    expect(lintTbs(new Uint8Array(), issuer)).not.toEqual([]);
  });

  /** The issuer's name with its organization as a PrintableString: the same text in other bytes. */
  function respelled(): Uint8Array {
    const text = new TextEncoder().encode(cas.issuing.commonName ?? '');
    return sequence(der(0x31, sequence(oid(OID.commonName), der(0x13, text))));
  }
});

describe('an order is found broken', () => {
  test.each<[string, Partial<typeof idevid>, string]>([
    ['by another certificate serial number', { certificateSerialNumber: 'ab'.repeat(16) }, 'certificate serial number'],
    ['by another start', { notBeforeMs: MADE_MS + 1000 }, 'start'],
    ['by another end', { notAfter: '2055-05-05' }, 'end'],
    ['by another organization', { organization: 'Other' }, 'organization'],
    ['by another device serial', { deviceSerial: 'KL-000124' }, 'device serial'],
    ['by another key', { spki: madeKey().spki }, 'key'],
    ['by another hardware type', { hardwareType: '1.3.6.1.4.1.32473.2' }, 'hardware type'],
    ['by another hardware id', { hwid: '0badc0ffee43' }, 'hardware id'],
  ])('%s', (_title, wish, finding) => {
    expect(lintTbs(tbs, issuer, { ...idevid, ...wish })).toEqual([expect.stringContaining(finding)]);
  });
});

test('a signature by another key is found', () => {
  const foreign = assembleCertificate(tbs, practice.issuingKey.sign(tbs));
  expect(lintCertificate(foreign, tbs, issuer)).toEqual([expect.stringContaining('signature')]);
});

test('a certificate of another body than the judged one is found, also when the issuer signed it', () => {
  const other = buildTbs(madeIDevId(cas.issuing));
  const swapped = assembleCertificate(other, cas.issuingKey.sign(other));
  expect(lintCertificate(swapped, tbs, issuer)).toEqual([expect.stringContaining('body')]);
  expect(lintCertificate(new Uint8Array([...good.der, 0]), tbs, issuer)).not.toEqual([]);
});

test('a changed byte anywhere in the to-be-signed bytes is found', () => {
  for (const at of tbs.keys()) {
    const changed = tbs.map((byte, i) => (i === at ? byte ^ 0x01 : byte));
    expect(lintTbs(changed, issuer, idevid), `byte ${at} of ${toHex(tbs)}`).not.toEqual([]);
  }
});
