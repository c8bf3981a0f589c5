// A live proof: the device signs its whole state with a nonce of ours. A wrong signature is a board that cannot ship.
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { toHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { LIVES } from '../../../domain/job.ts';
import { decodeProofState, ProveResponse, proofMessage } from '../../../protocol/identity-group.ts';
import type { Proof } from '../driver.ts';
import { CRYPTO, callIdentity } from './identity-request.ts';
import { isP256 } from './key.ts';
import type { Session } from './session.ts';

const NONCE_BYTES = 32;

/** Throws PROOF_FAILED, PROTOCOL_VIOLATION, NO_ANSWER, PULLED_OUT. */
export async function prove(session: Session, spki: Uint8Array): Promise<Proof> {
  const key = publicKey(spki);
  const nonce = session.random.bytes(NONCE_BYTES);
  const call = { op: 'read', command: 'prove', payload: { nonce }, ...CRYPTO } as const;
  const reply = await callIdentity(session, call, ProveResponse);
  if ('rc' in reply) throw new KeylineError('PROTOCOL_VIOLATION', 'prove');
  const { state: signed, sig } = reply.answer;
  const message = proofMessage(nonce, signed);
  if (!verify('sha256', message, key, sig)) throw new KeylineError('PROOF_FAILED', 'the signature is not of its key');
  const state = decodeProofState(signed);
  if ('refused' in state) throw new KeylineError('PROOF_FAILED', state.refused);
  const spkiSha256 = createHash('sha256').update(spki).digest('hex');
  const life = LIVES[state.life];
  if (toHex(state.spki) !== spkiSha256 || life === undefined) {
    throw new KeylineError('PROOF_FAILED', 'the state names another key');
  }
  const optional = (bytes: Uint8Array | undefined) => (bytes === undefined ? null : toHex(bytes));
  return {
    hwid: toHex(state.hwid),
    life,
    debugOpen: state.dbg,
    firmwareHash: toHex(state.fw),
    spkiSha256,
    leafSha256: optional(state.leaf),
    chainSha256: optional(state.chain),
    anchorSha256: optional(state.anchor),
    transcriptSha256: createHash('sha256').update(message).update(sig).digest('hex'),
  };
}

function publicKey(spki: Uint8Array): KeyObject {
  if (!isP256(spki)) throw new KeylineError('PROOF_FAILED', 'the key to prove is no P-256 key');
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}
