// What a failed step does to its job. The table of errors decides: wait with all that is recorded, try again from a
// fresh look at the board, or end.

import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow } from '../../domain/errors.ts';
import { MAX_ATTEMPTS } from '../../domain/job.ts';
import type { Transition } from './job-io.ts';
import type { JobFacts, WorkingState } from './job-state.ts';
import { end, go, wait } from './transition.ts';

/** The transition that a problem leads to; bounded by the attempts of its row. */
export function afterProblem(state: WorkingState, code: ErrorCode, detail: string): Transition {
  const { facts } = state;
  const row = errorRow(code);
  const waits = row.disposition === 'wait' || (row.disposition === 'stop-line' && row.outcome === null);
  const nothingToKeep =
    (code === 'PULLED_OUT' && facts.hwid === null) || (code === 'DEVICE_SWAPPED' && facts.certificateId === null);
  if (waits && !nothingToKeep) return code === 'PULLED_OUT' ? left(state) : wait(state, code);
  if (code === 'NO_ANSWER' && facts.certificateId !== null && facts.attempt >= row.attempts)
    return state.at === 'identifying' ? left(state) : again(facts, code, detail);
  if (row.disposition === 'retry' && facts.attempt < row.attempts) return again(facts, code, detail);
  return end(facts, code === 'NO_ANSWER' ? 'NO_ANSWER_THRICE' : code, detail);
}

/**
 * The board is away, as its port said, or its silence where that stays open: what was signed waits for it, for it may
 * have finished its lock by itself. Silence is a verdict only over a board that is seen to be there (`isSpentBySilence`).
 */
function left(state: WorkingState): Transition {
  return wait(state, state.facts.lockIntended ? 'LOST_IN_LOCKING' : 'PULLED_OUT');
}

/** A look after the last attempt finds the board there: it answers who it is, and not what it is to do. */
export function isSpentBySilence({ attempt }: JobFacts): boolean {
  return attempt > MAX_ATTEMPTS;
}

/** Once more from a fresh look at the board. The last look, of a signed job, is counted as one attempt more, however often. */
export function again(facts: JobFacts, code: ErrorCode, detail: string): Transition {
  const attempt = Math.min(facts.attempt, MAX_ATTEMPTS) + 1;
  return go('identifying', { ...facts, attempt }, { do: 'identify' }, [{ type: 'job-retried', code, detail, attempt }]);
}
