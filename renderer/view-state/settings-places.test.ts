import { expect, test } from 'vitest';
import { personView, stationFacts } from '../../test/samples/station-views.ts';
import { settingsPlaces } from './settings-places.ts';

test('a technician sees no Settings, nor does anybody who is not signed in', () => {
  expect(settingsPlaces(stationFacts())).toEqual([]);
  expect(settingsPlaces(stationFacts({ person: null }))).toEqual([]);
});

test('supervisors, security officers and whoever comes before anybody is on record see them all', () => {
  for (const role of ['supervisor', 'security-officer'] as const)
    expect(settingsPlaces(stationFacts({ person: personView({ role }) }))).toEqual([
      ...['ports', 'signing', 'cloud', 'recipes', 'people', 'labels', 'screen', 'diagnostics'],
    ]);
  expect(settingsPlaces(stationFacts({ person: null, hasPeople: false }))).toHaveLength(8);
});
