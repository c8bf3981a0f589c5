// Signing for those who look after it (UX.md section 4.11): each CA of this station, how long and for how many boards it
// lasts, and the few things a security officer may tell it. No key, passphrase or PIN ever comes back out.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CaName, Sha256Hex, TimeMs } from '../domain/ids.ts';
import { ErrorCodeText, StationFacts } from '../domain/station-event.ts';
import { KEYLINE_ERRORS } from './keyline-errors.ts';

const keyline = oc.errors(KEYLINE_ERRORS);

/**
 * `requested`: its key waits for its certificate. `active`: new certificates are its own. `standby`: whole, and not yet
 * rotated to. `retired`: signs only what was recorded under it, and nothing new.
 */
export const CaState = z.enum(['requested', 'active', 'standby', 'retired']);
export type CaState = z.infer<typeof CaState>;

const SignerView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file') }),
  z.object({ kind: z.literal('pkcs11'), tokenLabel: z.string(), keyLabel: z.string() }),
]);

/** `locked`: waits for the passphrase; `pin-needed`: for its token's PIN; `none`: it has nothing to sign with yet. */
export const SigningState = z.enum(['ready', 'locked', 'pin-needed', 'unreachable', 'none']);
export type SigningState = z.infer<typeof SigningState>;

export const CaCertificateView = z.object({
  commonName: z.string().nullable(),
  organization: z.string().nullable(),
  /** SHA-256 of the certificate. */
  fingerprint: Sha256Hex,
  notBeforeMs: TimeMs,
  /** Null: never. */
  notAfterMs: TimeMs.nullable(),
});
export type CaCertificateView = z.infer<typeof CaCertificateView>;

export const CaView = z.object({
  name: CaName,
  /** SHA-256 of the issuing CA's certificate; null while it is only requested. */
  issuerId: Sha256Hex.nullable(),
  state: CaState,
  practice: z.boolean(),
  signer: SignerView,
  signing: SigningState,
  /** Root first, issuing CA last; empty while it is only requested. */
  chain: z.array(CaCertificateView),
  /** The first end among the chain; null: never. */
  endsMs: TimeMs.nullable(),
  /** Spent: to-be-signed ever recorded under it. */
  signatures: z.number().int().min(0),
  /** Most signatures ever; null: without limit. */
  limit: z.number().int().min(1).nullable(),
  /** When it signed last; null: never. */
  lastSignedMs: TimeMs.nullable(),
  /** What is near or has come: CA_ENDS_SOON, CA_ENDED, CA_NEARLY_SPENT, SIGNER_LIMIT. */
  warnings: z.array(ErrorCodeText),
});
export type CaView = z.infer<typeof CaView>;

const Named = z.strictObject({ name: CaName });

export const signingApi = {
  /** The active one first, then by name. It may have changed at each `station-changed`. */
  list: keyline.output(z.array(CaView)),
  /** Opens what stands under the station's passphrase: CA keys in files, and the station's own key. It is used and forgotten. */
  unlock: keyline.input(z.strictObject({ passphrase: z.string().min(1).max(1024) })).output(StationFacts),
  /** Opens the token of one CA. The PIN is used once, never tried again by itself, and forgotten. */
  login: keyline.input(Named.extend({ pin: z.string().min(1).max(64) })).output(CaView),
  /** Signs a random challenge, which is no certificate, and verifies it; station time in between. */
  test: keyline.input(Named).output(z.object({ signMs: z.number().min(0) })),
  /** Makes it the active one; the one before signs only what was recorded under it. */
  rotate: keyline.input(Named).output(z.array(CaView)),
};
