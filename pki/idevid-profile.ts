// The IDevID profile (802.1AR-2018 section 8, RFC 5280): the exact bytes that will be signed for one device.
// Written here and recorded before anything is signed; leaf-lint.ts judges them with other eyes.
import { fromHex, toHex } from '../domain/bytes.ts';
import { assert } from '../domain/errors.ts';
import type { Random } from '../domain/seams.ts';
import {
  authorityKeyId,
  END_ENTITY,
  encodeTbs,
  FOR_CLIENTS,
  FOR_SIGNATURES,
  hardwareModule,
  subjectKeyId,
} from './certificate.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { encodeName } from './names.ts';
import { OID } from './oids.ts';
import { keyId } from './p256.ts';
import { practiceAttributes } from './practice.ts';
import { notAfterMs } from './time.ts';

export interface IDevId {
  /** The issuing CA: its names are copied byte for byte. */
  readonly issuer: CertificateFacts;
  readonly certificateSerialNumber: string;
  /** Whole seconds, UTC ms. */
  readonly notBeforeMs: number;
  /** `never` or the last day, `YYYY-MM-DD`. */
  readonly notAfter: string;
  readonly organization: string;
  readonly deviceSerial: string;
  readonly spki: Uint8Array;
  /** Object identifier, hwType of hardwareModuleName. */
  readonly hardwareType: string;
  readonly hwid: string;
}

/** TBSCertificate, DER. Throws `DerError` when hardwareType is no object identifier. */
export function buildTbs(idevid: IDevId): Uint8Array {
  const { issuer } = idevid;
  assert(issuer.subjectKeyId !== null, 'an issuing CA has a subject key id');
  return encodeTbs({
    certificateSerialNumber: idevid.certificateSerialNumber,
    issuerName: issuer.subjectName,
    subjectName: encodeName([
      { type: OID.organization, value: idevid.organization },
      ...practiceAttributes(issuer.practice),
      { type: OID.serialNumber, value: idevid.deviceSerial },
    ]),
    notBeforeMs: idevid.notBeforeMs,
    notAfterMs: notAfterMs(idevid.notAfter),
    spki: idevid.spki,
    extensions: [
      END_ENTITY,
      FOR_SIGNATURES,
      FOR_CLIENTS,
      subjectKeyId(keyId(idevid.spki)),
      authorityKeyId(fromHex(issuer.subjectKeyId)),
      hardwareModule(idevid.hardwareType, idevid.hwid),
    ],
  });
}

/** 128 random bits as 32 hex digits. A first byte of 00 becomes 01: DER would drop it and the number would shorten. */
export function newCertificateSerialNumber(random: Random): string {
  const bytes = random.bytes(16);
  if (bytes[0] === 0) bytes[0] = 1;
  return toHex(bytes);
}
