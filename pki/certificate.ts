// The bytes every Keyline certificate shares: to-be-signed body, extensions, and body plus signature (RFC 5280 4.1).
import { fromHex } from '../domain/bytes.ts';
import { bitString, contextTag, der, integer, octetString, oid, sequence, TRUE } from './der.ts';
import { OID } from './oids.ts';
import { encodeTime } from './time.ts';

const ALGORITHM = sequence(oid(OID.ecdsaWithSha256));
const VERSION_3 = der(contextTag(0), integer(Uint8Array.of(2)));

export interface CertificateBody {
  /** 32 hex digits, first two not 00. */
  readonly certificateSerialNumber: string;
  /** Names as DER. */
  readonly issuerName: Uint8Array;
  readonly subjectName: Uint8Array;
  /** Whole seconds, UTC ms. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly spki: Uint8Array;
  /** Each as DER, in order. */
  readonly extensions: readonly Uint8Array[];
}

/** TBSCertificate, DER. */
export function encodeTbs(body: CertificateBody): Uint8Array {
  return sequence(
    VERSION_3,
    integer(fromHex(body.certificateSerialNumber)),
    ALGORITHM,
    body.issuerName,
    sequence(encodeTime(body.notBeforeMs), encodeTime(body.notAfterMs)),
    body.subjectName,
    body.spki,
    der(contextTag(3), sequence(...body.extensions)),
  );
}

/** Certificate, DER, of the exact to-be-signed bytes and the DER of r and s. */
export function assembleCertificate(tbs: Uint8Array, signature: Uint8Array): Uint8Array {
  return sequence(tbs, ALGORITHM, bitString(signature));
}

function extension(type: string, critical: boolean, value: Uint8Array): Uint8Array {
  return critical ? sequence(oid(type), TRUE, octetString(value)) : sequence(oid(type), octetString(value));
}

/** CA:FALSE, critical: 802.1AR 8.10 wants the limits marked. */
export const END_ENTITY = extension(OID.basicConstraints, true, sequence());

/** CA:TRUE, critical; null sets no limit to the path. */
export function authority(pathLength: number | null): Uint8Array {
  const limit = pathLength === null ? [] : [integer(Uint8Array.of(pathLength))];
  return extension(OID.basicConstraints, true, sequence(TRUE, ...limit));
}

/** keyUsage digitalSignature only, critical. */
export const FOR_SIGNATURES = extension(OID.keyUsage, true, bitString(Uint8Array.of(0x80), 7));

/** keyUsage keyCertSign and cRLSign only, critical. */
export const FOR_CERTIFICATES = extension(OID.keyUsage, true, bitString(Uint8Array.of(0x06), 1));

/** extendedKeyUsage clientAuth only. */
export const FOR_CLIENTS = extension(OID.extendedKeyUsage, false, sequence(oid(OID.clientAuth)));

/** `keyId`: 20 bytes (RFC 7093 section 2). */
export function subjectKeyId(keyId: Uint8Array): Uint8Array {
  return extension(OID.subjectKeyId, false, octetString(keyId));
}

/** `keyId`: 20 bytes, the issuer's. */
export function authorityKeyId(keyId: Uint8Array): Uint8Array {
  return extension(OID.authorityKeyId, false, sequence(der(0x80, keyId)));
}

/** subjectAltName with the one otherName hardwareModuleName (RFC 4108 section 5). */
export function hardwareModule(hardwareType: string, hwid: string): Uint8Array {
  const name = sequence(oid(hardwareType), octetString(fromHex(hwid)));
  return extension(
    OID.subjectAltName,
    false,
    sequence(der(contextTag(0), oid(OID.hardwareModuleName), der(contextTag(0), name))),
  );
}
