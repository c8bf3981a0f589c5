import { expect, test } from 'vitest';
import { lotView, NOW_MS, personView, stationFacts, stationStatus } from '../../test/samples/station-views.ts';
import { benchLots, doneShare, heldCauseOf, lotOfOrder, lotOnLine, lotWordOf, mayStart, withLot } from './lot-row.ts';
import { viewOf } from './station-view.ts';

const technician = stationFacts();
const supervisor = stationFacts({ person: personView({ role: 'supervisor' }) });

test('the lot that the line runs is in work, and so is one whose boards are not back yet', () => {
  const view = viewOf(stationStatus());
  expect(lotWordOf(lotView({ running: 0 }), lotOnLine(view))).toBe('inWork');
  expect(lotWordOf(lotView({ running: 2 }), null)).toBe('inWork');
  expect(lotWordOf(lotView({ running: 0 }), lotOnLine({ ...view, lineRunning: false }))).toBe('released');
});

test('a lot held by the stop rule says what failed and how often; a paused one does not', () => {
  const byRule = lotView({ state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' });
  expect(lotWordOf(byRule, null)).toBe('held');
  expect(heldCauseOf(byRule)).toMatchObject({ code: 'NO_ANSWER', times: 3 });
  expect(lotWordOf(lotView({ state: 'held' }), null)).toBe('paused');
  expect(heldCauseOf(lotView({ state: 'held', heldBecause: 'wrong labels' }))).toMatchObject({
    code: null,
    times: null,
  });
});

test('anybody goes on with a paused lot, a supervisor alone with one that was held', () => {
  const paused = lotView({ state: 'held' });
  const held = lotView({ state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' });
  expect(mayStart(paused, technician)).toBe(true);
  expect(mayStart(held, technician)).toBe(false);
  expect(mayStart(held, supervisor)).toBe(true);
  expect(mayStart(lotView(), stationFacts({ person: null }))).toBe(false);
  expect(mayStart(held, stationFacts({ person: null, hasPeople: false }))).toBe(true);
});

test('a lot with boards beyond its quantity is done and no more', () => {
  expect(doneShare({ passed: 12, quantity: 10 })).toBe(1);
});

test('a bench is offered what is released, then what is held, the newest first', () => {
  const lots = [
    lotView({ lotId: 'held', state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' }),
    lotView({ lotId: 'paused', state: 'held' }),
    lotView({ lotId: 'older', running: 0, createdMs: NOW_MS - 10 }),
    lotView({ lotId: 'newer', running: 0, createdMs: NOW_MS - 5 }),
    lotView({ lotId: 'closed', state: 'closed' }),
    lotView({ lotId: 'draft', state: 'draft' }),
  ];
  expect(benchLots(lots, null).map(({ lotId }) => lotId)).toEqual(['newer', 'older', 'paused', 'held']);
});

test('a scanned work order finds the lot that was made of it, if the bench can take it', () => {
  const lots = [
    lotView({ lotId: 'L-1', orderId: 'WO-1', state: 'closed' }),
    lotView({ lotId: 'L-2', orderId: 'WO-1' }),
  ];
  expect(lotOfOrder(lots, 'WO-1')?.lotId).toBe('L-2');
  expect(lotOfOrder(lots, 'L-2')?.lotId).toBe('L-2');
  expect(lotOfOrder(lots, 'L-1')).toBeNull();
});

test("the list shows the line's lot as it is now, and stays the same list when nothing changed", () => {
  const lots = [lotView({ passed: 1 })];
  expect(withLot(lots, lotView({ passed: 2 }))[0]?.passed).toBe(2);
  expect(withLot(lots, lots[0] ?? null)).toBe(lots);
  expect(withLot(lots, lotView({ lotId: 'other' }))).toBe(lots);
});
