// Whether a key signed a checkpoint.
import { checkpointText, type SignedCheckpoint } from '../../domain/checkpoint.ts';
import { verifySignature } from '../../pki/p256.ts';

/** `spki`: SubjectPublicKeyInfo, DER; one of no length signed nothing. */
export function isCheckpointOf(spki: Uint8Array, { checkpoint, signature }: SignedCheckpoint): boolean {
  const text = new TextEncoder().encode(checkpointText(checkpoint));
  return verifySignature(spki, text, new Uint8Array(Buffer.from(signature, 'base64')));
}
