// What a board that was just plugged in gets: a new job, its open job, or a plain refusal. The table of CERTAINTY.md
// (Plug-in: what the record says x what the board says), pure.
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow } from '../../domain/errors.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import type { Board } from '../drivers/driver.ts';
import type { CertificateRow, JobRow } from '../records/record-store.ts';

/** What the station has on record of the board's hardware id. */
export interface BoardRecord {
  readonly lotId: string;
  /** Its job without an outcome, and whether a slot works on it now. */
  readonly openJob: JobRow | null;
  readonly openInOtherSlot: boolean;
  readonly lastJob: JobRow | null;
  /** Jobs that it has had in the lot. */
  readonly jobsInLot: number;
  /** The certificate that is not void. */
  readonly standing: CertificateRow | null;
  readonly lastCertificate: CertificateRow | null;
  /** A person sent it to re-work, and no job has taken that up yet. */
  readonly inRework: boolean;
  readonly scrapped: boolean;
}

export type PlugIn =
  | { readonly go: 'new-job' }
  | { readonly go: 'resume'; readonly jobId: number }
  /** Nothing is written to the board; a job is opened and ended at once where `counts`. */
  | { readonly go: 'refuse'; readonly code: ErrorCode; readonly counts: boolean }
  /** A passed board that says so: a live proof decides between "already done" and a copied id. */
  | { readonly go: 'prove-done'; readonly code: 'DONE_TODAY' | 'ALREADY_DONE'; readonly standing: CertificateRow }
  /** A passed board that says that it is open: a live proof decides between a lost lock and a copied id. */
  | { readonly go: 'prove-lost'; readonly spkiSha256: string }
  /** An identity without a record: its leaf says whose. */
  | { readonly go: 'inspect' };

/**
 * Decides for a board of which the station knows `record` (null: never seen). `leave`: a person lets this very board have
 * one more job; it opens no door that a certificate has shut.
 */
export function decidePlugIn(board: Board, record: BoardRecord | null, leave: boolean): PlugIn {
  if (board.kind === 'bare') return { go: 'new-job' };
  const holdsIdentity = board.life === 'enrolled' || board.life === 'locked' || board.locking;
  if (record === null) return holdsIdentity ? { go: 'inspect' } : { go: 'new-job' };
  if (record.scrapped) return refuse('SCRAPPED', false);
  if (record.openInOtherSlot) return refuse('DUPLICATE_HWID', true);
  if (record.openJob) return { go: 'resume', jobId: record.openJob.jobId };
  if (record.standing) return passedBefore(board, record.standing, record.lotId);
  if (record.inRework) return reworked(board, record.lastCertificate);
  if (record.lastCertificate) return refuse('BOARD_VOID', false);
  if (holdsIdentity) return { go: 'inspect' };
  return triedBefore(record, leave);
}

function passedBefore(board: Extract<Board, { kind: 'identity' }>, standing: CertificateRow, lotId: string): PlugIn {
  const sameLeaf = board.leafSha256 === standing.fingerprint;
  if (board.life === 'enrolled' && sameLeaf) return { go: 'prove-lost', spkiSha256: standing.spkiSha256 };
  if (board.life !== 'locked' || !sameLeaf) return refuse('DUPLICATE_HWID', true);
  return { go: 'prove-done', code: standing.lotId === lotId ? 'DONE_TODAY' : 'ALREADY_DONE', standing };
}

/** A locked identity never changes. One that is not locked is wiped by the new key: where it is the board's own. */
function reworked(board: Extract<Board, { kind: 'identity' }>, last: CertificateRow | null): PlugIn {
  if (board.life === 'blank' || board.life === 'keyed') return { go: 'new-job' };
  const own = last !== null && last.fingerprint !== null && board.leafSha256 === last.fingerprint;
  if (!own) return { go: 'inspect' };
  return board.life === 'locked' || board.locking ? refuse('BOARD_VOID', false) : { go: 'new-job' };
}

/** A board that did not pass is not tried for ever: its last word stands until a person decides otherwise. */
function triedBefore({ lastJob: last, jobsInLot }: BoardRecord, leave: boolean): PlugIn {
  if (last?.outcome !== 'failed' && last?.outcome !== 'errored') return { go: 'new-job' };
  const { code } = last;
  if (code !== null && errorRow(code).disposition !== 'retry') return refuse(code, false);
  if (code === null || jobsInLot >= MAX_ATTEMPTS) return refuse('ATTEMPTS_USED', false);
  return leave ? { go: 'new-job' } : refuse(code, false);
}

function refuse(code: ErrorCode, counts: boolean): PlugIn {
  return { go: 'refuse', code, counts };
}
