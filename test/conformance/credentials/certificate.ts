// Certificates of a CA of the suite's own: any subject, any key, any exact size. No profile: the device protocol asks for
// none (5.5: one DER certificate for the device's own key).
import { randomBytes, sign } from 'node:crypto';
import { ascii, type Bytes, join } from '../wire/bytes.ts';
import { bitString, der, OID, objectId, sequence, set } from './der.ts';
import { newKeyPair } from './key-pair.ts';

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const PRINTABLE_STRING = 0x13;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const EXPLICIT_0 = 0xa0;
const EXPLICIT_3 = 0xa3;
const ECDSA = sequence(objectId(OID.ecdsaWithSha256));
const VALIDITY = sequence(der(UTC_TIME, ascii('250101000000Z')), der(GENERALIZED_TIME, ascii('99991231235959Z')));
const CA_PAIR = newKeyPair();

interface Wanted {
  readonly subject: Uint8Array;
  readonly spki: Uint8Array;
  readonly isCa: boolean;
  /** Length of the whole certificate; absent is what it takes. */
  readonly bytes?: number | undefined;
}

/** A leaf for this key whose subject names the serial (5.9), DER. */
export function leafFor(spki: Uint8Array, deviceSerial: string, bytes?: number): Bytes {
  return certificate({ subject: name(OID.serialNumber, PRINTABLE_STRING, deviceSerial), spki, isCa: false, bytes });
}

/** A CA's certificate, each with a name of its own. */
export function caCertificate(bytes?: number): Bytes {
  const common = `Conformance CA ${randomBytes(4).toString('hex')}`;
  return certificate({ subject: name(OID.commonName, UTF8_STRING, common), spki: CA_PAIR.spki, isCa: true, bytes });
}

function name(type: Uint8Array, tag: number, value: string): Bytes {
  return sequence(set(sequence(objectId(type), der(tag, ascii(value)))));
}

function certificate(wanted: Wanted): Bytes {
  if (wanted.bytes === undefined) return signed(wanted, 0);
  // A signature is two bytes longer or shorter, lengths grow in steps: the padding that fits is found in a few tries.
  let padding = 0;
  for (let tries = 0; tries < 256; tries++) {
    const made = signed(wanted, padding);
    if (made.length === wanted.bytes) return made;
    padding = Math.max(0, padding + wanted.bytes - made.length);
  }
  throw new Error(`no certificate of ${wanted.bytes} bytes`);
}

function signed({ subject, spki, isCa }: Wanted, padding: number): Bytes {
  const constraints = isCa ? sequence(Uint8Array.of(0x01, 0x01, 0xff)) : sequence();
  const extensions = [extension(OID.basicConstraints, constraints)];
  if (padding > 0) extensions.push(extension(OID.padding, der(OCTET_STRING, new Uint8Array(padding))));
  const tbs = sequence(
    der(EXPLICIT_0, der(INTEGER, Uint8Array.of(2))),
    der(INTEGER, Uint8Array.of(0x01), randomBytes(15)),
    ECDSA,
    name(OID.commonName, UTF8_STRING, 'Conformance CA'),
    VALIDITY,
    subject,
    spki,
    der(EXPLICIT_3, sequence(...extensions)),
  );
  return sequence(tbs, ECDSA, bitString(sign('sha256', tbs, CA_PAIR.privateKey)));
}

function extension(type: Uint8Array, value: Uint8Array): Bytes {
  return sequence(objectId(type), der(OCTET_STRING, value));
}

/** The same certificate with a length in one byte more than DER allows. */
export function withLongLength(certificateDer: Uint8Array): Bytes {
  const length = certificateDer.length - 4;
  return join(Uint8Array.of(0x30, 0x83, 0x00, length >> 8, length & 0xff), certificateDer.subarray(4));
}
