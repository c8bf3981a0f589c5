// One label over a real socket: what a printer may do, and what is called printed.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LabelPrinter, type PrinterMood } from '../../test/samples/label-printer.ts';
import { zplPrinter } from './zpl-printer.ts';
import { readZplStatus } from './zpl-status.ts';

let printer: LabelPrinter;
let limits: Map<number, () => void>;
let nowMs: number;
let limitsMade: number;
/** Called when one more is made. */
let limitMade: () => void;

beforeEach(async () => {
  printer = await LabelPrinter.listen();
  [limits, nowMs, limitsMade, limitMade] = [new Map(), 0, 0, () => {}];
});
afterEach(() => printer.close());

/** Short waits pass at once and move the clock; limits stand until a test lets them end. */
const clock = {
  nowMs: () => nowMs,
  monotonicMs: () => nowMs,
  after(delayMs: number, act: () => void) {
    if (delayMs < 1_000) {
      nowMs += delayMs;
      const turn = setImmediate(act);
      return () => clearImmediate(turn);
    }
    const id = Symbol(delayMs) as unknown as number;
    limits.set(id, act);
    limitsMade += 1;
    limitMade();
    return () => void limits.delete(id);
  },
};

/** How it stands, without a label. */
async function look(port = printer.port): Promise<string> {
  const answer = zplPrinter(clock)({ host: '127.0.0.1', port }, null);
  return answer.then(
    () => 'ready',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

function print(port = printer.port) {
  const order: string[] = [];
  const intend = () => void order.push(`intended after ${printer.labels.length} labels`);
  const job = { zpl: '^XA^FDx^FS^XZ\n', svg: '', widthMm: 50, heightMm: 25, intend };
  const done = zplPrinter(clock)({ host: '127.0.0.1', port }, job).then(
    () => 'printed',
    (error: { code?: string }) => error.code ?? String(error),
  );
  return { order, done };
}

/** One for the connection, one for the question, one for its answer. */
const LIMITS_BEFORE_ANSWER = 3;

/** The printer was asked how it stands, and its answer is awaited: the wait ends without one. */
async function endAnswer(): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    printer.asked = resolve;
  });
  const awaited = new Promise<void>((resolve) => {
    limitMade = () => limitsMade === LIMITS_BEFORE_ANSWER && resolve();
    limitMade();
  });
  await Promise.all([asked, awaited]);
  for (const act of limits.values()) act();
}

test('a label is printed when the printer has nothing left, and the intent stood before it was sent', async () => {
  const { order, done } = print();
  expect(await done).toBe('printed');
  expect(printer.labels).toEqual(['^XA^FDx^FS^XZ']);
  expect(order).toEqual(['intended after 0 labels']);
});

describe('nothing is intended and nothing is sent', () => {
  test('to a printer without paper', async () => {
    printer.mood = 'empty';
    const { order, done } = print();
    expect([await done, order, printer.labels]).toEqual(['LABELS_EMPTY', [], []]);
  });

  test('where nobody listens', async () => {
    const { port } = printer;
    await printer.close();
    printer = await LabelPrinter.listen();
    const { order, done } = print(port);
    expect([await done, order]).toEqual(['PRINTER_AWAY', []]);
  });

  test('to a printer that takes the connection and does not say how it stands', async () => {
    printer.mood = 'silent';
    const { order, done } = print();
    await endAnswer();
    expect([await done, order, printer.labels]).toEqual(['PRINTER_AWAY', [], []]);
  });
});

describe('a printer that is only asked how it stands gets no label', () => {
  test.each([
    ['prints', 'ready'],
    ['empty', 'LABELS_EMPTY'],
  ] as const)('and one that %s says so', async (mood, found) => {
    printer.mood = mood;
    expect([await look(), printer.labels]).toEqual([found, []]);
  });

  test('and one that is not there is away', async () => {
    const { port } = printer;
    await printer.close();
    printer = await LabelPrinter.listen();
    expect(await look(port)).toBe('PRINTER_AWAY');
  });

  test('and one that does not say is given up', async () => {
    printer.mood = 'silent';
    const found = look();
    await endAnswer();
    expect(await found).toBe('PRINTER_AWAY');
  });
});

describe('what was sent and not confirmed is never called printed', () => {
  test.each([
    ['half-closes', 'PRINTER_AWAY'],
    ['runs-out', 'LABELS_EMPTY'],
    ['jams', 'PRINTER_AWAY'],
  ] as const)('by a printer that %s', async (mood: PrinterMood, code) => {
    printer.mood = mood;
    const { order, done } = print();
    expect([await done, order.length, printer.labels.length]).toEqual([code, 1, 1]);
  });
});

describe('a status', () => {
  const lines = (first: string, second: string) =>
    `\u0002${first}\u0003\r\n\u0002${second}\u0003\r\n\u00021234,0\u0003\r\n`;
  const GOOD = '030,0,0,0295,000,0,0,0,000,0,0,0';
  const IDLE = '000,0,0,0,1,2,6,0,00000000,1,000';

  test('says what is out, open, paused and left', () => {
    const well = { paperOut: false, ribbonOut: false, headOpen: false, paused: false, left: 0 };
    expect(readZplStatus(lines(GOOD, IDLE))).toEqual(well);
    expect(readZplStatus(lines('030,1,0,0295,000,0,0,0,000,0,0,0', IDLE))).toEqual({ ...well, paperOut: true });
    expect(readZplStatus(lines('030,0,1,0295,002,0,0,0,000,0,0,0', IDLE))).toEqual({ ...well, paused: true, left: 2 });
    expect(readZplStatus(lines(GOOD, '000,0,1,1,1,2,6,0,00000003,1,000'))).toEqual({
      ...{ ...well, headOpen: true, ribbonOut: true, left: 3 },
    });
  });

  test.each(['', 'hello', lines(GOOD, IDLE).slice(0, -8), lines('a', 'b'), lines('0,0,0,0,x', IDLE)])(
    'that is none or not whole is none: %j',
    (text) => expect(readZplStatus(text)).toBeNull(),
  );
});
