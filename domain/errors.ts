// The one error class. Its context holds ids, never secrets; bugs are not errors and use `assert`.
import { ERRORS, type ErrorCode, type ErrorRow } from './error-table.ts';

/** Ids and counts that help to find the board or file in question. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

export class KeylineError extends Error {
  override readonly name = 'KeylineError';
  readonly code: ErrorCode;
  /** What is special to this case, for a trace; may be empty. */
  readonly detail: string;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, detail = '', context: ErrorContext = {}, cause?: unknown) {
    super(errorSentence(code, detail), cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
    this.context = context;
  }
}

/** The table's row of a code. */
export function errorRow(code: ErrorCode): ErrorRow {
  return ERRORS[code];
}

/** Whether the table has a row of this code. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

/** What a person reads: what happened, the special case, what to do. */
export function errorSentence(code: ErrorCode, detail = ''): string {
  const { happened, todo } = ERRORS[code];
  return detail ? `${happened} (${detail}) ${todo}` : `${happened} ${todo}`;
}

/** Throws `Error` when a promise of our own code is broken; never for bad input. */
export function assert(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}
