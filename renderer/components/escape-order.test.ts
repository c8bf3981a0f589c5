import { expect, test } from 'vitest';
import { EscapeOrder } from './escape-order.ts';

function opened(count: number) {
  const order = new EscapeOrder();
  const places = Array.from({ length: count }, () => order.place());
  return { order, places, leave: places.map((place) => order.enter(place)) };
}

const lastOf = ({ order, places }: Pick<ReturnType<typeof opened>, 'order' | 'places'>) =>
  places.map((place) => order.isLast(place));

test('only what was opened last acts, and what was below it after it has gone', () => {
  const { order, places, leave } = opened(3);
  expect(lastOf({ order, places })).toEqual([false, false, true]);
  leave[2]?.();
  expect(lastOf({ order, places })).toEqual([false, true, false]);
});

test('what ends below the last one leaves the last one acting', () => {
  const { order, places, leave } = opened(3);
  leave[0]?.();
  leave[1]?.();
  expect(lastOf({ order, places })).toEqual([false, false, true]);
  leave[2]?.();
  expect(lastOf({ order, places })).toEqual([false, false, false]);
});

test('the order is that of the places, not of who enters first: a page is drawn before what stands in it', () => {
  const order = new EscapeOrder();
  const page = order.place();
  const question = order.place();
  order.enter(question);
  order.enter(page);
  expect(order.isLast(question)).toBe(true);
  expect(order.isLast(page)).toBe(false);
});

test('what cannot be closed, or has not entered yet, does not act', () => {
  const order = new EscapeOrder();
  expect(order.isLast(null)).toBe(false);
  expect(order.isLast(order.place())).toBe(false);
});
