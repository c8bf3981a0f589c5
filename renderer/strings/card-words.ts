// The words of the failure cards, from the error table: tile word, what it means for the board, what to do. Beside them
// the short forms that a small tile has room for (UX.md sections 6, 8 and 13).
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';

/** Letters that a tile's word may have (UX.md section 13). */
export const WORD_LETTERS = { roomy: 16, dense: 13 } as const;

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

export type CardWords = {
  readonly tile: string;
  readonly dense: string;
  readonly hint: string;
  readonly meaning: string;
  readonly happened: string;
  readonly todo: string;
  /** Of its one button; empty where it has none. */
  readonly button: string;
};

/** What a card says, by code. */
export function cardWords(): Record<ErrorCode, CardWords> {
  const words: Partial<Record<ErrorCode, CardWords>> = {};
  for (const code of codes()) {
    const row: ErrorRow = ERRORS[code];
    words[code] = {
      tile: row.tile,
      dense: DENSE[code] ?? row.tile,
      hint: HINTS[code] ?? hintOf(row.todo),
      meaning: withoutStop(sentences(row.happened).at(-1) ?? row.happened),
      happened: row.happened,
      todo: row.todo,
      button: row.button,
    };
  }
  return words as Record<ErrorCode, CardWords>;
}

function codes(): ErrorCode[] {
  return Object.keys(ERRORS) as ErrorCode[];
}

function hintOf(todo: string): string {
  if (todo.includes('yellow bin')) return BINS.yellow;
  if (todo.includes('red bin')) return BINS.red;
  return withoutStop(sentences(todo)[0] ?? todo);
}

function sentences(text: string): string[] {
  return text.split(/(?<=\.) /);
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
