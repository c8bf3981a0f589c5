import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../../domain/error-table.ts';
import { PIN_TRIES } from '../../../domain/pin-tries.ts';
import type { SlotCommand } from '../../../domain/station-event.ts';
import { labelsView, personView, slotView, stationFacts, stationStatus } from '../../../test/samples/station-views.ts';
import { languages } from '../../strings/languages.ts';
import type { OrderState } from '../../view-state/order-desk.ts';
import { type QueueCard, queueOf } from '../../view-state/queue.ts';
import { viewOf } from '../../view-state/station-view.ts';
import { Card } from './Card.tsx';
import type { Orders } from './use-orders.ts';

const IDLE: OrderState = { busy: false, refusal: null, detail: '' };
const TECHNICIAN = stationFacts();
const SUPERVISOR = stationFacts({ person: personView({ role: 'supervisor' }) });
const OFFICER = stationFacts({ person: personView({ role: 'security-officer' }) });

function cardOf(code: ErrorCode, actions: readonly SlotCommand[], change = {}): QueueCard {
  const slots = [slotView({ slot: '6', state: 'needs-you', code, actions: [...actions], ...change })];
  const [card] = queueOf(viewOf(stationStatus({ slots })));
  if (card === undefined) throw new Error('a slot that needs someone has a card');
  return card;
}

function lineCard(code: ErrorCode): QueueCard {
  const [card] = queueOf(viewOf(stationStatus({ stoppedBy: code })));
  if (card === undefined) throw new Error('a line that stopped has a card');
  return card;
}

function drawn(card: QueueCard, facts = TECHNICIAN, state = IDLE) {
  const nothing = async () => null;
  const orders: Orders = {
    of: () => state,
    ofLine: () => state,
    command: nothing,
    lookAgain: () => {},
    copyNow: () => {},
    unlock: () => {},
    login: () => {},
    print: () => {},
    printWaiting: () => {},
  };
  const parts = {
    card,
    facts,
    labels: labelsView(),
    orders,
    whole: true,
    shown: true,
    onShow: () => {},
    next: null,
  };
  const inside = createElement(I18nextProvider, { i18n: languages('en') }, createElement(Card, parts));
  const markup = renderToStaticMarkup(createElement(MantineProvider, null, inside));
  const texts = (pattern: RegExp) =>
    [...markup.matchAll(pattern)].map(([, text = '']) => text.replaceAll('&#x27;', "'").replaceAll('&quot;', '"'));
  return {
    markup,
    title: texts(/<b>(.*?)<\/b>/g),
    sentences: texts(/<p(?: [^>]*)?>(.*?)<\/p>/g),
    buttons: texts(/<button[^>]*class="[^"]*\bpri\b[^"]*"[^>]*>(.*?)<\/button>/g),
  };
}

const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => (ERRORS[code] as ErrorRow).card !== null);

test.each(codes)('the card of %s has its word, its sentence and at most one button', (code) => {
  const card = drawn(cardOf(code, ['got-it', 'switch-off']), SUPERVISOR);
  const row: ErrorRow = ERRORS[code];
  expect(card.title).toEqual([`Slot 6 · ${row.tile}`]);
  expect(card.sentences).toEqual([row.todo]);
  expect(card.buttons).toEqual(row.button === '' ? [] : [row.button]);
});

test('a card says what the refusal knows beside its code', () => {
  const model = cardOf('WRONG_MODEL', ['in-bin'], { details: { found: 'TS-40', wanted: 'AQ-200' } });
  expect(drawn(model).markup).toContain('This board says TS-40, the lot wants AQ-200.');
  const passedMs = Date.UTC(2026, 10, 12, 9, 15);
  const earlier = cardOf('ALREADY_DONE', ['in-bin'], { details: { lotId: 'WO-47990', passedMs } });
  expect(drawn(earlier).markup).toContain('12 Nov, lot WO-47990');
});

test('without details a card says what its code says', () => {
  expect(drawn(cardOf('WRONG_MODEL', ['in-bin'])).markup).toContain('Nothing was written');
});

test('rarer choices are there for who may take them, and for nobody else', () => {
  const card = cardOf('NO_ANSWER', ['try-again', 'switch-off']);
  expect(drawn(card, SUPERVISOR).markup).toContain('Other choices');
  expect(drawn(card, TECHNICIAN).markup).not.toContain('Other choices');
});

test('a button whose order is on its way says so', () => {
  const { buttons, markup } = drawn(cardOf('NO_ANSWER', ['try-again']), TECHNICIAN, { ...IDLE, busy: true });
  expect(buttons).toEqual(['On its way']);
  expect(markup).toContain('aria-disabled="true"');
});

test('a refusal is told in the card, in its own words', () => {
  const state = { ...IDLE, refusal: 'STATION_GONE' } as const;
  const { happened, todo } = ERRORS.STATION_GONE;
  expect(drawn(cardOf('NO_ANSWER', ['try-again']), TECHNICIAN, state).sentences).toContain(`${happened} ${todo}`);
});

test('a line that stopped: test again for anyone, the passphrase for a security officer, else whom to call', () => {
  expect(drawn(lineCard('SIGNER_UNREACHABLE')).buttons).toEqual(['Test again']);
  expect(drawn(lineCard('SIGNER_LOCKED'), SUPERVISOR)).toMatchObject({
    buttons: [],
    sentences: ['Call the security officer.'],
  });
  const unlock = drawn(lineCard('SIGNER_LOCKED'), OFFICER);
  expect(unlock).toMatchObject({ buttons: ['Unlock'], sentences: [] });
  expect(unlock.markup).toContain('type="password"');
  expect(drawn(lineCard('DISK_LOW'), OFFICER).buttons).toEqual([]);
});

test('a token that waits for its PIN is asked for by card 34, of a security officer alone', () => {
  const waits = { signing: 'pin-needed' } as const;
  const officer = drawn(lineCard('SIGNER_LOCKED'), { ...OFFICER, ...waits });
  expect(officer).toMatchObject({ buttons: ['Open'], sentences: [] });
  expect(officer.markup).toContain('PIN of the signing token');
  expect(officer.markup).toMatch(/<input[^>]*type="password"[^>]*autoComplete="off"/);
  expect(drawn(lineCard('SIGNER_LOCKED'), { ...SUPERVISOR, ...waits }).markup).not.toContain('<input');
});

test('a wrong PIN says how many tries its token has left, where it told', () => {
  const said = (detail: string) =>
    drawn(
      lineCard('SIGNER_LOCKED'),
      { ...OFFICER, signing: 'pin-needed' },
      { ...IDLE, refusal: 'TOKEN_PIN_WRONG', detail },
    ).sentences;
  expect(said(PIN_TRIES.one)).toEqual([expect.stringContaining('One try is left before the token locks its PIN.')]);
  expect(said('')).toEqual([`${ERRORS.TOKEN_PIN_WRONG.happened} ${ERRORS.TOKEN_PIN_WRONG.todo}`]);
});

test('a CA that used its signatures leads a security officer to Signing, and tells others whom to call', () => {
  expect(drawn(lineCard('SIGNER_LIMIT'), OFFICER)).toMatchObject({ buttons: ['Open Signing'], sentences: [] });
  expect(drawn(lineCard('SIGNER_LIMIT'), SUPERVISOR)).toMatchObject({
    buttons: [],
    sentences: [ERRORS.SIGNER_LIMIT.todo],
  });
});
