import { expect, test } from 'vitest';
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

test('a text that cannot be read is an octagon in the place of its check, once for both serials', () => {
  const change = { orderId: 'W'.repeat(70), firstSerial: 'ai-1', lastSerial: 'ao-1' };
  const rows = checkRows(deskAfter(ready, { type: 'typed', change, nowMs: 0 }));
  expect(rows).toHaveLength(READY_LOTS.readiness.checks.length);
  const stops = rows.filter(({ verdict }) => verdict === 'stop').map(({ check, refusal }) => [check, refusal]);
  expect(stops).toEqual([
    ['order', 'orderLong'],
    ['serials', 'serialCase'],
  ]);
});

test('figures that cannot be read are a row of their own', () => {
  const rows = checkRows(deskAfter(ready, { type: 'typed', change: { quantity: 'x', spare: '-' }, nowMs: 0 }));
  expect(rows[0]).toMatchObject({ check: 'counts', verdict: 'stop', refusal: 'quantity' });
  expect(rows).toHaveLength(READY_LOTS.readiness.checks.length + 1);
});

test('a station that does not check says so in the place of its checks', () => {
  const refusal = { code: 'STATION_GONE', detail: '' };
  const rows = checkRows(deskAfter(deskOf(BLANK), { type: 'check-refused', asked: 1, refusal }));
  expect(rows).toMatchObject([{ check: 'station', verdict: 'stop', code: 'STATION_GONE' }]);
});
