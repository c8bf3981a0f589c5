// A key that was made outside, brought into the board: a session of the board's own, then one sealed message in pieces.
// What is sealed is not this file's to know; what it is bound to is (docs/device-protocol.md 5.3, 5.6).
import { fromHex, toHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import { IDENTITY_GROUP, IDENTITY_RC, InjectOpenResponse, InjectResponse } from '../../../protocol/identity-group.ts';
import { encodeInjectMessage, INJECT_AAD, injectInfo, pskInfo } from '../../../protocol/injection.ts';
import { upload } from '../../smp/chunked-transfer.ts';
import type { SmpAnswer } from '../../smp/smp-client.ts';
import type { InjectionEnd, InjectionSession, SealedMessage } from '../driver.ts';
import { CRYPTO, callIdentity, identityMessage, withPatience } from './identity-request.ts';
import { rcToError } from './rc-to-error.ts';
import type { Session } from './session.ts';

/** The last piece makes the device open the message, derive a public key and commit its store. */
const PIECE_TIMEOUT_MS = 10_000;

/** Throws KEY_MODE_UNSUPPORTED, WEAK_ENTROPY, DEVICE_SWAPPED. */
export async function openInjection(
  session: Session,
  order: { hwid: string; nonce: Uint8Array; stationId: string; was: string | null },
): Promise<InjectionSession | 'stale'> {
  const hwid = fromHex(order.hwid);
  const { nonce, stationId: station } = order;
  const payload = { hwid, nonce, station, ...(order.was === null ? {} : { was: fromHex(order.was) }) };
  const call = { op: 'write', command: 'injectOpen', payload, ...CRYPTO } as const;
  const opened = await callIdentity(session, call, InjectOpenResponse, [IDENTITY_RC.STALE]);
  if ('rc' in opened) return 'stale';
  const dn = Uint8Array.from(opened.answer.dn);
  return {
    recipient: Uint8Array.from(opened.answer.epk),
    deviceNonce: toHex(dn),
    info: injectInfo({ hwid, station, nonce, dn }),
    aad: INJECT_AAD,
    pskId: hwid,
    pskInfo: pskInfo(hwid),
  };
}

/** Throws KEY_REFUSED where the message does not open, KEY_REJECTED, DEVICE_SWAPPED, DEVICE_STORE_FAILED. */
export async function injectKey(session: Session, hwid: string, sealed: SealedMessage): Promise<InjectionEnd> {
  const end = await withPatience(session, () => send(session, fromHex(hwid), encodeInjectMessage(sealed)));
  if (end.ok) return { spkiSha256: end.spkiSha256 };
  const rc = end.group === IDENTITY_GROUP ? end.rc : null;
  if (rc === IDENTITY_RC.NO_SESSION) return 'no-session';
  if (rc === IDENTITY_RC.STALE) return 'stale';
  throw rcToError('inject', end);
}

async function send(
  { client, capacity }: Session,
  hwid: Uint8Array,
  bytes: Uint8Array,
): Promise<{ ok: true; spkiSha256: string } | Extract<SmpAnswer, { ok: false }>> {
  const len = bytes.length;
  const end = await upload(client, {
    bytes,
    maxMessageBytes: capacity.maxMessageBytes,
    // One message of 125 bytes: a piece, or two on the smallest device.
    window: 1,
    timeoutMs: PIECE_TIMEOUT_MS,
    firstTimeoutMs: PIECE_TIMEOUT_MS,
    request: (off, data) => identityMessage({ op: 'write', command: 'inject', payload: { hwid, off, len, data } }),
    offsetIn: (payload) => InjectResponse.safeParse(payload).data?.off ?? null,
  });
  if (end.end === 'refused') return end.answer;
  if (end.end === 'stalled') throw new KeylineError('KEY_REFUSED', `inject: no further than ${end.offset}`);
  const { spkiSha256 } = InjectResponse.parse(end.payload);
  if (spkiSha256 === undefined) throw new KeylineError('PROTOCOL_VIOLATION', 'inject: spkiSha256');
  return { ok: true, spkiSha256: toHex(spkiSha256) };
}
