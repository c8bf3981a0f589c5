import { beforeEach, expect, test } from 'vitest';
import type { FromStation } from './parent-messages.ts';
import { SystemPrinter } from './system-printer.ts';

let sent: Extract<FromStation, { type: 'print-label' }>[];
let late: (() => void)[];
let intended: number;
let printer: SystemPrinter;

beforeEach(() => {
  [sent, late, intended] = [[], [], 0];
  const clock = {
    after(_delayMs: number, act: () => void) {
      late.push(act);
      return () => {};
    },
  };
  printer = new SystemPrinter(clock, (message) => {
    if (message.type === 'print-label') sent.push(message);
  });
});

function print(): Promise<string> {
  const intend = () => {
    intended += 1;
  };
  const job = { zpl: '', svg: '<svg/>', widthMm: 50, heightMm: 25, intend };
  return printer.print('Label 2', job).then(
    () => 'printed',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a label goes to a printer that is there, and is intended before it goes', async () => {
  const done = print();
  expect(sent).toEqual([{ type: 'print-label', order: 1, printer: 'Label 2', label: null }]);
  expect(intended).toBe(0);
  printer.answered(1, true);
  await turn();
  expect(intended).toBe(1);
  expect(sent[1]).toEqual({
    ...{ type: 'print-label', order: 2, printer: 'Label 2', label: { svg: '<svg/>', widthMm: 50, heightMm: 25 } },
  });
  printer.answered(2, true);
  expect(await done).toBe('printed');
});

test('nothing is intended where there is no such printer, or nobody answers', async () => {
  const missing = print();
  printer.answered(1, false);
  expect(await missing).toBe('PRINTER_AWAY');
  const silent = print();
  for (const act of late) act();
  expect(await silent).toBe('PRINTER_AWAY');
  expect([intended, sent.length]).toEqual([0, 2]);
});

test('what the system does not take is not printed', async () => {
  const done = print();
  printer.answered(1, true);
  await turn();
  printer.answered(2, false);
  expect([await done, intended]).toEqual(['PRINTER_AWAY', 1]);
});
