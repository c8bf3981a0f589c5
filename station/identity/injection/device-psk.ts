// The PSK of one board, made of its model's factory secret (docs/device-protocol.md 5.6): the secret of one board opens
// nothing of another's.
import { hkdfSync } from 'node:crypto';

const PSK_BYTES = 32;

/** HKDF-SHA256 without a salt; `info` holds the hardware id. The caller wipes it. */
export function devicePsk(factorySecret: Uint8Array, info: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', factorySecret, new Uint8Array(0), info, PSK_BYTES));
}
