import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StationStatus } from '../../contract/station-api.ts';
import { SlotState, type StationEvent } from '../../domain/station-event.ts';
import {
  lotView,
  personView,
  slotView,
  stationFacts,
  stationStatus,
  syncView,
} from '../../test/samples/station-views.ts';
import { fold, type StationView, viewOf } from './station-view.ts';

const FRESH: StationStatus = stationStatus({ lineRunning: false, slots: [], lot: null });

const event: fc.Arbitrary<StationEvent> = fc.oneof(
  fc
    .record({ slot: fc.integer({ min: 1, max: 12 }), state: fc.constantFrom(...SlotState.options) })
    .map(({ slot, state }) => ({ type: 'slot-changed', slot: slotView({ slot: String(slot), state }) }) as const),
  fc
    .record({ lotId: fc.constantFrom('A', 'B'), passed: fc.nat(9), current: fc.boolean() })
    .map(({ current, ...change }) => ({ type: 'lot-changed', lot: lotView(change), current }) as const),
  fc.nat(99).map((waiting) => ({ type: 'sync-changed', sync: syncView({ waiting }) }) as const),
  fc
    .boolean()
    .map(
      (signedIn) =>
        ({ type: 'station-changed', facts: stationFacts({ person: signedIn ? personView() : null }) }) as const,
    ),
  fc.boolean().map((running) => ({ type: 'line-changed', running, stoppedBy: running ? null : 'DISK_LOW' }) as const),
);

/** The station's own books, kept in its own way: what it would answer to `status` after the event. */
function booked(status: StationStatus, told: StationEvent): StationStatus {
  if (told.type === 'slot-changed')
    return { ...status, slots: [told.slot, ...status.slots.filter(({ slot }) => slot !== told.slot.slot)] };
  if (told.type === 'lot-changed')
    return told.current || told.lot.lotId === status.lot?.lotId ? { ...status, lot: told.lot } : status;
  if (told.type === 'sync-changed') return { ...status, sync: told.sync };
  if (told.type === 'station-changed') return { ...status, facts: told.facts };
  if (told.type === 'line-changed')
    return {
      ...{ ...status, lineRunning: told.running, stoppedBy: told.stoppedBy },
      slots: told.running ? status.slots : [],
    };
  return status;
}

/** What was told of any lot last is no part of a status. */
const shown = ({ lotTold: _, ...view }: StationView) => view;

test('a window reloaded at any point shows what one that was never reloaded shows', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.nat(40), fc.nat(40), (events, first, second) => {
      const reload = Math.min(first, events.length);
      // Watching begins before the status is asked for: some events before the reload come again.
      const watchedFrom = Math.min(second, reload);
      const answered = events.slice(0, reload).reduce(booked, FRESH);
      const whole = fold(viewOf(FRESH), events);
      expect(shown(fold(viewOf(answered), events.slice(watchedFrom)))).toEqual(shown(whole));
      expect(shown(whole)).toEqual(shown(viewOf(events.reduce(booked, FRESH))));
    }),
  );
});

test('the batches that events come in change nothing', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.nat(40), (events, cut) => {
      const start = viewOf(FRESH);
      expect(fold(fold(start, events.slice(0, cut)), events.slice(cut))).toEqual(fold(start, events));
    }),
  );
});

test("what is told of another lot changes nothing of the line's, and a line that ended leaves no slots behind", () => {
  const start = viewOf(stationStatus({ lineRunning: true, slots: [slotView()], lot: lotView({ lotId: 'A' }) }));
  const other = lotView({ lotId: 'B', state: 'closed' });
  const after = fold(start, [{ type: 'lot-changed', lot: other, current: false }]);
  expect([after.lot?.lotId, after.lotTold]).toEqual(['A', other]);
  const ended = fold(after, [{ type: 'line-changed', running: false, stoppedBy: null }]);
  expect([ended.lot?.lotId, ended.slots]).toEqual(['A', []]);
});

test('slots stand in the order of their numbers, whichever is heard of first', () => {
  const heard = ['10', '2', '1'].map((slot) => ({ type: 'slot-changed', slot: slotView({ slot }) }) as const);
  expect(fold(viewOf(FRESH), heard).slots.map(({ slot }) => slot)).toEqual(['1', '2', '10']);
});

test("a stop for a reason that this window's words do not know is not shown as another", () => {
  expect(viewOf({ ...FRESH, stoppedBy: 'OF_A_LATER_VERSION' }).stoppedBy).toBeNull();
});
