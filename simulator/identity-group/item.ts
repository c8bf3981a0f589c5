// Command 4: chain, anchor and leaf. One staging area; a commit is whole; nothing changes once the leaf is in.
import type { z } from 'zod';
import { fromHex, sameBytes, toHex } from '../../domain/bytes.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { encodeCbor } from '../../protocol/cbor.ts';
import {
  IDENTITY_LIMITS,
  IDENTITY_RC,
  type IdentityItemName,
  type ItemReadRequest,
  type ItemWriteRequest,
} from '../../protocol/identity-group.ts';
import { type DeviceState, sha256, toBase64 } from '../device-state.ts';
import { identityError, ok, type Reply } from '../reply.ts';

export function readItem({ item, off }: z.infer<typeof ItemReadRequest>, state: DeviceState): Reply {
  const content = state.item(item);
  if (content === null) return identityError(IDENTITY_RC.ABSENT);
  if (off > content.length) return identityError(IDENTITY_RC.INVALID);
  const head = { len: content.length, off };
  return ok({ ...head, data: state.chunk(content, off, encodeCbor({ ...head, data: new Uint8Array(0) }).length) });
}

export function writeItem(request: z.infer<typeof ItemWriteRequest>, state: DeviceState): Reply {
  const { life } = state.record;
  if (life === 'blank' || state.locking) return identityError(IDENTITY_RC.STATE);
  const { item, off, data, len, sha } = request;
  if (len !== undefined && sha !== undefined) {
    if (len > IDENTITY_LIMITS.itemBytes[item]) return identityError(IDENTITY_RC.SIZE);
    if (len === 0) return identityError(IDENTITY_RC.INVALID);
    const present = state.item(item);
    if (present && present.length === len && sameBytes(sha256(present), sha)) return ok({ off: len });
    const refusal = mayWrite(item, state);
    if (refusal !== null) return identityError(refusal);
    const known = openTransfer(state, item, toHex(sha), len);
    if (known > 0) return ok({ off: known });
  }
  const staging = state.volatile.staging;
  if (staging === null || staging.item !== item) return ok({ off: 0 });
  if (off !== staging.received) return ok({ off: staging.received });
  if (off + data.length > staging.content.length) return identityError(IDENTITY_RC.INVALID);
  staging.content.set(data, off);
  staging.received += data.length;
  return staging.received === staging.content.length ? finishTransfer(state) : ok({ off: staging.received });
}

/** Null, or the result code that forbids other content for this item in this life. */
function mayWrite(item: IdentityItemName, { record }: DeviceState): number | null {
  if (record.life === 'locked') return IDENTITY_RC.STATE;
  if (record.life === 'enrolled') return IDENTITY_RC.STALE;
  return item === 'leaf' && record.items.chain === null ? IDENTITY_RC.STATE : null;
}

/** Bytes that are here already of this very transfer; another one is dropped. */
function openTransfer(state: DeviceState, item: IdentityItemName, digest: string, len: number): number {
  const present = state.volatile.staging;
  if (present && present.item === item && present.sha256 === digest && present.content.length === len) {
    return present.received;
  }
  state.volatile.staging = { item, sha256: digest, content: new Uint8Array(len), received: 0 };
  return 0;
}

function finishTransfer(state: DeviceState): Reply {
  const { staging } = state.volatile;
  state.volatile.staging = null;
  if (staging === null) return ok({ off: 0 });
  const { item, content } = staging;
  if (!sameBytes(sha256(content), fromHex(staging.sha256))) return identityError(IDENTITY_RC.DIGEST);
  const items = { ...state.record.items, [item]: toBase64(content) };
  if (item !== 'leaf') state.commit({ items });
  else if (isForThisKey(content, state)) state.commit({ items, life: 'enrolled' });
  else return identityError(IDENTITY_RC.KEY_MISMATCH);
  return ok({ off: content.length });
}

function isForThisKey(leaf: Uint8Array, { spki }: DeviceState): boolean {
  const certificate = readCertificate(leaf);
  return certificate.ok && spki !== null && sameBytes(certificate.facts.spki, spki);
}
