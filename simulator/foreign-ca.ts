// The CA of another factory, made on the spot: one root that signs devices itself, and says nothing of TEST.
import { randomBytes, sign } from 'node:crypto';
import {
  assembleCertificate,
  authority,
  authorityKeyId,
  END_ENTITY,
  encodeTbs,
  FOR_CERTIFICATES,
  FOR_CLIENTS,
  FOR_SIGNATURES,
  hardwareModule,
  subjectKeyId,
} from '../pki/certificate.ts';
import { encodeName } from '../pki/names.ts';
import { OID } from '../pki/oids.ts';
import { keyId } from '../pki/p256.ts';
import { NEVER_MS } from '../pki/time.ts';
import { newKeyPair } from './key-pair.ts';

const ORGANIZATION = { type: OID.organization, value: 'Another Factory' };
const CA_NAME = encodeName([ORGANIZATION, { type: OID.commonName, value: 'Another Root CA' }]);
const MADE_MS = Date.UTC(2025, 0, 1);
/** A hardware type below the enterprise number for documentation (RFC 5612). */
const HARDWARE_TYPE = '1.3.6.1.4.1.32473.9';

export class ForeignCa {
  readonly #pair = newKeyPair();
  /** DER. */
  readonly root: Uint8Array;

  constructor() {
    const { spki } = this.#pair;
    this.root = this.#certificate(CA_NAME, spki, [authority(null), FOR_CERTIFICATES, subjectKeyId(keyId(spki))]);
  }

  /** A device certificate, DER. */
  issue(spki: Uint8Array, deviceSerial: string, hwid: string): Uint8Array {
    const subject = encodeName([ORGANIZATION, { type: OID.serialNumber, value: deviceSerial }]);
    return this.#certificate(subject, spki, [
      END_ENTITY,
      FOR_SIGNATURES,
      FOR_CLIENTS,
      subjectKeyId(keyId(spki)),
      authorityKeyId(keyId(this.#pair.spki)),
      hardwareModule(HARDWARE_TYPE, hwid),
    ]);
  }

  #certificate(subjectName: Uint8Array, spki: Uint8Array, extensions: readonly Uint8Array[]): Uint8Array {
    const tbs = encodeTbs({
      certificateSerialNumber: `01${randomBytes(15).toString('hex')}`,
      issuerName: CA_NAME,
      subjectName,
      notBeforeMs: MADE_MS,
      notAfterMs: NEVER_MS,
      spki,
      extensions,
    });
    return assembleCertificate(tbs, sign('sha256', tbs, this.#pair.privateKey));
  }
}
