// Signers whose key lies in a PKCS#11 token (an HSM, a smart card), reached through a process of its own (ADR 15). The
// station hashes, the token signs the digest; what comes back is verified before it is handed on, so that a token that
// lies, or another key of it, is caught.
import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fromHex } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import { p256SpkiOf } from '../../../pki/p256.ts';
import type { Secret } from '../secret.ts';
import type { Signer } from '../signer.ts';
import { OpenToken } from './open-token.ts';
import { encodeFrame, encodeJson, jsonOf, KIND } from './token-frames.ts';
import type { TokenKeyRef, TokenView } from './token-key-ref.ts';
import { TokenLink, type TokenProgram } from './token-link.ts';
import { type KeyOrder, ListAnswer, OpenAnswer, TokenOrder } from './token-messages.ts';

/** Loading a module and logging in: a smart card takes some 2 s, a network HSM that is away its own 10 s. */
const OPEN_MS = 20_000;
/** A card makes a P-256 key in up to some 10 s. */
const MAKE_MS = 60_000;

export interface TokenSigner extends Signer {
  close(): Promise<void>;
}

/**
 * Logs in once and finds the key. The PIN is borrowed, sent once, and never tried again. Throws TOKEN_SUPPORT_MISSING,
 * TOKEN_MODULE_INVALID, TOKEN_MISSING, TOKEN_AMBIGUOUS, TOKEN_UNUSABLE, TOKEN_KEY_MISSING, TOKEN_KEY_REFUSED,
 * PIN_MISSING, TOKEN_PIN_WRONG, PIN_LAST_TRY, PIN_LOCKED, SIGNER_UNREACHABLE, and USAGE for labels that no token has.
 */
export function openTokenSigner(
  ref: TokenKeyRef,
  pin: Secret,
  clock: Clock,
  program?: TokenProgram,
): Promise<TokenSigner> {
  return logIn(orderOf('open', ref), pin, { clock, program, limitMs: OPEN_MS });
}

/** Makes the key pair in the token, then as `openTokenSigner`. Throws TOKEN_KEY_EXISTS too. */
export function makeTokenKey(
  ref: TokenKeyRef,
  pin: Secret,
  clock: Clock,
  program?: TokenProgram,
): Promise<TokenSigner> {
  return logIn(orderOf('make', ref), pin, { clock, program, limitMs: MAKE_MS });
}

/**
 * The tokens that a module shows now. Asks for no PIN. Throws TOKEN_SUPPORT_MISSING, TOKEN_MODULE_INVALID,
 * SIGNER_UNREACHABLE.
 */
export async function listTokens(module: string, clock: Clock, program?: TokenProgram): Promise<TokenView[]> {
  refuseNoModule(module);
  const link = new TokenLink(clock, program);
  try {
    const { payload } = await link.ask([encodeJson(KIND.order, { do: 'list', module })], OPEN_MS);
    const answer = ListAnswer.safeParse(jsonOf(payload));
    if (!answer.success) throw odd();
    return answer.data;
  } finally {
    await link.close();
  }
}

/** What a CA store keeps beside the names is its own. */
function orderOf(what: KeyOrder['do'], { module, tokenLabel, keyLabel }: TokenKeyRef): KeyOrder {
  return { do: what, module, tokenLabel, keyLabel };
}

interface How {
  readonly clock: Clock;
  /** What a test puts in place of the token process. */
  readonly program: TokenProgram | undefined;
  readonly limitMs: number;
}

async function logIn(wanted: KeyOrder, pin: Secret, { clock, program, limitMs }: How): Promise<TokenSigner> {
  const order = TokenOrder.safeParse(wanted);
  if (!order.success) throw new KeylineError('USAGE', 'a token label has 1 to 32 bytes of UTF-8, a key label 1 to 64');
  refuseNoModule(wanted.module);
  if (pin.isEmpty) throw new KeylineError('PIN_MISSING');
  const link = new TokenLink(clock, program);
  const secret = encodeFrame(KIND.pin, pin.bytes);
  try {
    const { payload } = await link.ask([encodeJson(KIND.order, order.data), secret], limitMs);
    const answer = OpenAnswer.safeParse(jsonOf(payload));
    const spki = answer.success ? p256SpkiOf(fromHex(answer.data.point)) : null;
    if (!spki) throw odd();
    return new OpenToken(link, spki, wanted.tokenLabel, () => isThere(wanted, clock, program));
  } catch (error) {
    await link.close();
    throw error;
  } finally {
    secret.fill(0);
  }
}

async function isThere({ module, tokenLabel }: KeyOrder, clock: Clock, program?: TokenProgram): Promise<boolean> {
  const tokens = await listTokens(module, clock, program);
  return tokens.some(({ label, ready }) => label === tokenLabel && ready);
}

/** A loader looks for a bare name in places that are not ours to choose. */
function refuseNoModule(path: string): void {
  if (!isAbsolute(path)) throw new KeylineError('TOKEN_MODULE_INVALID', 'its path starts at the root', { path });
  if (!isFile(path)) throw new KeylineError('TOKEN_MODULE_INVALID', 'there is no such file', { path });
}

/** A path that cannot be followed leads to none either. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function odd(): KeylineError {
  return new KeylineError('SIGNER_UNREACHABLE', 'the token answers another question');
}
