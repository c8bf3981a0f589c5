import { expect, test } from 'vitest';
import { CHART, waitingChart, waitingTable } from './waiting-chart.ts';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 10, 11, 12);
const points = [...Array.from({ length: 36 }, () => 0), ...Array.from({ length: 37 }, (_, at) => at * 10)];
const history = { fromMs: FROM, stepMs: HOUR, points };

test('the line bends only where it changes, and ends at what waits now', () => {
  const chart = waitingChart(history, null);
  expect(chart.line.startsWith(`M0 ${CHART.base}L`)).toBe(true);
  expect(chart.end).toEqual({ x: CHART.right, y: CHART.top });
  expect([chart.first, chart.most, chart.last]).toEqual([0, 360, 360]);
  expect(chart.line.split('L')).toHaveLength(38);
});

test('the words of the end stand off the line: above where it rises, below where it comes down', () => {
  const rising = waitingChart(history, null);
  expect(rising.valueY).toBeLessThan(rising.end.y);
  const sent = waitingChart({ ...history, points: [...points.slice(0, -1), 100] }, null);
  expect(sent.valueY).toBeGreaterThan(sent.end.y);
  const empty = waitingChart({ ...history, points: [...points.slice(0, -1), 0] }, null);
  expect(empty.valueY).toBeLessThan(CHART.base);
});

test('a lost network has its mark in the picture, and none when it went before', () => {
  expect(waitingChart(history, FROM + 36 * HOUR).lostX).toBe(CHART.right / 2);
  expect(waitingChart(history, FROM - 1).lostX).toBeNull();
});

test('a queue that was always empty is a flat line', () => {
  const flat = waitingChart({ ...history, points: points.map(() => 0) }, null);
  expect(flat.line).toBe(`M0 ${CHART.base}L${CHART.right} ${CHART.base}`);
});

test('days are named where they begin, with room for each name and for "now"', () => {
  const { days } = waitingChart(history, null);
  expect(days.length).toBeGreaterThanOrEqual(2);
  for (const { x } of days) expect(x).toBeLessThanOrEqual(CHART.right - 72);
});

test('the table says the same figures, now first, six hours apart', () => {
  const rows = waitingTable(history);
  expect(rows[0]).toEqual({ timeMs: FROM + 72 * HOUR, count: 360 });
  expect(rows[1]).toEqual({ timeMs: FROM + 66 * HOUR, count: 300 });
  expect(rows).toHaveLength(13);
});
