import { beforeEach, expect, test } from 'vitest';
import type { FromStation } from './parent-messages.ts';
import { ReportPrinter } from './report-printer.ts';

let sent: FromStation[];
let late: { readonly delayMs: number; act(): void }[];
let reports: ReportPrinter;
beforeEach(() => {
  [sent, late] = [[], []];
  const clock = {
    after(delayMs: number, act: () => void) {
      late.push({ delayMs, act });
      return () => {};
    },
  };
  reports = new ReportPrinter(clock, (message) => void sent.push(message));
});

test('each answer is for the report that was asked for', async () => {
  const [first, second] = [reports.print('L-1'), reports.print('L-2')];
  expect(sent).toEqual([
    { type: 'print-report', job: 1, lotId: 'L-1' },
    { type: 'print-report', job: 2, lotId: 'L-2' },
  ]);
  reports.answered(2, null);
  reports.answered(1, Buffer.from('%PDF').toString('base64'));
  await expect(second).rejects.toMatchObject({ code: 'REPORT_UNPRINTED' });
  expect(Buffer.from(await first).toString()).toBe('%PDF');
});

test('an answer that never comes is one that it was not printed, later than main gives up', async () => {
  const unanswered = reports.print('L-1');
  expect(late[0]?.delayMs).toBeGreaterThan(60_000);
  late[0]?.act();
  await expect(unanswered).rejects.toMatchObject({ code: 'REPORT_UNPRINTED' });
});
