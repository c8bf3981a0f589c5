// One case: the clause that it holds, the board that it wants, what it does. The same list runs against every device.
import type { Bench } from './bench.ts';
import type { BoardKind } from './device-under-test.ts';

/** How far a board has come before the case begins; `locking` is life 2 with a journaled lock intent (section 7, 2L). */
export const STAGES = ['blank', 'keyed', 'enrolled', 'locking', 'locked'] as const;
export type Stage = (typeof STAGES)[number];

export interface Case {
  /** A number of docs/device-protocol.md: `5.6`, `6.12` for a code of section 6, `7.2` for a row of section 7. */
  readonly clause: string;
  /** What the device does, as a claim. */
  readonly title: string;
  readonly stage: Stage;
  readonly kind: BoardKind;
  /** The board stays in its stage: the next case gets it too. */
  readonly keeps: boolean;
  /** The power is cut. */
  readonly cuts: boolean;
  /** Something is burnt, or was. */
  readonly burns: boolean;
  /** The board's firmware is replaced. */
  readonly firmware: boolean;
  /** Asked of devices with `inj` in their caps only. */
  readonly injects: boolean;
  run(bench: Bench): Promise<void>;
}

export interface CaseOptions {
  readonly kind?: BoardKind;
  readonly keeps?: boolean;
  readonly cuts?: boolean;
  readonly burns?: boolean;
  readonly firmware?: boolean;
  readonly injects?: boolean;
}

/** A case that may leave its board in any stage, unless it says `keeps`. */
export function on(
  stage: Stage,
  clause: string,
  title: string,
  run: (bench: Bench) => Promise<void>,
  options: CaseOptions = {},
): Case {
  const burnt = stage === 'locking' || stage === 'locked';
  const { kind = stage === 'locking' ? 'lock-at-restart' : 'plain', keeps = false, cuts = false } = options;
  const { burns = burnt, firmware = false, injects = false } = options;
  return { clause, title, stage, kind, keeps, cuts, burns, firmware, injects, run };
}

/** A case after which the board is as before. */
export function by(
  stage: Stage,
  clause: string,
  title: string,
  run: (bench: Bench) => Promise<void>,
  options: CaseOptions = {},
): Case {
  return on(stage, clause, title, run, { keeps: true, ...options });
}
