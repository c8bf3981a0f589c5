// What many worlds found together: faults by kind that fired and were seen, and every violation with its seed.
import type { Violation } from './checker/books.ts';
import { FAULT_KINDS, type FaultKind, KINDS } from './world/fault-kinds.ts';
import type { WorldRun } from './world/world-run.ts';

export interface FaultTally {
  seeds: number;
  /** Faults that fired and whose effect was seen. */
  faults: number;
  readonly byKind: Record<FaultKind, number>;
  /** Those that fired, seen or not. */
  readonly fired: Record<FaultKind, number>;
  passed: number;
  signed: number;
  starts: number;
  readonly violations: (Violation & { readonly seed: number })[];
}

export function newTally(): FaultTally {
  const none = () => Object.fromEntries(Object.keys(FAULT_KINDS).map((kind) => [kind, 0])) as Record<FaultKind, number>;
  return { seeds: 0, faults: 0, byKind: none(), fired: none(), passed: 0, signed: 0, starts: 0, violations: [] };
}

export function addRun(tally: FaultTally, { seed, counts, passed, signed, starts, violations }: WorldRun): void {
  tally.seeds += 1;
  tally.passed += passed;
  tally.signed += signed;
  tally.starts += starts;
  for (const [kind, { fired, observed }] of counts) {
    tally.byKind[kind] += observed;
    tally.fired[kind] += fired;
    tally.faults += observed;
  }
  tally.violations.push(...violations.map((violation) => ({ seed, ...violation })));
}

export function addTally(tally: FaultTally, more: FaultTally): void {
  for (const name of ['seeds', 'faults', 'passed', 'signed', 'starts'] as const) tally[name] += more[name];
  for (const kind of KINDS) {
    tally.byKind[kind] += more.byKind[kind];
    tally.fired[kind] += more.fired[kind];
  }
  tally.violations.push(...more.violations);
}

/** Kinds that never changed a run: what they were to show was not shown. */
export function idleKinds({ byKind }: FaultTally): FaultKind[] {
  return KINDS.filter((kind) => byKind[kind] === 0);
}
