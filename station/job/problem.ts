// What a failed step does to its job. The table of errors decides: wait with all that is recorded, try again from a
// fresh look at the board, or end.

import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow } from '../../domain/errors.ts';
import type { Transition } from './job-io.ts';
import type { JobFacts, WorkingState } from './job-state.ts';
import { end, go } from './transition.ts';

/** The transition that a problem leads to; bounded by the attempts of its row. */
export function afterProblem(state: WorkingState, code: ErrorCode, detail: string): Transition {
  const { facts } = state;
  const row = errorRow(code);
  const lostInLocking = code === 'PULLED_OUT' && facts.lockIntended;
  const waits = row.disposition === 'wait' || (row.disposition === 'stop-line' && row.outcome === null);
  const nothingToKeep =
    (code === 'PULLED_OUT' && facts.hwid === null) || (code === 'DEVICE_SWAPPED' && facts.certificateId === null);
  if (waits && !nothingToKeep) {
    return { state, facts: [], effect: null, waitsFor: lostInLocking ? 'LOST_IN_LOCKING' : code };
  }
  if (row.disposition === 'retry' && facts.attempt < row.attempts) return again(facts, code, detail);
  return end(facts, code === 'NO_ANSWER' ? 'NO_ANSWER_THRICE' : code, detail);
}

/** Once more from a fresh look at the board. */
export function again(facts: JobFacts, code: ErrorCode, detail: string): Transition {
  const attempt = facts.attempt + 1;
  return go('identifying', { ...facts, attempt }, { do: 'identify' }, [{ type: 'job-retried', code, detail, attempt }]);
}
