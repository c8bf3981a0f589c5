import { describe, expect, test } from 'vitest';
import { back, beginTeaching, boundCount, isAsked, look, skip, type Teaching } from './teaching.ts';

const BENCH = [{ rows: 1, columns: 3 }];

/** A board is put in and taken out again, one after the other. */
function taught(...ports: readonly string[]): Teaching {
  return ports.reduce((teaching, port) => look(look(teaching, [port]), []), look(beginTeaching(BENCH), []));
}

describe('teaching', () => {
  test('binds each port that a board appears at to the slot that was asked for', () => {
    const done = taught('usb-2', 'usb-7', 'usb-1');
    expect(done.positions).toEqual(['usb-2', 'usb-7', 'usb-1']);
    expect([isAsked(done), boundCount(done)]).toEqual([false, 3]);
    expect(done.note).toEqual({ kind: 'bound', slot: 'A3', position: 'usb-1' });
  });

  test('takes nothing from boards that sat there before, until they are taken out and put in again', () => {
    const begun = look(beginTeaching(BENCH), ['usb-1', 'usb-2']);
    expect([begun.at, begun.note]).toEqual([0, null]);
    const again = look(look(begun, ['usb-2']), ['usb-1', 'usb-2']);
    expect(again.positions).toEqual(['usb-1', null, null]);
  });

  test('binds one port to one slot, and says whose it is', () => {
    const twice = look(taught('usb-1'), ['usb-1']);
    expect([twice.at, twice.note]).toEqual([1, { kind: 'known', slot: 'A1' }]);
  });

  test('guesses nothing when two appear at once', () => {
    const both = look(taught('usb-1'), ['usb-5', 'usb-6']);
    expect([both.at, both.note]).toEqual([1, { kind: 'several', count: 2 }]);
    // Both sit there now: one that is put in anew counts.
    expect(look(look(both, ['usb-6']), ['usb-5', 'usb-6']).positions).toEqual(['usb-1', 'usb-5', null]);
  });

  test('skips a slot, and goes back to it', () => {
    const skipped = skip(taught('usb-1'));
    expect([skipped.at, skipped.positions]).toEqual([2, ['usb-1', null, null]]);
    const returned = back(back(skipped));
    expect([returned.at, returned.positions]).toEqual([0, [null, null, null]]);
    expect(back(returned)).toBe(returned);
  });

  test('asks for nothing past the last slot', () => {
    const done = taught('a', 'b', 'c');
    expect(skip(done)).toBe(done);
    expect(look(done, ['d']).positions).toEqual(['a', 'b', 'c']);
    expect(back(done)).toMatchObject({ at: 2, positions: ['a', 'b', null] });
  });
});
