// Command 1: a P-256 key, made inside. The same nonce gives the same key; another key is discarded only by its name.
import type { z } from 'zod';
import { sameBytes, toHex } from '../../domain/bytes.ts';
import { IDENTITY_RC, type KeygenRequest } from '../../protocol/identity-group.ts';
import { type DeviceState, sha256, toBase64 } from '../device-state.ts';
import { newKeyPair } from '../key-pair.ts';
import { identityError, ok, type Reply } from '../reply.ts';

export function makeKey({ alg, nonce, was }: z.infer<typeof KeygenRequest>, state: DeviceState): Reply {
  const { life, key } = state.record;
  if (life === 'locked' || state.locking) return identityError(IDENTITY_RC.STATE);
  if (alg !== 'P-256') return identityError(IDENTITY_RC.UNSUPPORTED);
  const present = state.spki;
  if (present && key?.nonce === toHex(nonce)) return ok({ spki: present });
  if (!isRightWas(was, present)) return identityError(IDENTITY_RC.STALE);
  const { privateKey, spki } = newKeyPair();
  state.volatile.request = null;
  state.volatile.staging = null;
  state.commit({
    life: 'keyed',
    key: {
      pkcs8: toBase64(privateKey.export({ format: 'der', type: 'pkcs8' })),
      spki: toBase64(spki),
      nonce: toHex(nonce),
    },
    items: { chain: null, anchor: null, leaf: null },
  });
  return ok({ spki });
}

/** Whether `was` names the key that is there: compare and swap. */
export function isRightWas(was: Uint8Array | undefined, present: Uint8Array | null): boolean {
  if (present === null) return was === undefined;
  return was !== undefined && sameBytes(was, sha256(present));
}
