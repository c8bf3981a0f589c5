// Gives a device the past of another factory: key, certificate under a CA of its own making, and a finished lock.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { toHex } from '../domain/bytes.ts';
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
import { type DeviceState, sha256, toBase64 } from './device-state.ts';

const MADE_MS = Date.UTC(2025, 0, 1);
const CA_NAME = encodeName([
  { type: OID.organization, value: 'Another Factory' },
  { type: OID.commonName, value: 'Another Root CA' },
]);
/** A hardware type of the documentation's own enterprise number (RFC 5612). */
const HARDWARE_TYPE = '1.3.6.1.4.1.32473.9';

export function foreignIdentity(state: DeviceState): void {
  const { hwid } = state.record;
  const ca = newPair();
  const device = newPair();
  const deviceSerial = `OTHER-${hwid.slice(0, 8).toUpperCase()}`;
  const root = certificate(ca, CA_NAME, ca, [authority(null), FOR_CERTIFICATES, subjectKeyId(keyId(ca.spki))]);
  const subject = encodeName([
    { type: OID.organization, value: 'Another Factory' },
    { type: OID.serialNumber, value: deviceSerial },
  ]);
  const leaf = certificate(device, subject, ca, [
    END_ENTITY,
    FOR_SIGNATURES,
    FOR_CLIENTS,
    subjectKeyId(keyId(device.spki)),
    authorityKeyId(keyId(ca.spki)),
    hardwareModule(HARDWARE_TYPE, hwid),
  ]);
  state.commit({
    life: 'locked',
    key: {
      pkcs8: toBase64(device.privateKey.export({ format: 'der', type: 'pkcs8' })),
      spki: toBase64(device.spki),
      nonce: toHex(randomBytes(16)),
    },
    items: { chain: toBase64(root), anchor: toBase64(root), leaf: toBase64(leaf) },
    lock: { deviceSerial, leafSha256: toHex(sha256(leaf)), debug: true },
    fuses: { identity: true, debug: true },
  });
}

function newPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
}

type Pair = ReturnType<typeof newPair>;

function certificate(holder: Pair, subjectName: Uint8Array, ca: Pair, extensions: readonly Uint8Array[]): Uint8Array {
  const tbs = encodeTbs({
    certificateSerialNumber: `01${randomBytes(15).toString('hex')}`,
    issuerName: CA_NAME,
    subjectName,
    notBeforeMs: MADE_MS,
    notAfterMs: NEVER_MS,
    spki: holder.spki,
    extensions,
  });
  return assembleCertificate(tbs, sign('sha256', tbs, ca.privateKey));
}
