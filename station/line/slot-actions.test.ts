import { describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../../domain/error-table.ts';
import type { SlotCommand, SlotState } from '../../domain/station-event.ts';
import { slotActions } from './slot-actions.ts';

const CODES = Object.keys(ERRORS).filter((code): code is ErrorCode => Object.hasOwn(ERRORS, code));

/** Every button of the table, and what it tells a slot. */
const BUTTONS: Readonly<Record<string, SlotCommand | null>> = {
  '': null,
  'Try again': 'try-again',
  'It is in the bin': 'in-bin',
  'Got it': 'got-it',
  Called: 'got-it',
  Call: 'got-it',
  'Look again': 'look-again',
  'Test again': 'look-again',
  'Switch slot off': 'switch-off',
  'Print again': null,
  'Print waiting labels': null,
  'Show how': null,
  'Copy now': null,
  Unlock: null,
};

function actions(state: SlotState, code: ErrorCode | null = null, lastTry = false): SlotCommand[] {
  return slotActions({ state, code, offReason: null, lastTry });
}

describe('a card', () => {
  test.each(CODES)('%s offers what its button says first, then to switch the slot off', (code) => {
    const { button } = ERRORS[code];
    expect(Object.keys(BUTTONS)).toContain(button);
    const main = BUTTONS[button] ?? null;
    const expected = main === null || main === 'switch-off' ? ['switch-off'] : [main, 'switch-off'];
    for (const state of ['failed', 'needs-you'] as const) expect(actions(state, code)).toEqual(expected);
  });

  test.each(CODES)('%s of a board whose tries are used up never offers another', (code) => {
    const usedUp = actions('failed', code, true);
    if (ERRORS[code].disposition === 'retry') expect(usedUp).toEqual(['in-bin', 'switch-off']);
    else expect(usedUp).toEqual(actions('failed', code));
  });
});

test.each<[SlotState, SlotCommand[]]>([
  ['empty', ['switch-off']],
  ['passed', ['switch-off']],
  ['held', ['switch-off']],
  ['working', ['switch-off']],
  ['off', ['switch-on']],
  ['looking', []],
  ['locking', []],
])('a slot that is %s offers %j, whatever its code', (state, expected) => {
  expect(actions(state)).toEqual(expected);
  for (const code of CODES) expect(actions(state, code)).toEqual(expected);
});

test('a slot that will be off after its board can be left on', () => {
  const face = { offReason: 'worn-pin', lastTry: false } as const;
  expect(slotActions({ ...face, state: 'working', code: null })).toEqual(['switch-on']);
  expect(slotActions({ ...face, state: 'held', code: 'LOT_HELD' })).toEqual(['switch-on']);
  expect(slotActions({ ...face, state: 'needs-you', code: 'PORT_BUSY' })).toEqual(['try-again', 'switch-on']);
});
