import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LotRow } from '../records/record-store.ts';
import { lotView } from './lot-view.ts';

const recipe = readFileSync(new URL('../../examples/aq-200/recipe.json', import.meta.url), 'utf8');
const ROW: LotRow = {
  ...{ lotId: 'WO-1', orderId: 'WO-1', state: 'held', practice: false, quantity: 10, spare: 2, recipe },
  ...{ serialRange: 'A-01..A-12', recipeName: 'aq-200', recipeVersion: '1.0.0', stopAfter: 3, createdMs: 5 },
  ...{ recipeSha256: '', firmwareSha256: '', serialsTaken: 0, failureRun: 0, failureCode: null },
  ...{ heldBecause: null, heldBy: '00112233aabbccdd', stateMs: 9 },
};
const FIGURES = {
  tally: { passed: 8, failed: 1, errored: 0, aborted: 0, running: 0, signatures: 9 },
  progress: { judged: 9, firstPassed: 7, passes: [], verdicts: [] },
};

test('a lot tells its recipe as it was released, and the first passes among the devices judged', () => {
  expect(lotView(ROW, FIGURES, 0, () => null)).toMatchObject({
    ...{ model: 'AQ-200', revisions: ['C'], firmwareVersion: '1.4.2', stateSinceMs: 9 },
    ...{ firstPass: { passed: 7, judged: 9 }, passed: 8, heldBy: null },
  });
});

test('a lot tells the name of the person who holds it, where the station knows one', () => {
  const nameOf = (actorId: string) => (actorId === ROW.heldBy ? 'María Ríos' : null);
  expect(lotView(ROW, FIGURES, 0, nameOf)).toMatchObject({ heldBy: 'María Ríos' });
  expect(lotView({ ...ROW, heldBy: null }, FIGURES, 0, nameOf)).toMatchObject({ heldBy: null });
});
