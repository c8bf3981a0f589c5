// What a run did and found: faults that fired and whose effect was seen, and every broken rule.
import type { Violation } from '../checker/books.ts';
import type { Target } from './blow.ts';

/** Taken away on the disk of a station, or around it. */
export type DiskFault = 'full' | 'low' | 'read-only' | 'read-only-at-start' | 'slow';
/** At the ports: where the board was in its work when it left, and what came instead. */
export type PortFault = `unplug-in-${string}` | 'other-slot' | 'swap' | 'twin' | 'hub';
export type ClockJump = 'forward' | 'back' | 'forward-at-start' | 'back-at-start';

export interface Tally {
  readonly seed: number;
  readonly kills: Record<Target, number>;
  readonly stops: Record<Target, number>;
  readonly diskFaults: Partial<Record<DiskFault, number>>;
  readonly portFaults: Partial<Record<PortFault, number>>;
  readonly clockJumps: Partial<Record<ClockJump, number>>;
  pageCacheLosses: number;
  /** Writes that were taken back with them. */
  writesLost: number;
  /** Jobs set aside after two bugs. */
  quarantined: number;
  /** Times that a second program was refused a folder that one holds. */
  secondRefused: number;
  lots: number;
  /** Things that could not be done on this machine, and why. */
  readonly notRun: string[];
  readonly violations: Violation[];
}

export function newTally(seed: number): Tally {
  return {
    seed,
    kills: { station: 0, service: 0, devices: 0 },
    stops: { station: 0, service: 0, devices: 0 },
    ...{ diskFaults: {}, portFaults: {}, clockJumps: {} },
    ...{ pageCacheLosses: 0, writesLost: 0, quarantined: 0, secondRefused: 0, lots: 0 },
    notRun: [],
    violations: [],
  };
}

export function count<K extends string>(of: Partial<Record<K, number>>, kind: K): void {
  of[kind] = (of[kind] ?? 0) + 1;
}

export function killsOf({ kills }: Tally): number {
  return kills.station + kills.service + kills.devices;
}
