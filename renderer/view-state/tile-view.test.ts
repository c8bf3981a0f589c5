import { expect, test } from 'vitest';
import { SlotState, type SlotView } from '../../domain/station-event.ts';
import { type Look, tileOf } from './tile-view.ts';

const SLOT: SlotView = {
  slot: '3',
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

const LOOKS: Readonly<Record<SlotState, Look>> = {
  empty: 'empty',
  looking: 'looking',
  working: 'work',
  locking: 'work',
  passed: 'pass',
  failed: 'fail',
  'needs-you': 'need',
  held: 'held',
  off: 'off',
};

test.each(SlotState.options)('a slot that is %s has a look and a word of its own', (state) => {
  const tile = tileOf({ ...SLOT, state });
  expect(tile.look).toBe(LOOKS[state]);
  expect(tile.word).toEqual(
    tile.look === 'work' ? { kind: 'stage', stage: 'connect' } : { kind: 'look', look: tile.look },
  );
});

test('the ring counts stages before the one in work, and the share of that one only where it is told', () => {
  const firmware = tileOf({ ...SLOT, state: 'working', stage: 'firmware', share: 0.5 });
  expect(firmware.progress).toBeCloseTo(1.5 / 6);
  expect(firmware.segments).toEqual(['done', 'now', 'ahead', 'ahead', 'ahead', 'ahead']);
  expect(tileOf({ ...SLOT, state: 'working', stage: 'key' }).progress).toBeCloseTo(2 / 6);
});

test('a board that is being locked says not to remove it, whatever else is known', () => {
  const tile = tileOf({ ...SLOT, state: 'locking', stage: 'lock', deviceSerial: 'AQ-0871', share: 0.2 });
  expect(tile.detail).toEqual({ kind: 'do-not-remove' });
});

test('a board in work shows the tail of its serial, how far it is, and from the second try on the try', () => {
  const board = { ...SLOT, state: 'working', stage: 'firmware', deviceSerial: '48213-0871', attempt: 2 } as const;
  expect(tileOf(board).detail).toEqual({ kind: 'work', tail: '0871', percent: null, attempt: 2 });
  expect(tileOf({ ...board, share: 0.999 }).detail).toMatchObject({ percent: 99 });
});

test('a failed board shows its cause, and no stage where the station names none', () => {
  const tile = tileOf({ ...SLOT, state: 'failed', code: 'PROOF_FAILED', outcome: 'failed' });
  expect(tile.word).toEqual({ kind: 'cause', code: 'PROOF_FAILED' });
  expect(tile.segments).toEqual([]);
});
