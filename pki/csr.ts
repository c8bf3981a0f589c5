// Certificate requests (PKCS#10, RFC 2986): written for our own keys, and read from devices and stations as exactly
// one thing: a P-256 key, a subject of one attribute, no attributes, a signature by that same key. Never throws.
import { sameBytes } from '../domain/bytes.ts';
import {
  bitString,
  contextTag,
  DerCursor,
  DerError,
  demand,
  der,
  integer,
  oid,
  readDer,
  readInteger,
  readWholeBits,
  sequence,
  TAG,
} from './der.ts';
import { encodeName, type NameAttribute, onlyAttribute, readName } from './names.ts';
import { OID } from './oids.ts';
import { isP256Spki, sha256Hex, verifySignature } from './p256.ts';

const VERSION_1 = integer(Uint8Array.of(0));
const NO_ATTRIBUTES = der(contextTag(0));
const ALGORITHM = sequence(oid(OID.ecdsaWithSha256));

/** Longest request that is read, bytes: one P-256 key, one subject and one signature need under 300. */
const MAX_LENGTH = 2048;

export type CsrReading = { ok: true; spki: Uint8Array; spkiSha256: string } | { ok: false; reason: string };

/** A device's request: subject exactly `serialNumber=<deviceSerial>` (device protocol, csr). */
export function checkCsr(request: Uint8Array, expected: { deviceSerial: string }): CsrReading {
  return check(request, { type: OID.serialNumber, value: expected.deviceSerial });
}

/** A station's request for its own certificate: subject exactly `CN=<stationId>`. */
export function checkStationCsr(request: Uint8Array, expected: { stationId: string }): CsrReading {
  return check(request, { type: OID.commonName, value: expected.stationId });
}

/** Request, DER, for a key; `sign` makes the DER of r and s, ECDSA-SHA256, over the bytes it is given. */
export function buildCsr(
  subject: NameAttribute,
  spki: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const info = requestInfo([subject], spki);
  return sequence(info, ALGORITHM, bitString(sign(info)));
}

/** As `buildCsr`, for a name of several attributes and a key that may lie in a token. */
export async function buildRequest(
  subject: readonly NameAttribute[],
  spki: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  const info = requestInfo(subject, spki);
  return sequence(info, ALGORITHM, bitString(await sign(info)));
}

function requestInfo(subject: readonly NameAttribute[], spki: Uint8Array): Uint8Array {
  return sequence(VERSION_1, encodeName(subject), spki, NO_ATTRIBUTES);
}

/** The key of a request that was kept as it was written, DER; null for bytes that are none. */
export function requestKey(request: Uint8Array): Uint8Array | null {
  try {
    const outer = new DerCursor(readDer(Uint8Array.from(request), TAG.sequence));
    const info = new DerCursor(outer.take(TAG.sequence));
    info.take(TAG.integer);
    info.take(TAG.sequence);
    const spki = info.take(TAG.sequence).whole;
    return isP256Spki(spki) ? spki : null;
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

function check(request: Uint8Array, subject: NameAttribute): CsrReading {
  try {
    const spki = readRequest(Uint8Array.from(request), subject);
    return { ok: true, spki, spkiSha256: sha256Hex(spki) };
  } catch (error) {
    if (error instanceof DerError) return { ok: false, reason: error.message };
    throw error;
  }
}

function readRequest(request: Uint8Array, subject: NameAttribute): Uint8Array {
  demand(request.length <= MAX_LENGTH, `longer than ${MAX_LENGTH} bytes`);
  const outer = new DerCursor(readDer(request, TAG.sequence));
  const info = outer.take(TAG.sequence);
  demand(sameBytes(outer.take(TAG.sequence).whole, ALGORITHM), 'not ECDSA with SHA-256');
  const signature = readWholeBits(outer.take(TAG.bitString));
  outer.end();

  const fields = new DerCursor(info);
  demand(readInteger(fields.take(TAG.integer))[0] === 0, 'not version 1');
  const name = readName(fields.take(TAG.sequence));
  const spki = fields.take(TAG.sequence).whole;
  demand(isP256Spki(spki), 'not a P-256 key');
  demand(fields.take(contextTag(0)).content.length === 0, 'asks for extensions or other attributes');
  fields.end();
  demand(name.length === 1 && onlyAttribute(name, subject.type) === subject.value, 'subject is not the one expected');
  demand(verifySignature(spki, info.whole, signature), 'not signed by its own key');
  return spki;
}
