// Runs one job against one board: commit what the transition brings, perform its effect, feed the answer back. Holds no rule.
import { toHex } from '../../domain/bytes.ts';
import type { ErrorCode } from '../../domain/error-table.ts';
import { assert, KeylineError } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/job.ts';
import type { Random } from '../../domain/seams.ts';
import type { Board, DeviceDriver } from '../drivers/driver.ts';
import type { JobFact } from '../records/job-fact.ts';
import type { JobRecords } from '../records/job-records.ts';
import { proceed } from './board-decision.ts';
import type { JobContext, Transition } from './job-io.ts';
import { step } from './job-machine.ts';
import type { JobFacts, JobState, JobStep } from './job-state.ts';
import { type JobResources, perform } from './perform.ts';
import { stageOf } from './stage-of.ts';
import type { StageTimes } from './stage-times.ts';

/** Transitions that one job may take in one sitting: three attempts of at most twenty steps, and room to spare. */
const MAX_TRANSITIONS = 100;

export type JobEnd = { readonly outcome: Outcome; readonly code: ErrorCode | null } | { readonly waitsFor: ErrorCode };

export interface JobRun {
  readonly jobId: number;
  readonly facts: JobFacts;
  /** What the board said when it was plugged in. */
  readonly board: Board;
  readonly driver: DeviceDriver;
  /** Of the CA that the certificate is recorded under; null: none is yet. Throws SIGNER_UNREACHABLE. */
  readonly contextOf: (certificateId: number | null) => JobContext;
  readonly resources: JobResources;
  readonly records: JobRecords;
  readonly random: Random;
  /** Recorded with the first transition: seen, or resumed. */
  readonly opening: readonly JobFact[];
  readonly times: StageTimes;
  /** After each commit: the step that starts now. */
  readonly onStep: (step: JobStep, facts: JobFacts, retriedFor: ErrorCode | null) => void;
}

/** Runs to the job's end, or until it has to wait. A bug is counted against the job and thrown. */
export async function runJob(run: JobRun): Promise<JobEnd> {
  try {
    return await drive(run);
  } catch (error) {
    // A record that could not be written: the job stands as it was, and the line stops.
    if (error instanceof KeylineError) return { waitsFor: error.code };
    countCrash(run);
    throw error;
  }
}

/** A disk that is full does not turn a bug into a line that waits. */
function countCrash({ records, jobId }: JobRun): void {
  try {
    records.countCrash(jobId);
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
  }
}

async function drive(run: JobRun): Promise<JobEnd> {
  const nonce = () => toHex(run.random.bytes(16));
  const contextOf = ({ certificateId }: JobFacts) => run.contextOf(certificateId);
  let transition: Transition = proceed(run.facts, run.board, contextOf(run.facts), nonce());
  let opening = run.opening;
  let recorded = JSON.stringify(run.facts);
  for (let count = 0; count < MAX_TRANSITIONS; count++) {
    const { state, effect } = transition;
    const news = [...opening, ...transition.facts];
    const facts = JSON.stringify(state.facts);
    // A step without news stands on record already: a resume asks the board and the facts, never where the job was.
    if (news.length > 0 || facts !== recorded || effect === null) {
      const stages = JSON.stringify(run.times.all());
      run.records.advance(run.jobId, { state: JSON.stringify(state), attempt: state.facts.attempt, stages }, news);
    }
    opening = [];
    recorded = facts;
    if (state.at === 'ended') return { outcome: state.outcome, code: state.code };
    if (transition.waitsFor) return { waitsFor: transition.waitsFor };
    assert(effect, 'an open job that does not wait has something to do');
    run.times.enter(stageOf(state.at));
    run.onStep(state.at, state.facts, retriedFor(transition));
    const input = await perform(run.jobId, effect, run.driver, run.resources);
    const next = step(currentState(state), input, contextOf(state.facts), nonce());
    assert(next !== 'refused', `${state.at} takes no ${input.type}`);
    transition = next;
  }
  throw new Error('broken promise: a job ends within its bound of transitions');
}

function currentState(state: JobState) {
  assert(state.at !== 'ended', 'an ended job takes no input');
  return state;
}

function retriedFor(transition: Transition): ErrorCode | null {
  const retried = transition.facts.find((fact) => fact.type === 'job-retried');
  return retried?.type === 'job-retried' ? retried.code : null;
}
