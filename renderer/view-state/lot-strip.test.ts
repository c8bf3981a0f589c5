import { expect, test } from 'vitest';
import type { LotView, SlotView } from '../../domain/station-event.ts';
import { lastPassed, lotStripOf } from './lot-strip.ts';
import type { StationView } from './station-view.ts';

const LOT: LotView = {
  lotId: 'LOT',
  state: 'released',
  quantity: 10,
  spare: 2,
  passed: 0,
  failed: 0,
  errored: 0,
  aborted: 0,
  running: 0,
  signatures: 0,
  heldBecause: null,
};
const SLOT: SlotView = {
  slot: '1',
  state: 'empty',
  stage: null,
  share: null,
  jobId: null,
  attempt: null,
  hwid: null,
  deviceSerial: null,
  outcome: null,
  code: null,
  sinceMs: 0,
};

function viewWith(lot: LotView | null, slots: readonly SlotView[] = []): StationView {
  const sync = { made: 0, registered: 0, waiting: 0, refused: 0, voidsWaiting: 0, online: null };
  return { stationId: 'B3', practice: false, lineRunning: true, stoppedBy: null, slots, lot, sync };
}

test('without a lot there are no figures', () => {
  expect(lotStripOf(viewWith(null))).toBeNull();
});

test('a lot that judged no board yet has no yield', () => {
  expect(lotStripOf(viewWith({ ...LOT, aborted: 3, errored: 1 }))).toMatchObject({ yieldPercent: null, left: 10 });
});

test('yield counts boards that are good or bad, not those that got no verdict', () => {
  expect(lotStripOf(viewWith({ ...LOT, passed: 3, failed: 1, errored: 5 }))?.yieldPercent).toBe(75);
});

test('boards in work never fill the bar beyond its end', () => {
  const slots = ['1', '2', '3'].map((slot) => ({ ...SLOT, slot, state: 'working' }) as const);
  const strip = lotStripOf(viewWith({ ...LOT, passed: 9 }, slots));
  expect(strip).toMatchObject({ inWork: 3, full: false });
  expect((strip?.passedShare ?? 0) + (strip?.inWorkShare ?? 0)).toBeLessThanOrEqual(1);
});

test('the last board is the one that passed last among those still in their slots', () => {
  const slots = [
    { ...SLOT, slot: '1', state: 'passed', sinceMs: 20 },
    { ...SLOT, slot: '2', state: 'passed', sinceMs: 10 },
    { ...SLOT, slot: '3', state: 'failed', sinceMs: 30 },
  ] as const;
  expect(lastPassed(viewWith(LOT, slots))?.slot).toBe('1');
});
