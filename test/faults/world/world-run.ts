// What a world is asked for, and what a run of it says.
import type { Violation } from '../checker/books.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { ExactFault, FaultCount } from './fault-lanes.ts';
import type { KeyMode } from './world-factory.ts';

export interface WorldOptions {
  /** Faults that the seed draws, fewer strike where the run ends before; or the one that strikes. */
  readonly faults?: number | ExactFault;
  readonly boards?: number;
  readonly slots?: number;
  readonly quantity?: number;
  readonly spare?: number;
  /** Boards that need all of the way: older firmware, and a lock that they finish at once. */
  readonly plain?: boolean;
  /** They run the recipe's image already. */
  readonly loaded?: boolean;
  /** Drawn where it is not said; on the chip where the boards are plain. */
  readonly keyMode?: KeyMode;
  /** What every board does as soon as it holds its certificate: goes for good, or proves itself no more. */
  readonly atEnrolment?: 'leaves' | 'signs-wrongly';
}

/** Where the run stood when a fault struck. */
export interface Strike {
  readonly kind: FaultKind;
  /** Type of the last audit event on record. */
  readonly after: string;
  /** Of the first board. */
  readonly life: string;
  readonly firmware: string;
}

export interface WorldRun {
  readonly seed: number;
  readonly counts: ReadonlyMap<FaultKind, FaultCount>;
  readonly violations: readonly Violation[];
  /** What happened, in words that a second run of the seed says again. */
  readonly trace: readonly string[];
  readonly strikes: readonly Strike[];
  /** Keys that each board ever held. */
  readonly keys: readonly number[];
  /** Times that the station's program was started. */
  readonly starts: number;
  readonly passed: number;
  /** Signatures spent. */
  readonly signed: number;
}
