// Every arrow of docs/provisioning-cycle.md, cut: the station at each commit, at each thing that it does outside the
// database and at each frame; board and cable at each frame. `npm run faults -- --arrows` cuts each place three times.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ARROWS, type Arrow } from './arrows.ts';
import { cutEverywhere } from './cut-everywhere.ts';
import type { FaultKind } from './world/fault-kinds.ts';
import { type Factory, openFactory } from './world/world-factory.ts';

let factory: Factory;
beforeAll(async () => {
  factory = await openFactory();
});
afterAll(() => factory.close());

/** Arrows on which nothing is said to the board: they are cut at their transactions, and at the signature. */
const SILENT: readonly Arrow[] = [2, 8, 9, 16];
/** Of a key that is injected, in the place of 6. */
const INJECTION: readonly Arrow[] = ['6a', '6b', '6c'];
const ALL = Object.keys(ARROWS)
  .filter((arrow) => !arrow.startsWith('6') || arrow === '6')
  .map(Number) as Arrow[];

function notCut(arrows: readonly Arrow[], cut: ReadonlySet<Arrow>): string[] {
  return arrows.filter((arrow) => !cut.has(arrow)).map((arrow) => `${arrow} ${ARROWS[arrow]}`);
}

test('a station that dies at a commit, or at anything it does outside the database, finishes the same board with the same key and one signature', async () => {
  const commits = await cutEverywhere(factory, 'crash-at-commit', true);
  const effects = await cutEverywhere(factory, 'crash-at-effect', true);
  expect([...commits.violations, ...effects.violations]).toEqual([]);
  expect(notCut(SILENT, new Set([...commits.arrows, ...effects.arrows]))).toEqual([]);
});

test.each<[FaultKind, string]>([
  ['crash-at-byte', 'a station that dies at a byte it says or hears'],
  ['restart-at-byte', 'a board that restarts at a byte it says or hears'],
  ['unplug-at-byte', 'a board that is pulled out at a byte'],
])('%s: %s passes with the same key and one signature, on every arrow', async (kind) => {
  const cuts = await cutEverywhere(factory, kind, false);
  expect(cuts.violations).toEqual([]);
  expect(
    notCut(
      ALL.filter((arrow) => !SILENT.includes(arrow)),
      cuts.arrows,
    ),
  ).toEqual([]);
});

test('a station, board or cable that is cut while a key is injected: the board passes with one signature, and the key that was lost is void', async () => {
  const cut = new Set<Arrow>();
  const kinds = ['crash-at-commit', 'crash-at-effect', 'crash-at-byte', 'restart-at-byte', 'unplug-at-byte'] as const;
  for (const kind of kinds) {
    const { violations, arrows } = await cutEverywhere(factory, kind, false, true);
    expect(violations).toEqual([]);
    for (const arrow of arrows) cut.add(arrow);
  }
  expect(notCut(INJECTION, cut)).toEqual([]);
});
