import { describe, expect, test } from 'vitest';
import type { SlotView } from '../../domain/station-event.ts';
import { labelsView, NOW_MS, slotView, stationStatus } from '../../test/samples/station-views.ts';
import { cardKey, isLineStop, newCards, nextCard, queueOf, shownCard, takeOuts } from './queue.ts';
import { type StationView, viewOf } from './station-view.ts';

function viewWith(slots: readonly Partial<SlotView>[], stoppedBy: StationView['stoppedBy'] = null): StationView {
  const told = slots.map((slot, index) => slotView({ slot: String(index + 1), ...slot }));
  return viewOf(stationStatus({ slots: told, stoppedBy }));
}

const passed = { state: 'passed' } as const;

test('the line comes first, then what cannot be taken back, then failed, then the rest; the oldest first', () => {
  const view = viewWith(
    [
      { state: 'needs-you', code: 'WRONG_MODEL', sinceMs: 1 },
      { state: 'failed', code: 'NO_ANSWER', sinceMs: 9 },
      { state: 'failed', code: 'PROOF_FAILED', sinceMs: 5 },
      { state: 'needs-you', code: 'LOST_IN_LOCKING', sinceMs: 20 },
      passed,
    ],
    'SIGNER_UNREACHABLE',
  );
  expect(queueOf(view).map(({ slot }) => slot)).toEqual([null, '4', '3', '2', '1']);
});

test('a card that was there before is not new, and one with another cause is', () => {
  const before = queueOf(viewWith([{ state: 'failed', code: 'NO_ANSWER' }]));
  const after = queueOf(
    viewWith([
      { state: 'failed', code: 'NO_ANSWER' },
      { state: 'needs-you', code: 'NOT_A_BOARD' },
    ]),
  );
  expect(newCards(before, after).map(({ slot }) => slot)).toEqual(['2']);
  expect(newCards(before, queueOf(viewWith([{ state: 'failed', code: 'LOCK_FAILED' }])))).toHaveLength(1);
});

test('the card that is written out stays so when a more pressing one comes, until it is gone', () => {
  const failed = { state: 'failed', code: 'NO_ANSWER' } as const;
  const before = queueOf(viewWith([failed]));
  const key = before[0] === undefined ? null : cardKey(before[0]);
  const after = queueOf(viewWith([failed, { state: 'failed', code: 'PROOF_FAILED' }], 'DISK_LOW'));
  expect(after[0]?.slot).toBeNull();
  expect(shownCard(after, key)?.slot).toBe('1');
  expect(shownCard(queueOf(viewWith([{}, failed])), key)?.slot).toBe('2');
  expect(shownCard([], key)).toBeNull();
});

test('the next card follows the shown one, and after the last comes the first', () => {
  const cards = queueOf(viewWith([{ state: 'needs-you' }, { state: 'needs-you' }, { state: 'needs-you' }]));
  const [first, second, third] = cards;
  if (first === undefined || second === undefined || third === undefined) return expect.unreachable();
  expect(nextCard(cards, cardKey(first))).toBe(second);
  expect(nextCard(cards, cardKey(third))).toBe(first);
  expect(nextCard(cards, null)).toBe(first);
  expect(nextCard([], null)).toBeNull();
});

test('three neighbours and more that are done are one chip', () => {
  const view = viewWith([passed, passed, {}, passed, passed, passed, {}, passed]);
  expect(takeOuts(view)).toEqual([
    { first: '1', last: null },
    { first: '2', last: null },
    { first: '4', last: '6' },
    { first: '8', last: null },
  ]);
});

describe('labels in the queue', () => {
  const at = NOW_MS;

  test('that wait for a printer in trouble are one card, which stops nothing, after the boards', () => {
    const trouble = { code: 'LABELS_EMPTY', sinceMs: at } as const;
    const view = viewOf(stationStatus({ labels: labelsView({ waiting: 4, trouble }) }));
    expect(queueOf(view)).toMatchObject([{ slot: null, look: 'need', code: 'LABELS_EMPTY' }]);
    expect(queueOf(view).some(isLineStop)).toBe(false);
    expect(queueOf(viewOf(stationStatus({ labels: labelsView({ waiting: 0, trouble }) })))).toEqual([]);
    const failed = slotView({ slot: '3', state: 'failed', code: 'NO_ANSWER' });
    const both = viewOf(stationStatus({ slots: [failed], labels: labelsView({ waiting: 4, trouble }) }));
    expect(queueOf(both).map(({ code }) => code)).toEqual(['NO_ANSWER', 'LABELS_EMPTY']);
  });

  test('a label that was read on the wrong board calls at its slot', () => {
    const mismatch = { slot: '7', expected: 'A-7', read: 'A-8', code: 'SERIAL_USED', sinceMs: at } as const;
    expect(queueOf(viewOf(stationStatus({ labels: labelsView({ mismatch }) })))).toEqual([
      {
        slot: '7',
        look: 'need',
        code: 'SERIAL_USED',
        details: { found: 'A-8', wanted: 'A-7' },
        actions: [],
        sinceMs: at,
      },
    ]);
  });
});

test('a taught fixture that is done is one chip, whatever is off in it, and runs end where fixtures do', () => {
  const fixtures = [
    { rows: 2, columns: 2 },
    { rows: 1, columns: 4 },
  ];
  const view = viewWith([passed, passed, { state: 'off' }, passed, passed, passed, passed, {}]);
  const taught = { ...view, facts: { ...view.facts, fixtures } };
  expect(takeOuts(taught)).toEqual([{ fixture: 'A' }, { first: '5', last: '7' }]);
});

test('a port that nobody taught calls after boards that failed, and does not count as a line that stopped', () => {
  const view = viewWith([{ state: 'failed', code: 'NO_ANSWER' }]);
  const cards = queueOf({ ...view, facts: { ...view.facts, unknownPorts: ['usb-9'] } });
  expect(cards.map(({ code, look }) => [code, look])).toEqual([
    ['NO_ANSWER', 'fail'],
    ['PORT_UNKNOWN', 'need'],
  ]);
});
