// Gives a device the past of another factory: key, certificate under a CA that nobody here knows, and a finished lock.
import { randomBytes } from 'node:crypto';
import { toHex } from '../domain/bytes.ts';
import { type DeviceState, sha256, toBase64 } from './device-state.ts';
import { ForeignCa } from './foreign-ca.ts';
import { newKeyPair } from './key-pair.ts';

export function foreignIdentity(state: DeviceState): void {
  const { hwid } = state.record;
  const ca = new ForeignCa();
  const { privateKey, spki } = newKeyPair();
  const deviceSerial = `OTHER-${hwid.slice(0, 8).toUpperCase()}`;
  const leaf = ca.issue(spki, deviceSerial, hwid);
  state.commit({
    life: 'locked',
    key: {
      pkcs8: toBase64(privateKey.export({ format: 'der', type: 'pkcs8' })),
      spki: toBase64(spki),
      nonce: toHex(randomBytes(16)),
    },
    items: { chain: toBase64(ca.root), anchor: toBase64(ca.root), leaf: toBase64(leaf) },
    lock: { deviceSerial, leafSha256: toHex(sha256(leaf)), debug: true },
    fuses: { identity: true, debug: true },
  });
}
