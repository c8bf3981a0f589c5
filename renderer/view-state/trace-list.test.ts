import { expect, test } from 'vitest';
import type { TraceLine } from '../../contract/diagnostics-api.ts';
import { EMPTY_TRACE, follow, KEPT_LINES } from './trace-list.ts';

function line(seq: number): TraceLine {
  const none = { part: 0, topic: null, offset: null, rc: null, length: 0, bytes: '', masked: 0 };
  return { seq, timeMs: seq, kind: 'text', ...none };
}

test('a line that is told twice is shown once', () => {
  const first = follow(EMPTY_TRACE, { lines: [line(1), line(2)], next: 2 });
  const second = follow(first, { lines: [line(2), line(3)], next: 3 });
  expect(second.lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(follow(second, { lines: [], next: 3 })).toBe(second);
});

test('the oldest lines make room for new ones', () => {
  const many = Array.from({ length: KEPT_LINES + 20 }, (_, index) => line(index + 1));
  const list = follow(EMPTY_TRACE, { lines: many, next: many.length });
  expect([list.lines.length, list.lines.at(-1)?.seq]).toEqual([KEPT_LINES, KEPT_LINES + 20]);
});
