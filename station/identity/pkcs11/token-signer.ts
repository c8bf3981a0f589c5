// Signers whose key lies in a PKCS#11 token (an HSM, a smart card), reached through a process of its own (ADR 11).
import type { Clock } from '../../../domain/seams.ts';
import type { Secret } from '../secret.ts';
import type { Signer } from '../signer.ts';
import type { TokenKeyRef, TokenView } from './token-key-ref.ts';

export interface TokenSigner extends Signer {
  close(): Promise<void>;
}

/**
 * Logs in once and finds the key. The PIN is borrowed, sent once, and never tried again. Throws TOKEN_SUPPORT_MISSING,
 * TOKEN_MODULE_INVALID, TOKEN_MISSING, TOKEN_AMBIGUOUS, PIN_MISSING, PIN_WRONG, PIN_LOCKED, TOKEN_KEY_MISSING,
 * TOKEN_KEY_REFUSED, TOKEN_FAILED, SIGNER_UNREACHABLE.
 */
export function openTokenSigner(_ref: TokenKeyRef, _pin: Secret, _clock: Clock): Promise<TokenSigner> {
  return Promise.reject(new Error('being built'));
}

/** Makes the key pair in the token, then as `openTokenSigner`. Throws TOKEN_KEY_EXISTS too. */
export function makeTokenKey(_ref: TokenKeyRef, _pin: Secret, _clock: Clock): Promise<TokenSigner> {
  return Promise.reject(new Error('being built'));
}

/** The tokens that a module shows now. Asks for no PIN. Throws TOKEN_SUPPORT_MISSING, TOKEN_MODULE_INVALID, SIGNER_UNREACHABLE. */
export function listTokens(_module: string, _clock: Clock): Promise<TokenView[]> {
  return Promise.reject(new Error('being built'));
}
