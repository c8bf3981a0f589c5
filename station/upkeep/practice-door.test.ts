import { expect, test } from 'vitest';
import { PracticeDoor } from './practice-door.ts';

test('practice is opened from a real station under a window, and from no other', () => {
  let left = 0;
  const leave = () => {
    left += 1;
  };
  expect(new PracticeDoor({ practice: false, leave }).open()).toEqual({ opening: true });
  expect(left).toBe(1);
  for (const parts of [
    { practice: true, leave },
    { practice: false, leave: undefined },
  ])
    expect(() => new PracticeDoor(parts).open()).toThrow(expect.objectContaining({ code: 'USAGE' }));
  expect(left).toBe(1);
});
