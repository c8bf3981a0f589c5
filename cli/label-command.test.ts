// `keyline label`, on a folder with one board that passed: what its label says, and what is refused before anything prints.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabelAnswer, LotAnswer, RefusalAnswer } from '../contract/cli.ts';
import { sampleLot, samplePassed } from '../db/station-sample.ts';
import { openFolder } from './open-folder.ts';
import { useOf } from './surroundings.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

let at: TestWorld;
beforeEach(() => {
  at = testWorld();
  const open = openFolder(useOf(at.world, {}), true);
  open.recorder.commit('station', (_append, dueMs) => {
    open.store.insertLot(sampleLot('LOT-1', { practice: true }));
    const { certificateId } = samplePassed(open.store, 1);
    samplePassed(open.store, 2);
    open.store.insertLabel({ certificateId, lotId: 'LOT-1', size: '38x13', dueMs });
  });
  open.mark();
  open.close();
});
afterEach(() => at.dispose());

const last = (answers: string[]) => JSON.parse(answers.at(-1) ?? '');

test('says what the label of a board says, and that it waits', async () => {
  const { code, answers } = await at.keyline('label', 'show', 'LOT-1-0001', '--json');
  expect(code).toBe(0);
  expect(LabelAnswer.parse(last(answers)).label).toMatchObject({
    ...{ content: 'KL1:LOT-1-0001:00000001', keyTail: '00000001', size: '38x13', copies: 0, printedMs: null },
  });
  const { answers: words } = await at.keyline('label', 'show', 'LOT-1-0001');
  expect(words).toEqual([
    'LOT-1-0001, sensor A, key 0000 0001: KL1:LOT-1-0001:00000001 on 38x13 mm',
    'It waits for its printer.',
    'Nobody has read it back yet.',
  ]);
  const { answers: status } = await at.keyline('status');
  expect(status.at(-1)).toBe('Labels that wait for their printer: 1.');
});

test.each([
  ['a board without a label', ['show', 'LOT-1-0002'], 'LABEL_NONE'],
  ['a board that nobody made', ['show', 'NOPE-1'], 'LABEL_NONE'],
  ['a print without a printer', ['print', 'LOT-1-0001'], 'PRINTER_NONE'],
  ['all that wait without a printer', ['print', '--waiting'], 'PRINTER_NONE'],
  ['a print of nothing', ['print'], 'USAGE'],
  ['a print of one and of all', ['print', 'LOT-1-0001', '--waiting'], 'USAGE'],
  ['a serial that is none', ['show', 'lot-1'], 'USAGE'],
])('%s is refused', async (_title, args, refused) => {
  const { code, answers } = await at.keyline('label', ...args, '--json');
  expect([code, RefusalAnswer.parse(last(answers)).error.code]).toEqual([2, refused]);
});

test('a lot is made with its label, which is on record', async () => {
  const range = ['--quantity', '2', '--range', 'AQ-0001..AQ-0002', '--label', '10x10', '--practice'];
  const { answers } = await at.keyline(
    'lot',
    'create',
    'L-9',
    '--recipe',
    'examples/aq-200/recipe.json',
    ...range,
    '--json',
  );
  expect(LotAnswer.parse(last(answers)).lotId).toBe('L-9');
  const open = openFolder(useOf(at.world, {}), true);
  expect([open.store.lotLabel('L-9'), open.store.lotLabel('LOT-1')]).toEqual(['10x10', null]);
  open.close();
});
