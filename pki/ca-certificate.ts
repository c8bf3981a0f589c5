// Certificates of the two CAs a station needs: a self-signed root and, below it, an issuing CA that may only sign
// leaves (pathlen 0). Both say TEST when made for practice. Keys stay outside: a callback signs.
import { toHex } from '../domain/bytes.ts';
import {
  assembleCertificate,
  authority,
  authorityKeyId,
  encodeTbs,
  FOR_CERTIFICATES,
  subjectKeyId,
} from './certificate.ts';
import { buildRequest } from './csr.ts';
import { encodeName, type NameAttribute } from './names.ts';
import { OID } from './oids.ts';
import { keyId } from './p256.ts';
import { practiceAttributes } from './practice.ts';
import { notAfterMs } from './time.ts';

export interface CaOrder {
  readonly organization: string;
  readonly practice: boolean;
  readonly certificateSerialNumber: string;
  /** Whole seconds, UTC ms. */
  readonly notBeforeMs: number;
  /** `never` or the last day, `YYYY-MM-DD`. A CA of leaves that never expire never expires. */
  readonly notAfter: string;
  readonly spki: Uint8Array;
}

/** Makes the DER of r and s, ECDSA-SHA256 by the signing CA's key, over the bytes it is given. */
export type SignMessage = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Self-signed root, DER; `sign` holds the key of `order.spki`. */
export function buildRoot(order: CaOrder, sign: SignMessage): Promise<Uint8Array> {
  const name = caName('Root CA', order);
  return build(order, name, name, null, [subjectKeyId(keyId(order.spki))], sign);
}

/** Issuing CA, DER, signed by the root, whose order is `rootOrder`. */
export function buildIssuingCa(order: CaOrder, rootOrder: CaOrder, sign: SignMessage): Promise<Uint8Array> {
  const extensions = [subjectKeyId(keyId(order.spki)), authorityKeyId(keyId(rootOrder.spki))];
  return build(order, caName('Issuing CA', order), caName('Root CA', rootOrder), 0, extensions, sign);
}

/** Request of an issuing CA that another CA is to sign, PKCS#10 DER: its name and key, and nothing else. */
export function buildCaRequest(
  order: Pick<CaOrder, 'organization' | 'practice' | 'spki'>,
  sign: SignMessage,
): Promise<Uint8Array> {
  return buildRequest(nameAttributes('Issuing CA', order), order.spki, sign);
}

function caName(role: string, order: CaOrder): Uint8Array {
  return encodeName(nameAttributes(role, order));
}

/** The first digits of the key id make the name of each CA its own, so that no two stations share an issuer name. */
function nameAttributes(
  role: string,
  { organization, practice, spki }: Pick<CaOrder, 'organization' | 'practice' | 'spki'>,
): NameAttribute[] {
  return [
    { type: OID.organization, value: organization },
    ...practiceAttributes(practice),
    { type: OID.commonName, value: `Keyline ${role} ${toHex(keyId(spki)).slice(0, 8)}` },
  ];
}

async function build(
  order: CaOrder,
  subjectName: Uint8Array,
  issuerName: Uint8Array,
  pathLength: number | null,
  keyIds: readonly Uint8Array[],
  sign: SignMessage,
): Promise<Uint8Array> {
  const tbs = encodeTbs({
    certificateSerialNumber: order.certificateSerialNumber,
    issuerName,
    subjectName,
    notBeforeMs: order.notBeforeMs,
    notAfterMs: notAfterMs(order.notAfter),
    spki: order.spki,
    extensions: [authority(pathLength), FOR_CERTIFICATES, ...keyIds],
  });
  return assembleCertificate(tbs, await sign(tbs));
}
