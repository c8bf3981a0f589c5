// Entry of a token process: one module, one token, one session (ADR 15). Orders come in on standard input and answers
// leave on a descriptor of their own: modules of vendors print on standard output. It waits for nothing else, so each
// call of PKCS#11 may block. Ends when its input does.
import { readSync, writeSync } from 'node:fs';
import { KeylineError } from '../../../domain/errors.ts';
import { secretBytes } from '../secret.ts';
import {
  decodeFrame,
  encodeFrame,
  encodeJson,
  type Frame,
  frameLength,
  HEAD_BYTES,
  jsonOf,
  KIND,
} from './token-frames.ts';
import { findKey, makeKey, type Session, signDigest, type TokenKey } from './token-key.ts';
import { type KeyOrder, MAX_PIN_BYTES, TokenOrder } from './token-messages.ts';
import { type LoadedModule, loadModule, returnValue, said } from './token-module.ts';
import { tokenNamed, tokensThere, triesLeft } from './token-slots.ts';

const ORDERS = 0;
/** Third of the descriptors that the station hands over. */
const ANSWERS = 3;

function serve(): void {
  const order = TokenOrder.parse(jsonOf(expect(KIND.order).payload));
  const module = loadModule(order.module);
  if (order.do === 'list')
    return say(
      encodeJson(
        KIND.answer,
        tokensThere(module).map(({ view }) => view),
      ),
    );
  const session = logIn(module, order, expect(KIND.pin).payload);
  const key = order.do === 'make' ? makeKey(session, order) : findKey(session, order);
  say(encodeJson(KIND.answer, { point: key.point.toString('hex') }));
  for (let next = frame(); next !== null; next = frame()) sign(session, key, next.payload);
  module.calls.C_Finalize();
}

/** One login, whatever comes of it. The PIN's bytes are zeros when it returns; its text stays with this process. */
function logIn(module: LoadedModule, order: KeyOrder, pin: Buffer): Session {
  const { calls, constants } = module;
  try {
    if (pin.length === 0 || pin.length > MAX_PIN_BYTES) throw new KeylineError('TOKEN_PIN_WRONG', 'its length');
    const { slot } = tokenNamed(module, order.tokenLabel);
    const rights = constants.CKF_SERIAL_SESSION | (order.do === 'make' ? constants.CKF_RW_SESSION : 0);
    const session = said(() => calls.C_OpenSession(slot, rights));
    try {
      calls.C_Login(session, constants.CKU_USER, pin.toString('utf8'));
    } catch (error) {
      // Another program that shares the token may have logged in: the key tells whether that is enough.
      if (returnValue(error) !== constants.CKR_USER_ALREADY_LOGGED_IN) refuse(module, slot, error);
    }
    return { ...module, slot, session };
  } finally {
    pin.fill(0);
  }
}

function refuse(module: LoadedModule, slot: Buffer, error: unknown): never {
  try {
    return said(() => {
      throw error;
    });
  } catch (refusal) {
    if (refusal instanceof KeylineError && refusal.code === 'TOKEN_PIN_WRONG')
      throw new KeylineError('TOKEN_PIN_WRONG', triesLeft(module, slot));
    throw refusal;
  }
}

/** A signature that failed says why; whether the token is asked again is the station's to decide. */
function sign(session: Session, key: TokenKey, digest: Buffer): void {
  try {
    say(encodeFrame(KIND.signature, signDigest(session, key, digest)));
  } catch (error) {
    say(refusal(error));
  }
}

function expect(kind: number): Frame {
  const next = frame();
  if (next?.kind !== kind) throw new KeylineError('SIGNER_UNREACHABLE', 'not asked as it should be');
  return next;
}

/** The next frame, or null at the end of the input. */
function frame(): Frame | null {
  const head = bytes(HEAD_BYTES);
  const length = head && frameLength(head);
  const body = length ? bytes(length) : null;
  return body && decodeFrame(body);
}

/** Exactly so many bytes, or null when the input ends before. */
function bytes(count: number): Buffer | null {
  const buffer = secretBytes(count);
  for (let have = 0; have < count; ) {
    const read = readSome(buffer, have);
    if (read === 0) return null;
    have += read;
  }
  return buffer;
}

function readSome(buffer: Buffer, from: number): number {
  try {
    return readSync(ORDERS, buffer, from, buffer.length - from, null);
  } catch (error) {
    // How Windows tells the end of a pipe.
    if (error instanceof Error && 'code' in error && error.code === 'EOF') return 0;
    throw error;
  }
}

function say(bytes: Buffer): void {
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(ANSWERS, bytes, sent);
}

function refusal(error: unknown): Buffer {
  const known = error instanceof KeylineError;
  const detail = known ? error.detail : 'the token process met a fault of its own';
  return encodeJson(KIND.refusal, { code: known ? error.code : 'SIGNER_UNREACHABLE', detail: detail.slice(0, 512) });
}

try {
  serve();
} catch (error) {
  say(refusal(error));
}
// A module may have started threads that would keep it alive.
process.exit();
