import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { type LotView, SlotState, type SlotView } from '../../domain/station-event.ts';
import { lotView, NOW_MS, slotView, stationFacts, stationStatus, syncView } from '../../test/samples/station-views.ts';
import { App } from '../App.tsx';
import { GONE } from '../answer.ts';
import type { BenchFeed } from '../bench-feed.ts';
import type { StationFeed, StationSight } from '../station-feed.ts';
import { type StationView, viewOf } from '../view-state/station-view.ts';
import { WORD_LETTERS } from './card-words.ts';
import { en } from './en.ts';
import { languages } from './languages.ts';
import { MARKS, pseudoText } from './pseudo.ts';

/** What a screen shows that no language writes: names of the line, keys of the keyboard, figures. */
const DATA = /(?:WO-48213|48213-\d{4}|F\d{1,2}|Esc|\d|[\s.,:%–·])/g;

function slots(count: number): SlotView[] {
  return Array.from({ length: count }, (_, index) =>
    slotView({
      slot: String(index + 1),
      state: SlotState.options[index % SlotState.options.length] ?? 'empty',
      stage: index % 9 === 2 ? 'firmware' : null,
      stageSinceMs: NOW_MS - 2_000,
      share: 0.5,
      jobId: index,
      attempt: 1 + (index % 3),
      deviceSerial: `48213-${String(index).padStart(4, '0')}`,
      code: index % 9 === 5 ? 'NO_ANSWER' : index % 9 === 6 ? 'WRONG_MODEL' : null,
      details: index % 9 === 6 ? { found: '7', wanted: '8' } : null,
      actions: index % 9 === 5 ? ['try-again', 'in-bin'] : index % 9 === 6 ? ['in-bin'] : [],
      offReason: index % 9 === 8 ? 'worn-pin' : null,
    }),
  );
}

function live(count: number, change: Partial<LotView>, stopped: StationView['stoppedBy'] = null): StationSight {
  const sync = syncView({ registered: 1, waiting: 2, refused: 2 });
  const facts = stationFacts({ person: null, hasPeople: false });
  const lot = count === 0 ? null : lotView({ model: '200', ...change });
  const status = stationStatus({ stationId: '3', practice: true, stoppedBy: stopped, slots: slots(count), sync });
  return { kind: 'live', view: viewOf({ ...status, lot, facts }) };
}

function textsOf(sight: StationSight): string {
  const feed: StationFeed = { sight: () => sight, watch: () => () => {}, ask: async () => GONE };
  const bench: BenchFeed = { sight: () => null, watch: () => () => {}, ask: async () => GONE };
  const language = languages('qps');
  const markup = renderToStaticMarkup(createElement(App, { feed, bench, language, nowMs: () => NOW_MS }));
  const seen = markup.replaceAll(/<style.*?<\/style>/gs, '').replaceAll(/<[^>]*?aria-label="([^"]*)"[^>]*>/g, '$1');
  return seen.replaceAll(/<[^>]*>/g, ' ').replaceAll('&#x27;', "'");
}

/** What is left of the texts without those that the catalogue marked, and without data. */
function strays(texts: string): string {
  const marked = new RegExp(`${MARKS.start}[^${MARKS.start}${MARKS.end}]*${MARKS.end}`, 'g');
  let rest = texts;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replaceAll(marked, '');
  }
  return rest.replaceAll(DATA, '');
}

const SIGHTS: readonly (readonly [string, StationSight])[] = [
  ['without a station', { kind: 'starting' }],
  ['when the station is gone', { kind: 'gone' }],
  ['without a lot', live(0, {})],
  ['with one slot', live(1, {})],
  ['with 16 slots', live(16, {})],
  ['with 64 slots', live(64, { state: 'draft' })],
  ['when it is held', live(16, { state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' })],
  ['when it is paused', live(16, { state: 'held' })],
  ['when it is full', live(16, { passed: 1200 })],
  ['when it is stopped', live(16, { state: 'closed' }, 'SIGNER_LOCKED')],
  ['when the CA does not answer', live(16, {}, 'SIGNER_UNREACHABLE')],
];

test.each(SIGHTS)('every text of the Line %s comes from the catalogue', (_, sight) => {
  const texts = textsOf(sight);
  expect(texts).toContain(MARKS.start);
  expect(strays(texts)).toBe('');
});

test('a text that is in no catalogue would be seen', () => {
  expect(strays(`${pseudoText('Passed')} Passed`)).toBe('Passed');
});

test('a text that no catalogue holds is a bug, not a key on the screen', () => {
  expect(() => languages('en').t('no.such.text' as 'practice')).toThrow('no text');
});

test('the pseudo-locale keeps what is filled in and adds three fifths', () => {
  const text = pseudoText('Lot {{lot}} done');
  expect(text).toContain('{{lot}}');
  expect([...text].length).toBeGreaterThanOrEqual('Lot {{lot}} done'.length + Math.ceil(9 * 0.6));
});

const codes = Object.keys(ERRORS) as ErrorCode[];
const onTiles = codes.filter((code) => (ERRORS[code] as ErrorRow).card !== null);

test.each(onTiles)('the words of %s fit its tile, large and small', (code) => {
  const { tile, dense, hint } = en.cause[code];
  expect(tile.length).toBeLessThanOrEqual(WORD_LETTERS.roomy);
  expect(dense.length).toBeLessThanOrEqual(WORD_LETTERS.dense);
  expect(hint).not.toBe('');
});

test('words of states and stages fit the small tile', () => {
  const words = [...Object.values(en.wordDense), ...Object.values(en.stageDense)];
  expect(words.filter((word) => word.length > WORD_LETTERS.dense)).toEqual([]);
});
