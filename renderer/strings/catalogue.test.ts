import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { SlotState, type SlotView } from '../../domain/station-event.ts';
import { App } from '../App.tsx';
import type { StationSight } from '../station-feed.ts';
import { WORD_LETTERS } from './card-words.ts';
import { en } from './en.ts';
import { languages } from './languages.ts';
import { MARKS, pseudoText } from './pseudo.ts';

const NOW_MS = Date.UTC(2026, 10, 14, 14, 32);
/** What a screen shows that no language writes: names of the line, keys of the keyboard, figures. */
const DATA = /(?:WO-48213|48213-\d{4}|F\d{1,2}|Esc|\d|[\s.,:%–·])/g;

function slots(count: number): SlotView[] {
  return Array.from({ length: count }, (_, index) => ({
    slot: String(index + 1),
    state: SlotState.options[index % SlotState.options.length] ?? 'empty',
    stage: index % 9 === 2 ? 'firmware' : null,
    share: 0.5,
    jobId: index,
    attempt: 1 + (index % 3),
    hwid: null,
    deviceSerial: `48213-${String(index).padStart(4, '0')}`,
    outcome: null,
    code: index % 9 === 5 ? 'NO_ANSWER' : index % 9 === 6 ? 'WRONG_MODEL' : null,
    sinceMs: NOW_MS,
  }));
}

const LOT = {
  lotId: 'WO-48213',
  quantity: 1200,
  spare: 0,
  passed: 862,
  failed: 14,
  errored: 0,
  aborted: 0,
  running: 0,
  signatures: 0,
  heldBecause: null,
} as const;

function live(count: number, state: 'released' | 'held' | 'closed' | 'draft', stopped = false): StationSight {
  const sync = { made: 5, registered: 1, waiting: 2, refused: 2, voidsWaiting: 0, online: false };
  const stoppedBy = stopped ? 'SIGNER_LOCKED' : null;
  const view = { stationId: '3', practice: true, lineRunning: true, stoppedBy, slots: slots(count), sync } as const;
  return { kind: 'live', view: { ...view, lot: count === 0 ? null : { ...LOT, state } } };
}

function textsOf(sight: StationSight): string {
  const feed = {
    sight: () => sight,
    watch: () => () => {},
    ask: async () => ({ ok: false, code: 'STATION_GONE', detail: '' }),
  };
  const markup = renderToStaticMarkup(createElement(App, { feed, language: languages('qps'), nowMs: () => NOW_MS }));
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
  ['without a lot', live(0, 'released')],
  ['with one slot', live(1, 'released')],
  ['with 16 slots', live(16, 'released')],
  ['with 64 slots', live(64, 'draft')],
  ['when it is held', live(16, 'held')],
  ['when it is stopped', live(16, 'closed', true)],
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
