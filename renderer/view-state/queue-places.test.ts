import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardKey, type QueueCard } from './queue.ts';
import { placesOf, type QueueHold, type QueuePlace } from './queue-places.ts';

function card(slot: string): QueueCard {
  return { slot, look: 'fail', code: 'NO_ANSWER', details: null, actions: [], sinceMs: 0 };
}

const keys = (places: readonly QueuePlace[]) => places.map(({ card: { slot } }) => slot);
const FREE: QueueHold = { kind: 'free' };
const TOUCHED: QueueHold = { kind: 'touched' };
const focused = (slot: string): QueueHold => ({ kind: 'focused', key: cardKey(card(slot)) });

/** What stands in the queue, most pressing first: some of ten slots, each once. */
const queue = fc.uniqueArray(fc.integer({ min: 1, max: 10 }).map(String), { maxLength: 8 }).map((all) => all.map(card));
const hold = fc.oneof(
  fc.constant(FREE),
  fc.constant(TOUCHED),
  fc.integer({ min: 1, max: 10 }).map((slot) => focused(String(slot))),
);
/** Places as some line came to them. */
const history = fc
  .array(fc.tuple(queue, hold), { maxLength: 6 })
  .map((steps) => steps.reduce<readonly QueuePlace[]>((places, [cards, held]) => placesOf(places, cards, held), []));

describe('for every line and every hold', () => {
  test('each card has one place, and no other place is alive', () => {
    fc.assert(
      fc.property(history, queue, hold, (before, cards, held) => {
        const places = placesOf(before, cards, held);
        const alive = places.filter(({ gone }) => !gone).map(({ card: one }) => one);
        expect(new Set(alive)).toEqual(new Set(cards));
        expect(new Set(keys(places)).size).toBe(places.length);
      }),
    );
  });

  test('told the same again the places are the same', () => {
    fc.assert(
      fc.property(history, queue, hold, (before, cards, held) => {
        const places = placesOf(before, cards, held);
        expect(placesOf(places, cards, held)).toEqual(places);
      }),
    );
  });

  test('a free queue is in the order of pressing, with nothing that is gone', () => {
    fc.assert(
      fc.property(history, queue, (before, cards) => {
        const places = placesOf(before, cards, FREE);
        expect(places.map(({ card: one }) => one)).toEqual(cards);
        expect(places.some(({ gone }) => gone)).toBe(false);
      }),
    );
  });

  test('a touched queue moves no place and resizes none', () => {
    fc.assert(
      fc.property(history, queue, (before, cards) => {
        const places = placesOf(before, cards, TOUCHED);
        expect(keys(places).slice(0, before.length)).toEqual(keys(before));
        expect(places.slice(0, before.length).map(({ roomy }) => roomy)).toEqual(before.map(({ roomy }) => roomy));
      }),
    );
  });

  test('no new card comes before the focused one', () => {
    fc.assert(
      fc.property(history, queue, fc.nat(), (before, cards, pick) => {
        const alive = before.filter(({ card: { slot } }) => cards.some((one) => one.slot === slot));
        const one = alive[pick % Math.max(1, alive.length)];
        if (one?.card.slot == null) return;
        const places = keys(placesOf(before, cards, focused(one.card.slot)));
        const above = places.slice(0, places.indexOf(one.card.slot));
        expect(keys(before).filter((slot) => above.includes(slot))).toEqual(above);
      }),
    );
  });
});

test('a card that stops the line waits below the finger, and is first when the finger has left', () => {
  const before = placesOf([], [card('6'), card('10')], FREE);
  const now = [card('line'), card('6'), card('10')];
  const held = placesOf(before, now, TOUCHED);
  expect(keys(held)).toEqual(['6', '10', 'line']);
  expect(held.map(({ roomy }) => roomy)).toEqual([true, true, false]);
  expect(keys(placesOf(held, now, FREE))).toEqual(['line', '6', '10']);
});

test('the place of an answered card stays empty under the finger, so that no other card takes its second tap', () => {
  const before = placesOf([], [card('6'), card('10')], FREE);
  const held = placesOf(before, [card('10')], TOUCHED);
  expect(held.map(({ card: { slot }, gone }) => [slot, gone])).toEqual([
    ['6', true],
    ['10', false],
  ]);
  expect(keys(placesOf(held, [card('10')], FREE))).toEqual(['10']);
});

test('more pressing cards come right after the focused one', () => {
  const before = placesOf([], [card('6'), card('10')], FREE);
  expect(keys(placesOf(before, [card('line'), card('6'), card('10')], focused('6')))).toEqual(['6', 'line', '10']);
});
