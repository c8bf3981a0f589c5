import { expect, test } from 'vitest';
import type { KeyTerms } from '../../domain/recipe.ts';
import { READY_LOTS } from '../../test/shots/recorded-lots.ts';
import { deskAfter, deskOf } from './draft-desk.ts';
import { BLANK } from './lot-draft.ts';
import { checkRows } from './ready-checks.ts';

const ready = deskAfter(deskOf(BLANK), {
  type: 'checked',
  asked: 1,
  readiness: { ...READY_LOTS.readiness, neededLast: null },
});

test('what the station checked stands in its order', () => {
  expect(checkRows(ready).map(({ check }) => check)).toEqual(READY_LOTS.readiness.checks.map(({ check }) => check));
});

test('texts that cannot be read are an octagon each in the place of their check, both serials one', () => {
  const change = { orderId: 'W'.repeat(70), firstSerial: 'ai-1', lastSerial: 'ao-1' };
  const rows = checkRows(deskAfter(ready, { type: 'typed', change, nowMs: 0 }));
  expect(rows.filter(({ verdict }) => verdict === 'stop').map(({ check, refusal }) => [check, refusal])).toEqual([
    ['order', 'orderLong'],
    ['serials', 'serialCase'],
  ]);
});

test('a serial that cannot be taken leaves the other checks in their places', () => {
  const rows = checkRows(deskAfter(ready, { type: 'typed', change: { firstSerial: 'ai-1' }, nowMs: 0 }));
  expect(rows.map(({ check }) => check)).toEqual(READY_LOTS.readiness.checks.map(({ check }) => check));
});

test('what was said of an older draft is not said of one that cannot be read', () => {
  const rows = checkRows(deskAfter(ready, { type: 'typed', change: { quantity: 'x', spare: '-' }, nowMs: 0 }));
  expect(rows[0]).toMatchObject({ check: 'counts', verdict: 'stop', refusal: 'quantity' });
  expect(rows.slice(1).map(({ check }) => check)).toEqual(['signing', 'room', 'clock', 'cloud', 'line']);
});

test('a station that does not check says so in the place of its checks', () => {
  const refusal = { code: 'STATION_GONE', detail: '' };
  const rows = checkRows(deskAfter(deskOf(BLANK), { type: 'check-refused', asked: 1, refusal }));
  expect(rows).toMatchObject([{ check: 'station', verdict: 'stop', code: 'STATION_GONE' }]);
});

test('a recipe that accepts the risk of the cable is looked at, and stops nothing', () => {
  const verdictOf = (terms: KeyTerms) => checkRows(ready, terms).find(({ check }) => check === 'recipe')?.verdict;
  expect(verdictOf({ keyMode: 'injected', cableGuard: 'risk-accepted' })).toBe('look');
  expect(verdictOf({ keyMode: 'injected', cableGuard: 'psk' })).toBe('ok');
  expect(verdictOf({ keyMode: 'on-chip', cableGuard: null })).toBe('ok');
});
