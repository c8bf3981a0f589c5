import { expect, test } from 'vitest';
import type { SlotView } from '../../domain/station-event.ts';
import { newCards, queueOf, takeOuts } from './queue.ts';
import type { StationView } from './station-view.ts';

function viewWith(slots: readonly Partial<SlotView>[], stoppedBy: StationView['stoppedBy'] = null): StationView {
  const told = slots.map((slot, index) => ({
    slot: String(index + 1),
    state: 'empty' as const,
    stage: null,
    share: null,
    jobId: null,
    attempt: null,
    hwid: null,
    deviceSerial: null,
    outcome: null,
    code: null,
    sinceMs: 0,
    ...slot,
  }));
  const sync = { made: 0, registered: 0, waiting: 0, refused: 0, voidsWaiting: 0, online: null };
  return { stationId: 'B3', practice: false, lineRunning: true, stoppedBy, slots: told, lot: null, sync };
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

test('three neighbours and more that are done are one chip', () => {
  const view = viewWith([passed, passed, {}, passed, passed, passed, {}, passed]);
  expect(takeOuts(view)).toEqual([
    { first: '1', last: null },
    { first: '2', last: null },
    { first: '4', last: '6' },
    { first: '8', last: null },
  ]);
});
