// Which key in which token signs, as a CA store writes it down: names only, nothing secret.
import { z } from 'zod';

/** Bytes of UTF-8, not letters: what a token and signer.json both count. */
const label = (most: number) =>
  z.string().refine((text) => text !== '' && Buffer.byteLength(text) <= most, `1 to ${most} bytes`);

/** CK_TOKEN_INFO.label has 32 bytes. */
export const TokenLabel = label(32);
export const KeyLabel = label(64);

export interface TokenKeyRef {
  /** Absolute path of the vendor's PKCS#11 module, a shared library. */
  readonly module: string;
  /** CK_TOKEN_INFO.label without its padding: 1 to 32 bytes of UTF-8. One token alone may have it. */
  readonly tokenLabel: string;
  /** CKA_LABEL of both halves of the key pair: 1 to 64 bytes of UTF-8. */
  readonly keyLabel: string;
}

/** One token that a module shows, before any PIN. */
export interface TokenView {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  /** It has been given a label and a user PIN. */
  readonly ready: boolean;
  /** What the token says of wrong PINs before: none, some, all but the last try, or locked. */
  readonly pin: 'good' | 'wrong-before' | 'last-try' | 'locked';
}
