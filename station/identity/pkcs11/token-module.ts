// The vendor's PKCS#11 module inside a token process: loaded once, its return values turned into our refusals. Whatever
// it does, hang and crash included, it does to this process alone (ADR 15).
import { createRequire } from 'node:module';
import type { PKCS11 } from 'pkcs11js';
import type { ErrorCode } from '../../../domain/error-table.ts';
import { KeylineError } from '../../../domain/errors.ts';

/** Return values that say more than that the token is not to be reached (PKCS#11 v2.40, 11.1). */
const RETURNS: Readonly<Record<number, ErrorCode>> = {
  /** CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_LOCKED. */
  160: 'TOKEN_PIN_WRONG',
  161: 'TOKEN_PIN_WRONG',
  162: 'TOKEN_PIN_WRONG',
  164: 'PIN_LOCKED',
  /** CKR_PIN_EXPIRED, CKR_TOKEN_WRITE_PROTECTED, CKR_USER_PIN_NOT_INITIALIZED. */
  163: 'TOKEN_UNUSABLE',
  226: 'TOKEN_UNUSABLE',
  258: 'TOKEN_UNUSABLE',
  /** CKR_USER_NOT_LOGGED_IN: somebody else ended the session. */
  257: 'SIGNER_LOCKED',
};

type Support = typeof import('pkcs11js');

export interface LoadedModule {
  readonly constants: Support;
  readonly calls: PKCS11;
}

/** Throws TOKEN_SUPPORT_MISSING, TOKEN_MODULE_INVALID, SIGNER_UNREACHABLE. */
export function loadModule(path: string): LoadedModule {
  const constants = support();
  const calls = new constants.PKCS11();
  try {
    calls.load(path);
  } catch (error) {
    throw new KeylineError('TOKEN_MODULE_INVALID', shortened(error), { path }, error);
  }
  said(() => calls.C_Initialize());
  return { constants, calls };
}

/** An optional package: it is built from source, and a desktop without a compiler goes without. */
function support(): Support {
  try {
    return createRequire(import.meta.url)('pkcs11js');
  } catch (error) {
    throw new KeylineError('TOKEN_SUPPORT_MISSING', '', {}, error);
  }
}

/** Answer of one PKCS#11 call. Throws what RETURNS says, else SIGNER_UNREACHABLE with the call's own words. */
export function said<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const code = RETURNS[returnValue(error) ?? -1] ?? 'SIGNER_UNREACHABLE';
    throw new KeylineError(code, shortened(error), {}, error);
  }
}

/** CK_RV of a failed call, or null for any other error. */
export function returnValue(error: unknown): number | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;
}

/** One line of what a module said. */
function shortened(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  return (text.split('\n', 1)[0] ?? '').slice(0, 256);
}
