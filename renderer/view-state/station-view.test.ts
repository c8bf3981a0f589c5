import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StationStatus } from '../../contract/station-api.ts';
import { LotState } from '../../domain/lot.ts';
import { SlotState, type StationEvent } from '../../domain/station-event.ts';
import {
  lotView,
  personView,
  slotView,
  stationFacts,
  stationStatus,
  syncView,
} from '../../test/samples/station-views.ts';
import { fold, viewOf } from './station-view.ts';

const FRESH: StationStatus = stationStatus({ lineRunning: false, slots: [], lot: null });

const event: fc.Arbitrary<StationEvent> = fc.oneof(
  fc
    .record({ slot: fc.integer({ min: 1, max: 12 }), state: fc.constantFrom(...SlotState.options) })
    .map(({ slot, state }) => ({ type: 'slot-changed', slot: slotView({ slot: String(slot), state }) }) as const),
  fc
    .record({ passed: fc.nat(9), state: fc.constantFrom(...LotState.options) })
    .map((change) => ({ type: 'lot-changed', lot: lotView(change) }) as const),
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
  if (told.type === 'lot-changed') return { ...status, lot: told.lot };
  if (told.type === 'sync-changed') return { ...status, sync: told.sync };
  if (told.type === 'station-changed') return { ...status, facts: told.facts };
  if (told.type === 'line-changed') return { ...status, lineRunning: told.running, stoppedBy: told.stoppedBy };
  return status;
}

test('a window reloaded at any point shows what one that was never reloaded shows', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.nat(40), fc.nat(40), (events, first, second) => {
      const reload = Math.min(first, events.length);
      // Watching begins before the status is asked for: some events before the reload come again.
      const watchedFrom = Math.min(second, reload);
      const answered = events.slice(0, reload).reduce(booked, FRESH);
      const whole = fold(viewOf(FRESH), events);
      expect(fold(viewOf(answered), events.slice(watchedFrom))).toEqual(whole);
      expect(whole).toEqual(viewOf(events.reduce(booked, FRESH)));
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

test('slots stand in the order of their numbers, whichever is heard of first', () => {
  const heard = ['10', '2', '1'].map((slot) => ({ type: 'slot-changed', slot: slotView({ slot }) }) as const);
  expect(fold(viewOf(FRESH), heard).slots.map(({ slot }) => slot)).toEqual(['1', '2', '10']);
});

test("a stop for a reason that this window's words do not know is not shown as another", () => {
  expect(viewOf({ ...FRESH, stoppedBy: 'OF_A_LATER_VERSION' }).stoppedBy).toBeNull();
});
