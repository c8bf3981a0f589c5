import { MantineProvider } from '@mantine/core';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import type { LotPage } from '../../../contract/lot-page-api.ts';
import type { RecipeView } from '../../../contract/lots-api.ts';
import { ERRORS, type ErrorCode } from '../../../domain/error-table.ts';
import { CableGuard, type KeyTerms } from '../../../domain/recipe.ts';
import type { LotView } from '../../../domain/station-event.ts';
import {
  lotPage,
  lotView,
  NOW_MS,
  personView,
  stationFacts,
  stationStatus,
  syncView,
} from '../../../test/samples/station-views.ts';
import { BLANK_LOTS, READY_LOTS, STOPPED_LOTS } from '../../../test/shots/recorded-lots.ts';
import { GONE } from '../../answer.ts';
import { ScanProvider } from '../../scanner/ScanProvider.tsx';
import type { StationFeed } from '../../station-feed.ts';
import { languages } from '../../strings/languages.ts';
import { MARKS } from '../../strings/pseudo.ts';
import { type DraftDesk, deskAfter, deskOf } from '../../view-state/draft-desk.ts';
import { BLANK, typedOf } from '../../view-state/lot-draft.ts';
import { viewOf } from '../../view-state/station-view.ts';
import { CloseLot } from './CloseLot.tsx';
import { ClosingPanel } from './ClosingPanel.tsx';
import { CopyLot } from './CopyLot.tsx';
import { LotCounts } from './LotCounts.tsx';
import { LotFacts } from './LotFacts.tsx';
import { LotFailures } from './LotFailures.tsx';
import { LotRow } from './LotRow.tsx';
import { LotRules } from './LotRules.tsx';
import { LotTime } from './LotTime.tsx';
import { LotYield } from './LotYield.tsx';
import { ReadyPanel } from './ReadyPanel.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { SerialRange } from './SerialRange.tsx';
import { SignedAndRegistered } from './SignedAndRegistered.tsx';
import { WhatIsMade } from './WhatIsMade.tsx';

const nowMs = () => NOW_MS;
const NO_BOARDS = {
  ...{ passed: 0, revoked: 0, inWork: 0, inRework: 0, failed: 0, noVerdict: 0, scrapped: 0, notStarted: 0, beyond: 0 },
};
const MANY = (Object.keys(ERRORS) as ErrorCode[]).slice(0, 9).map((code) => ({ code, slot: '7', boards: 2 }));
const REPORT = {
  ...{ reportId: '7C21', reportSha256: '7c21'.repeat(16), signedMs: NOW_MS, printed: true },
  folder: '/48213-0001',
};
const nothing = () => {};
const qps = languages('qps');
/** Names and figures that no language writes. */
const DATA =
  /WO-\d+|\d{5}-\d{4}|AQ-200 Gateway|TS-40 Probe|Linh Trần|aq-200|\b[A-C]\b|\bor\b|\b(?:Nov)\b|[\d\s.,:%–·−+]/g;

/** What the pseudo-locale did not mark, and no data is. */
function strays(element: ReactElement): string {
  const within = createElement(
    MantineProvider,
    null,
    createElement(I18nextProvider, { i18n: qps }, createElement(ScanProvider, { nowMs, ...{ children: element } })),
  );
  const markup = renderToStaticMarkup(within).replaceAll(/<style.*?<\/style>/gs, '');
  const texts = markup
    .replaceAll(/<[^>]*?aria-label="([^"]*)"[^>]*>/g, '$1')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'");
  expect(texts).toContain(MARKS.start);
  const marked = new RegExp(`${MARKS.start}[^${MARKS.start}${MARKS.end}]*${MARKS.end}`, 'g');
  let rest = texts;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replaceAll(marked, '');
  }
  return rest.replaceAll(DATA, '');
}

function row(change: Partial<LotView>) {
  return createElement(LotRow, { lot: lotView(change), onLine: null, nowMs, tabStop: true, onOpen: nothing });
}

const time = () => '14:32';
const refused = async () => ({ ok: false, code: 'PIN_WRONG', detail: '' }) as const;

const PAGES: readonly (readonly [string, Partial<LotPage>])[] = [
  ['runs', {}],
  [
    'has not begun',
    { halfHours: [], startedMs: null, time: null, timeBefore: null, failures: [], notPassed: [], inRework: [] },
  ],
  ['is the first of its recipe', { timeBefore: null, hasEarlier: true }],
  ['goes as the one before', { timeBefore: lotPage().time, copiedMs: null, away: 3 }],
  ['has too many causes to show', { failures: MANY, away: 1 }],
  ['is full', { counts: { ...NO_BOARDS, passed: 1200, failed: 3, beyond: 3 } }],
  [
    'is in the cloud',
    { records: { sealed: 862, registered: 862, waiting: 0, refused: 0, conflicts: 0, notCopied: 0 } },
  ],
  [
    'was refused by the cloud',
    { records: { sealed: 862, registered: 1, waiting: 1, refused: 860, conflicts: 3, notCopied: 12 } },
  ],
  ['is closed and waits for its report', { lot: lotView({ state: 'closed' }) }],
  ['has revoked and many re-worked boards', { counts: { ...NO_BOARDS, passed: 1100, revoked: 3, inRework: 97 } }],
  ['waits for labels', { labels: { due: 862, printed: 858, scannedBack: 1, again: 3 } }],
  ['has no labels', { labels: null }],
  ['is closed', { lot: lotView({ state: 'closed' }), report: REPORT }],
  ['has lost its report', { lot: lotView({ state: 'closed' }), report: { ...REPORT, folder: null } }],
];

test.each(PAGES)('every text of the page of a lot that %s comes from the catalogue', (_, change) => {
  const page = lotPage(change);
  const closing = { page, onClose: refused, onKeep: nothing };
  for (const part of [
    createElement(LotCounts, { page }),
    createElement(LotYield, { page, time }),
    createElement(LotTime, { page }),
    createElement(LotFailures, { page }),
    createElement(ClosingPanel, { page, time }),
    createElement(LotFacts, { lot: page.lot }),
    createElement(CloseLot, { ...closing, person: null }),
    createElement(CloseLot, { ...closing, person: personView() }),
    createElement(ReasonForm, { command: 'hold', busy: false, onSend: nothing, onCancel: nothing }),
    createElement(ReasonForm, { command: 'release', busy: true, onSend: nothing, onCancel: nothing }),
    createElement(CopyLot, { lotId: 'WO-48213', onAnswer: nothing }),
  ])
    expect(strays(part)).toBe('');
});

test.each<readonly [string, Partial<LotView>]>([
  ['is not released', { state: 'draft' }],
  ['is released', { running: 0 }],
  ['is in work', { running: 3 }],
  ['is paused', { state: 'held', running: 0 }],
  ['is paused by somebody', { state: 'held', heldBy: 'Linh Trần' }],
  ['was held by the stop rule', { state: 'held', heldBecause: 'NO_ANSWER 3 times in a row' }],
  ['was held for a code', { state: 'held', heldBecause: 'SIGNER_LOCKED' }],
  ['is closed since another day', { state: 'closed', stateSinceMs: NOW_MS - 86_400_000 * 2 }],
  ['was made for any revision', { revisions: [] }],
])('every text of the row of a lot that %s comes from the catalogue', (_, change) => {
  expect(strays(row(change))).toBe('');
});

const filled = deskOf(READY_LOTS.draft ? typedOf(READY_LOTS.draft.draft) : BLANK);
const checked = (desk: DraftDesk, { readiness }: typeof READY_LOTS) =>
  deskAfter(desk, { type: 'checked', asked: 1, readiness });
const typed = (change: Partial<typeof BLANK>) =>
  deskAfter(checked(filled, READY_LOTS), { type: 'typed', change, nowMs: 0 });
const refusal = { code: 'STATION_GONE', detail: '' };

const DESKS: readonly (readonly [string, DraftDesk])[] = [
  ['ready', checked(filled, READY_LOTS)],
  ['stopped', checked(filled, STOPPED_LOTS)],
  ['blank', checked(deskOf(), BLANK_LOTS)],
  ['with an order that is too long', typed({ orderId: 'W'.repeat(70) })],
  ['with letters for a quantity', typed({ quantity: 'many' })],
  ['with a serial that labels do not take', typed({ firstSerial: 'AO-1' })],
  ['that is not checked', deskAfter(filled, { type: 'check-refused', asked: 1, refusal })],
];

const READY = { refusal: null, onRelease: nothing, onBack: nothing };
const TERMS: readonly (KeyTerms | null)[] = [
  null,
  { keyMode: 'on-chip', cableGuard: null },
  ...CableGuard.options.map((cableGuard) => ({ keyMode: 'injected', cableGuard }) as const),
];

function pageOf(desk: DraftDesk): ReactElement[] {
  const texts = () => ({ refusal: null, stoppedBy: null });
  const fields = { typed: desk.typed, texts, locked: false, onType: nothing };
  return [
    createElement(WhatIsMade, {
      ...{ ...fields, recipes: READY_LOTS.recipes, product: ({ model }: RecipeView) => model, recipeStop: null },
      copy: { lot: 'WO-48213', take: nothing },
    }),
    createElement(SerialRange, { ...fields, readiness: desk.readiness }),
    createElement(LotRules, { ...fields, usual: '50x25' as const }),
    ...TERMS.map((terms) => createElement(ReadyPanel, { desk, terms, ...READY })),
  ];
}

test.each(DESKS)('every text of a set-up %s comes from the catalogue', (_, desk) => {
  for (const part of pageOf(desk)) expect(strays(part)).toBe('');
});

test.each(Object.keys(ERRORS) as ErrorCode[])('a check that ends in %s has its words', (code) => {
  const stop = { check: 'line', verdict: 'stop', code, facts: {} } as const;
  const readiness = { ...READY_LOTS.readiness, checks: [stop] };
  const desk = deskAfter(filled, { type: 'checked', asked: 1, readiness });
  expect(strays(createElement(ReadyPanel, { desk, terms: null, ...READY }))).toBe('');
});

/** Says nothing. */
const SILENT: StationFeed = { sight: () => ({ kind: 'gone' }), watch: () => () => {}, ask: async () => GONE };

test.each(['none', 'locked', 'pin-needed', 'ready'] as const)(
  'signing that is %s has its words, online or not',
  (signing) => {
    for (const online of [true, false, null]) {
      const facts = stationFacts({ signing });
      const view = viewOf(stationStatus({ facts, sync: syncView({ online }), practice: online === true }));
      expect(strays(createElement(SignedAndRegistered, { view, feed: SILENT }))).toBe('');
    }
  },
);
