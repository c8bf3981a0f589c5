import { expect, test } from 'vitest';
import { lotPage, lotView } from '../../test/samples/station-views.ts';
import { failureRanks } from './failure-ranks.ts';
import { closeResult, closingRows, mayClose } from './lot-closing.ts';
import { stageBars } from './stage-bars.ts';
import { YIELD, yieldChart } from './yield-chart.ts';

const HALF_HOUR_MS = 1_800_000;
const NO_BOARDS = {
  ...{ passed: 0, revoked: 0, inWork: 0, inRework: 0, failed: 0, noVerdict: 0, scrapped: 0, notStarted: 0, beyond: 0 },
};

function chartOf(...parts: readonly (readonly [at: number, judged: number, firstPassed: number])[]) {
  const halfHours = parts.map(([at, judged, firstPassed]) => ({ sinceMs: at * HALF_HOUR_MS, judged, firstPassed }));
  return yieldChart({ halfHours, startedMs: 600_000 });
}

test('a yield axis starts at 94 % or below the least point, and never above', () => {
  expect(chartOf([0, 100, 100])?.axis.from).toBe(94);
  expect(chartOf([0, 100, 94])?.axis.from).toBe(94);
  expect(chartOf([0, 100, 93], [1, 10, 10])?.axis).toMatchObject({ from: 91 });
  expect(chartOf([0, 100, 0])?.axis.from).toBe(0);
  for (let passed = 0; passed <= 100; passed++) {
    const chart = chartOf([0, 100, passed]);
    expect(chart?.axis.from).toBeLessThanOrEqual(Math.min(94, passed));
    expect(chart?.axis.ticks.at(-1)).toEqual({ percent: 100, y: YIELD.top });
    expect(chart?.points[0]?.y).toBeLessThanOrEqual(YIELD.bottom);
  }
});

test('half hours without a board break the line of the yield, and stand nowhere on it', () => {
  expect(chartOf([0, 10, 10], [1, 10, 9], [4, 10, 10], [5, 10, 10])?.paths).toHaveLength(2);
  expect(chartOf([0, 10, 10], [1, 0, 0], [2, 10, 10])?.points).toHaveLength(2);
  expect(chartOf()).toBeNull();
});

test('the first point of the yield stands for the time since the lot began, and labels keep their distance', () => {
  const chart = chartOf(...Array.from({ length: 40 }, (_, at) => [at, 10, 10] as const));
  expect(chart?.points[0]?.sinceMs).toBe(600_000);
  const labelled = chart?.points.filter((point) => point.labelled) ?? [];
  expect(labelled.length).toBeLessThanOrEqual(7);
  expect(labelled.at(-1)).toBe(chart?.points.at(-1));
});

const times = (stageMs: Record<string, number>) => ({ lotId: 'L', boards: 9, jobMs: 1, stageMs });

test('the stage that changed most is the finding, and what two lots of the same work differ by is none', () => {
  const now = times({ connect: 600, firmware: 8_700, lock: 1_500 });
  const then = times({ connect: 650, firmware: 7_400, lock: 1_700 });
  expect(stageBars(now, then).change).toEqual({ stage: 'firmware', ms: 1_300 });
  expect(stageBars(then, now).change).toEqual({ stage: 'firmware', ms: -1_300 });
  expect(stageBars(now, now).change).toBeNull();
  expect(stageBars(times({ firmware: 8_000 }), times({ firmware: 7_700 })).change).toBeNull();
  expect(stageBars(now, null)).toMatchObject({ before: [], change: null });
});

test('bars of two lots share a scale, and the longest stage of each is in ink', () => {
  const { bars, before } = stageBars(times({ connect: 1_000, lock: 3_000 }), times({ connect: 1_000, lock: 1_500 }));
  expect(bars.map(({ tone }) => tone)).toEqual(['dark', 'longest']);
  expect(before[0]?.width).toBe(bars[0]?.width);
  expect((before[1]?.width ?? 0) * 2).toBeCloseTo(bars[1]?.width ?? 0);
});

test('slots are named where few of them cause most of a failure, each more than once', () => {
  const of = (...slots: readonly (readonly [slot: string, boards: number])[]) =>
    failureRanks(slots.map(([slot, boards]) => ({ code: 'NO_ANSWER', slot, boards })))[0]?.slots;
  expect(of(['6', 5], ['15', 2], ['3', 1])).toEqual(['6', '15']);
  expect(of(['1', 1], ['2', 1], ['3', 1])).toEqual([]);
  expect(of(['1', 2], ['2', 2], ['3', 2], ['4', 2], ['5', 2], ['6', 2])).toEqual([]);
});

test('causes are ranked, and those that are rarer than the sixth stand together', () => {
  const codes = ['NO_ANSWER', 'PULLED_OUT', 'PROOF_FAILED', 'WRONG_MODEL', 'LOCK_LOST', 'CLOCK_UNSURE'] as const;
  const failures = [...codes, 'DISK_LOW' as const, 'PORT_BUSY' as const].map((code, at) => ({
    ...{ code: code as 'NO_ANSWER', slot: '1', boards: 10 - at },
  }));
  const ranks = failureRanks([...failures, { code: null, slot: '2', boards: 1 }]);
  expect(ranks.map(({ boards }) => boards)).toEqual([10, 9, 8, 7, 6, 5, 4 + 3 + 1]);
  expect(ranks.at(-1)).toMatchObject({ code: null, slots: [] });
  expect(failureRanks([])).toEqual([]);
});

test('a lot is closed when no board of it is in a slot and in work, and once', () => {
  expect(mayClose(lotPage())).toBe(false);
  expect(closingRows(lotPage())).toContainEqual({ row: 'inWork', verdict: 'stop', count: 7 });
  expect(mayClose(lotPage({ away: 7 }))).toBe(true);
  expect(closingRows(lotPage({ away: 7 }))).toContainEqual({ row: 'away', verdict: 'look', count: 7 });
  const counts = { ...lotPage().counts, inWork: 0 };
  expect(mayClose(lotPage({ counts }))).toBe(true);
  expect(mayClose(lotPage({ counts, lot: lotView({ state: 'closed' }) }))).toBe(false);
});

test('a conflict with the cloud holds a lot open, apart from what else was refused', () => {
  const { records, counts } = lotPage();
  const page = lotPage({ counts: { ...counts, inWork: 0 }, records: { ...records, refused: 3, conflicts: 1 } });
  expect(mayClose(page)).toBe(false);
  expect(closingRows(page)).toContainEqual({ row: 'conflicts', verdict: 'stop', count: 1 });
  expect(closingRows(page)).toContainEqual({ row: 'refused', verdict: 'look', count: 2 });
});

test('what stands before a close is told by what is so, and what is in order last of its kind', () => {
  expect(closingRows(lotPage()).map(({ row, verdict }) => `${row} ${verdict}`)).toEqual([
    ...['inWork stop', 'notStarted look', 'inRework look', 'notPassed look', 'waiting look'],
    ...['labels ok', 'copied ok'],
  ]);
  const counts = { ...NO_BOARDS, passed: 1200 };
  const records = { sealed: 1200, registered: 1200, waiting: 0, refused: 0, conflicts: 0, notCopied: 0 };
  expect(closingRows(lotPage({ counts, records })).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
  const lot = lotView({ state: 'closed' });
  expect(closingRows(lotPage({ counts, records, lot }))[0]).toEqual({ row: 'unsigned', verdict: 'look' });
});

test('a close says what was made and scrapped, and that the rest of the quantity is open', () => {
  const of = (counts: Partial<typeof NO_BOARDS>) => closeResult(lotPage({ counts: { ...NO_BOARDS, ...counts } }));
  expect(of({ passed: 1195, scrapped: 5 })).toEqual({ passed: 1195, scrapped: 5, open: 0 });
  expect(of({ passed: 862, inRework: 5, failed: 3, scrapped: 2, notStarted: 328 }).open).toBe(336);
  expect(of({ passed: 1190, revoked: 4, scrapped: 2, notStarted: 4 }).open).toBe(4);
  expect(of({ passed: 1200, failed: 2, beyond: 2 }).open).toBe(0);
});

test('boards in re-work are named before the close, apart from those that nobody decided about', () => {
  const rows = closingRows(lotPage());
  expect(rows.filter(({ row }) => row === 'inRework' || row === 'notPassed')).toEqual([
    {
      row: 'inRework',
      verdict: 'look',
      count: 5,
      names: ['0112', '0347', '0519', '0602', '0788'].map((n) => `48213-${n}`),
    },
    { row: 'notPassed', verdict: 'look', count: 2, names: ['48213-0863', '48213-0871'] },
  ]);
});

test('labels are in order when each was printed and read back, a numbered copy included, and stand where there are any', () => {
  const row = (labels: ReturnType<typeof lotPage>['labels']) =>
    closingRows(lotPage({ labels })).find((each) => each.row === 'labels');
  expect(row({ due: 862, printed: 862, scannedBack: 862, again: 0 })).toMatchObject({
    verdict: 'ok',
    count: 862,
    odd: [],
  });
  expect(row({ due: 2, printed: 2, scannedBack: 2, again: 1 })).toMatchObject({
    ...{ verdict: 'ok', odd: [{ what: 'again', count: 1 }] },
  });
  expect(row({ due: 9, printed: 6, scannedBack: 4, again: 0 })).toMatchObject({
    ...{ verdict: 'look', count: 6, scannedBack: 4 },
    odd: [
      { what: 'missing', count: 3 },
      { what: 'unread', count: 2 },
    ],
  });
  expect([row(null), row({ due: 0, printed: 0, scannedBack: 0, again: 0 })]).toEqual([undefined, undefined]);
});
