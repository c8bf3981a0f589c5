import { expect, test } from 'vitest';
import { personView, stationFacts, stationStatus } from '../../test/samples/station-views.ts';
import type { StationSight } from '../station-feed.ts';
import { doorOf } from './door.ts';
import { viewOf } from './station-view.ts';

const BENCH = { firstRun: true, canLeave: false, automatic: false, online: true, slots: 4, occupied: [] };

function live(practice: boolean, facts: Parameters<typeof stationFacts>[0]): StationSight {
  return { kind: 'live', view: viewOf(stationStatus({ practice, facts: stationFacts(facts) })) };
}

test('a station with people lets nobody in before they sign in', () => {
  expect(doorOf(live(false, { person: null, hasPeople: true }), null)).toBe('sign-in');
  expect(doorOf(live(false, { person: personView(), hasPeople: true }), null)).toBe('open');
});

test('a station without people asks for no badge', () => {
  expect(doorOf(live(true, { person: null, hasPeople: false }), null)).toBe('open');
});

test('the first run is opened on a practice bench alone', () => {
  const nobody = { person: null, hasPeople: false };
  expect(doorOf(live(true, nobody), BENCH)).toBe('first-run');
  expect(doorOf(live(true, nobody), { ...BENCH, firstRun: false })).toBe('open');
  expect(doorOf(live(false, nobody), BENCH)).toBe('open');
});

test.each([{ kind: 'starting' }, { kind: 'gone' }, { kind: 'gave-up', sentence: 'No.' }] as const)(
  'a station that is $kind has no door',
  (sight) => expect(doorOf(sight, BENCH)).toBe('plain'),
);
