// What a job reports to be recorded. One fact becomes one audit event and the row changes that belong to it.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { Outcome } from '../../domain/job.ts';
import type { CableGuard } from '../../domain/recipe.ts';

/** Digests and nonces are lower-case hex. */
export type JobFact =
  | { readonly type: 'device-seen'; readonly life: string; readonly firmwareHash: string | null }
  | { readonly type: 'job-resumed'; readonly life: string; readonly slot: string }
  | { readonly type: 'job-retried'; readonly code: ErrorCode; readonly detail: string; readonly attempt: number }
  | { readonly type: 'firmware-intended'; readonly from: string | null; readonly to: string }
  | { readonly type: 'firmware-loaded'; readonly imageHash: string }
  | { readonly type: 'firmware-measured'; readonly imageHash: string; readonly confirmed: boolean }
  | { readonly type: 'key-intended'; readonly nonce: string; readonly was: string | null }
  | { readonly type: 'key-made'; readonly spki: Uint8Array; readonly spkiSha256: string }
  | { readonly type: 'key-discarded'; readonly spkiSha256: string }
  /** A sealed key is about to leave: whatever comes, it is used on this board or never. */
  | {
      readonly type: 'injection-intended';
      readonly spki: Uint8Array;
      readonly spkiSha256: string;
      readonly hwid: string;
      readonly nonce: string;
      readonly deviceNonce: string;
      readonly was: string | null;
      readonly cableGuard: CableGuard;
    }
  | { readonly type: 'key-injected'; readonly spkiSha256: string }
  /** Nobody knows where it is, or the board has another: void for ever. */
  | { readonly type: 'key-voided'; readonly spkiSha256: string; readonly because: string }
  | {
      readonly type: 'certificate-signed';
      readonly certificateId: number;
      readonly certificate: Uint8Array;
      readonly fingerprint: string;
    }
  | { readonly type: 'certificate-installed'; readonly certificateId: number }
  | { readonly type: 'identity-verified'; readonly transcriptSha256: string }
  | { readonly type: 'lock-intended'; readonly plan: readonly string[] }
  | { readonly type: 'device-locked'; readonly transcriptSha256: string; readonly debugOpen: boolean }
  | { readonly type: 'job-ended'; readonly outcome: Outcome; readonly code: ErrorCode | null; readonly detail: string };
