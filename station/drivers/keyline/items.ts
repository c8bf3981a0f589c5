// Chain, anchor and leaf: written in pieces, committed by the device after its digest check, then read back.
import { createHash } from 'node:crypto';
import { fromHex, sameBytes } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import {
  IDENTITY_GROUP,
  IDENTITY_LIMITS,
  IDENTITY_RC,
  ItemReadResponse,
  ItemWriteResponse,
} from '../../../protocol/identity-group.ts';
import { download, upload } from '../../smp/chunked-transfer.ts';
import type { SmpAnswer } from '../../smp/smp-client.ts';
import type { IdentityItem } from '../driver.ts';
import { callIdentity, identityMessage, QUICK, withPatience } from './identity-request.ts';
import { rcToError } from './rc-to-error.ts';
import type { Session } from './session.ts';

/** docs/device-protocol.md, rc 6: restarts the transfer, twice. */
const TRANSFERS = 3;
/** The last piece makes the device check a signature and commit its store. */
const PIECE_TIMEOUT_MS = 5_000;

/** Throws CERTIFICATE_REFUSED, KEY_MISMATCH, DEVICE_SWAPPED, DEVICE_TOO_SMALL, DEVICE_STORE_FAILED. */
export async function install(session: Session, hwid: string, item: IdentityItem, content: Uint8Array): Promise<void> {
  const limit = IDENTITY_LIMITS.itemBytes[item];
  if (content.length > limit) throw new KeylineError('DEVICE_TOO_SMALL', `${item}: more than ${limit} bytes`);
  for (let transfer = 1; ; transfer++) {
    const refusal = await withPatience(session, () => writeItem(session, hwid, item, content));
    if (refusal.ok) break;
    const digest = refusal.group === IDENTITY_GROUP && refusal.rc === IDENTITY_RC.DIGEST;
    if (!digest || transfer === TRANSFERS) throw rcToError('item', refusal, { item });
  }
  const there = await readItem(session, item);
  if (there === null || !sameBytes(there, content)) {
    throw new KeylineError('CERTIFICATE_REFUSED', `${item}: reads back otherwise`);
  }
}

async function writeItem(
  { client, capacity }: Session,
  hwid: string,
  item: IdentityItem,
  content: Uint8Array,
): Promise<{ ok: true } | Extract<SmpAnswer, { ok: false }>> {
  const whose = { hwid: fromHex(hwid), item };
  const named = { len: content.length, sha: new Uint8Array(createHash('sha256').update(content).digest()) };
  const end = await upload(client, {
    bytes: content,
    maxMessageBytes: capacity.maxMessageBytes,
    // Up to 4 KB: the order of pieces matters more than the milliseconds of a window.
    window: 1,
    timeoutMs: PIECE_TIMEOUT_MS,
    firstTimeoutMs: PIECE_TIMEOUT_MS,
    request: (off, data) =>
      identityMessage({
        op: 'write',
        command: 'item',
        payload: off === 0 ? { ...whose, off, data, ...named } : { ...whose, off, data },
      }),
    offsetIn: (payload) => ItemWriteResponse.safeParse(payload).data?.off ?? null,
  });
  if (end.end === 'refused') return end.answer;
  if (end.end === 'stalled') throw new KeylineError('CERTIFICATE_REFUSED', `${item}: no further than ${end.offset}`);
  return { ok: true };
}

/** Null when the item is absent. Throws PROTOCOL_VIOLATION when it changes while it is read. */
export async function readItem(session: Session, item: IdentityItem): Promise<Uint8Array | null> {
  const end = await download({
    maxBytes: IDENTITY_LIMITS.itemBytes[item],
    read: async (off) => {
      const call = { op: 'read', command: 'item', payload: { item, off }, ...QUICK } as const;
      const part = await callIdentity(session, call, ItemReadResponse, [IDENTITY_RC.ABSENT]);
      return 'answer' in part ? part.answer : null;
    },
  });
  if (end.end === 'changed') throw new KeylineError('PROTOCOL_VIOLATION', `${item}: changed while it was read`);
  return end.end === 'complete' ? end.bytes : null;
}
