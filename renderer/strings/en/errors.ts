// English: what failures say, from the error table, with the short forms that a small tile has room for.
import { ERRORS, type ErrorCode, type ErrorRow } from '../../../domain/error-table.ts';
import type { ErrorCatalogue, ErrorWords } from '../error-words.ts';

/** Tile words too long for the densest grid. */
const DENSE: Partial<Record<ErrorCode, string>> = {
  PULLED_OUT: 'Pulled out',
  LOST_IN_LOCKING: 'Lost in lock',
  WRONG_REVISION: 'Wrong rev',
  FOREIGN_IDENTITY: 'Not ours',
  WEAK_ENTROPY: 'Weak source',
  SIGNER_UNREACHABLE: 'No CA',
  SIGNER_LIMIT: 'CA limit',
  FIRMWARE_STOPPED: 'FW stopped',
  FIRMWARE_DIFFERS: 'FW differs',
  FIRMWARE_FILE_WRONG: 'FW missing',
  DISK_LOW: 'Disk full',
  RECORDS_NEWER: 'New records',
  SIGNER_LOCKED: 'CA locked',
  KEY_MODE_UNSUPPORTED: 'Key mode',
  RECORDS_DAMAGED: 'Bad records',
};

/** What to do, as short as a tile's second line. Where none stands, the whole sentence is cut by the tile. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  NO_ANSWER: 'Reseat, try again',
  PULLED_OUT: 'Insert it again',
  LOST_IN_LOCKING: 'Insert it again',
  DONE_TODAY: 'To the passed boards',
  FOREIGN_IDENTITY: 'Keep apart',
  WEAK_ENTROPY: 'To the red bin',
  QUOTA_REACHED: 'Take it out',
  POWER_LOW: 'Use another slot',
  DEVICE_SWAPPED: 'Leave it here',
  DUPLICATE_HWID: 'Keep apart',
  LOCK_LOST: 'Keep apart',
  STORE_LOST: 'Keep apart',
  UNRECORDED_IDENTITY: 'Keep apart',
  JOB_QUARANTINED: 'Keep apart',
};

const BINS = { yellow: 'To the yellow bin', red: 'To the red bin' } as const;

export const errors: ErrorCatalogue = errorWords();

function errorWords(): ErrorCatalogue {
  const words: Partial<Record<ErrorCode, ErrorWords>> = {};
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const { tile, happened, todo }: ErrorRow = ERRORS[code];
    const hint = HINTS[code] ?? binOf(todo);
    const dense = DENSE[code];
    words[code] = {
      ...{ tile, happened, todo },
      ...(dense === undefined ? {} : { dense }),
      ...(hint === undefined ? {} : { hint }),
    };
  }
  return words as ErrorCatalogue;
}

function binOf(todo: string): string | undefined {
  if (todo.includes('yellow bin')) return BINS.yellow;
  return todo.includes('red bin') ? BINS.red : undefined;
}
