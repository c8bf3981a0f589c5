// Keys, CAs and leaves made on the spot for the unit tests of pki/ and station/identity/: no private key lies in the
// repository. Nothing that ships imports this file.
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Random } from '../domain/seams.ts';
import { buildIssuingCa, buildRoot, type CaOrder } from './ca-certificate.ts';
import { assembleCertificate } from './certificate.ts';
import { type CertificateFacts, readCertificate } from './certificate-facts.ts';
import { buildTbs, type IDevId, newCertificateSerialNumber } from './idevid-profile.ts';

export const chance: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };

/** 2026-09-21T14:13:20Z. */
export const MADE_MS = 1_790_000_000_000;
const YEAR_MS = 365 * 86_400_000;
export const IN_2060_MS = Date.UTC(2060, 5, 1);
export const SOON_MS = MADE_MS + YEAR_MS;

export interface MadeKey {
  readonly key: KeyObject;
  readonly spki: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export function madeKey(): MadeKey {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    key,
    spki: new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    sign: (message) => new Uint8Array(sign('sha256', message, key)),
  };
}

export function factsOf(der: Uint8Array): CertificateFacts {
  const reading = readCertificate(der);
  if (!reading.ok) throw new Error(`the test made no certificate: ${reading.reason}`);
  return reading.facts;
}

export interface MadeCas {
  readonly rootKey: MadeKey;
  readonly issuingKey: MadeKey;
  readonly rootOrder: CaOrder;
  readonly issuingOrder: CaOrder;
  readonly root: CertificateFacts;
  readonly issuing: CertificateFacts;
}

/** A root and an issuing CA. */
export async function madeCas(
  wish: Partial<Pick<CaOrder, 'practice' | 'notAfter' | 'organization'>> = {},
): Promise<MadeCas> {
  const [rootKey, issuingKey] = [madeKey(), madeKey()];
  const order = ({ spki }: MadeKey): CaOrder => ({
    organization: 'Größe & Söhne',
    practice: false,
    notAfter: 'never',
    certificateSerialNumber: newCertificateSerialNumber(chance),
    notBeforeMs: MADE_MS,
    spki,
    ...wish,
  });
  const [rootOrder, issuingOrder] = [order(rootKey), order(issuingKey)];
  const root = factsOf(await buildRoot(rootOrder, rootKey.sign));
  const issuing = factsOf(await buildIssuingCa(issuingOrder, rootOrder, rootKey.sign));
  return { rootKey, issuingKey, rootOrder, issuingOrder, root, issuing };
}

/** What a leaf of this CA says unless the wish says otherwise. */
export function madeIDevId(issuer: CertificateFacts, wish: Partial<IDevId> = {}): IDevId {
  return {
    issuer,
    certificateSerialNumber: newCertificateSerialNumber(chance),
    notBeforeMs: MADE_MS,
    notAfter: 'never',
    organization: 'Größe & Söhne',
    deviceSerial: 'KL-000123',
    spki: madeKey().spki,
    hardwareType: '1.3.6.1.4.1.32473.1',
    hwid: '0badc0ffee42',
    ...wish,
  };
}

/** A leaf, DER. */
export function madeLeaf(cas: MadeCas, wish: Partial<IDevId> = {}): Uint8Array {
  const tbs = buildTbs(madeIDevId(cas.issuing, wish));
  return assembleCertificate(tbs, cas.issuingKey.sign(tbs));
}
