// The code of a refusal as this window's words know it.
import type { ErrorCode } from '../../domain/error-table.ts';
import { isErrorCode } from '../../domain/errors.ts';

/** One that a later version added is told as a message that was not understood. */
export function refusalCode(code: string): ErrorCode {
  return isErrorCode(code) ? code : 'MESSAGE_INVALID';
}
