// Finds tokens by their label and says, before any PIN, whether one may be tried. A token's slot number is not
// remembered: it changes with the socket that the token is plugged into.
import { KeylineError } from '../../../domain/errors.ts';
import { PIN_TRIES } from '../../../domain/pin-tries.ts';
import type { TokenView } from './token-key-ref.ts';
import { MOST_TOKENS } from './token-messages.ts';
import { type LoadedModule, said } from './token-module.ts';

export interface FoundToken {
  /** CK_SLOT_ID. */
  readonly slot: Buffer;
  /** CK_TOKEN_INFO.flags. */
  readonly flags: number;
  readonly view: TokenView;
}

/** All tokens that are plugged in. One that went away meanwhile is left out. */
export function tokensThere({ calls, constants }: LoadedModule): FoundToken[] {
  const slots = said(() => calls.C_GetSlotList(true)).slice(0, MOST_TOKENS);
  return slots.flatMap((slot) => {
    try {
      const { label, manufacturerID, model, serialNumber, flags } = calls.C_GetTokenInfo(slot);
      const ready = has(flags, constants.CKF_TOKEN_INITIALIZED) && has(flags, constants.CKF_USER_PIN_INITIALIZED);
      const words = { label: plain(label), manufacturer: plain(manufacturerID), model: plain(model) };
      const view = { ...words, serialNumber: plain(serialNumber), ready, pin: pinState(flags, constants) };
      return [{ slot, flags, view }];
    } catch {
      return [];
    }
  });
}

/** Throws TOKEN_MISSING, TOKEN_AMBIGUOUS, TOKEN_UNUSABLE, PIN_LOCKED, PIN_LAST_TRY. */
export function tokenNamed(module: LoadedModule, label: string): FoundToken {
  const [token, ...more] = tokensThere(module).filter(({ view }) => view.label === label);
  if (!token) throw new KeylineError('TOKEN_MISSING', label);
  if (more.length > 0) throw new KeylineError('TOKEN_AMBIGUOUS', label);
  const { constants } = module;
  if (!token.view.ready) throw new KeylineError('TOKEN_UNUSABLE', 'it has no user PIN yet');
  if (has(token.flags, constants.CKF_PROTECTED_AUTHENTICATION_PATH))
    throw new KeylineError('TOKEN_UNUSABLE', 'it takes its PIN at keys of its own only');
  if (token.view.pin === 'locked') throw new KeylineError('PIN_LOCKED', label);
  if (token.view.pin === 'last-try') throw new KeylineError('PIN_LAST_TRY', label);
  return token;
}

/** What a wrong PIN has left, as the token says it itself; empty when it says nothing. */
export function triesLeft({ calls, constants }: LoadedModule, slot: Buffer): string {
  try {
    const state = pinState(calls.C_GetTokenInfo(slot).flags, constants);
    if (state === 'locked') return PIN_TRIES.locked;
    if (state === 'last-try') return PIN_TRIES.one;
    return state === 'wrong-before' ? PIN_TRIES.few : '';
  } catch {
    return '';
  }
}

function has(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

function pinState(flags: number, constants: LoadedModule['constants']): TokenView['pin'] {
  if (has(flags, constants.CKF_USER_PIN_LOCKED)) return 'locked';
  if (has(flags, constants.CKF_USER_PIN_FINAL_TRY)) return 'last-try';
  return has(flags, constants.CKF_USER_PIN_COUNT_LOW) ? 'wrong-before' : 'good';
}

/** Padded with blanks, or with zeros by modules that do not know better. Control characters are nobody's label. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away.
  return text.replace(/[\u0000-\u001f\u007f]/g, '').trimEnd();
}
