// The key on the chip: made there, never seen; its request (PKCS#10) read piece by piece.
import { createHash, createPublicKey } from 'node:crypto';
import { fromHex, sameBytes } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { CsrResponse, IDENTITY_RC, KeygenResponse, MAX_CSR_BYTES } from '../../../protocol/identity-group.ts';
import { download } from '../../smp/chunked-transfer.ts';
import { CRYPTO, callIdentity } from './identity-request.ts';
import type { Session } from './session.ts';

/** The request changes only when the device restarted or somebody else talks to it: more often is neither. */
const CSR_STARTS = 3;

/** Throws KEY_NOT_MADE, WEAK_ENTROPY, DEVICE_SWAPPED, DEVICE_STORE_FAILED, KEY_MODE_UNSUPPORTED. */
export async function makeKey(
  session: Session,
  order: { hwid: string; nonce: Uint8Array; was: string | null },
): Promise<{ spki: Uint8Array } | 'stale'> {
  const was = order.was === null ? {} : { was: fromHex(order.was) };
  const payload = { hwid: fromHex(order.hwid), alg: 'P-256', nonce: order.nonce, ...was };
  const made = await callIdentity(session, { op: 'write', command: 'keygen', payload, ...CRYPTO }, KeygenResponse, [
    IDENTITY_RC.STALE,
  ]);
  if ('rc' in made) return 'stale';
  const spki = Uint8Array.from(made.answer.spki);
  if (!isP256(spki)) throw new KeylineError('KEY_NOT_MADE', 'what the board calls its key is no P-256 key');
  return { spki };
}

/** True for a SubjectPublicKeyInfo of P-256 in the one form that DER allows. */
export function isP256(spki: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    const again = key.export({ format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' && sameBytes(again, spki);
  } catch {
    return false;
  }
}

/** DER, unchecked but for the digest that the device gave with it. */
export async function readRequest(session: Session, deviceSerial: string): Promise<Uint8Array> {
  for (let start = 0; start < CSR_STARTS; start++) {
    const end = await download({
      maxBytes: MAX_CSR_BYTES,
      read: async (off) => {
        const payload = { sn: deviceSerial, off };
        const part = await callIdentity(session, { op: 'read', command: 'csr', payload, ...CRYPTO }, CsrResponse);
        return 'answer' in part ? part.answer : null;
      },
    });
    if (end.end !== 'complete') continue;
    const digest = createHash('sha256').update(end.bytes).digest();
    if (end.sha !== null && sameBytes(digest, end.sha)) return end.bytes;
  }
  throw new KeylineError('PROTOCOL_VIOLATION', 'csr: the request differs from its digest, or keeps changing');
}
