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
  expect(new SlotMap(store, 4, null).slotOf('usb-1.3', new Set())).toBe('3');
  expect(new SlotMap(store, 4, null).slotOf('usb-1.1', new Set())).toBe('1');
  expect(new SlotMap(store, 4, null).slotOf('usb-1.3', new Set())).toBe('3');
});

test('a position takes the number in its own name, else the lowest free one', () => {
  const map = new SlotMap(bindings(), 4, null);
  expect(map.slotOf('slot-02', new Set())).toBe('2');
  expect(map.slotOf('left', new Set())).toBe('1');
  expect(map.slotOf('hub-2', new Set())).toBe('3');
});

test('a full line gives a slot away only when its position is not occupied', () => {
  const store = bindings({ a: 1, b: 2 });
  const map = new SlotMap(store, 2, null);
  expect(map.slotOf('c', new Set(['a', 'b', 'c']))).toBeNull();
  expect(map.slotOf('c', new Set(['a', 'c']))).toBe('2');
  expect([...store.bound]).toEqual([
    ['a', 1],
    ['c', 2],
  ]);
});

test('a position whose slot this smaller line does not have gets none', () => {
  expect(new SlotMap(bindings({ a: 9 }), 4, null).slotOf('a', new Set(['a']))).toBeNull();
});

const STRIPS = [
  { rows: 1, columns: 2 },
  { rows: 1, columns: 2 },
];

test('a taught position keeps its name when ports are numbered anew, and one that nobody taught gets none', () => {
  const store = bindings({ 'usb-1.3': 1, 'usb-1.1': 4 });
  for (const restart of [1, 2]) {
    const map = new SlotMap(store, 4, STRIPS);
    expect([restart, map.slots()]).toEqual([restart, ['A1', 'A2', 'B1', 'B2']]);
    expect(map.slotOf('usb-1.3', new Set())).toBe('A1');
    expect(map.slotOf('usb-1.1', new Set())).toBe('B2');
    expect(map.slotOf('usb-9.2', new Set(['usb-9.2']))).toBeNull();
    expect([map.isUnknown('usb-9.2'), map.isUnknown('usb-1.3')]).toEqual([true, false]);
  }
  expect(store.bound.has('usb-9.2')).toBe(false);
});

test('before anybody taught the slots no port is unknown', () => {
  expect(new SlotMap(bindings({ a: 1 }), 1, null).isUnknown('b')).toBe(false);
});
