import { MantineProvider } from '@mantine/core';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BenchView } from '../../contract/bench-api.ts';
import type { CaView } from '../../contract/signing-api.ts';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { SlotState, type SlotView, type StationFacts } from '../../domain/station-event.ts';
import {
  lotView,
  NOW_MS,
  personView,
  slotView,
  stationFacts,
  stationStatus,
  syncView,
} from '../../test/samples/station-views.ts';
import { SIGNING } from '../../test/shots/recorded-signing.ts';
import { SYNC } from '../../test/shots/recorded-sync.ts';
import { App } from '../App.tsx';
import type { BenchFeed } from '../bench-feed.ts';
import { PersonPanel } from '../components/PersonPanel.tsx';
import { HELP_TOPICS } from '../components/page.ts';
import { ScanProvider } from '../scanner/ScanProvider.tsx';
import { FirstRun } from '../screens/first-run/FirstRun.tsx';
import { NO_LESSONS } from '../screens/first-run/lessons.ts';
import { FIRST, type FirstRunState, STEPS } from '../screens/first-run/steps.ts';
import { Help } from '../screens/help/Help.tsx';
import { CaCard } from '../screens/settings/CaCard.tsx';
import { OwnKey } from '../screens/settings/OwnKey.tsx';
import { PortsPanel } from '../screens/settings/PortsPanel.tsx';
import { ScreenPanel } from '../screens/settings/ScreenPanel.tsx';
import { PinPad } from '../screens/sign-in/PinPad.tsx';
import { CarryPanel } from '../screens/sync/CarryPanel.tsx';
import { CopiesPanel } from '../screens/sync/CopiesPanel.tsx';
import { Equation } from '../screens/sync/Equation.tsx';
import { FirstLine } from '../screens/sync/FirstLine.tsx';
import { JournalPanel } from '../screens/sync/JournalPanel.tsx';
import { ReconcilePanel } from '../screens/sync/ReconcilePanel.tsx';
import { RefusedPanel } from '../screens/sync/RefusedPanel.tsx';
import { RowSides } from '../screens/sync/RowSides.tsx';
import type { Journal } from '../screens/sync/use-journal.ts';
import type { SyncText } from '../screens/sync/use-sync-text.ts';
import { WaitingPanel } from '../screens/sync/WaitingPanel.tsx';
import type { StationFeed, StationSight } from '../station-feed.ts';
import { type CaResult, SigningDesk } from '../view-state/signing-desk.ts';
import { viewOf } from '../view-state/station-view.ts';
import { WORD_LETTERS } from './card-words.ts';
import { en } from './en.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import { languages } from './languages.ts';
import { type Catalogue, MARKS, pseudoText } from './pseudo.ts';

/** What a screen shows that no language writes: names of the line, of people and of codes, keys of the keyboard, figures. */
const NAMES = [
  'WO-48213',
  '\\d{5}-\\d{4}',
  'AQ-200 Gateway',
  'Linh Trần',
  'LT',
  'B3',
  'KL[BSC1]:',
  '[A-Z-]{4,}',
  '/dev/\\S+',
  'Example Devices(?: [A-Z]\\w+)?',
  '(?:factory-\\d|LINE-\\d|pilot|practice|station)\\b',
  '\\b[0-9a-f]{4}\\b',
  ...Object.values(LANGUAGE_NAMES),
  '\\b[0-9a-f]{8}\\b',
  '0080e115aabb',
  'María Ríos',
  '[…=≠+]',
];
const DATA = new RegExp(`(?:${NAMES.join('|')}|F\\d{1,2}|Esc|Ctrl\\+L|\\bC\\b|\\bor\\b|\\d|[\\s.,:%–·″])`, 'g');

function slots(count: number): SlotView[] {
  return Array.from({ length: count }, (_, index) => {
    const code = index % 9 === 5 ? 'NO_ANSWER' : index % 9 === 6 ? 'WRONG_MODEL' : null;
    return slotView({
      ...{ slot: String(index + 1), state: SlotState.options[index % SlotState.options.length] ?? 'empty', code },
      ...{ stage: index % 9 === 2 ? 'firmware' : null, share: 0.5, jobId: index, attempt: 1 + (index % 3) },
      ...{ deviceSerial: `48213-${String(index).padStart(4, '0')}`, sinceMs: NOW_MS },
    });
  });
}

function live(
  count: number,
  state: 'released' | 'held' | 'closed' | 'draft',
  stopped = false,
  facts: StationFacts = stationFacts(),
): StationSight {
  const sync = syncView({ made: 5, registered: 1, waiting: 2, refused: 2 });
  const stoppedBy = stopped ? 'SIGNER_LOCKED' : null;
  const lot = count === 0 ? null : lotView({ state });
  return {
    kind: 'live',
    view: viewOf(stationStatus({ practice: true, stoppedBy, slots: slots(count), lot, sync, facts })),
  };
}

const gone = { ok: false, code: 'STATION_GONE', detail: '' } as const;

function feedOf(sight: StationSight): StationFeed {
  return { sight: () => sight, watch: () => () => {}, ask: async () => gone };
}

function benchOf(view: BenchView | null): BenchFeed {
  return { sight: () => view, watch: () => () => {}, ask: async () => gone };
}

const BENCH: BenchView = { firstRun: true, canLeave: false, automatic: false, online: true, slots: 4, occupied: [1] };
const nowMs = () => NOW_MS;

function textsOf(sight: StationSight, bench: BenchView | null = null): string {
  const parts = { feed: feedOf(sight), bench: benchOf(bench), language: languages('qps'), nowMs };
  return seenIn(createElement(App, parts));
}

function Scanned({ part }: { readonly part: ReactNode }): ReactNode {
  return ScanProvider({ nowMs, children: part });
}

/** Of one screen without the app around it. */
function textsOfPart(part: ReactNode): string {
  const spoken = createElement(I18nextProvider, { i18n: languages('qps') }, createElement(Scanned, { part }));
  return seenIn(createElement(MantineProvider, null, spoken));
}

function seenIn(element: ReactNode): string {
  const markup = renderToStaticMarkup(element);
  const seen = markup.replaceAll(/<style.*?<\/style>/gs, '').replaceAll(/<[^>]*?aria-label="([^"]*)"[^>]*>/g, '$1');
  return seen
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"');
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

function expectFromCatalogue(texts: string): void {
  expect(texts).toContain(MARKS.start);
  expect(strays(texts)).toBe('');
}

beforeEach(() => {
  vi.stubGlobal('screen', { width: 1920, height: 1080 });
});

const nobody = stationFacts({ person: null });
const preferring = { preferences: personView().preferences, prefer: () => {} };
const SIGHTS: readonly (readonly [string, StationSight])[] = [
  ['without a station', { kind: 'starting' }],
  ['when the station is gone', { kind: 'gone' }],
  ['when nothing can be started', { kind: 'gave-up', sentence: pseudoText('The disk is full.') }],
  ['without a lot', live(0, 'released')],
  ['with one slot', live(1, 'released')],
  ['with 16 slots', live(16, 'released')],
  ['with 64 slots', live(64, 'draft')],
  ['when it is held', live(16, 'held')],
  ['when it is stopped', live(16, 'closed', true)],
  ['when nobody is signed in', live(64, 'released', false, nobody)],
];

test.each(SIGHTS)('every text of the window %s comes from the catalogue', (_, sight) => {
  expectFromCatalogue(textsOf(sight));
});

const PEOPLE = [{ name: 'Linh Trần', role: 'security-officer', badge: null, pin: '4711' }] as const;
const RUNS: readonly (readonly [string, Partial<FirstRunState>])[] = STEPS.flatMap((at) => [
  [`step ${at}`, { at }] as const,
  [
    `step ${at} when all was done`,
    {
      ...{ at, left: STEPS, measured: true, scans: ['WO-48213', 'WO-48213'], people: PEOPLE },
      bench: { ports: '/dev/serial/by-path', slots: 4 },
    },
  ] as const,
]);

test.each(RUNS)('every text of the first run at %s comes from the catalogue', (_, change) => {
  const sight = live(4, 'released');
  if (sight.kind !== 'live') return;
  const nothing = () => {};
  const memory = { act: nothing, learn: nothing, practise: nothing, leave: nothing, practising: false, leaving: false };
  const parts = { view: sight.view, feed: feedOf(sight), bench: benchOf(BENCH), benchView: BENCH, nowMs, preferring };
  const run = { state: { ...FIRST, ...change }, lessons: NO_LESSONS, onPractise: nothing, onHelp: nothing };
  expectFromCatalogue(textsOfPart(createElement(FirstRun, { ...parts, ...memory, ...run })));
});

test('a bench that has not been set up opens the first run, under the practice band', () => {
  expect(textsOf(live(4, 'released'), BENCH)).toContain(pseudoText(en.firstRun.title));
});

test.each(HELP_TOPICS)('every text of Help for %s comes from the catalogue', (topic) => {
  expectFromCatalogue(textsOfPart(createElement(Help, { topic, onBack: () => {} })));
});

test('every text of the PIN pad comes from the catalogue', () => {
  const words = { label: pseudoText('PIN'), enter: pseudoText('Sign in'), back: pseudoText('Back') };
  const parts = { ...words, send: async () => gone, onBack: () => {} };
  expectFromCatalogue(textsOfPart(createElement(PinPad, parts)));
});

const OFFICER = stationFacts({ person: personView({ role: 'security-officer' }) });
const SUPERVISOR = stationFacts({ person: personView({ role: 'supervisor' }) });
const RESULTS: readonly CaResult[] = [
  { kind: 'opened' },
  { kind: 'tested', signMs: 12 },
  { kind: 'activated', before: null, boards: 0 },
  { kind: 'activated', before: 'factory-2', boards: 3 },
  { kind: 'refused', code: 'SIGNER_UNREACHABLE', detail: '' },
  { kind: 'refused', code: 'LINE_RUNNING', detail: '' },
];
const CAS = Object.values(SIGNING).flatMap(({ cas }): readonly CaView[] => cas);

test.each([...new Map(CAS.map((ca) => [`${ca.name}, ${ca.state}, ${ca.signing}`, ca])).entries()])(
  'every text of the card of %s comes from the catalogue',
  (_, ca) => {
    const desk = new SigningDesk({ ask: async () => gone });
    for (const result of RESULTS)
      for (const facts of [OFFICER, SUPERVISOR]) {
        const said = { name: ca.name, result };
        const sight = { cas: CAS, refused: null, busy: null, asks: ca.name, said };
        expectFromCatalogue(textsOfPart(createElement(CaCard, { ca, facts, sight, desk, inWork: 3, nowMs })));
      }
  },
);

test("every text of the station's own key comes from the catalogue", () => {
  const desk = new SigningDesk({ ask: async () => gone });
  const said = { name: '', result: { kind: 'refused', code: 'PASSPHRASE_WRONG', detail: '' } } as const;
  const sight = { cas: CAS, refused: null, busy: null, asks: null, said };
  expectFromCatalogue(textsOfPart(createElement(OwnKey, { sight, desk })));
});

test('every text of the other panels of Settings comes from the catalogue', () => {
  const feed = feedOf(live(4, 'released', false, OFFICER));
  expectFromCatalogue(textsOfPart(createElement(PortsPanel, { facts: OFFICER, feed })));
  for (const signedIn of [true, false])
    expectFromCatalogue(textsOfPart(createElement(ScreenPanel, { ...preferring, signedIn, onTestSound: () => {} })));
});

const SYNC_TEXT: SyncText = { time: () => '14:31', clock: () => '14:31', day: () => '14', refusal: () => '' };
const SYNCS = Object.entries(SYNC);

test.each(SYNCS)(
  'every text of Sync and audit, %s, comes from the catalogue',
  (_, { state, refused, copies, journal: page }) => {
    const feed = feedOf({ kind: 'gone' });
    const nothing = () => {};
    const text = SYNC_TEXT;
    const counts = { made: 8_412, registered: 6_091, waiting: 2_318, refused: 3 };
    for (const sync of [
      syncView({ ...counts, online: false }),
      syncView({ ...counts, online: true, drainMs: 90_000 }),
      syncView({ ...counts, online: true, drainMs: 9_000, made: 1 }),
      syncView({ made: 5, registered: 4, waiting: 0, refused: 1, online: true }),
      syncView({ made: 5, registered: 5, waiting: 0, refused: 0, online: true }),
    ]) {
      expectFromCatalogue(
        textsOfPart(createElement(FirstLine, { sync, state, feed, text, carrying: false, onCarry: nothing })),
      );
      expectFromCatalogue(textsOfPart(createElement(Equation, { sync, undecided: sync.refused })));
    }
    for (const table of [true, false])
      expectFromCatalogue(textsOfPart(createElement(WaitingPanel, { state, text, table })));
    const acts = { feed, text, onChanged: nothing };
    const entries = page.entries
      .slice(0, 1)
      .flatMap((entry) => Object.keys(en.journal.event).map((type, at) => ({ ...entry, seq: at + 1, type })));
    for (const facts of [OFFICER, SUPERVISOR, nobody]) {
      const rows = refused.length > 0 ? [...refused, ...refused.map((row) => ({ ...row, kind: 'void' as const }))] : [];
      const list = { rows, more: true, onMore: nothing, onReconcile: nothing };
      expectFromCatalogue(textsOfPart(createElement(RefusedPanel, { ...acts, ...list, facts })));
      expectFromCatalogue(textsOfPart(createElement(CopiesPanel, { ...acts, copies, facts })));
      for (const verdict of facts === OFFICER ? [SYNC.drawn.verdict, SYNC.changed.verdict, null] : []) {
        const journal: Journal = {
          ...{ page: { ...page, entries }, wanted: { before: 9, search: 'x' }, verdict, checking: verdict === null },
          ...{ refused: null, show: nothing, check: nothing },
        };
        expectFromCatalogue(textsOfPart(createElement(JournalPanel, { journal, feed, text, facts })));
      }
      for (const row of SYNC.drawn.reconcile.rows)
        expectFromCatalogue(textsOfPart(createElement(RowSides, { row, facts, busy: false, onDecide: nothing })));
    }
    expectFromCatalogue(textsOfPart(createElement(CarryPanel, { feed, text, onClose: nothing })));
    expectFromCatalogue(textsOfPart(createElement(ReconcilePanel, { ...acts, facts: OFFICER, onBack: nothing })));
  },
);

test('every text of the person menu comes from the catalogue', () => {
  const parts = { ...preferring, onSignOut: () => {}, onTestSound: () => {} };
  expectFromCatalogue(textsOfPart(createElement(PersonPanel, parts)));
});

/** Every text of a catalogue with its key. */
function textsBelow(catalogue: Catalogue, under = ''): (readonly [string, string])[] {
  return Object.entries(catalogue).flatMap(([key, value]) => {
    const at = `${under}${key}`;
    return typeof value === 'string' ? [[at, value] as const] : textsBelow(value, `${at}.`);
  });
}

/** UX.md section 6: no blame, no alarm, no flattery. */
const NEVER_SAID = /\b(errors?|invalid|please|oops|sorry|success\w*|warning|abort\w*|illegal)\b/i;

test('no text says error, invalid, please or success', () => {
  const said = textsBelow(en).filter(([, text]) => NEVER_SAID.test(text));
  expect(said).toEqual([]);
  expect(NEVER_SAID.test('Success. Please wait.')).toBe(true);
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
