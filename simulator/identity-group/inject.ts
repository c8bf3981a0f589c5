// Commands 3 and 5: a key that the station made, sealed to a session of this device (HPKE). The session dies at the first
// message that completes, good or bad; the bytes as stored get the same answer for ever.
import { createECDH, type ECDH, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { concatBytes, sameBytes, toHex } from '../../domain/bytes.ts';
import {
  IDENTITY_RC,
  type InjectMessage,
  type InjectOpenRequest,
  type InjectRequest,
  MAX_INJECT_BYTES,
} from '../../protocol/identity-group.ts';
import { decodeInjectMessage, INJECT_AAD, injectInfo } from '../../protocol/injection.ts';
import { type DeviceState, type InjectionSession, sha256, toBase64 } from '../device-state.ts';
import { hpkeOpen, newRecipient } from '../hpke-open.ts';
import { p256KeyPair } from '../key-pair.ts';
import { identityError, ok, type Reply } from '../reply.ts';
import { isRightWas } from './keygen.ts';

const DEVICE_NONCE_BYTES = 16;
const PRIVATE_KEY_BYTES = 32;

export function openInjection(request: z.infer<typeof InjectOpenRequest>, state: DeviceState): Reply {
  if (state.record.life === 'locked' || state.locking) return identityError(IDENTITY_RC.STATE);
  const { nonce, station, was } = request;
  if (!isRightWas(was, state.spki)) return identityError(IDENTITY_RC.STALE);
  const recipient = newRecipient();
  const dn = new Uint8Array(randomBytes(DEVICE_NONCE_BYTES));
  state.volatile.session = { recipient, station, nonce: Uint8Array.from(nonce), dn, was: was && Uint8Array.from(was) };
  return ok({ epk: new Uint8Array(recipient.getPublicKey()), dn });
}

export function inject({ off, len, data }: z.infer<typeof InjectRequest>, state: DeviceState): Reply {
  const { record, volatile } = state;
  if (record.life === 'locked' || state.locking) return identityError(IDENTITY_RC.STATE);
  if (volatile.session === null && record.key?.injectSha256 === undefined) return identityError(IDENTITY_RC.NO_SESSION);
  if (len > MAX_INJECT_BYTES) return identityError(IDENTITY_RC.SIZE);
  if (off === 0) volatile.injecting = { content: new Uint8Array(len), received: 0 };
  const { injecting } = volatile;
  if (injecting === null || off !== injecting.received) return ok({ off: injecting?.received ?? 0 });
  if (len !== injecting.content.length || len === 0 || off + data.length > len)
    return identityError(IDENTITY_RC.INVALID);
  injecting.content.set(data, off);
  injecting.received += data.length;
  if (injecting.received < len) return ok({ off: injecting.received });
  volatile.injecting = null;
  return complete(injecting.content, state);
}

function complete(whole: Uint8Array, state: DeviceState): Reply {
  const message = decodeInjectMessage(whole);
  if ('refused' in message) {
    state.volatile.session = null;
    return identityError(IDENTITY_RC.INVALID);
  }
  const digest = toHex(sha256(concatBytes(message.enc, message.ct)));
  const { spki, record, volatile } = state;
  if (spki && record.key?.injectSha256 === digest) return ok({ off: whole.length, spkiSha256: sha256(spki) });
  const { session } = volatile;
  if (session === null) return identityError(IDENTITY_RC.NO_SESSION);
  volatile.session = null;
  return take(message, session, digest, whole.length, state);
}

function take(
  message: InjectMessage,
  session: InjectionSession,
  digest: string,
  length: number,
  state: DeviceState,
): Reply {
  const { hwidBytes: hwid } = state;
  const { psk } = state.traits;
  const plain = hpkeOpen(
    session.recipient,
    message,
    injectInfo({ hwid, station: session.station, nonce: session.nonce, dn: session.dn }),
    INJECT_AAD,
    psk && { key: psk, id: hwid },
  );
  if (plain === null) return identityError(IDENTITY_RC.DECRYPT);
  const holder = privateKeyHolder(plain);
  if (holder === null) return identityError(IDENTITY_RC.BAD_KEY);
  if (!isRightWas(session.was, state.spki)) return identityError(IDENTITY_RC.STALE);
  const { pkcs8, spki } = p256KeyPair(holder);
  state.volatile.request = null;
  state.volatile.staging = null;
  state.commit({
    life: 'keyed',
    key: { pkcs8: toBase64(pkcs8), spki: toBase64(spki), injectSha256: digest },
    items: { chain: null, anchor: null, leaf: null },
  });
  return ok({ off: length, spkiSha256: sha256(spki) });
}

/** Null where the bytes are no number from 1 to n - 1, 32 bytes, big endian. */
function privateKeyHolder(plain: Uint8Array): ECDH | null {
  if (plain.length !== PRIVATE_KEY_BYTES || sameBytes(plain, new Uint8Array(PRIVATE_KEY_BYTES))) return null;
  try {
    const holder = createECDH('prime256v1');
    holder.setPrivateKey(plain);
    return holder;
  } catch {
    return null;
  }
}
