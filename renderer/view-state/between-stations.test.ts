import { expect, test } from 'vitest';
import { stationStatus } from '../../test/samples/station-views.ts';
import { GONE } from '../answer.ts';
import type { StationSight } from '../station-feed.ts';
import { shownSight, staysHere } from './between-stations.ts';
import { viewOf } from './station-view.ts';

const GAVE_UP = { kind: 'gave-up', sentence: 'The folder is in use.' } as const;
const NOWHERE = { setUp: false, towards: null };
const SET_UP = { setUp: true, towards: null };
const TO_PRACTICE = { setUp: false, towards: 'practice' } as const;
const TO_REAL = { setUp: false, towards: 'leaving' } as const;

const live = (practice: boolean): StationSight => ({ kind: 'live', view: viewOf(stationStatus({ practice })) });

test('a station that does not start says why, wherever the window was going', () => {
  for (const way of [NOWHERE, SET_UP, TO_PRACTICE, TO_REAL]) expect(shownSight(GAVE_UP, way)).toEqual(GAVE_UP);
});

test('after the first run the real line is on its way until it is there', () => {
  for (const sight of [live(true), { kind: 'gone' }, { kind: 'starting' }] as const)
    expect(shownSight(sight, SET_UP)).toEqual({ kind: 'leaving' });
  const real = live(false);
  expect(shownSight(real, SET_UP)).toBe(real);
});

test('between two stations it is said where the window goes, and without a way that the station is gone', () => {
  expect(shownSight({ kind: 'gone' }, TO_PRACTICE)).toEqual({ kind: 'practice' });
  expect(shownSight({ kind: 'gone' }, TO_REAL)).toEqual({ kind: 'leaving' });
  expect(shownSight({ kind: 'gone' }, NOWHERE)).toEqual({ kind: 'gone' });
});

test('a no keeps the window where it is; a station that went before it answered does not', () => {
  expect(staysHere({ ok: false, code: 'NOT_ALLOWED', detail: '' })).toBe(true);
  expect(staysHere(GONE)).toBe(false);
  expect(staysHere({ ok: true, value: { opening: true } })).toBe(false);
});
