// What a person may tell a slot, from what it shows: its card's button first, then the rarer choice. Pure.
import type { ErrorCode } from '../../domain/error-table.ts';
import { errorRow } from '../../domain/errors.ts';
import type { OffReason, SlotCommand, SlotState } from '../../domain/station-event.ts';

export interface SlotFace {
  readonly state: SlotState;
  readonly code: ErrorCode | null;
  /** On a slot that is not off: it goes off when its board is finished. */
  readonly offReason: OffReason | null;
  /** No further job may be opened for its board, whatever the card's button says. */
  readonly lastTry: boolean;
}

/** By the button of a card. Buttons of work that is not built yet, and of the line's own cards, tell a slot nothing. */
const BY_BUTTON: Readonly<Record<string, SlotCommand>> = {
  'Try again': 'try-again',
  'It is in the bin': 'in-bin',
  'Got it': 'got-it',
  Called: 'got-it',
  Call: 'got-it',
  'Look again': 'look-again',
  'Test again': 'look-again',
  'Switch slot off': 'switch-off',
};

export function slotActions(face: SlotFace): SlotCommand[] {
  const turn = face.offReason === null ? 'switch-off' : 'switch-on';
  switch (face.state) {
    // It says in a moment what it is; and a board that locks is never disturbed.
    case 'looking':
    case 'locking':
      return [];
    case 'off':
      return ['switch-on'];
    case 'working':
    case 'empty':
    case 'passed':
    case 'held':
      return [turn];
    case 'failed':
    case 'needs-you': {
      const main = cardCommand(face);
      return main === null || main === 'switch-off' ? [turn] : [main, turn];
    }
  }
}

function cardCommand({ code, lastTry }: SlotFace): SlotCommand | null {
  if (code === null) return null;
  const { button, disposition } = errorRow(code);
  const command = BY_BUTTON[button] ?? null;
  return command === 'try-again' && disposition === 'retry' && lastTry ? 'in-bin' : command;
}
