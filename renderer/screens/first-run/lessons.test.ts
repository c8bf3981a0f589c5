import { expect, test } from 'vitest';
import { slotView } from '../../../test/samples/station-views.ts';
import { lessonsAfter, NO_LESSONS } from './lessons.ts';

const slots = (state: 'working' | 'failed' | 'passed') =>
  ({ type: 'slots', slots: [slotView({ slot: '1', state })] }) as const;

test('a card is a lesson once its slot has gone on', () => {
  const called = lessonsAfter(NO_LESSONS, slots('failed'));
  expect(called.card).toBeNull();
  expect(lessonsAfter(called, slots('working')).card).toBe('fail');
});

test('a line on which nothing new happened draws nothing anew', () => {
  for (const state of ['working', 'failed', 'passed'] as const) {
    const after = lessonsAfter(NO_LESSONS, slots(state));
    expect(lessonsAfter(after, slots(state))).toBe(after);
  }
});
