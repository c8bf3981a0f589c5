import { expect, test } from 'vitest';
import { labelOrder, lineOrder } from './line-order.ts';
import { OrderDesk } from './order-desk.ts';

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
