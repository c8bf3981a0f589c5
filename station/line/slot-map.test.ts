import { expect, test } from 'vitest';
import { SlotMap } from './slot-map.ts';

function bindings(known: Record<string, number> = {}) {
  const bound = new Map(Object.entries(known));
  return {
    bound,
    slotBindings: () => [...bound].map(([position, slot]) => ({ position, slot })),
    bindSlot(position: string, slot: number) {
      for (const [other, its] of bound) if (its === slot) bound.delete(other);
      bound.set(position, slot);
    },
  };
}

test('a position keeps its slot over a restart of the station', () => {
  const store = bindings();
  expect(new SlotMap(store, 4).slotOf('usb-1.3', new Set())).toBe('3');
  expect(new SlotMap(store, 4).slotOf('usb-1.1', new Set())).toBe('1');
  expect(new SlotMap(store, 4).slotOf('usb-1.3', new Set())).toBe('3');
});

test('a position takes the number in its own name, else the lowest free one', () => {
  const map = new SlotMap(bindings(), 4);
  expect(map.slotOf('slot-02', new Set())).toBe('2');
  expect(map.slotOf('left', new Set())).toBe('1');
  expect(map.slotOf('hub-2', new Set())).toBe('3');
});

test('a full line gives a slot away only when its position is not occupied', () => {
  const store = bindings({ a: 1, b: 2 });
  const map = new SlotMap(store, 2);
  expect(map.slotOf('c', new Set(['a', 'b', 'c']))).toBeNull();
  expect(map.slotOf('c', new Set(['a', 'c']))).toBe('2');
  expect([...store.bound]).toEqual([
    ['a', 1],
    ['c', 2],
  ]);
});

test('a position whose slot this smaller line does not have gets none', () => {
  expect(new SlotMap(bindings({ a: 9 }), 4).slotOf('a', new Set(['a']))).toBeNull();
});
