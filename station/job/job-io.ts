// What goes into the job machine and what comes out: results of one driver call or one transaction, and effects.
// Effects are one closed union; the runner performs exactly one at a time.
import type { ErrorCode } from '../../domain/error-table.ts';
import type { CableGuard } from '../../domain/recipe.ts';
import type { Board, IdentityBoard, IdentityItem, InjectionEnd, Proof, SealedMessage } from '../drivers/driver.ts';
import type { JobFact } from '../records/job-fact.ts';
import type { JobState } from './job-state.ts';

export type JobInput =
  | { readonly type: 'identified'; readonly board: Board }
  | {
      readonly type: 'admitted';
      readonly deviceSerial: string;
      readonly voidLeaf: string | null;
      readonly board: IdentityBoard;
    }
  | { readonly type: 'firmware-loaded' }
  | { readonly type: 'restarted'; readonly board: Board }
  | { readonly type: 'firmware-confirmed' }
  | { readonly type: 'key-made'; readonly spki: Uint8Array; readonly spkiSha256: string }
  | { readonly type: 'key-stale' }
  | {
      readonly type: 'key-sealed';
      readonly spki: Uint8Array;
      readonly spkiSha256: string;
      readonly deviceNonce: string;
      /** In memory only: goes on to the effect that sends it, and into no state and no fact. */
      readonly message: SealedMessage;
    }
  | { readonly type: 'key-sent'; readonly end: InjectionEnd }
  | { readonly type: 'request-read'; readonly request: Uint8Array }
  | { readonly type: 'proved'; readonly proof: Proof }
  | { readonly type: 'certificate-intended'; readonly certificateId: number }
  | { readonly type: 'signed'; readonly certificate: Uint8Array; readonly fingerprint: string }
  | { readonly type: 'installed' }
  | { readonly type: 'lock-plan-read'; readonly plan: readonly string[] }
  | { readonly type: 'lock-answered'; readonly result: 'locked' | 'pending' }
  | { readonly type: 'groups-checked'; readonly open: readonly number[] }
  | { readonly type: 'problem'; readonly code: ErrorCode; readonly detail: string };

export type JobEffect =
  | { readonly do: 'identify' }
  | { readonly do: 'admit'; readonly board: IdentityBoard }
  | { readonly do: 'load-firmware' }
  | { readonly do: 'restart' }
  | { readonly do: 'confirm-firmware' }
  | { readonly do: 'make-key'; readonly hwid: string; readonly nonce: string; readonly was: string | null }
  | { readonly do: 'seal-key'; readonly hwid: string; readonly nonce: string; readonly was: string | null }
  | { readonly do: 'inject-key'; readonly hwid: string; readonly message: SealedMessage }
  | { readonly do: 'prove'; readonly spkiSha256: string }
  | { readonly do: 'read-request'; readonly deviceSerial: string }
  | { readonly do: 'intend-certificate'; readonly request: Uint8Array; readonly spkiSha256: string }
  | { readonly do: 'sign'; readonly certificateId: number }
  | { readonly do: 'install'; readonly item: IdentityItem; readonly hwid: string; readonly certificateId: number }
  | { readonly do: 'read-lock-plan' }
  | { readonly do: 'lock'; readonly hwid: string; readonly deviceSerial: string; readonly leafSha256: string }
  | { readonly do: 'check-groups' };

/** What a job is measured against: fixed for the lot, and for the CA of its certificate. Digests are 64 hex digits. */
export interface JobContext {
  readonly imageHash: string;
  /** What guards an injected key on the cable; null where keys are made on the chip. */
  readonly cableGuard: CableGuard | null;
  readonly chainSha256: string;
  readonly anchorSha256: string;
  /** The debug port must be shut after the lock. */
  readonly lockDebug: boolean;
  readonly allowGroups: readonly number[];
}

export interface Transition {
  readonly state: JobState;
  /** Committed in one transaction with the state, before the effect starts. */
  readonly facts: readonly JobFact[];
  /** Null when the job ended or waits. */
  readonly effect: JobEffect | null;
  /** Why an open job waits: for its board, its lot or its station. */
  readonly waitsFor: ErrorCode | null;
}
