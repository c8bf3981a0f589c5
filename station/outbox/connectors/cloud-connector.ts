// What the outbox asks of a cloud, whichever it is. Every call ends: with its answer, or with a KeylineError
// SERVICE_UNREACHABLE (context.retryAfterMs when the service named a time), SERVICE_REFUSED (context.problem),
// SERVICE_UNTRUSTED, NOT_ENROLLED, TOKEN_REFUSED or STATION_FORKED.

import type { HeldPage } from '../../../contract/security-service/held.ts';
import type { EntryResult } from '../../../contract/security-service/registration.ts';
import type { Counts } from '../../../contract/security-service.ts';
import type { SignedCheckpoint } from '../../../domain/checkpoint.ts';

/** Certificates as DER. */
export interface IssuerClaim {
  readonly root: Uint8Array;
  /** From the issuing CA up to, without, the root. */
  readonly intermediates: readonly Uint8Array[];
  /** The issuing CA's signature that it is this station's, DER. */
  readonly proof: Uint8Array;
}

/** What a cloud holds of this station's devices. */
export interface CloudBooks {
  /** A page after this fingerprint, null: the first; in the order of fingerprints. */
  held(after: string | null): Promise<HeldPage>;
  close(): Promise<void>;
}

export interface CloudConnector {
  registerIssuer(issuer: IssuerClaim): Promise<void>;
  /** Sends the payloads, JSON texts, as they were written; one result each, in their order. */
  sendBatch(payloads: readonly string[]): Promise<readonly EntryResult[]>;
  sendCheckpoint(signed: SignedCheckpoint): Promise<void>;
  counts(): Promise<Counts>;
  /** Ends what is under way with SERVICE_UNREACHABLE. May be called twice. */
  close(): Promise<void>;
}
