// One key counts once, however often the process is told of it: a second press would leave boards in work.
import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { onInterrupts } from './interrupts.ts';

let told: EventEmitter;
let nowMs: number;
let acts: number;
let stop: () => void;
beforeEach(() => {
  [told, nowMs, acts] = [new EventEmitter(), 0, 0];
  stop = onInterrupts(told, { monotonicMs: () => nowMs }, () => {
    acts += 1;
  });
});

test.each([
  ['a Ctrl+C that the terminal and the parent tell', 'SIGINT', 'SIGINT'],
  ['an end that a supervisor and the parent tell', 'SIGTERM', 'SIGTERM'],
  ['an end of the program above', 'disconnect', 'SIGTERM'],
])('%s counts once', (_, first, second) => {
  told.emit(first);
  nowMs += 100;
  told.emit(second);
  expect(acts).toBe(1);
});

test('a second press counts, and nothing any more once nobody listens', () => {
  told.emit('SIGINT');
  nowMs += 600;
  told.emit('SIGINT');
  expect(acts).toBe(2);
  stop();
  nowMs += 600;
  told.emit('SIGINT');
  expect(acts).toBe(2);
});
