import { expect, test } from 'vitest';
import type { StationFacts } from '../../domain/station-event.ts';
import { personView, stationFacts } from '../../test/samples/station-views.ts';
import { settingsPlaces } from './settings-places.ts';

const places = (facts: StationFacts, practice = false) => settingsPlaces({ facts, practice });

test('a technician sees no Settings, nor does anybody who is not signed in', () => {
  expect(places(stationFacts())).toEqual([]);
  expect(places(stationFacts({ person: null }))).toEqual([]);
});

test('supervisors, security officers and whoever comes before anybody is on record see them all', () => {
  for (const role of ['supervisor', 'security-officer'] as const)
    expect(places(stationFacts({ person: personView({ role }) }))).toEqual([
      ...['ports', 'signing', 'cloud', 'recipes', 'people', 'labels', 'screen', 'diagnostics', 'practice'],
    ]);
  expect(places(stationFacts({ person: null, hasPeople: false }))).toHaveLength(9);
});

test('who practises is offered no way to practice', () => {
  const facts = stationFacts({ person: null, hasPeople: false });
  expect(places(facts, true)).not.toContain('practice');
});
