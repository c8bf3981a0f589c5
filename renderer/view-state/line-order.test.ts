import { expect, test } from 'vitest';
import { labelsView, stationFacts, stationStatus } from '../../test/samples/station-views.ts';
import { type LineOrder, type LineStop, labelOrder, lineMoment, lineOrder, lineStop } from './line-order.ts';
import { OrderDesk } from './order-desk.ts';
import { type StationView, viewOf } from './station-view.ts';

const seen = (order: string) => ({ slot: order, sinceMs: 0 });

test('a refused copy of one board’s label is told of that board alone, and of no other kind of order', async () => {
  const desk = new OrderDesk();
  await desk.send(seen(labelOrder('48213-0001')), async () => ({ ok: false, code: 'PRINTER_AWAY', detail: '' }));
  expect(desk.of(seen(labelOrder('48213-0001'))).refusal).toBe('PRINTER_AWAY');
  for (const other of [labelOrder('48213-0002'), 'keys', 'copy', 'labels', 'look-again'])
    expect(desk.of(seen(other)).refusal).toBeNull();
});

test('a copy of another board’s label is sent while one is on its way', async () => {
  const desk = new OrderDesk();
  void desk.send(seen(labelOrder('48213-0001')), () => new Promise(() => {}));
  const sent = await desk.send(seen(labelOrder('48213-0002')), async () => ({ ok: true, value: 'printed' }));
  expect(sent).toEqual({ ok: true, value: 'printed' });
});

test('each button of a card stands for its own kind; both secrets open keys', () => {
  const mismatch = { expected: '48213-0001' } as NonNullable<Parameters<typeof lineOrder>[1]['mismatch']>;
  const none = { mismatch: null };
  expect(lineOrder('print-again', { mismatch })).toBe(labelOrder('48213-0001'));
  expect(lineOrder('print-waiting', { mismatch })).toBe('labels');
  expect(lineOrder('copy', none)).toBe('copy');
  expect(lineOrder('test-again', none)).toBe('look-again');
  expect([lineOrder('unlock', none), lineOrder('pin', none)]).toEqual(['keys', 'keys']);
});

const REFUSED = async () => ({ ok: false, code: 'DISK_FULL', detail: '' }) as const;

/** An order given at the first of these views: its refusal as it is told at each of them. */
async function toldAt(order: LineOrder, ...views: readonly StationView[]) {
  const desk = new OrderDesk();
  let stop: LineStop | null = null;
  const told: (string | null)[] = [];
  for (const view of views) {
    stop = lineStop(stop, view);
    const about = { slot: order, sinceMs: lineMoment(order, view.labels, stop) };
    if (told.length === 0) await desk.send(about, REFUSED);
    told.push(desk.of(about).refusal);
  }
  return told;
}

const running = viewOf(stationStatus());
const locked = viewOf(stationStatus({ stoppedBy: 'SIGNER_LOCKED', facts: stationFacts({ keysLocked: true }) }));
const pinNeeded = viewOf(stationStatus({ stoppedBy: 'SIGNER_LOCKED', facts: stationFacts({ signing: 'pin-needed' }) }));
const sinceOf = (sinceMs: number) => ({ waiting: 1, trouble: { code: 'LABELS_EMPTY', sinceMs } as const });
const away = (sinceMs: number) => viewOf(stationStatus({ labels: labelsView(sinceOf(sinceMs)) }));
const wrong = (sinceMs: number) =>
  viewOf(
    stationStatus({
      labels: labelsView({ mismatch: { slot: '1', expected: 'S-1', read: 'S-1', code: 'LABEL_UNREAD', sinceMs } }),
    }),
  );

test('a refusal is told while its card stands, and not at a later card of its kind', async () => {
  expect(await toldAt('labels', away(1), away(1), away(2))).toEqual(['DISK_FULL', 'DISK_FULL', null]);
  expect(await toldAt(labelOrder('S-1'), wrong(1), wrong(1), wrong(2))).toEqual(['DISK_FULL', 'DISK_FULL', null]);
});

test('a refusal at a line that stopped is not told at its next stop, nor at the other secret', async () => {
  for (const order of ['keys', 'copy', 'look-again'] as const)
    expect(await toldAt(order, locked, locked, running, locked)).toEqual(['DISK_FULL', 'DISK_FULL', null, null]);
  expect(await toldAt('keys', locked, pinNeeded)).toEqual(['DISK_FULL', null]);
});
