// Command 6: a signature by the device's key over a fresh nonce and its whole state.
import type { z } from 'zod';
import { fromHex } from '../../domain/bytes.ts';
import { LIVES } from '../../domain/job.ts';
import {
  encodeProofState,
  IDENTITY_RC,
  type ProofState,
  type ProveRequest,
  proofMessage,
} from '../../protocol/identity-group.ts';
import { type DeviceState, sha256 } from '../device-state.ts';
import { identityError, ok, type Reply } from '../reply.ts';

export function prove({ nonce }: z.infer<typeof ProveRequest>, state: DeviceState): Reply {
  const { spki } = state;
  if (spki === null) return identityError(IDENTITY_RC.STATE);
  const signed = encodeProofState(proofState(state, spki));
  return ok({ state: signed, sig: state.sign(proofMessage(nonce, signed)) });
}

function proofState(state: DeviceState, spki: Uint8Array): ProofState {
  const { life, fuses, running } = state.record;
  const [leaf, chain, anchor] = [state.item('leaf'), state.item('chain'), state.item('anchor')];
  return {
    hwid: state.hwidBytes,
    life: LIVES.indexOf(life),
    dbg: !fuses.debug,
    fw: Uint8Array.from(fromHex(running.imageHash)),
    spki: sha256(spki),
    ...(leaf && { leaf: sha256(leaf) }),
    ...(chain && { chain: sha256(chain) }),
    ...(anchor && { anchor: sha256(anchor) }),
  };
}
