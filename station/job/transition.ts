// The few forms a transition takes, and what a proof must say. Pure.

import type { ErrorCode } from '../../domain/error-table.ts';
import { assert, errorRow } from '../../domain/errors.ts';
import type { Life } from '../../domain/job.ts';
import type { Proof } from '../drivers/driver.ts';
import type { JobFact } from '../records/job-fact.ts';
import type { JobContext, JobEffect, Transition } from './job-io.ts';
import type { JobFacts, JobState, JobStep, WorkingState } from './job-state.ts';

export type EndTransition = Transition & { readonly state: Extract<JobState, { at: 'ended' }> };

/** On to a step with its one effect. */
export function go(at: JobStep, facts: JobFacts, effect: JobEffect, recorded: readonly JobFact[]): Transition {
  return { state: { at, facts }, facts: recorded, effect, waitsFor: null };
}

/** Nothing more in this sitting: the job waits with all that is recorded, and the slot says what for. */
export function wait(state: WorkingState, code: ErrorCode): Transition {
  return { state, facts: [], effect: null, waitsFor: code };
}

/** The end: passed without a code, else as the table of errors says. */
export function end(facts: JobFacts, code: ErrorCode | null, detail: string): EndTransition {
  const outcome = code === null ? 'passed' : (errorRow(code).outcome ?? 'errored');
  return {
    state: { at: 'ended', facts, outcome, code },
    facts: [{ type: 'job-ended', outcome, code, detail }],
    effect: null,
    waitsFor: null,
  };
}

/** A fact that this step cannot be reached without. */
export function known<T>(value: T | null): T {
  assert(value !== null, 'a step is reached only after what it needs was recorded');
  return value;
}

/** What is wrong with a proof at this point of life, or null. Every field of the signed state is compared. */
export function proofFault(
  facts: JobFacts,
  proof: Proof,
  context: JobContext,
  life: Exclude<Life, 'blank'>,
): { code: ErrorCode; detail: string } | null {
  if (proof.hwid !== facts.hwid) return { code: 'DEVICE_SWAPPED', detail: 'the proof names another board' };
  if (proof.spkiSha256 !== facts.spkiSha256) return { code: 'PROOF_FAILED', detail: 'another key signed' };
  if (proof.life !== life) {
    return { code: life === 'locked' ? 'LOCK_FAILED' : 'PROOF_FAILED', detail: `the board says ${proof.life}` };
  }
  if (proof.firmwareHash !== context.imageHash) {
    return { code: life === 'locked' ? 'FIRMWARE_REVERTED' : 'FIRMWARE_DIFFERS', detail: 'another image runs' };
  }
  if (life === 'keyed') return null;
  if (proof.leafSha256 !== facts.leafSha256) return { code: 'PROOF_FAILED', detail: 'another leaf' };
  if (proof.chainSha256 !== context.chainSha256) return { code: 'PROOF_FAILED', detail: 'another chain' };
  if (proof.anchorSha256 !== context.anchorSha256) return { code: 'PROOF_FAILED', detail: 'another anchor' };
  return null;
}
