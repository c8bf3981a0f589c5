// Cuts one board's way at every point of one kind in turn: at each the board must pass with the same key and the one
// signature of an order of 1 + 0, for whatever took more could not be signed at all.
import { type Arrow, arrowOf } from './arrows.ts';
import type { Violation } from './checker/books.ts';
import type { FaultKind } from './world/fault-kinds.ts';
import { World } from './world/world.ts';
import type { Factory } from './world/world-factory.ts';

/** More points of one kind than one board's way has. */
const MAX_POINTS = 400;
const SEED = 1;
/** At its beginning, in its middle, at its end. */
const SHARES = [0, 0.5, 1] as const;

export interface Cuts {
  points: number;
  runs: number;
  readonly arrows: Set<Arrow>;
  readonly violations: Violation[];
}

/** What the runs of an injected key begin and end with: a board that has its firmware, and its first proof. */
const INJECTED = { keyMode: 'injected', loaded: true } as const;
const AFTER_INJECTION: readonly (Arrow | null)[] = [7, 8];

/**
 * `thorough`: each point at its beginning, middle and end; else the three in turn. Ends with the first point that is none;
 * `injected`: with the first after the injection.
 */
export async function cutEverywhere(
  factory: Factory,
  kind: FaultKind,
  thorough: boolean,
  injected = false,
): Promise<Cuts> {
  const cuts: Cuts = { points: 0, runs: 0, arrows: new Set(), violations: [] };
  for (let nth = 1; nth <= MAX_POINTS; nth++) {
    const shares = thorough ? SHARES : SHARES.slice(nth % 3, (nth % 3) + 1);
    for (const share of shares) {
      const order = { boards: 1, slots: 2, quantity: 1, spare: 0, plain: true, ...(injected && INJECTED) };
      const run = await new World(SEED, factory, { ...order, faults: { kind, nth, share } }).run();
      const [strike] = run.strikes;
      if (!strike) return cuts;
      const arrow = arrowOf(strike);
      if (injected && AFTER_INJECTION.includes(arrow)) return cuts;
      if (arrow !== null) cuts.arrows.add(arrow);
      cuts.runs += 1;
      cuts.points = nth;
      const where = `${kind} ${nth} at ${share}: arrow ${arrow} after ${strike.after}`;
      cuts.violations.push(...run.violations.map(({ rule, ids }) => ({ rule, ids: `${where}: ${ids}` })));
      const [keys = 0] = run.keys;
      // A sealed key that was on its way is void, and there is another.
      const tooMany = injected ? keys > 2 : keys !== 1;
      if (run.passed !== 1 || run.signed !== 1 || tooMany)
        cuts.violations.push({ rule: 'aCutCostsNothing', ids: `${where}: ${run.passed}, ${run.signed}, ${keys}` });
    }
  }
  throw new Error(`${kind} has no end`);
}
